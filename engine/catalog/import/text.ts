// Bytes of a catalogue file to text: byte order marks, UTF-16, UTF-8, and Windows-1252 where the bytes are no UTF-8.

/** Reads at most this much before deciding on an encoding and a format. */
const SAMPLE_BYTES = 65_536;

const MAGIC: readonly [readonly number[], string][] = [
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive or Excel workbook (save the sheet as CSV)'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook (save the sheet as CSV)'],
  [[0x1f, 0x8b], 'a gzip archive (unpack it first)'],
];

/** A file that cannot be read at all, in words for the person who sent it. */
export class UnreadableFile extends Error {}

/** What the first bytes give away, if the file is no text. */
export function binaryKind(bytes: Uint8Array): string | undefined {
  return MAGIC.find(([magic]) => magic.every((byte, i) => bytes[i] === byte))?.[1];
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

function encodingOf(sample: Uint8Array): Encoding {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  // Without a mark: western text in UTF-16 has a zero in every other byte.
  const head = sample.subarray(0, 512);
  const zeros = [0, 1].map((side) => head.filter((byte, i) => i % 2 === side && byte === 0).length);
  if (zeros[1]! > head.length / 4) return 'utf-16le';
  if (zeros[0]! > head.length / 4) return 'utf-16be';
  return 'utf-8';
}

/** Bytes at the end that begin a UTF-8 character without finishing it. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < size ? back : 0;
    }
    if (byte < 0x80) return 0;
  }
  return 0;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * UTF-8 as long as it is; at the first byte that is none, Windows-1252 from there on. If characters beyond ASCII were
 * read as UTF-8 before, the file is UTF-8 with damage, and the damaged character becomes U+FFFD.
 */
class Utf8OrWestern {
  private held: Uint8Array = new Uint8Array(0);
  private western = false;
  private sawUtf8 = false;

  decode(chunk: Uint8Array, last: boolean): string {
    if (this.western) return new TextDecoder('windows-1252').decode(chunk);
    const bytes = join(this.held, chunk);
    const cut = bytes.length - (last ? 0 : unfinished(bytes));
    this.held = bytes.slice(cut);
    const body = bytes.subarray(0, cut);
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
      this.sawUtf8 ||= text.length < body.length;
      return text;
    } catch {
      if (this.sawUtf8) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
      this.western = true;
      const rest = join(body, this.held);
      this.held = new Uint8Array(0);
      return new TextDecoder('windows-1252').decode(rest);
    }
  }
}

async function* gathered(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let sample: Uint8Array = new Uint8Array(0);
  let enough = false;
  for await (const chunk of stream) {
    if (enough) {
      yield chunk;
      continue;
    }
    sample = join(sample, chunk);
    if (sample.length < SAMPLE_BYTES) continue;
    enough = true;
    yield sample;
  }
  if (!enough) yield sample;
}

/**
 * Text in pieces; the first is at least 64 KB unless the file is shorter, so that its format can be told from it.
 * @throws UnreadableFile for what is no text
 */
export async function* textOf(stream: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let decode: ((chunk: Uint8Array, last: boolean) => string) | undefined;
  for await (const chunk of gathered(stream)) {
    if (!decode) {
      const binary = binaryKind(chunk);
      if (binary)
        throw new UnreadableFile(`this is ${binary}, not a catalogue; send CSV, JSON, JSON Lines or SIF`);
      decode = decoderFor(chunk);
      const text = decode(chunk, false).replace(/^\ufeff/, '');
      if (text.slice(0, 4096).includes('\0')) {
        throw new UnreadableFile('this is a binary file, not a catalogue; send CSV, JSON, JSON Lines or SIF');
      }
      yield text;
    } else yield decode(chunk, false);
  }
  const end = decode?.(new Uint8Array(0), true);
  if (end) yield end;
}

function decoderFor(sample: Uint8Array): (chunk: Uint8Array, last: boolean) => string {
  const encoding = encodingOf(sample);
  if (encoding === 'utf-8') {
    const decoder = new Utf8OrWestern();
    return (chunk, last) => decoder.decode(chunk, last);
  }
  const decoder = new TextDecoder(encoding);
  return (chunk, last) => decoder.decode(chunk, { stream: !last });
}

/** Longest line or record that is read; a longer one is an error of its own. */
export const LONGEST_RECORD = 1_000_000;

export interface Line {
  readonly number: number;
  readonly text: string;
  /** the line was longer than LONGEST_RECORD and only its beginning is here */
  readonly cut: boolean;
}

/** Lines with CR, LF or CRLF ends, numbered from 1. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncIterable<Line> {
  let rest = '';
  let cut = false;
  let number = 1;
  for await (const piece of pieces) {
    const text = rest + piece;
    let from = 0;
    for (const end of text.matchAll(/\r\n|\n|\r(?!$)/g)) {
      yield { number, text: text.slice(from, end.index), cut };
      number += 1;
      from = end.index + end[0].length;
      cut = false;
    }
    rest = text.slice(from);
    if (rest.length > LONGEST_RECORD) {
      rest = rest.slice(0, 1000);
      cut = true;
    }
  }
  rest = rest.replace(/\r$/, '');
  if (rest !== '') yield { number, text: rest, cut };
}
