// Questions with a figure for an answer: seats, rooms, sums, times, carbon, what is open.
import { byCarbon } from './details.ts';
import { type Answer, type ProjectFacts, scenarioInHand } from './facts.ts';
import { linkTo } from './why.ts';
import { area, count, itemsNamed, kindSaid, listed, money, plural, spacesNamed } from './words.ts';

const answer = (topic: string, text: string, links: Answer['links'] = []): Answer => ({
  topic,
  text,
  links,
  proposals: [],
});
const NOT_YET = 'There is no recommendation yet; ask for one, then this can be answered.';

/** "Which rooms are short of seats?" */
export function answerSeats(text: string, facts: ProjectFacts): Answer | null {
  if (
    !/\b(?:seats?|seated|seating|sit|sits|chairs?|desks?|workstations?|places?)\b/i.test(text) ||
    !/\b(?:short|missing|lack\w*|enough|too few|not enough|need more|without|left out|fit|fewer (?:seats|chairs) than|everyone|everybody|each person|all (?:of us|seated|the people)|nowhere|somewhere to sit)\b/i.test(
      text,
    )
  )
    return null;
  const furnished = facts.spaces.filter(
    (space) => space.seats_needed !== null && space.seats_placed !== null,
  );
  if (furnished.length === 0) return answer('seats', NOT_YET, [{ label: 'Furniture', step: 'furniture' }]);
  const named = spacesNamed(text, facts);
  const about = named.length > 0 ? furnished.filter((space) => named.includes(space)) : furnished;
  const short = about
    .map((space) => ({ space, missing: (space.seats_needed ?? 0) - (space.seats_placed ?? 0) }))
    .filter(({ missing }) => missing > 0)
    .sort((a, b) => b.missing - a.missing || a.space.name.localeCompare(b.space.name));
  const needed = about.reduce((sum, space) => sum + (space.seats_needed ?? 0), 0);
  const placed = about.reduce((sum, space) => sum + (space.seats_placed ?? 0), 0);
  if (short.length === 0)
    return answer(
      'seats',
      `No room is short of seats: ${count(placed)} stand in ${plural(about.length, 'room')}, ${count(needed)} are needed.`,
      [{ label: 'Furniture', step: 'furniture' }],
    );
  const missing = short.reduce((sum, one) => sum + one.missing, 0);
  return answer(
    'seats',
    `${plural(short.length, 'room is', 'rooms are')} short of ${plural(missing, 'seat')}: ${listed(
      short.map(
        (one) =>
          `${one.space.name} (${count(one.space.seats_placed ?? 0)} of ${count(one.space.seats_needed ?? 0)})`,
      ),
      8,
    )}.`,
    short.slice(0, 5).map(({ space }) => ({ label: space.name, step: 'furniture', space_id: space.id })),
  );
}

/** "How much is it?", "are we over budget?" */
export function answerTotals(text: string, facts: ProjectFacts): Answer | null {
  if (
    !/\b(?:how much|total|cost|costs|price|expensive|over budget|under budget|within (?:the |our )?budget|budget left|left (?:of|in|from) (?:the |our )?(?:budget|money)|remain\w* (?:of|in|from) (?:the |our )?budget|headroom|left over|afford|spend|bottom line|price tag|pay|(?:do|does|will|would) .{1,40} come to|(?:below|above|beneath) (?:the |our )?budget)\b/i.test(
      text,
    )
  )
    return null;
  const named = facts.scenarios.filter((one) => new RegExp(`\\b${one.type}\\b`, 'i').test(text));
  const scenario = (named.length === 1 ? named[0] : undefined) ?? scenarioInHand(facts);
  if (scenario === undefined) return answer('totals', NOT_YET, [{ label: 'Budget', step: 'budget' }]);
  const { currency } = facts;
  const about = itemsNamed(text, facts);
  if (about.length > 0 && about.length < facts.items.length) {
    const sum = about.reduce((total, item) => total + item.total_price, 0);
    const pieces = about.reduce((total, item) => total + item.quantity, 0);
    return answer(
      'totals',
      `${plural(pieces, 'piece')} for ${money(sum, currency)} before taxes and surcharges: ${listed(
        [...about]
          .sort((a, b) => b.total_price - a.total_price)
          .map((item) => `${count(item.quantity)} × ${item.name} at ${money(item.unit_price, currency)}`),
      )}.`,
      about.slice(0, 3).map(linkTo),
    );
  }
  const goal = facts.brief.budget?.target ?? facts.brief.budget?.max;
  const gap = goal === undefined ? null : scenario.total_cost - goal;
  const against =
    gap === null
      ? 'No budget is stated.'
      : gap > 0
        ? `That is ${money(gap, currency)} over the budget of ${money(goal ?? 0, currency)}.`
        : `That leaves ${money(-gap, currency)} of the budget of ${money(goal ?? 0, currency)}.`;
  const others = facts.scenarios
    .filter((one) => one.id !== scenario.id)
    .map((one) => `${one.name} ${money(one.total_cost, currency)}`);
  return answer(
    'totals',
    `The ${scenario.name} scenario comes to ${money(scenario.total_cost, currency)}: ${listed(
      scenario.lines
        .filter((line) => line.amount !== 0)
        .map((line) => `${line.label} ${money(line.amount, currency)}`),
      8,
    )}. ${against}${others.length > 0 ? ` The others: ${listed(others)}.` : ''}`,
    [{ label: 'Budget', step: 'budget' }],
  );
}

/** "When will it be here?", "what takes longest?" */
export function answerTimes(text: string, facts: ProjectFacts): Answer | null {
  if (
    !/\b(?:lead times?|how (?:long|soon|fast|quickly)|how many (?:days|weeks|months)|when (?:will|can|could|would|should|is|are|do|does)|move[ -]?in|(?:is|are|would|will) .{0,30}\b(?:realistic|feasible|doable|achievable)|deliver\w*|arriv\w*|longest|slowest|in time|late|deadline|ready)\b/i.test(
      text,
    )
  )
    return null;
  const named = itemsNamed(text, facts).filter((item) => item.lead_time_days !== null);
  const timed = [...(named.length > 0 ? named : facts.items)]
    .filter((item) => item.lead_time_days !== null)
    .sort((a, b) => (b.lead_time_days ?? 0) - (a.lead_time_days ?? 0));
  const [slowest] = timed;
  const kind = kindSaid(text);
  if (facts.items.length > 0 && kind !== null && itemsNamed(text, facts).length === 0)
    return answer('times', `There is nothing of that kind (${kind}) in the scenario.`, [
      { label: 'Furniture', step: 'furniture' },
    ]);
  if (slowest === undefined) return answer('times', NOT_YET, [{ label: 'Furniture', step: 'furniture' }]);
  const days = slowest.lead_time_days ?? 0;
  const due = facts.brief.timeline?.delivery_date ?? facts.brief.timeline?.installation_date;
  const arrives = new Date(Date.parse(`${facts.today}T00:00:00Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const against =
    due === undefined
      ? 'No date is stated.'
      : arrives > due
        ? `That is after ${due}, the day the brief asks for.`
        : `The brief asks for ${due}, so it is in time.`;
  const longest = [...new Map(timed.map((item) => [item.product_id, item])).values()].slice(0, 4);
  return answer(
    'times',
    `Ordered today, the last ${named.length > 0 && named.length < facts.items.length ? 'of them' : 'piece'} arrives in ${plural(days, 'day')}, on ${arrives}. ${against} The longest: ${listed(
      longest.map((item) => `${item.name} (${plural(item.lead_time_days ?? 0, 'day')})`),
    )}.`,
    longest.map(linkTo),
  );
}

/** "How many desks are there?", "how big is it?" */
export function answerCounts(text: string, facts: ProjectFacts): Answer | null {
  if (
    !/\bhow (?:many|big|large)\b|\bhow much (?:space|room|area)\b|\b(?:number|(?:head)?count) of\b|\bsquare f\w+ per\b|\bsq ?ft per\b|\bdensity\b/i.test(
      text,
    )
  )
    return null;
  const seats = facts.spaces.reduce((sum, space) => sum + (space.seats_placed ?? 0), 0);
  const total = facts.spaces.reduce((sum, space) => sum + (space.area_sqft ?? 0), 0);
  if (/\b(?:big|large|square f\w+|sq ?ft|density|area|how much (?:space|room))\b/i.test(text)) {
    if (total === 0)
      return answer('counts', 'No room has an area yet; upload a plan or set its scale.', [
        { label: 'Plan', step: 'plan' },
      ]);
    return answer(
      'counts',
      `${area(total)} in ${plural(facts.spaces.length, 'room')}${seats > 0 ? `, ${area(total / seats)} for each of ${count(seats)} seats` : ''}.`,
      [{ label: 'Spaces', step: 'spaces' }],
    );
  }
  if (
    /\b(?:rooms?|offices?|spaces?|booths?)\b/i.test(text) &&
    !/\b(?:chairs?|desks?|tables?|seats?)\b/i.test(text)
  ) {
    const named = spacesNamed(text, facts);
    const about = named.length > 0 ? named : facts.spaces;
    const kinds = new Map<string, number>();
    for (const space of about) kinds.set(space.type, (kinds.get(space.type) ?? 0) + 1);
    return answer(
      'counts',
      about.length === 0
        ? 'No room is known yet; upload a plan.'
        : `${plural(about.length, 'room')}: ${listed(
            [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, n]) => plural(n, kind.replaceAll('_', ' '))),
            10,
          )}.`,
      [{ label: 'Spaces', step: 'spaces' }],
    );
  }
  const items = itemsNamed(text, facts);
  if (items.length === 0) {
    if (!/\bseats?\b/i.test(text) || seats === 0) return null;
    return answer('counts', `${plural(seats, 'seat')} stand in the plan.`, [
      { label: 'Furniture', step: 'furniture' },
    ]);
  }
  const pieces = items.reduce((sum, item) => sum + item.quantity, 0);
  const byProduct = new Map<string, number>();
  for (const item of items) byProduct.set(item.name, (byProduct.get(item.name) ?? 0) + item.quantity);
  return answer(
    'counts',
    `${plural(pieces, 'piece')}: ${listed([...byProduct].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${count(n)} × ${name}`))}.`,
    items.slice(0, 3).map(linkTo),
  );
}

/** "What is the carbon footprint?", "which credits are missing?" */
export function answerGreen(text: string, facts: ProjectFacts): Answer | null {
  if (
    !/\b(?:carbon|co2\w*|footprint|sustainab\w*|recycl\w*|credits?|leed|well|certif\w*|green(?:er|est)?)\b/i.test(
      text,
    )
  )
    return null;
  const scenario = scenarioInHand(facts);
  if (scenario === undefined)
    return answer('green', NOT_YET, [{ label: 'Sustainability', step: 'sustainability' }]);
  const missing = facts.credits.filter((credit) => !credit.met);
  const heaviest = byCarbon(facts.items).slice(0, 3);
  return answer(
    'green',
    [
      scenario.carbon_kg === null
        ? 'No product of the scenario states its carbon.'
        : `The ${scenario.name} scenario stands for ${count(Math.round(scenario.carbon_kg))} kg CO₂e.`,
      heaviest.length > 0
        ? `Most of it: ${listed(heaviest.map((one) => `${count(one.pieces)} × ${one.item.name} (${count(Math.round(one.kg))} kg)`))}.`
        : '',
      facts.credits.length === 0
        ? ''
        : missing.length === 0
          ? `All ${count(facts.credits.length)} credits that were checked are met.`
          : `Not met: ${listed(missing.map((credit) => `${credit.name} (${credit.detail})`))}.`,
    ]
      .filter(Boolean)
      .join(' '),
    [
      { label: 'Sustainability', step: 'sustainability' },
      ...heaviest.slice(0, 2).map(({ item }) => linkTo(item)),
    ],
  );
}

/** "What is missing?", "which rooms are doubtful?", "what should I do next?" */
export function answerOpen(text: string, facts: ProjectFacts): Answer | null {
  if (
    !/\b(?:missing|open|doubtful|unsure|unclear|uncertain|not sure|review|next|left to do|to do|problems?|warnings?|issues?|unplaced|no place|wrong|(?:need|want|require) from (?:me|us)|need to know|check|look at|look over|finished|complete)\b/i.test(
      text,
    )
  )
    return null;
  const doubtful = facts.spaces
    .filter((space) => !space.reviewed && space.confidence !== null && space.confidence < 0.7)
    .sort((a, b) => (a.confidence ?? 0) - (b.confidence ?? 0));
  const scenario = scenarioInHand(facts);
  const warned = facts.items.filter((item) => item.warnings.length > 0);
  const parts = [
    /\brooms?\b/i.test(text) && facts.spaces.length > 0 && doubtful.length === 0
      ? 'No room was read with doubt.'
      : '',
    facts.spaces.length === 0 ? 'No plan is read yet.' : '',
    doubtful.length > 0
      ? `${plural(doubtful.length, 'room')} to look at: ${listed(doubtful.map((space) => space.name))}.`
      : '',
    facts.open_questions.length > 0 ? `Open in the brief: ${facts.open_questions.slice(0, 3).join(' ')}` : '',
    scenario === undefined && facts.spaces.length > 0 ? 'Nothing is recommended yet.' : '',
    scenario !== undefined && scenario.shortfalls.length > 0
      ? `Without a place: ${listed(scenario.shortfalls, 4)}.`
      : '',
    warned.length > 0
      ? `${plural(warned.length, 'line')} with a warning: ${listed(
          warned.map((item) => `${item.name} (${item.warnings[0]})`),
          3,
        )}.`
      : '',
    scenario !== undefined && !facts.scenarios.some((one) => one.selected) ? 'No scenario is selected.' : '',
  ].filter(Boolean);
  return answer(
    'open',
    parts.length === 0
      ? 'Nothing is open: the plan is read, the rooms are furnished and a scenario is selected.'
      : parts.join(' '),
    [
      ...(facts.open_questions.length > 0 ? [{ label: 'Brief', step: 'brief' as const }] : []),
      ...doubtful
        .slice(0, 3)
        .map((space) => ({ label: space.name, step: 'spaces' as const, space_id: space.id })),
      ...warned.slice(0, 2).map(linkTo),
    ],
  );
}
