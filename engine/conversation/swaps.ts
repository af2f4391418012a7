// "Swap the task chairs for something greener", "is there a cheaper desk?", "show me alternatives": one offer a line, from the
// alternatives stored with it, none of them locked or outside the limits.
import type { AlternativeFacts, Answer, ItemFacts, ProjectFacts, Proposal } from './facts.ts';
import { linkTo } from './why.ts';
import { amountNamed, count, itemsNamed, kindSaid, listed, money, plural } from './words.ts';

const MOST = 12;
const ASKS =
  /\b(?:swap|replace|exchange|change|switch|trade|substitute|upgrade|downgrade|use|find|got|have you|suggest|recommend|propose|show|give|look for|pick|choose|get|try|(?:is|are) there|any|what else|which other|do you have|have you got|could we|can we|prefer)\b/i;
const OTHER =
  /\b(?:alternatives?|instead|else|another|other|different|options?|substitutes?|replacements?|not like)\b/i;

interface Wish {
  name: string;
  says: RegExp;
  /** Smaller is better; null where the alternative does not state it or is no better. */
  gain: (one: AlternativeFacts) => number | null;
}

const better = (value: number | null): number | null => (value !== null && value < 0 ? value : null);
const WISHES: readonly Wish[] = [
  {
    name: 'greener',
    says: /\bgreen(?:er|est)?\b|\bsustainab\w*|\bcarbon\b|\bco2e?\b|\beco\b|\brecycl\w*|\benvironment\w*|\bfootprint\b/i,
    gain: (one) => (one.carbon_diff !== null && one.carbon_diff > -1 ? null : better(one.carbon_diff)),
  },
  {
    name: 'cheaper',
    says: /\bcheap\w*|\bless expensive\b|\btoo (?:dear|expensive|pricey|costly)\b|\baffordable\b|\blow(?:er)?[- ](?:cost|price)\w*|\bless (?:money|costly|pricey)\b|\bbudget (?:chair|desk|table|option|version)\w*/i,
    gain: (one) => better(one.price_diff),
  },
  {
    name: 'faster',
    says: /\bfast(?:er|est)\b|\bsoon(?:er|est)\b|\bquick(?:er|est)\b|\bshorter lead\b|\bearlier\b|\bin stock\b/i,
    gain: (one) => better(one.lead_time_diff),
  },
];

const ANY: Wish = { name: 'other', says: OTHER, gain: () => 0 };

/** Null where the text wants no other product, or none that the project has is named. */
export function answerSwap(text: string, facts: ProjectFacts): Answer | null {
  const wish = WISHES.find(({ says }) => says.test(text)) ?? (OTHER.test(text) ? ANY : null);
  const wanted = alternativeNamed(text, facts);
  if ((wish === null && wanted === null) || !ASKS.test(text) || amountNamed(text) !== null) return null;
  const named = itemsNamed(wanted === null ? text : text.replaceAll(wanted, ' '), facts);
  const items = (named.length > 0 ? named : wanted === null ? [] : facts.items).filter(
    (item) => wanted === null || item.alternatives.some((one) => one.name === wanted),
  );
  const kind = kindSaid(text);
  if (items.length === 0 && kind !== null && wanted === null && facts.items.length > 0)
    return {
      topic: 'swap',
      text: `There is nothing of that kind (${kind}) in the scenario to swap; ask for it, and it becomes a requirement.`,
      links: [{ label: 'Furniture', step: 'furniture' }],
      proposals: [],
    };
  if (items.length === 0) return null;
  const criterion = wish ?? ANY;
  const found = items
    .filter((item) => !item.locked && item.status !== 'rejected')
    .flatMap((item) => {
      const best = bestOf(item, criterion, wanted);
      return best === null ? [] : [{ item, to: best }];
    });
  if (found.length === 0) return nothingFound(items, criterion);
  const lines = [...byProduct(found).values()].slice(0, 4).map((same) => toldOf(same, facts.currency));
  return {
    topic: 'swap',
    text: `${lines.join(' ')} ${found.length === 1 ? 'It changes' : 'They change'} only when you press Swap.`,
    links: found.slice(0, 3).map(({ item }) => linkTo(item)),
    proposals: found.slice(0, MOST).map(
      ({ item, to }): Proposal => ({
        type: 'swap_item',
        item_id: item.id,
        product_id: to.product_id,
        label: `${item.name} → ${to.name}${item.space_name === null ? '' : `, ${item.space_name}`}`,
        price_diff: to.price_diff,
      }),
    ),
  };
}

/** Name of a stored alternative that the text says in full. */
function alternativeNamed(text: string, facts: ProjectFacts): string | null {
  const said = text.toLowerCase();
  const names = new Set(facts.items.flatMap((item) => item.alternatives.map((one) => one.name)));
  return [...names].find((name) => name.length > 4 && said.includes(name.toLowerCase())) ?? null;
}

function bestOf(item: ItemFacts, { gain }: Wish, wanted: string | null): AlternativeFacts | null {
  const possible = item.alternatives
    .filter((one) => one.keeps_limits !== false && (wanted === null || one.name === wanted))
    .flatMap((one) => {
      const value = wanted === null ? gain(one) : 0;
      return value === null ? [] : [{ one, value }];
    });
  // The stored order is the order of rank; it decides between equals.
  return (
    possible.reduce<{ one: AlternativeFacts; value: number } | null>(
      (best, next) => (best === null || next.value < best.value ? next : best),
      null,
    )?.one ?? null
  );
}

type Found = { item: ItemFacts; to: AlternativeFacts };

function byProduct(found: readonly Found[]): Map<string, Found[]> {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const key = `${one.item.product_id} ${one.to.product_id}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

/** What the swap of one product for another comes to, over all its lines. */
function toldOf(same: readonly Found[], currency: string): string {
  const [first] = same;
  if (first === undefined) return '';
  const price = same.reduce((sum, { to }) => sum + to.price_diff, 0);
  const carbon = same.every(({ to }) => to.carbon_diff !== null)
    ? same.reduce((sum, { to }) => sum + (to.carbon_diff ?? 0), 0)
    : null;
  const days = first.to.lead_time_diff;
  const parts = [
    price === 0 ? 'at the same price' : `${money(Math.abs(price), currency)} ${price < 0 ? 'less' : 'more'}`,
    carbon === null || Math.round(carbon) === 0
      ? ''
      : `${count(Math.abs(Math.round(carbon)))} kg CO₂e ${carbon < 0 ? 'less' : 'more'}`,
    days === null || days === 0 ? '' : `${plural(Math.abs(days), 'day')} ${days < 0 ? 'sooner' : 'later'}`,
  ].filter(Boolean);
  const pieces = same.reduce((sum, { item }) => sum + item.quantity, 0);
  return `${first.to.name} instead of ${count(pieces)} × ${first.item.name}: ${listed(parts)}.`;
}

function nothingFound(items: readonly ItemFacts[], { name }: Wish): Answer {
  const locked = items.filter((item) => item.locked).length;
  const names = listed([...new Set(items.map((item) => item.name))], 3);
  const what = name === 'other' ? 'is stored as an alternative' : `is ${name}`;
  return {
    topic: 'swap',
    text: `Nothing among the stored alternatives to ${names} ${what} within the limits${locked > 0 ? `; ${plural(locked, 'line is', 'lines are')} locked` : ''}. Look for others in the catalogue under Furniture.`,
    links: items.slice(0, 3).map(linkTo),
    proposals: [],
  };
}
