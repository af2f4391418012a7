// "What if 10 % cheaper?", "how do we get under 250k?": swaps among the stored alternatives that reach the sum, none of
// them locked or outside the limits; and what more or fewer seats would cost at the present mix.
import { normalise } from '../brief/normalise.ts';
import {
  type Answer,
  type ItemFacts,
  type ProjectFacts,
  type Proposal,
  type ScenarioFacts,
  scenarioInHand,
} from './facts.ts';
import { CHEAPEST_ITEM } from './rooms.ts';
import { linkTo } from './why.ts';
import { amountNamed, count, itemsNamed, listed, money, plural } from './words.ts';

const CHEAPER =
  /\bcheap\w*|\b(?:spend|pay|cost|budget|have|total|go|about|be)\b.*\bless\b(?! than)|\b(?:budget|total|price|cost|spend) .{0,20}(?:shr[aiu]nks?|falls?|drops?|goes down|is cut|gets? cut|were cut|was cut|decreases?)\b|\b(?:lost|lose|losing) .{0,30}(?:%|percent|funding|budget|money)|\b(?:cut|slash|shrink|reduce) .{0,12}\bby\b|\bless expensive\b|\bsav(?:e|ing|ings)\b|\breduce (?:the )?(?:cost|price|total|budget)\b|\bcut (?:the )?(?:cost|price|total|budget)s?\b|\b(?:get|come|stay|go|bring it|land|be) (?:in )?(?:under|below|down to)\b|\blower (?:the )?(?:cost|price|total)\b|\btrim\b|\b(?:get|go|come|bring (?:it|this|that)|drop) (?:back |down )?to (?=[$€£]|usd|eur|gbp|\d)|\bbring (?:this|that|it|the (?:total|price|cost|sum)) down\b|\b(?:knock|shave|take|get) .{0,30}\boff\b|\bdown (?:by )?\d+(?:\.\d+)? ?(?:%|percent|per cent)|\b(?:hit|reach|meet) (?:the|our|my) (?:budget|target)\b/i;
const MOST_SWAPS = 12;

export interface SavingPlan {
  swaps: Proposal[];
  /** Of the scenario's total, which grows with the goods by its percentages. */
  saved: number;
  /** Whether the wanted sum is reached. */
  reached: boolean;
}

/**
 * The swaps that save `wanted` of the total: largest savings first, then what is not needed for the sum is left out again,
 * smallest first, so that as little as possible changes.
 */
export function planSavings(
  facts: ProjectFacts,
  wanted: number,
  among: readonly ItemFacts[] = facts.items,
): SavingPlan {
  const scenario = scenarioInHand(facts);
  const goods = facts.items.reduce((sum, item) => sum + item.total_price, 0);
  const factor = scenario && goods > 0 ? Math.max(1, scenario.total_cost / goods) : 1;
  const options = among
    .filter((item) => !item.locked && item.status !== 'rejected')
    .flatMap((item) => {
      const [best] = item.alternatives
        .filter((one) => one.price_diff < 0 && one.keeps_limits !== false)
        .sort((a, b) => a.price_diff - b.price_diff || a.product_id.localeCompare(b.product_id));
      return best === undefined ? [] : [{ item, to: best }];
    })
    .sort((a, b) => a.to.price_diff - b.to.price_diff || a.item.id.localeCompare(b.item.id));
  const taken: typeof options = [];
  let saved = 0;
  for (const option of options) {
    if (saved >= wanted || taken.length >= MOST_SWAPS) break;
    taken.push(option);
    saved -= option.to.price_diff * factor;
  }
  for (const option of [...taken].reverse()) {
    if (saved + option.to.price_diff * factor < wanted) continue;
    taken.splice(taken.indexOf(option), 1);
    saved += option.to.price_diff * factor;
  }
  return {
    swaps: taken.map(({ item, to }) => ({
      type: 'swap_item',
      item_id: item.id,
      product_id: to.product_id,
      label: `${item.name} → ${to.name}${item.space_name === null ? '' : `, ${item.space_name}`}`,
      price_diff: to.price_diff,
    })),
    saved,
    reached: saved >= wanted,
  };
}

/** What the scenario that is named costs against the one in hand; null where several are named. */
function savedBy([one, another]: readonly ScenarioFacts[], facts: ProjectFacts): Answer | null {
  const now = scenarioInHand(facts);
  if (one === undefined || another !== undefined || now === undefined || one.id === now.id) return null;
  const gap = one.total_cost - now.total_cost;
  return {
    topic: 'cheaper',
    text: `The ${one.name} scenario comes to ${money(one.total_cost, facts.currency)}, ${money(Math.abs(gap), facts.currency)} ${gap > 0 ? 'more' : 'less'} than the ${now.name} one (${money(now.total_cost, facts.currency)}).`,
    links: [{ label: 'Budget', step: 'budget' }],
    proposals: [],
  };
}

export function answerCheaper(text: string, facts: ProjectFacts): Answer | null {
  if (CHEAPEST_ITEM.test(text)) return null;
  // "What would I save by going conservative?" sets scenarios side by side.
  const other = facts.scenarios.filter((one) => new RegExp(`\\b${one.type}\\b`, 'i').test(text));
  if (other.length > 0 && amountNamed(text) === null) return savedBy(other, facts);
  if (
    !CHEAPER.test(text) ||
    /\b(?:carbon|co2\w*|emissions?|footprint)\b/i.test(text) ||
    /\b(?:scenario|option)s?\b.*\bcheap|\bcheap\w* (?:scenario|option)/i.test(text)
  )
    return null;
  const scenario = scenarioInHand(facts);
  if (scenario === undefined || facts.items.length === 0) return null;
  const { currency } = facts;
  const named = amountNamed(text) ?? amountNamed(normalise(text).replace(/§\d+/g, ''));
  const limit =
    /\b(?:get|go|come|bring (?:it|this|that)|drop) (?:back |down )?to\b|\b(?:under|below|down to|less than|within|hit|reach|meet|no more than)\b/i.test(
      text,
    );
  const goal = facts.brief.budget?.target ?? facts.brief.budget?.max;
  const wanted =
    named !== null && 'fraction' in named
      ? scenario.total_cost * named.fraction
      : named !== null
        ? limit
          ? scenario.total_cost - named.amount
          : named.amount
        : limit && goal !== undefined
          ? scenario.total_cost - goal
          : scenario.total_cost * 0.1;
  if (wanted <= 0)
    return {
      topic: 'cheaper',
      text: `The ${scenario.name} scenario is at ${money(scenario.total_cost, currency)} already, which is ${money(-wanted, currency)} less.`,
      links: [{ label: 'Budget', step: 'budget' }],
      proposals: [],
    };
  const about = itemsNamed(text, facts);
  const plan = planSavings(facts, wanted, about.length > 0 ? about : facts.items);
  const cheapest = [...facts.scenarios].sort((a, b) => a.total_cost - b.total_cost)[0];
  const lines = [
    `${money(wanted, currency)} less would bring the ${scenario.name} scenario from ${money(scenario.total_cost, currency)} to ${money(scenario.total_cost - wanted, currency)}.`,
    plan.swaps.length === 0
      ? 'None of the stored alternatives is cheaper within the limits and the locks.'
      : `${plural(plan.swaps.length, 'swap')} ${plan.swaps.length === 1 ? 'saves' : 'save'} about ${money(plan.saved, currency)} with taxes and surcharges${plan.reached ? '' : ', which is the most the stored alternatives give'}: ${listed(plan.swaps.map((swap) => `${swap.label} (${money(swap.price_diff, currency)})`))}.`,
  ];
  if (
    !plan.reached &&
    cheapest !== undefined &&
    cheapest.id !== scenario.id &&
    cheapest.total_cost < scenario.total_cost
  )
    lines.push(`The ${cheapest.name} scenario stands at ${money(cheapest.total_cost, currency)}.`);
  return {
    topic: 'cheaper',
    text: lines.join(' '),
    links: [
      { label: 'Budget', step: 'budget' },
      ...plan.swaps
        .slice(0, 3)
        .flatMap((swap) => facts.items.filter((item) => item.id === swap.item_id).map(linkTo)),
    ],
    proposals: plan.swaps,
  };
}

const MORE_SEATS =
  /\b(?:what if|what would|what happens|how much|cost|suppose|if we)\b.*?\b(\d{1,5})\s+(more |additional |extra |fewer |less )?(?:desks?|workstations?|seats?|stations?|people|employees)\b/i;

/** An estimate and said to be one: the goods of the rooms with desks, shared out over their desks. */
export function answerSeatCost(text: string, facts: ProjectFacts): Answer | null {
  // Numbers in words: "what if we added ten desks?"
  const said = normalise(text);
  const asked = MORE_SEATS.exec(said);
  const scenario = scenarioInHand(facts);
  if (!asked || scenario === undefined) return null;
  const desks = facts.items.filter((item) => /desk|bench|workstation/i.test(`${item.category} ${item.need}`));
  const now = desks.reduce((sum, item) => sum + item.quantity, 0);
  if (now === 0) return null;
  const rooms = new Set(desks.flatMap((item) => (item.space_id === null ? [] : [item.space_id])));
  const goods = facts.items.reduce((sum, item) => sum + item.total_price, 0);
  const inRooms = facts.items
    .filter((item) => item.space_id !== null && rooms.has(item.space_id))
    .reduce((sum, item) => sum + item.total_price, 0);
  const each = (inRooms / now) * (goods > 0 ? scenario.total_cost / goods : 1);
  const n = Number(asked[1]);
  const word = asked[2]?.trim() ?? (/\b(?:add\w*|extra|another|hire\w*)\b/.test(said) ? 'more' : undefined);
  const change = word === undefined ? n - now : /fewer|less/.test(word) ? -n : n;
  if (change === 0)
    return {
      topic: 'seat_cost',
      text: `The ${scenario.name} scenario has ${count(now)} desks, at ${money(scenario.total_cost, facts.currency)} in all.`,
      links: [{ label: 'Budget', step: 'budget' }],
      proposals: [],
    };
  const total = scenario.total_cost + each * change;
  return {
    topic: 'seat_cost',
    text: `About ${money(total, facts.currency)} by estimate: a desk with what belongs to it costs about ${money(each, facts.currency)} at the present mix, and ${plural(Math.abs(change), 'desk')} ${change > 0 ? 'more' : 'fewer'} than the ${count(now)} there are make ${money(Math.abs(each * change), facts.currency)}. Whether the rooms hold them is told by a new recommendation.`,
    links: [
      { label: 'Budget', step: 'budget' },
      { label: 'Furniture', step: 'furniture' },
    ],
    proposals: [],
  };
}
