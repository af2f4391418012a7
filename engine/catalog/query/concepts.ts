// Furniture concepts in running text: which are named, which is the thing itself, and how close two concepts are.
import { THESAURUS } from './thesaurus.ts';
import { fold, stem } from './words.ts';

/** A concept's name found in a text, by token positions. */
export interface Mention {
  readonly id: string;
  readonly from: number;
  /** exclusive */
  readonly to: number;
}

export interface Token {
  readonly word: string;
  readonly stem: string;
  /** counts the phrases: a new one begins after a comma, at "with", "for", "and" … */
  readonly phrase: number;
}

const OPENERS = new Set(
  'with w for and in on f incl including plus or from without to by at under beside next'.split(' '),
);

interface TrieNode {
  readonly next: Map<string, TrieNode>;
  readonly ids: string[];
}

function buildTrie(): TrieNode {
  const root: TrieNode = { next: new Map(), ids: [] };
  const add = (stems: readonly string[], id: string): void => {
    let node = root;
    for (const word of stems) {
      const child = node.next.get(word) ?? { next: new Map(), ids: [] };
      node.next.set(word, child);
      node = child;
    }
    if (!node.ids.includes(id)) node.ids.push(id);
  };
  for (const entry of THESAURUS.values()) {
    for (const name of entry.names) {
      const tokens = tokenize(name);
      add(
        tokens.map((token) => token.stem),
        entry.id,
      );
      const joined = inOneWord(tokens);
      if (joined !== undefined) add([joined], entry.id);
    }
  }
  return root;
}

/** "arm chair" also stands as "armchair", "tv bench" as "tvbench". */
function inOneWord(tokens: readonly Token[]): string | undefined {
  const joined = tokens.map((token) => token.word).join('');
  return tokens.length === 2 && joined.length > 6 ? stem(joined) : undefined;
}

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let phrase = 0;
  for (const [piece] of fold(text).matchAll(/[\p{L}\p{N}]+|[,;:.(+/&]/gu)) {
    if (/^[^\p{L}\p{N}]/u.test(piece)) {
      phrase += 1;
      continue;
    }
    if (OPENERS.has(piece)) phrase += 1;
    tokens.push({ word: piece, stem: stem(piece), phrase });
  }
  return tokens;
}

const TRIE = buildTrie();

const isNumber = (word: string): boolean => /^\d/.test(word);

/** All words that occur in names, also two in one, for spelling. */
export const THESAURUS_WORDS: ReadonlySet<string> = new Set(
  [...THESAURUS.values()].flatMap((entry) =>
    entry.names.flatMap((name) => {
      const tokens = tokenize(name);
      const joined = inOneWord(tokens);
      return [...tokens.map((token) => token.stem), ...(joined === undefined ? [] : [joined])];
    }),
  ),
);
/** Words of the purposes: known words, but no names. */
export const PURPOSE_WORDS: ReadonlySet<string> = new Set(
  [...THESAURUS.values()].flatMap((entry) => tokenize(entry.gloss).map((token) => token.stem)),
);

/** The longest name that begins at each place, without names inside longer ones. Digits inside a name are passed over. */
export function findMentions(tokens: readonly Token[]): Mention[] {
  const mentions: Mention[] = [];
  for (let from = 0; from < tokens.length; ) {
    const found = longestAt(tokens, from);
    for (const id of found?.ids ?? []) mentions.push({ id, from, to: found!.to });
    from = found ? found.to : from + 1;
  }
  return mentions;
}

function longestAt(
  tokens: readonly Token[],
  from: number,
): { ids: readonly string[]; to: number } | undefined {
  let node: TrieNode = TRIE;
  let best: { ids: readonly string[]; to: number } | undefined;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (at > from && isNumber(token.word)) continue;
    const single = node.next.get(token.stem);
    // "gate leg table" is a "gateleg table"
    const after = tokens[at + 1];
    const joined = single || !after ? undefined : node.next.get(stem(token.word + after.word));
    if (joined) at += 1;
    const next = single ?? joined;
    if (!next) break;
    node = next;
    if (node.ids.length > 0) best = { ids: node.ids, to: at + 1 };
  }
  return best;
}

/** Whether these stems, in order, are a name or its beginning. */
export function isName(stems: readonly string[]): boolean {
  let node: TrieNode | undefined = TRIE;
  for (const word of stems) node = node?.next.get(word);
  return (node?.ids.length ?? 0) > 0;
}

/** Whether these stems, in order, begin a name. */
export function beginsName(stems: readonly string[]): boolean {
  let node: TrieNode | undefined = TRIE;
  for (const word of stems) node = node?.next.get(word);
  return node !== undefined;
}

export function isSetting(id: string): boolean {
  return THESAURUS.get(id)?.wider.includes('setting') ?? false;
}

/**
 * The thing a text is about: the last name that begins in its first phrase ("chair" of "Office chair with armrests").
 * A cover that opens the text is the thing even without "for" ("Cover three-seat sofa").
 */
export function headsOf(tokens: readonly Token[], mentions: readonly Mention[]): Mention[] {
  const things = mentions.filter((mention) => !isSetting(mention.id));
  const opening = things.find((mention) => mention.from === 0 && mention.id === 'cover');
  if (opening) return [opening];
  const first = tokens[things[0]?.from ?? 0]?.phrase;
  const inFirst = things.filter((mention) => tokens[mention.from]?.phrase === first);
  const end = inFirst.at(-1)?.to;
  return inFirst.filter((mention) => mention.to === end);
}

const ancestorsCache = new Map<string, ReadonlyMap<string, number>>();

/** Wider kinds with the number of steps to each. */
export function ancestorsOf(id: string): ReadonlyMap<string, number> {
  const known = ancestorsCache.get(id);
  if (known) return known;
  const found = new Map<string, number>();
  for (const parent of THESAURUS.get(id)?.wider ?? []) {
    if (!THESAURUS.has(parent)) continue;
    found.set(parent, Math.min(1, found.get(parent) ?? 1));
    for (const [id, steps] of ancestorsOf(parent))
      found.set(id, Math.min(steps + 1, found.get(id) ?? steps + 1));
  }
  ancestorsCache.set(id, found);
  return found;
}

const NARROWER = 0.93;
const WIDER = 0.45;
const SIBLING = 0.3;
/** Kinds that say little: being both "storage" makes no two things alike. */
const BROAD = new Set(['seating', 'storage', 'part', 'table']);

function near(a: string, b: string): number {
  return Math.max(THESAURUS.get(a)?.near.get(b) ?? 0, THESAURUS.get(b)?.near.get(a) ?? 0);
}

const servedCache = new Map<string, ReadonlyMap<string, number>>();

/** Every kind that serves who asked for `wanted`, with how well: at most as many lists as the thesaurus has kinds. */
export function servedBy(wanted: string): ReadonlyMap<string, number> {
  const known = servedCache.get(wanted);
  if (known !== undefined) return known;
  const served = new Map<string, number>();
  for (const offered of THESAURUS.keys()) {
    const value = computeCloseness(wanted, offered);
    if (value > 0) served.set(offered, value);
  }
  if (THESAURUS.has(wanted)) servedCache.set(wanted, served);
  return served;
}

/** How well a thing of kind `offered` serves who asked for `wanted`: 1 the same, 0 unrelated. */
export function closeness(wanted: string, offered: string): number {
  return servedBy(wanted).get(offered) ?? 0;
}

function computeCloseness(wanted: string, offered: string): number {
  if (wanted === offered) return 1;
  const above = ancestorsOf(offered);
  const steps = above.get(wanted);
  if (steps !== undefined) return NARROWER ** steps;
  let best = near(wanted, offered);
  for (const [ancestor] of above) best = Math.max(best, 0.9 * near(wanted, ancestor));
  for (const [ancestor, up] of ancestorsOf(wanted)) {
    if (ancestor === offered) best = Math.max(best, WIDER ** up);
    else if (above.has(ancestor) && !BROAD.has(ancestor)) best = Math.max(best, SIBLING);
    else best = Math.max(best, 0.5 * near(ancestor, offered));
  }
  return best;
}

/** A thing in a setting is often a kind of its own: chair + outdoor → outdoor_chair; armchair + outdoor → the same, less surely. */
export function inSetting(
  id: string,
  setting: string,
): { readonly id: string; readonly exact: boolean } | undefined {
  for (const candidate of [id, ...ancestorsOf(id).keys()]) {
    const composed = `${setting}_${candidate}`;
    if (THESAURUS.has(composed)) return { id: composed, exact: candidate === id };
  }
  return undefined;
}
