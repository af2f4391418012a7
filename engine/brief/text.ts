// Prepares a turn: blanks what is not the writer's own statement (quoted replies, signatures, markup, addresses, phone
// numbers, times) without moving a character, so that every quote can be cut from the original text; then cuts sentences.

/** A stretch of a turn, as offsets into the original text. `asks` is true when it ends in a question mark. */
export interface Stretch {
  start: number;
  end: number;
  asks: boolean;
}

const CLOSING =
  /^(?:--+|best|all the best|(?:kind|best|warm|many)? ?regards|regards|many thanks|thanks(?: so much| again| a lot)?|thank you|thx|cheers|sincerely|yours(?: \w+)?|respectfully|br|rgds|sent from my \w+.*)\s*[,.!]?\s*$/i;
const HEADER_LINE = /^\s*(?:from|to|cc|bcc|sent|date|von|an|reply-to)\s*:/i;
const REPLY_MARK =
  /^\s*(?:-{2,}\s*original message\s*-{2,}|_{10,}|on\b.{5,120}\bwrote:|.{0,60}<\S+@\S+>.{0,20}wrote:)\s*$/i;
const FORWARD_MARK = /^\s*(?:-{2,}\s*forwarded message\s*-{2,}|begin forwarded message:?)\s*$/i;

const STREET =
  'Street|St|Avenue|Ave|Boulevard|Blvd|Road|Rd|Drive|Dr|Lane|Ln|Way|Court|Ct|Place|Pl|Square|Parkway|Pkwy|Highway|Hwy|Plaza|Quay|Row';
const INLINE_NOISE: RegExp[] = [
  /<(script|style)\b[^>]{0,200}>[\s\S]{0,5000}?<\/\1>/gi,
  /<\/?[a-z!][^<>]{0,200}>/gi,
  /\bhttps?:\/\/\S+/gi,
  /\b(?:www\.)\S+/gi,
  /[\w.+-]+@[\w-]+\.[\w.-]+/g,
  /(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)|\b\d{3})[ .-]\d{3}[ .-]\d{4}\b/g,
  /\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}\b/g,
  /\b\d{3}-\d{4}\b/g,
  new RegExp(`\\b\\d{1,5}\\s+(?:[NSEW]\\.?\\s+)?(?:[A-Z][a-z]+\\s+){1,3}(?:${STREET})\\b\\.?`, 'g'),
  new RegExp(`\\b(?:[A-Z][a-z]+\\s+){1,2}(?:${STREET})\\b`, 'g'),
  /\b(?:suite|ste|unit|apt|apartment|bldg|building|ext|extension|zip(?: code)?|p\.?\s?o\.? box)\s*\.?\s*#?\s*\d{2,6}[a-z]?\b/gi,
  /\b(?:room|rm)\s*\.?\s*#?\s*\d{3,4}[a-z]?\b(?!\s*(?:sq|m2|m²|square))/gi,
  /\b\d{1,2}(?::\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.)(?![a-z])/gi,
  /\b\d{1,2}:\d{2}\b/g,
  /\b24\s?\/\s?7\b/g,
  /\b(?:9|nine)[ -](?:to|-)[ -]?(?:5|five)\b/gi,
];

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Lines with their offsets. */
function linesOf(text: string): { text: string; start: number }[] {
  const lines: { text: string; start: number }[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ text: line, start });
    start += line.length + 1;
  }
  return lines;
}

function hasWords(text: string, atLeast: number): boolean {
  return (text.match(/[\p{L}\d]{2,}/gu) ?? []).length >= atLeast;
}

/** A quoted short question with the writer's own words right under it, and not one question after another. */
function isAnswered(lines: readonly string[], i: number): boolean {
  const line = lines[i] ?? '';
  if (!/\?\s*$/.test(line) || line.length > 120) return false;
  const next = lines.slice(i + 1).find((one) => one.trim() !== '');
  return next !== undefined && !/^\s*>/.test(next) && !REPLY_MARK.test(next) && !HEADER_LINE.test(next);
}

/** Blanks quoted earlier mail; a forward with nothing written above it is read, without its header lines. */
function blankQuotedMail(text: string): string {
  const lines = linesOf(text);
  const out = lines.map((line) => line.text);
  const mark = lines.findIndex(
    (line, i) =>
      REPLY_MARK.test(line.text) ||
      FORWARD_MARK.test(line.text) ||
      (HEADER_LINE.test(line.text) && lines.slice(i + 1, i + 4).some((next) => HEADER_LINE.test(next.text))),
  );
  const above =
    mark > 0
      ? out
          .slice(0, mark)
          .filter((line) => !line.startsWith('>'))
          .join('\n')
      : '';
  const forwarded = mark >= 0 && (!hasWords(above, 3) || FORWARD_MARK.test(lines[mark]?.text ?? ''));
  for (let i = 0; i < out.length; i++) {
    const line = out[i] ?? '';
    if (/^\s*>/.test(line)) out[i] = isAnswered(out, i) ? line.replace(/^[\s>]+/, blank) : blank(line);
    else if (mark >= 0 && i >= mark && (!forwarded || HEADER_LINE.test(line) || i === mark))
      out[i] = blank(line);
  }
  return out.join('\n');
}

/** Blanks a closing formula and the short lines under it (name, title, company, address); a P.S. is read again. */
function blankSignature(text: string): string {
  const lines = linesOf(text);
  const last = lines.findLastIndex((line) => line.text.trim() !== '');
  for (let i = Math.max(1, last - 10); i <= last; i++) {
    const line = lines[i];
    if (!line || !CLOSING.test(line.text.trim())) continue;
    const under = lines.slice(i + 1, last + 1);
    if (under.some((next) => next.text.length > 90)) continue;
    const postscript = under.findIndex((next) => /^\s*p\.?\s?s\b/i.test(next.text));
    const end = postscript < 0 ? text.length : (under[postscript]?.start ?? text.length);
    return text.slice(0, line.start) + blank(text.slice(line.start, end)) + text.slice(end);
  }
  return text;
}

const CLIENT_LABEL =
  /^(\s*(?:[[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*)?(?:client|customer|caller|user|me|speaker [\da-d]|buyer|facilities|tenant)\s*:)(?=\s)/i;
const DEALER_LABEL =
  /^(\s*(?:[[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*)?(?:dealer|sales ?rep|rep|sales|salesperson|agent|designer|consultant|advis[eo]r|assistant|bot|interviewer|account manager|host)\s*:)(?=\s)/i;

/** Transcripts with names before each line: of the other side's lines only the questions stay. */
function blankSpeakers(text: string): string {
  const lines = text.split('\n');
  if (!lines.some((line) => CLIENT_LABEL.test(line)) || !lines.some((line) => DEALER_LABEL.test(line)))
    return text;
  return lines
    .map((line) =>
      DEALER_LABEL.test(line) && !/\?\s*$/.test(line)
        ? blank(line)
        : line.replace(CLIENT_LABEL, blank).replace(DEALER_LABEL, blank),
    )
    .join('\n');
}

/** Rows of a table: "| 1 | Desks | 54 |" and "Desks<tab>54" read like "Desks : 54"; rules between rows are blanked. */
function openTables(text: string): string {
  if (!text.includes('|') && !text.includes('\t')) return text;
  return text
    .split('\n')
    .map((line) => {
      const row = line.trim();
      const piped = row.length > 2 && row.startsWith('|') && row.endsWith('|');
      if (!piped && !/[a-z)] {0,3}\t\s{0,8}[\d$€£]/i.test(line)) return line;
      if (/^[\s|:+-]+$/.test(line)) return blank(line);
      const bare = piped
        ? line.replace(/\|(?=\s*$)/, ' ').replace(/^\s*\|(?:\s*\d{1,3}(?:\.\d+)*\s*\|(?=\s*[a-z]))?/i, blank)
        : line;
      return bare.replace(/[|\t](?=\s*[\d$€£])/, ':').replace(/[|\t]/g, ',');
    })
    .join('\n');
}

/** The turn with everything that is not the writer's own statement replaced by spaces; same length as `turn`. */
export function maskTurn(turn: string): string {
  // A run of more than 120 characters without a space is pasted data, not speech.
  const spoken = turn.replace(/\r/g, ' ').replace(/\S{121,}/g, blank);
  let text = openTables(blankSpeakers(blankSignature(blankQuotedMail(spoken))));
  for (const noise of INLINE_NOISE) text = text.replace(noise, blank);
  return text;
}

const ABBREVIATION =
  /(?:^|[\s(])(?:sq|ft|approx|nr|e\.g|i\.e|e|i|mr|mrs|ms|dr|st|vs|del|est|incl|min|max|dept|bldg|ext|rm|conf|mtg|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|etc|c|w|p|inst|qty|nos|pcs|rs|ave|inc|co|corp|ltd|a|u\.s|u|s)$/i;
const MAX_STRETCH = 600;

function isSentenceEnd(text: string, i: number): boolean {
  const char = text[i];
  if (char === '!' || char === '?' || char === ';') return true;
  if (char !== '.') return false;
  const next = text[i + 1];
  if (next !== undefined && !/[\s)"'”]/.test(next)) return false;
  const before = text.slice(Math.max(0, i - 12), i);
  const following = text.slice(i + 1, i + 12).trimStart();
  if (/(?:^|[^a-z])no$/i.test(before)) return !/^\d/.test(following);
  return !ABBREVIATION.test(before) || (/^[A-Z]/.test(following) && !/(?:mr|mrs|ms|dr|st)$/i.test(before));
}

/** True when the line break at `i` is only wrapping inside a paragraph. */
function isSoftBreak(text: string, i: number, lineStart: number): boolean {
  const line = text.slice(lineStart, i).trim();
  const next = text.slice(i + 1, i + 40);
  return (
    line.length >= 55 &&
    !/[.!?:;]$/.test(line) &&
    /^ ?[a-z\d$€£]/.test(next) &&
    !/^\s*[-*•\d]+[.)\s]\s/.test(next)
  );
}

/** Cuts masked text into sentences, lines and list items. */
export function cutSentences(masked: string): Stretch[] {
  const stretches: Stretch[] = [];
  let start = 0;
  let lineStart = 0;
  const push = (end: number, asks: boolean): void => {
    let from = start;
    let to = end;
    while (from < to && /[\s*•>-]/.test(masked[from] ?? '')) from++;
    while (to > from && /\s/.test(masked[to - 1] ?? '')) to--;
    if (to > from) stretches.push({ start: from, end: to, asks });
    start = end;
  };
  for (let i = 0; i < masked.length; i++) {
    const char = masked[i];
    if (char === '\n') {
      if (!isSoftBreak(masked, i, lineStart)) push(i, false);
      lineStart = i + 1;
    } else if (isSentenceEnd(masked, i)) {
      while (/[.!?]/.test(masked[i + 1] ?? '')) i++;
      push(i + 1, masked.slice(Math.max(start, i - 3), i + 1).includes('?'));
    } else if (i - start >= MAX_STRETCH && char === ' ') push(i, false);
  }
  push(masked.length, false);
  return stretches;
}
