// Writes the group pairs of an ASCII DXF as binary DXF (R13 and later layout), to test the binary reader on known content.

const TEXT_CODES = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

/** Binary DXF bytes with the same content. */
export function toBinaryDxf(ascii: string): Uint8Array {
  const lines = ascii.split(/\r?\n/);
  const out: number[] = [...new TextEncoder().encode('AutoCAD Binary DXF\r\n\u001a\0')];
  const push = (size: number, write: (view: DataView) => void) => {
    const buffer = new ArrayBuffer(size);
    write(new DataView(buffer));
    out.push(...new Uint8Array(buffer));
  };
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const code = Number(lines[i]);
    const value = lines[i + 1]!;
    push(2, (view) => view.setInt16(0, code, true));
    if (TEXT_CODES.has(code)) out.push(...new TextEncoder().encode(value), 0);
    else if (code < 60) push(8, (view) => view.setFloat64(0, Number(value), true));
    else push(2, (view) => view.setInt16(0, Number(value), true));
  }
  return Uint8Array.from(out);
}
