// Mends misspelt words of the trade by bounded edit distance. Only words the parser reads are ever a target, and a
// word of everyday English is never "mended" into one.
import { EVERYDAY_WORDS, KNOWN_TYPOS, TRADE_WORDS } from './lexicon-words.ts';

const trade = new Set(TRADE_WORDS);
const everyday = new Set(EVERYDAY_WORDS);
const byInitial = new Map<string, string[]>();
for (const word of trade) {
  const initial = word[0] ?? '';
  const list = byInitial.get(initial);
  if (list) list.push(word);
  else byInitial.set(initial, [word]);
}

/** Damerau–Levenshtein distance (adjacent swap counts one), or `limit + 1` as soon as it must exceed `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d = Math.min(d, (beforePrevious[j - 2] ?? 0) + 1);
      row.push(d);
      best = Math.min(best, d);
    }
    if (best > limit) return limit + 1;
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length] ?? limit + 1;
}

/** The word of the trade that `word` (lower case) is a misspelling of, or `word` itself. */
export function mend(word: string): string {
  const known = KNOWN_TYPOS.get(word);
  if (known !== undefined) return known;
  if (word.length < 5 || word.length > 20 || trade.has(word) || everyday.has(word)) return word;
  const stem = word.replace(/(?:es|s|ed|ing|ly)$/, '');
  if (trade.has(stem) || everyday.has(stem) || everyday.has(`${stem}e`) || trade.has(`${stem}e`)) return word;
  // Two slips only in long words, and then the first two letters and the last must stand.
  const limit = word.length >= 9 ? 2 : 1;
  let best = word;
  let bestDistance = limit + 1;
  for (const candidate of byInitial.get(word[0] ?? '') ?? []) {
    if (candidate.length < 5) continue;
    const distance = editDistance(word, candidate, limit);
    if (distance === 2 && (candidate[1] !== word[1] || candidate.at(-1) !== word.at(-1))) continue;
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
