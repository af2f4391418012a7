/**
 * The grammar of SIF alone: lines CODE=VALUE, a record begins at PN, what stands before the first is the header. Shared
 * by the catalogue's import and by the reading of order files; knows no code's meaning but PN, SF and ST.
 */

export interface SifEntry {
  /** As written, but for case: upper. */
  code: string;
  value: string;
  line: number;
}

export type SifPiece =
  | { kind: 'header'; line: number; entry: SifEntry }
  | { kind: 'record'; line: number; entries: SifEntry[] }
  | { kind: 'problem'; line: number; message: string };

const HEADER: ReadonlySet<string> = new Set(['SF', 'ST']);
const LONGEST_CODE = 20;
/** A record of a real order has a few dozen lines; more than this is a file that lacks its PN lines. */
const MOST_ENTRIES = 2000;

/** One line as code and value; undefined where it is none. */
export function entryOf(text: string, line: number): SifEntry | undefined {
  const equals = text.indexOf('=');
  const code = text.slice(0, equals).trim().toUpperCase();
  if (equals < 1 || code === '' || code.length > LONGEST_CODE) return undefined;
  return { code, value: text.slice(equals + 1).trim(), line };
}

/** Records as they come; at no time is more than one held. */
export async function* sifPieces(
  lines: AsyncIterable<{ readonly number: number; readonly text: string; readonly cut: boolean }>,
): AsyncIterable<SifPiece> {
  let entries: SifEntry[] = [];
  let began = 0;
  let tooMany = false;
  for await (const { number, text, cut } of lines) {
    if (text.trim() === '') continue;
    const entry = cut ? undefined : entryOf(text, number);
    if (entry === undefined) {
      yield {
        kind: 'problem',
        line: number,
        message: cut
          ? 'the line is longer than a million characters'
          : `"${text.slice(0, 40)}" is no line of the form CODE=VALUE`,
      };
      continue;
    }
    if (entry.code === 'PN') {
      if (began > 0) yield { kind: 'record', line: began, entries };
      entries = [];
      began = number;
      tooMany = false;
    }
    if (began === 0 || HEADER.has(entry.code)) yield { kind: 'header', line: number, entry };
    else if (entries.length < MOST_ENTRIES) entries.push(entry);
    else if (!tooMany) {
      tooMany = true;
      yield {
        kind: 'problem',
        line: number,
        message: `the record that begins in line ${began} has more than ${MOST_ENTRIES} lines; the rest of it is left out`,
      };
    }
  }
  if (began > 0) yield { kind: 'record', line: began, entries };
}
