// How figures are said in answers, and which rooms and items a question speaks of.
import type { ItemFacts, ProjectFacts, SpaceFacts } from './facts.ts';

export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 }).format(
    amount,
  );
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

export function area(sqft: number): string {
  return `${count(Math.round(sqft))} sq ft`;
}

/** "a, b and c"; long lists end in "and 4 more". */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${count(more)} more`;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** What stands for a furniture category in speech, singular stems. */
const CATEGORY_WORDS: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:chair|chairs|seating|seat)\b/, /chair|seating|stool/i],
  [/\b(?:desk|desks|workstations?|benching|benches)\b/, /desk|bench|workstation/i],
  [/\btables?\b/, /table/i],
  [/\bstorage\b/, /storage|cabinet|pedestal|locker|shel|credenza/i],
  [/\bcabinets?\b/, /cabinet/i],
  [/\bpedestals?\b/, /pedestal/i],
  [/\blockers?\b/, /locker/i],
  [/\bshel(?:f|ves|ving)\b/, /shel(?:f|v)/i],
  [/\bcredenzas?\b/, /credenza/i],
  [/\b(?:sofas?|lounges?|couch\w*)\b/, /lounge|sofa/i],
  [/\b(?:booths?|pods?)\b/, /booth|pod/i],
  [/\b(?:screens?|panels?|acoustic\w*)\b/, /screen|panel|acoustic/i],
  [/\b(?:lamps?|lighting|lights?)\b/, /lamp|light/i],
  [/\b(?:monitor arms?|arms?)\b/, /arm/i],
];

/** Words of a name that tell it from others. */
function tokens(text: string): string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
}

/** What people call a kind of room. */
const ROOM_WORDS: readonly (readonly [RegExp, string])[] = [
  [/ (?:kitchen(?:ette)?s?|canteens?|lunch ?rooms?|break ?rooms?|pantry|tea ?points?)(?= )/, 'breakroom'],
  [/ (?:conference|huddle|board) ?rooms?(?= )/, 'meeting_room'],
  [/ (?:toilets?|bathrooms?|washrooms?)(?= )/, 'restroom'],
];

/** Rooms whose name or number the text says; a kind of room ("the meeting rooms") gives all of it. */
export function spacesNamed(text: string, facts: ProjectFacts): SpaceFacts[] {
  const said = ` ${tokens(text).join(' ')} `;
  const exact = facts.spaces.filter((space) => {
    const name = tokens(space.name).join(' ');
    const number = /\b\d{2,5}[a-z]?\b/i.exec(space.name)?.[0]?.toLowerCase();
    return (
      (name.length > 2 && said.includes(` ${name} `)) ||
      (number !== undefined && said.includes(` ${number} `))
    );
  });
  if (exact.length > 0) return exact;
  const ofType = (wanted: (kind: string) => boolean) =>
    facts.spaces.filter((space) => {
      const kind = space.type.replaceAll('_', ' ');
      return wanted(kind) && (said.includes(` ${kind} `) || said.includes(` ${kind}s `));
    });
  const byKind = ofType((kind) => kind.includes(' '));
  if (byKind.length > 0) return byKind;
  // "The café" is 107 Café; "the board room" every room of that name.
  const byName = facts.spaces.filter((space) => {
    const name = tokens(space.name)
      .filter((word) => !/\d/.test(word))
      .join(' ');
    return name.length > 3 && name !== 'office' && name !== 'room' && said.includes(` ${name} `);
  });
  if (byName.length > 0) return byName;
  const plain = ofType(() => true);
  if (plain.length > 0) return plain;
  const kinds = ROOM_WORDS.flatMap(([word, kind]) => (word.test(said) ? [kind] : []));
  return facts.spaces.filter((space) => kinds.includes(space.type));
}

/** The word for a kind of furniture that a text says: "lockers"; null where it says none. */
export function kindSaid(text: string): string | null {
  const lower = text.toLowerCase();
  const found = CATEGORY_WORDS.map(([word]) => word.exec(lower)).find((match) => match !== null);
  if (found === undefined || found === null) return null;
  const before = tokens(lower.slice(0, found.index)).at(-1);
  return before !== undefined && KINDS_OF.has(before) ? `${before} ${found[0]}` : found[0];
}

/** Items the text speaks of: by product name, else by kind of furniture, in the rooms it names. */
export function itemsNamed(text: string, facts: ProjectFacts): ItemFacts[] {
  const rooms = new Set(spacesNamed(text, facts).map((space) => space.id));
  const inRooms = (item: ItemFacts) =>
    rooms.size === 0 || (item.space_id !== null && rooms.has(item.space_id));
  const said = ` ${tokens(text).join(' ')} `;
  const byName = facts.items.filter((item) => {
    const [first] = tokens(item.name);
    return (
      said.includes(` ${tokens(item.name).join(' ')} `) ||
      (first !== undefined &&
        first.length > 3 &&
        said.includes(` ${first} `) &&
        !CATEGORY_WORDS.some(([word]) => word.test(first)))
    );
  });
  if (byName.length > 0) {
    const narrowed = byName.filter(inRooms);
    return narrowed.length > 0 ? narrowed : byName;
  }
  const lower = text.toLowerCase();
  const kinds = CATEGORY_WORDS.filter(([word]) => word.test(lower)).map(([, category]) => category);
  if (kinds.length === 0) return rooms.size > 0 ? facts.items.filter(inRooms) : [];
  const there = facts.items.filter(inRooms);
  const are = there.filter((item) => kinds.some((kind) => kind.test(item.category) || kind.test(item.name)));
  const ofKind = are.length > 0 ? are : there.filter((item) => kinds.some((kind) => kind.test(item.need)));
  return narrowed(lower, ofKind, facts);
}

/** "Task chairs", "meeting chairs", "reception desk": of a kind, those that the word before it fits, if any. */
function narrowed(lower: string, items: readonly ItemFacts[], facts: ProjectFacts): ItemFacts[] {
  const words = CATEGORY_WORDS.flatMap(([word]) => {
    const at = lower.search(word);
    return at < 0 ? [] : tokens(lower.slice(Math.max(0, at - 30), at)).slice(-2);
  }).filter((word) => !PLAIN.has(word));
  if (words.length === 0) return [...items];
  const typeOf = new Map(facts.spaces.map((space) => [space.id, space.type.replaceAll('_', ' ')]));
  const fitting = (known: (item: ItemFacts) => string) =>
    items.filter((item) => {
      const line = ` ${tokens(known(item)).join(' ')} `;
      return words.some((word) => line.includes(` ${word}`));
    });
  const called = fitting((item) => `${item.name} ${item.need} ${item.category}`);
  if (called.length > 0) return called;
  const placed = fitting((item) => `${item.space_name ?? ''} ${typeOf.get(item.space_id ?? '') ?? ''}`);
  if (placed.length > 0) return placed;
  // "Lounge chairs" where there are none are not all chairs.
  return words.some((word) => KINDS_OF.has(word)) ? [] : [...items];
}

/** Words before a kind of furniture that tell one kind from another. */
const KINDS_OF = new Set(
  'lounge task meeting conference visitor guest reception cafe training bar side executive outdoor dining coffee huddle boardroom standing height'.split(
    ' ',
  ),
);

/** Words before a kind of furniture that tell nothing of it. */
const PLAIN = new Set(
  'the these those this that our your my any some all of for with a an and or in to do is are was were have has need more cheaper greener other another better new many much enough different nicer expensive sustainable carbon lower faster quicker did you pick choose chose use like want find swap replace change show me about there by on at from get give'.split(
    ' ',
  ),
);

const PARTS: Readonly<Record<string, number>> = {
  tenth: 0.1,
  fifth: 0.2,
  quarter: 0.25,
  third: 1 / 3,
  half: 0.5,
};

/** A share or an amount that the text names: "10 %" is {fraction: 0.1}, "$20k" {amount: 20000}. */
export function amountNamed(text: string): { fraction: number } | { amount: number } | null {
  const part = /\b(?:by |off )?(?:a|one) (tenth|fifth|quarter|third)\b|\b(?:by|in) (half)\b/i.exec(text);
  if (part) return { fraction: PARTS[(part[1] ?? part[2] ?? '').toLowerCase()] ?? 0.1 };
  const percent = /(\d+(?:\.\d+)?)\s*(?:%|percent|per cent)/i.exec(text);
  if (percent) return { fraction: Number(percent[1]) / 100 };
  const figure =
    /(?:[$€£]|\b(?:usd|eur|gbp)\s?)?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(k|m|million|thousand|grand)?\b/gi;
  for (const match of text.matchAll(figure)) {
    const scale = /^m/i.test(match[2] ?? '') ? 1e6 : match[2] ? 1e3 : 1;
    const amount = Number((match[1] ?? '').replaceAll(',', '')) * scale;
    if (amount >= 500) return { amount };
  }
  return null;
}
