// Questions about particulars: has it been approved, whose products are these, how large is the largest room, what carbon do the
// chairs or the lounge stand for, is everybody seated.
import { type Answer, type ItemFacts, type ProjectFacts, type SpaceFacts, scenarioInHand } from './facts.ts';
import { linkTo } from './why.ts';
import { area, count, itemsNamed, kindSaid, listed, money, plural, spacesNamed } from './words.ts';

const answer = (topic: string, text: string, links: Answer['links'] = []): Answer => ({
  topic,
  text,
  links,
  proposals: [],
});

const DECIDED =
  /\b(?:approv|sign(?:ed|s|ing)?[ -]?off|signed (?:it|this|that|the [a-z]+) off|accept|reject|declin|green[ -]?lit|green[ -]?light|turned down|sign-?off)\w*/i;
const ASKS_DECISION =
  /^\W*(?:and |so |ok )?(?:who|has|have|did|is|was|when|what|where|are|do|does)\b|\bstatus\b|\bapproval status\b/i;
const STATUS: Readonly<Record<string, string>> = {
  draft: 'is a draft: it has not been presented, and nobody has approved or rejected it',
  presented: 'has been presented; nobody has approved or rejected it yet',
  approved: 'is approved; the project does not say by whom',
  rejected: 'was rejected; the project does not say by whom',
};

/** "Who approved it?", "has anyone signed this off?", "what is the status of the proposal?" */
export function answerDecision(text: string, facts: ProjectFacts): Answer | null {
  const proposal =
    /\b(?:recommendation|proposal|quote|offer|scenario|package|it|this|that|anyone|anybody)\b/i;
  const status = /\bstatus\b/i.test(text) && proposal.test(text);
  if (!(DECIDED.test(text) && ASKS_DECISION.test(text)) && !status) return null;
  if (/\b(?:what if|budget (?:was|is|been)|the brief)\b/i.test(text)) return null;
  const { recommendation_status: now } = facts;
  const links = [{ label: 'Furniture', step: 'furniture' as const }];
  if (now === null)
    return answer('decision', 'There is no recommendation yet, so there is nothing to approve.', links);
  const selected = facts.scenarios.find((one) => one.selected);
  return answer(
    'decision',
    `The recommendation ${STATUS[now] ?? `is ${now}`}.${selected === undefined ? ' No scenario is selected.' : ` The ${selected.name} scenario is selected.`}`,
    links,
  );
}

const MAKERS =
  /\b(?:manufacturers?|makers?|brands?|vendors?|suppliers?)\b.*\b(?:list|proposal|scenario|recommendation|products?|items?|here|in (?:it|this|there)|used?|using|chosen|picked|involved|furniture|have|from)\b|\b(?:which|what|whose|list|how many) (?:are )?(?:the )?(?:manufacturers?|makers?|brands?|vendors?|suppliers?)\b|\bwho (?:makes?|made|manufactures?|supplies|sells|builds?|produces?)\b/i;

/** "Which manufacturers are in the list?", "who makes the task chairs?" */
export function answerMakers(text: string, facts: ProjectFacts): Answer | null {
  if (!MAKERS.test(text) || facts.items.length === 0) return null;
  const named = itemsNamed(text, facts);
  if (named.length === 0 && kindSaid(text) !== null) return null;
  const about = named.length > 0 ? named : facts.items;
  const pieces = new Map<string, number>();
  for (const one of about) {
    const brand = one.brand ?? 'no maker stated';
    pieces.set(brand, (pieces.get(brand) ?? 0) + one.quantity);
  }
  const told = [...pieces]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([brand, n]) => `${brand} (${plural(n, 'piece')})`);
  return answer(
    'makers',
    `${plural(pieces.size, 'maker')}: ${listed(told, 12)}.`,
    about.slice(0, 3).map(linkTo),
  );
}

/** Rooms of the building rather than of its people. */
const BUILDING = new Set(['corridor', 'restroom', 'storage', 'stair', 'elevator', 'mechanical']);
const SIZED =
  /\b(?:how (?:big|large|small)|what size|size of|square f\w+|sq ?ft|area of|dimensions?|largest|biggest|smallest|tiniest)\b/i;

/** "How big is the largest meeting room?", "what is the area of room 113?", "which is the smallest office?" */
export function answerRoomSize(text: string, facts: ProjectFacts): Answer | null {
  if (
    !SIZED.test(text) ||
    /\b(?:per|each|for every|budget|cost|expense|price|carbon|item|line|order)\b/i.test(text)
  )
    return null;
  const extreme = /\b(largest|biggest|smallest|tiniest)\b/i.exec(text)?.[1]?.toLowerCase();
  const rooms = spacesNamed(text, facts).filter((room) => room.area_sqft !== null);
  if (rooms.length === 0 && !(extreme !== undefined && /\b(?:rooms?|offices?|spaces?)\b/i.test(text)))
    return null;
  const offices = /\boffices?\b/i.test(text);
  const about: SpaceFacts[] =
    rooms.length > 0
      ? rooms
      : facts.spaces.filter(
          (room) =>
            room.area_sqft !== null && (offices ? /office/.test(room.type) : !BUILDING.has(room.type)),
        );
  const ordered = [...about].sort(
    (a, b) => (b.area_sqft ?? 0) - (a.area_sqft ?? 0) || a.name.localeCompare(b.name),
  );
  const shown =
    extreme === undefined ? ordered : /small|tini/.test(extreme) ? ordered.slice(-1) : ordered.slice(0, 1);
  if (shown.length === 0) return null;
  const told = shown.map(
    (room) =>
      `${room.name} ${area(room.area_sqft ?? 0)}${(room.seats_needed ?? 0) > 0 ? ` (${count(room.seats_placed ?? 0)} of ${count(room.seats_needed ?? 0)} seats placed)` : ''}`,
  );
  const all = shown.reduce((sum, room) => sum + (room.area_sqft ?? 0), 0);
  return answer(
    'room_size',
    `${extreme === undefined ? '' : `The ${extreme} of ${plural(about.length, 'room')}: `}${listed(told, 8)}${shown.length > 1 ? `; ${area(all)} together` : ''}.`,
    shown.slice(0, 4).map((room) => ({ label: room.name, step: 'spaces' as const, space_id: room.id })),
  );
}

const EMPTY =
  /\b(?:empty|unfurnished|bare|nothing (?:in|inside) (?:them|it)|(?:no|without(?: any)?) furniture)\b/i;
const FURNISHED = /\b(?:how many|which|what) (?:of the )?(?:rooms?|offices?|spaces?)\b.{0,30}\bfurnish\w*/i;

/** "Which rooms are empty?", "how many rooms have you furnished?" */
export function answerFurnished(text: string, facts: ProjectFacts): Answer | null {
  const empty = EMPTY.test(text) && /\b(?:rooms?|offices?|spaces?)\b/i.test(text);
  if ((!empty && !FURNISHED.test(text)) || facts.items.length === 0) return null;
  const filled = new Set(facts.items.map((item) => item.space_id));
  const people = facts.spaces.filter((room) => !BUILDING.has(room.type));
  const bare = people.filter((room) => !filled.has(room.id));
  const full = facts.spaces.filter((room) => filled.has(room.id));
  const without =
    bare.length === 0
      ? 'no room for people is empty'
      : `empty: ${listed(
          bare.map((room) => room.name),
          8,
        )}`;
  return answer(
    'furnished',
    `${count(full.length)} of ${plural(facts.spaces.length, 'room')} have furniture; ${without}.`,
    (empty ? bare : full)
      .slice(0, 4)
      .map((room) => ({ label: room.name, step: 'furniture' as const, space_id: room.id })),
  );
}

/** "What is the contingency?", "how much freight are we paying?": one line of the scenario's sum. */
export function answerSumLine(text: string, facts: ProjectFacts): Answer | null {
  const scenario = scenarioInHand(facts);
  if (
    scenario === undefined ||
    !/\b(?:how much|how big|what(?:'s| is| are| do| does)|cost\w*|pay\w*|charge\w*|fees?|include\w*)\b/i.test(
      text,
    )
  )
    return null;
  if (/\b(?:dates?|when|days?|weeks?|deadline|furniture)\b/i.test(text)) return null;
  const said = text.toLowerCase();
  const found = scenario.lines.filter(({ label }) => said.includes(label.toLowerCase()));
  if (found.length === 0) return null;
  const told = found.map(
    ({ label, amount }) =>
      `${label} ${money(amount, facts.currency)}${scenario.total_cost > 0 ? ` (${Math.round((amount / scenario.total_cost) * 100)} %)` : ''}`,
  );
  return answer(
    'sum_line',
    `Of ${money(scenario.total_cost, facts.currency)} in the ${scenario.name} scenario: ${listed(told)}.`,
    [{ label: 'Budget', step: 'budget' }],
  );
}

/** Kilograms of a line's pieces; null where the product does not state it. */
const carbonOf = (item: ItemFacts): number | null =>
  item.carbon_kg === null ? null : item.carbon_kg * item.quantity;

/** Lines of the same product put together, the heaviest in carbon first. */
export function byCarbon(items: readonly ItemFacts[]): { item: ItemFacts; kg: number; pieces: number }[] {
  const groups = new Map<string, { item: ItemFacts; kg: number; pieces: number }>();
  for (const item of items) {
    const kg = carbonOf(item) ?? 0;
    const known = groups.get(item.product_id);
    if (known === undefined) groups.set(item.product_id, { item, kg, pieces: item.quantity });
    else {
      known.kg += kg;
      known.pieces += item.quantity;
    }
  }
  return [...groups.values()].filter(({ kg }) => kg > 0).sort((a, b) => b.kg - a.kg);
}

const CARBON = /\b(?:carbon|co2\w*|footprint|emissions?|embodied)\b/i;

/** "How much carbon does the lounge have?", "what footprint have the chairs?": of a part, beside the whole. */
export function answerCarbonOf(text: string, facts: ProjectFacts): Answer | null {
  if (
    !CARBON.test(text) ||
    facts.items.length === 0 ||
    /\b(?:scenarios?|options?|lower|less|reduce|cut|greener|swap)\b/i.test(text)
  )
    return null;
  const rooms = spacesNamed(text, facts);
  const kind = kindSaid(text)?.split(' ').at(-1);
  const ids = new Set(rooms.map((room) => room.id));
  // "The lounge" is a room where there is one of that name, not its lounge chairs alone.
  const wholeRoom =
    rooms.length > 0 &&
    (kind === undefined || rooms.every((room) => `${room.name} ${room.type}`.toLowerCase().includes(kind)));
  const about = wholeRoom
    ? facts.items.filter((item) => item.space_id !== null && ids.has(item.space_id))
    : itemsNamed(text, facts);
  if (about.length === 0) {
    const [room] = rooms;
    if (room !== undefined)
      return answer('carbon', `${room.name} has no furniture in the scenario, so no carbon of it.`, [
        { label: room.name, step: 'spaces', space_id: room.id },
      ]);
    return kind === undefined
      ? null
      : answer(
          'carbon',
          `There is nothing of that kind (${kindSaid(text)}) in the scenario, so no carbon of it.`,
        );
  }
  if (about.length === facts.items.length) return null;
  const total = facts.items.reduce((sum, item) => sum + (carbonOf(item) ?? 0), 0);
  const kg = about.reduce((sum, item) => sum + (carbonOf(item) ?? 0), 0);
  const silent = about.filter((item) => item.carbon_kg === null).length;
  const pieces = about.reduce((sum, item) => sum + item.quantity, 0);
  const heaviest = byCarbon(about).slice(0, 4);
  return answer(
    'carbon',
    `${plural(pieces, 'piece')}${rooms.length > 0 ? ` in ${rooms.length === 1 ? rooms[0]?.name : plural(rooms.length, 'room')}` : ''} stand for ${count(Math.round(kg))} kg CO₂e${total > 0 ? `, ${Math.round((kg / total) * 100)} % of the furniture's` : ''}: ${listed(
      heaviest.map((one) => `${count(one.pieces)} × ${one.item.name} (${count(Math.round(one.kg))} kg)`),
      4,
    )}.${silent > 0 ? ` ${plural(silent, 'line')} without a stated figure.` : ''}`,
    [
      { label: 'Sustainability', step: 'sustainability' },
      ...heaviest.slice(0, 2).map(({ item }) => linkTo(item)),
    ],
  );
}
