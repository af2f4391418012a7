// The file of word vectors: one byte a number and one scale a word, so that 24,000 words fit in 10 MB and load at once.
// Layout (little endian): "OFSW", version, rows, dimensions, bytes of words (uint32 each); the words joined by line
// feeds; a float32 scale a row, aligned to 4; rows × dimensions int8.

const MAGIC = 0x5753464f; // "OFSW"
const VERSION = 1;
const HEADER_BYTES = 20;

export interface WordTable {
  readonly dimensions: number;
  readonly rowOf: ReadonlyMap<string, number>;
  /** row r, dimension d: values[r * dimensions + d] * scales[r] */
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

function align4(bytes: number): number {
  return (bytes + 3) & ~3;
}

export function encodeWordTable(words: readonly string[], rows: readonly Float32Array[]): Uint8Array {
  const dimensions = rows[0]?.length ?? 0;
  const text = new TextEncoder().encode(words.join('\n'));
  const scalesAt = align4(HEADER_BYTES + text.length);
  const valuesAt = scalesAt + 4 * words.length;
  const bytes = new Uint8Array(valuesAt + words.length * dimensions);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of [MAGIC, VERSION, words.length, dimensions, text.length].entries()) {
    view.setUint32(4 * index, value, true);
  }
  bytes.set(text, HEADER_BYTES);
  for (const [r, row] of rows.entries()) {
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
    view.setFloat32(scalesAt + 4 * r, largest / 127, true);
    for (const [d, value] of row.entries())
      view.setInt8(valuesAt + r * dimensions + d, Math.round((value / largest) * 127));
  }
  return bytes;
}

/** @throws if the bytes are no word table, or of another version. */
export function decodeWordTable(bytes: Uint8Array): WordTable {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  if (
    whole.length < HEADER_BYTES ||
    view.getUint32(0, true) !== MAGIC ||
    view.getUint32(4, true) !== VERSION
  ) {
    throw new Error(
      'the file of word vectors is damaged or of another version: fetch it again from the repository',
    );
  }
  const rows = view.getUint32(8, true);
  const dimensions = view.getUint32(12, true);
  const textBytes = view.getUint32(16, true);
  const words = new TextDecoder().decode(whole.subarray(HEADER_BYTES, HEADER_BYTES + textBytes)).split('\n');
  const scalesAt = align4(HEADER_BYTES + textBytes);
  const valuesAt = scalesAt + 4 * rows;
  if (words.length !== rows || whole.length < valuesAt + rows * dimensions) {
    throw new Error('the file of word vectors is cut short: fetch it again from the repository');
  }
  return {
    dimensions,
    rowOf: new Map(words.map((word, row) => [word, row])),
    scales: new Float32Array(whole.buffer, whole.byteOffset + scalesAt, rows),
    values: new Int8Array(whole.buffer, whole.byteOffset + valuesAt, rows * dimensions),
  };
}
