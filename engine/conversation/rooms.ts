// "What's in room 101?", "what are we spending on meeting rooms?", "list the products", "what is the dearest item?"
import type { Answer, ItemFacts, ProjectFacts } from './facts.ts';
import { linkTo } from './why.ts';
import { area, count, itemsNamed, listed, money, plural, spacesNamed } from './words.ts';

const answer = (topic: string, text: string, links: Answer['links']): Answer => ({
  topic,
  text,
  links,
  proposals: [],
});

const sumOf = (items: readonly ItemFacts[]): number => items.reduce((sum, item) => sum + item.total_price, 0);

/** Lines with the same product put together, the dearest first. */
function byProduct(
  items: readonly ItemFacts[],
): { name: string; pieces: number; total: number; item: ItemFacts }[] {
  const groups = new Map<string, { name: string; pieces: number; total: number; item: ItemFacts }>();
  for (const item of items) {
    const known = groups.get(item.product_id);
    if (known === undefined)
      groups.set(item.product_id, {
        name: item.name,
        pieces: item.quantity,
        total: item.total_price,
        item,
      });
    else {
      known.pieces += item.quantity;
      known.total += item.total_price;
    }
  }
  return [...groups.values()].sort((a, b) => b.total - a.total);
}

const IN_ROOM =
  /\b(?:what(?:'s| is| goes| stands| do we have| have we got)? ?(?:in|inside|going in|planned for)|tell me (?:more )?about|describe|show me|what about|how is|how are|(?:does|do|will|would) (?:the|our|each|every) .{1,30} (?:get|have|contain|include|hold)|contents? of|furniture (?:in|for))\b/i;
const SPENT = /\b(?:spend\w*|spent|cost\w*|how much|price|money)\b/i;

/** A room or a kind of room: what stands in it and what it comes to. */
export function answerRoom(text: string, facts: ProjectFacts): Answer | null {
  const rooms = spacesNamed(text, facts);
  if (rooms.length === 0 || !(IN_ROOM.test(text) || SPENT.test(text))) return null;
  const ids = new Set(rooms.map((room) => room.id));
  const items = facts.items.filter((item) => item.space_id !== null && ids.has(item.space_id));
  // "How much do the chairs in the meeting rooms cost" is about chairs.
  const pieces = itemsNamed(text, facts).length;
  if (pieces > 0 && pieces < items.length) return null;
  const [first] = rooms;
  const size = rooms.reduce((sum, room) => sum + (room.area_sqft ?? 0), 0);
  const seats = rooms.reduce((sum, room) => sum + (room.seats_placed ?? 0), 0);
  const needed = rooms.reduce((sum, room) => sum + (room.seats_needed ?? 0), 0);
  const head =
    rooms.length === 1
      ? `${first?.name} (${first?.type.replaceAll('_', ' ')})`
      : `${plural(rooms.length, 'room')} (${listed(
          rooms.map((room) => room.name),
          4,
        )})`;
  const told = byProduct(items)
    .slice(0, 6)
    .map((one) => `${count(one.pieces)} × ${one.name}`);
  const parts = [
    `${head}: ${size > 0 ? area(size) : 'no area yet'}${needed > 0 ? `, ${count(seats)} of ${count(needed)} seats placed` : ''}.`,
    items.length === 0
      ? 'Nothing is recommended for it yet.'
      : `${listed(told, 6)}, ${money(sumOf(items), facts.currency)} before taxes and surcharges.`,
  ];
  return answer(
    'room',
    parts.join(' '),
    rooms.slice(0, 4).map((room) => ({
      label: room.name,
      step: items.length === 0 ? ('spaces' as const) : ('furniture' as const),
      space_id: room.id,
    })),
  );
}

const DEAREST =
  /\b(?:most expensive|dearest|priciest|costliest|biggest (?:cost|line|item|expense)s?|costs? (?:us |me |you )?(?:the )?most|most (?:costly|money)|eats? (?:up )?(?:the )?most|heaviest on the budget|largest (?:cost|line|item|expense)s?)\b/i;
export const CHEAPEST_ITEM =
  /\b(?:what|which)\b.*\b(?:cheapest|least expensive|lowest priced)\b(?!.*\b(?:scenario|option|package|alternative)s?\b)|\b(?:cheapest|least expensive) (?:item|product|piece|line)\b/i;
const LIST =
  /\b(?:list|show|give me|what are|which|name|see)\b.{0,25}\b(?:products?|items?|furniture|lines|pieces|bill|shopping list)\b/i;

/** "Which room is the most expensive?" */
function dearestRooms(facts: ProjectFacts): Answer {
  const rooms = facts.spaces
    .map((room) => ({ room, sum: sumOf(facts.items.filter((item) => item.space_id === room.id)) }))
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum || a.room.name.localeCompare(b.room.name))
    .slice(0, 3);
  return answer(
    'bill',
    `The dearest rooms: ${listed(rooms.map(({ room, sum }) => `${room.name} ${money(sum, facts.currency)}`))}, goods before taxes and surcharges.`,
    rooms.map(({ room }) => ({ label: room.name, step: 'furniture' as const, space_id: room.id })),
  );
}

/** The bill by product: all of it, or its dearest lines. */
export function answerBill(text: string, facts: ProjectFacts): Answer | null {
  const dearest = DEAREST.test(text);
  const cheapest = CHEAPEST_ITEM.test(text);
  if (!dearest && !cheapest && !LIST.test(text)) return null;
  if (/\b(?:scenarios?|options?)\b/i.test(text) || facts.items.length === 0) return null;
  if (dearest && /\b(?:rooms?|offices?|spaces?|areas?)\b/i.test(text)) return dearestRooms(facts);
  const named = itemsNamed(text, facts);
  const groups = byProduct(named.length > 0 ? named : facts.items);
  const ordered = cheapest ? [...groups].reverse() : groups;
  const shown = ordered.slice(0, dearest || cheapest ? 3 : 10);
  const told = shown.map((one) => `${count(one.pieces)} × ${one.name} ${money(one.total, facts.currency)}`);
  const head = dearest ? 'The dearest' : cheapest ? 'The cheapest' : plural(groups.length, 'product');
  return answer(
    'bill',
    `${head}: ${listed(told, 10)}${groups.length > shown.length && !dearest && !cheapest ? ` and ${count(groups.length - shown.length)} more` : ''}. All goods together are ${money(sumOf(facts.items), facts.currency)} before taxes and surcharges.`,
    [{ label: 'Furniture', step: 'furniture' }, ...shown.slice(0, 3).map(({ item }) => linkTo(item))],
  );
}

/** "What does it cost per person?" */
export function answerPerSeat(text: string, facts: ProjectFacts, total: number | null): Answer | null {
  if (
    !/\b(?:per|a|each|for (?:each|every)) (?:person|head|employee|seat|desk|workstation|square f\w+|sq ?ft)\b/i.test(
      text,
    ) ||
    !SPENT.test(text) ||
    total === null ||
    /\bhow much (?:space|room|area)\b/i.test(text)
  )
    return null;
  const people = facts.brief.employee_count;
  const seats = facts.spaces.reduce((sum, space) => sum + (space.seats_placed ?? 0), 0);
  const size = facts.spaces.reduce((sum, space) => sum + (space.area_sqft ?? 0), 0);
  const parts = [
    people === undefined
      ? ''
      : `${money(total / people, facts.currency)} for each of ${plural(people, 'person', 'people')}`,
    seats === 0 ? '' : `${money(total / seats, facts.currency)} for each of ${plural(seats, 'seat')}`,
    size === 0 ? '' : `${money(total / size, facts.currency)} a square foot`,
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return answer('per_seat', `${money(total, facts.currency)} in all: ${listed(parts)}.`, [
    { label: 'Budget', step: 'budget' },
  ]);
}
