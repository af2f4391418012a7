// What a language model gets to know about a project: facts in lines, within a budget of tokens, the weightiest first, each
// room, line and product under a short reference. What people wrote is made harmless to the frame it stands in. Pure.
import type { ItemFacts, ProjectFacts, SpaceFacts } from './facts.ts';
import { scenarioInHand } from './facts.ts';
import { area, money, plural } from './words.ts';

/** English prose runs at about four characters a token; figures and names at fewer. */
const CHARS_PER_TOKEN = 3.5;
const NAME = 80;

/** A product a model may name: one offered in the facts or found in the catalogue for it. */
export interface KnownProduct {
  product_id: string;
  name: string;
  /** Each, in the project's currency; null where it is sold in another. */
  unit_price: number | null;
}

/** References that were given out, and nothing else can be named by them. */
export interface References {
  rooms: Map<string, SpaceFacts>;
  items: Map<string, ItemFacts>;
  products: Map<string, KnownProduct>;
}

export interface ModelContext {
  text: string;
  references: References;
}

export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN);
}

/** Text of people or catalogues on one line: no control characters, no angle or square brackets that could end the frame. */
export function asData(text: string, most = NAME): string {
  const flat = text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[<>[\]{}`]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return flat.length > most ? `${flat.slice(0, most - 1)}…` : flat;
}

/** Addresses and telephone numbers are nobody's business outside. */
export function withoutContacts(text: string): string {
  return text
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '(e-mail)')
    .replace(/(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)|\b\d{3})[ .-]\d{3}[ .-]\d{4}\b/g, '(phone)')
    .replace(/\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}\b/g, '(phone)');
}

export function referProduct(references: References, product: KnownProduct): string {
  for (const [ref, one] of references.products) if (one.product_id === product.product_id) return ref;
  const ref = `p${references.products.size + 1}`;
  references.products.set(ref, product);
  return ref;
}

function briefLines(facts: ProjectFacts): string[] {
  const said = Object.entries(facts.brief).map(
    ([key, value]) => `${key} ${asData(JSON.stringify(value), 400)}`,
  );
  return [
    `Brief so far: ${said.length === 0 ? 'nothing stated' : said.join('; ')}`,
    ...(facts.open_questions.length > 0 ? [`Open: ${facts.open_questions.slice(0, 3).join(' ')}`] : []),
  ];
}

function scenarioLines(facts: ProjectFacts): string[] {
  const inHand = scenarioInHand(facts);
  return facts.scenarios.map((one) => {
    const parts = [
      `total ${money(one.total_cost, facts.currency)}`,
      one.lead_time_days === null ? '' : `${one.lead_time_days} days`,
      one.carbon_kg === null ? '' : `${Math.round(one.carbon_kg)} kg CO2e`,
      one.shortfalls.length === 0
        ? 'nothing short'
        : `short: ${one.shortfalls
            .slice(0, 6)
            .map((text) => asData(text))
            .join(', ')}`,
    ].filter(Boolean);
    return `Scenario ${one.type}${one === inHand ? ' (in hand)' : ''}: ${parts.join('; ')}`;
  });
}

function roomLine(ref: string, room: SpaceFacts): string {
  const short =
    room.seats_needed !== null && room.seats_placed !== null && room.seats_placed < room.seats_needed
      ? `, ${room.seats_placed} of ${room.seats_needed} seats`
      : '';
  return `[${ref}] ${asData(room.name)} (${room.type}${room.area_sqft === null ? '' : `, ${area(room.area_sqft)}`}${short})`;
}

function roomCounts(facts: ProjectFacts): string {
  const kinds = new Map<string, number>();
  for (const { type } of facts.spaces) kinds.set(type, (kinds.get(type) ?? 0) + 1);
  const said = [...kinds].sort((a, b) => b[1] - a[1]).map(([type, n]) => `${n} ${type}`);
  return `${plural(facts.spaces.length, 'room')}${said.length === 0 ? '' : `: ${said.join(', ')}`}`;
}

function itemLine(ref: string, item: ItemFacts, facts: ProjectFacts, references: References): string {
  const others = item.alternatives.slice(0, 3).map((one) => {
    const product = referProduct(references, {
      product_id: one.product_id,
      name: one.name,
      unit_price: item.quantity > 0 ? (item.total_price + one.price_diff) / item.quantity : null,
    });
    const sign = one.price_diff > 0 ? '+' : '';
    return `[${product}] ${asData(one.name)} ${sign}${money(one.price_diff, facts.currency)}`;
  });
  const where = item.space_name === null ? '' : ` in ${asData(item.space_name)}`;
  return `[${ref}] ${item.quantity} x ${asData(item.name)} (${asData(item.category)})${where}, ${money(item.total_price, facts.currency)}${others.length === 0 ? '' : `; instead: ${others.join(', ')}`}`;
}

/** Adds lines while they fit; says how many were left out. */
function fill<T>(
  lines: string[],
  from: readonly T[],
  left: () => number,
  add: (one: T) => string,
  what: string,
) {
  let taken = 0;
  for (const one of from) {
    const line = add(one);
    if (tokensOf(line) > left()) break;
    lines.push(line);
    taken++;
  }
  if (taken < from.length) lines.push(`(${from.length - taken} more ${what} not listed)`);
}

/** Rooms that are short of seats first, then by area; lines by their sum. `budget` in tokens, met within a few lines. */
export function modelContext(facts: ProjectFacts, budget = 3000): ModelContext {
  const references: References = { rooms: new Map(), items: new Map(), products: new Map() };
  const lines = [
    `Project: ${asData(facts.name)}; today ${facts.today}; money in ${asData(facts.currency, 3)}`,
    ...briefLines(facts),
    roomCounts(facts),
    ...scenarioLines(facts),
  ];
  const total = () => budget - tokensOf(lines.join('\n'));
  const shortOf = (room: SpaceFacts) => Math.max(0, (room.seats_needed ?? 0) - (room.seats_placed ?? 0));
  const rooms = [...facts.spaces].sort(
    (a, b) => shortOf(b) - shortOf(a) || (b.area_sqft ?? 0) - (a.area_sqft ?? 0),
  );
  const items = [...facts.items].sort((a, b) => b.total_price - a.total_price);
  const half = total() / 2;
  lines.push('Rooms:');
  fill(
    lines,
    rooms,
    () => total() - half,
    (room) => {
      const ref = `r${references.rooms.size + 1}`;
      references.rooms.set(ref, room);
      return roomLine(ref, room);
    },
    'rooms',
  );
  if (items.length > 0) lines.push('Lines of the scenario in hand:');
  fill(
    lines,
    items,
    total,
    (item) => {
      const ref = `i${references.items.size + 1}`;
      references.items.set(ref, item);
      return itemLine(ref, item, facts, references);
    },
    'lines',
  );
  return { text: lines.join('\n'), references };
}

/** What the model wrote, as plain text: no control or direction marks, no markup that could become a link or a picture. */
export function plainAnswer(text: string, most = 4000): string {
  return text
    .replace(/!?\[([^\]\n]{0,300})\]\([^)\s]{0,2000}\)/g, '$1')
    .replace(/<\/?[a-z!][^<>]{0,2000}>/gi, '')
    .replace(/\b(?:https?|data|javascript):\S+/gi, '(address left out)')
    .replace(/[^\P{Cc}\n]|\p{Cf}/gu, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, most);
}
