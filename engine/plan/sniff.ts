// Says what kind of file the bytes are, by content alone: names lie.
import type { PlanFormat } from '../../contract/plan.ts';

const BINARY_DXF = 'AutoCAD Binary DXF';

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < Math.min(to, bytes.length); i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

/** The format of a plan file, or null where the content is none of those that can be plans. */
export function sniffFormat(bytes: Uint8Array): PlanFormat | null {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpg';
  const head = latin(bytes, 0, 1024);
  if (/^AC10\d\d/.test(head)) return 'dwg';
  if (head.includes('%PDF-')) return 'pdf';
  if (head.startsWith(BINARY_DXF)) return 'dxf';
  return isAsciiDxf(bytes) ? 'dxf' : null;
}

/** True for binary DXF, by its sentinel. */
export function isBinaryDxf(bytes: Uint8Array): boolean {
  return latin(bytes, 0, BINARY_DXF.length) === BINARY_DXF;
}

function isAsciiDxf(bytes: Uint8Array): boolean {
  const lines = latin(bytes, 0, 64 * 1024)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim());
  let i = 0;
  while (lines[i] === '' || lines[i] === '999') i += lines[i] === '999' ? 2 : 1;
  return lines[i] === '0' && lines[i + 1] === 'SECTION';
}
