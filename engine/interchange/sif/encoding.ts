/** Text to and from the bytes of order files: Windows-1252 or UTF-8, whichever the other program uses. */
import { SPELLINGS } from './dialects.data.ts';

export type SifEncoding = 'windows-1252' | 'utf-8';

const WESTERN = new Map<string, number>();
for (let byte = 0; byte < 256; byte += 1)
  WESTERN.set(new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte);

/** The text as the encoding can hold it, and the characters that had to be written otherwise. */
export function encodable(text: string, encoding: SifEncoding): { text: string; replaced: string[] } {
  const whole = text.normalize('NFC').toWellFormed();
  if (encoding === 'utf-8') return { text: whole, replaced: [] };
  let result = '';
  const replaced: string[] = [];
  for (const character of whole) {
    if (WESTERN.has(character)) {
      result += character;
      continue;
    }
    replaced.push(character);
    const base = SPELLINGS[character] ?? character.normalize('NFKD').replace(/\p{M}/gu, '');
    result += base !== '' && [...base].every((one) => WESTERN.has(one)) ? base : '?';
  }
  return { text: result, replaced };
}

/** Bytes of text that `encodable` has passed. */
export function encode(text: string, encoding: SifEncoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length);
  let at = 0;
  for (const character of text) {
    const byte = WESTERN.get(character);
    if (byte === undefined) throw new RangeError(`Windows-1252 has no ${JSON.stringify(character)}.`);
    bytes[at] = byte;
    at += 1;
  }
  return bytes.subarray(0, at);
}

/**
 * Pieces of text as the bytes come. A byte order mark decides; without one the dialect's encoding does, and a file said
 * to be UTF-8 that is not is read as Windows-1252 from its first wrong byte on. `found` is told what was read.
 */
export async function* decoded(
  stream: AsyncIterable<Uint8Array>,
  expected: SifEncoding,
  found: (encoding: string) => void,
): AsyncIterable<string> {
  let decoder: TextDecoder | undefined;
  let strict = false;
  for await (const chunk of stream) {
    if (decoder === undefined) {
      const marked = markOf(chunk);
      strict = marked === undefined && expected === 'utf-8';
      decoder = new TextDecoder(marked ?? expected, { fatal: strict });
      found(marked ?? expected);
    }
    try {
      yield decoder.decode(chunk, { stream: true });
    } catch {
      // What the decoder held back of the chunk before is lost: at most one character, the wrong one.
      decoder = new TextDecoder('windows-1252');
      strict = false;
      found('windows-1252 (the file is not UTF-8)');
      yield decoder.decode(chunk, { stream: true });
    }
  }
  try {
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
  } catch {
    found('windows-1252 (the file is not UTF-8)');
  }
}

function markOf(chunk: Uint8Array): string | undefined {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
  if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return 'utf-8';
  return undefined;
}
