/**
 * Why this product: the brief's sentence or the rule behind the need, measured facts, the rank among the candidates and
 * what decided, with two to five alternatives and what each would change.
 */
import type { ChosenItem, ItemAlternative } from '../../contract/choice.ts';
import type { Need } from '../../contract/needs.ts';
import { toNumber } from '../money.ts';
import { carbonOf } from '../sustainability/carbon.ts';
import { type ChoiceLimits, piecesFor } from './candidates.ts';
import type { ScenarioPoint } from './points.ts';
import { type ChoiceLine, type ChoiceProblem, collectionOf } from './problem.ts';
import { type ScoredCandidate, type ValueParts, weightsFor } from './score.ts';
import { carbonFor, worthOf } from './worth.ts';

/** How score margins turn into confidence; learned acceptance can hand in its own. */
export interface ConfidenceScale {
  /** A margin of this much (in worth per unit of weight) is about 73 % sure. */
  temperature: number;
}
export const DEFAULT_CONFIDENCE: ConfidenceScale = { temperature: 0.05 };

export interface ExplainContext {
  problem: ChoiceProblem;
  point: ScenarioPoint;
  limits: ChoiceLimits;
  chosen: ReadonlyMap<string, ScoredCandidate>;
  total_cents: number;
  total_carbon_kg: number;
  currency: string;
  confidence?: ConfidenceScale | undefined;
}

/** Items of one line: one for each need that shares the choice. */
export function itemsOf(line: ChoiceLine, candidate: ScoredCandidate, context: ExplainContext): ChosenItem[] {
  const rank = line.candidates.indexOf(candidate) + 1;
  const confidence = line.locked ? 1 : confidenceOf(line, candidate, context);
  const why = whyChosen(line, candidate, rank, context);
  const learnedWords = line.locked ? '' : whatWasLearned(candidate.parts, rank, context);
  const pool = alternativePool(line, candidate);
  return line.members.map((need) => {
    const { product } = candidate;
    const pieces = piecesFor(need, product);
    const carbon = carbonOf(product);
    return {
      need_key: need.key,
      space_id: need.space_id,
      role: need.role,
      label: need.label,
      product_id: product.id,
      sku: product.sku,
      name: product.name,
      brand: product.brand ?? null,
      collection: product.collection ?? null,
      quantity: pieces,
      unit_list_price: toNumber(product.list_price_cents),
      unit_price: toNumber(product.unit_price_cents),
      total_price: toNumber(pieces * product.unit_price_cents),
      lead_time_days: product.lead_time_days,
      carbon_kg: carbon.kg === null ? null : round(carbon.kg * pieces, 2),
      carbon_quality: carbon.quality,
      quality_score: round(candidate.parts.quality, 3),
      value_score: round(Math.min(1, candidate.parts.value), 3),
      rank,
      candidates: line.candidates.length,
      reasoning: [whyNeeded(need, pieces, candidate), factsOf(candidate, line, context), why, learnedWords]
        .filter(Boolean)
        .join(' '),
      confidence_score: round(confidence, 2),
      locked: line.locked,
      alternatives: pool.map(({ other, label }) =>
        alternativeOf(need, line, candidate, other, label, context),
      ),
    };
  });
}

/**
 * Logistic of the margin between the chosen product and the best other one on the same line, price included, shrunk
 * towards one half by the share of facts that nobody states.
 */
function confidenceOf(line: ChoiceLine, candidate: ScoredCandidate, context: ExplainContext): number {
  const worth = (c: ScoredCandidate) =>
    worthOf(context.problem, line, c, context.point) / Math.max(line.weight, 1e-9);
  const best = Math.max(...line.candidates.filter((other) => other !== candidate).map(worth));
  const { temperature } = context.confidence ?? DEFAULT_CONFIDENCE;
  const sure = Number.isFinite(best) ? 1 / (1 + Math.exp(-(worth(candidate) - best) / temperature)) : 0.75;
  const known = 0.5 + 0.5 * candidate.parts.known;
  return Math.min(0.98, Math.max(0.05, 0.5 + (sure - 0.5) * known));
}

function whyNeeded(need: Need, pieces: number, candidate: ScoredCandidate): string {
  const where = need.space_name ? ` for ${need.space_name}` : '';
  const head = `${pieces} × ${candidate.product.name}${where}.`;
  const brief =
    need.evidence.find((e) => e.kind === 'brief' && e.quote) ?? need.evidence.find((e) => e.kind === 'brief');
  if (brief?.quote) return `${head} The brief says “${brief.quote.replace(/[.!\s]+$/, '')}”.`;
  if (brief) return `${head} The brief states ${brief.detail}.`;
  const base = need.evidence[0];
  if (!base) return head;
  const said = base.source ? sourceSaid(base.source) : '';
  return `${head} ${said === '' ? base.detail : `${base.detail.replace(/\.$/, '')} (${said}).`}`;
}

/** A rule's source as a customer reads it: without the mark of how far it is from the standard itself. */
export function sourceSaid(source: string): string {
  return source
    .replace(/\s*\((?:primary|secondary|tertiary)\)/g, '')
    .replace('kit practice of office dealers', 'as offices of this kind are usually furnished');
}

/** Measured facts only: what the product states, and where its price stands among the candidates. */
function factsOf(candidate: ScoredCandidate, line: ChoiceLine, context: ExplainContext): string {
  const { product, parts } = candidate;
  const { width_in: w, depth_in: d, height_in: h } = product.specifications.dimensions ?? {};
  const size = [w, d, h].every((v) => v !== undefined)
    ? `${w} × ${d} × ${h} in`
    : w !== undefined && d !== undefined
      ? `${w} × ${d} in`
      : '';
  const carbon = carbonOf(product);
  const prices = line.candidates.map((c) => c.product.unit_price_cents).sort((a, b) => a - b);
  const middle = prices[Math.floor((prices.length - 1) / 2)] ?? 0;
  const off = middle > 0 ? Math.round((100 * (product.unit_price_cents - middle)) / middle) : 0;
  const against =
    line.candidates.length < 2
      ? ''
      : off === 0
        ? ', the middle price'
        : off >= 100
          ? `, ${round(1 + off / 100, 1)} × the middle price`
          : `, ${Math.abs(off)} % ${off < 0 ? 'under' : 'over'} the middle price`;
  const facts = [
    size,
    [...new Set(parts.matched)].join(', '),
    `${money(product.unit_price_cents, context.currency)} each${against}`,
    `${inDays(product.lead_time_days)}${product.in_stock ? ', in stock' : ''}`,
    (product.sustainability.certifications ?? []).join(', '),
    carbon.kg === null
      ? ''
      : `${round(carbon.kg, 1)} kg CO2e${carbon.quality === 'category_average' ? ' (average of its kind)' : ''}`,
  ];
  return `${facts.filter(Boolean).join('; ')}.`;
}

function whyChosen(
  line: ChoiceLine,
  candidate: ScoredCandidate,
  rank: number,
  context: ExplainContext,
): string {
  if (line.locked) return 'Kept because it was locked.';
  const count = line.candidates.length;
  if (count === 1) return 'The only product in the catalogue that meets the need and the limits.';
  const place = `Rank ${rank} of ${count} on merit, price aside`;
  const company = companyOf(line, candidate, context);
  const other = rank === 1 ? line.candidates[1]! : line.candidates[0]!;
  const dearer = other.cost_cents - candidate.cost_cents;
  if (rank === 1) {
    const price = dearer > 0 ? `, and ${money(dearer, context.currency)} less${overRooms(line)}` : '';
    return `${place}: ahead of ${other.product.name} on ${ahead(candidate.parts, other.parts, context)}${price}.${company}`;
  }
  const reasons = [
    dearer > 0 ? `${money(dearer, context.currency)} less${overRooms(line)}` : '',
    other.product.lead_time_days > candidate.product.lead_time_days
      ? `${inDays(other.product.lead_time_days - candidate.product.lead_time_days)} sooner`
      : '',
    carbonFor(other) > carbonFor(candidate)
      ? `${Math.round(carbonFor(other) - carbonFor(candidate))} kg CO2e less`
      : '',
  ].filter(Boolean);
  const because = reasons.length > 0 ? reasons.join(', ') : 'with it the whole order keeps its limits better';
  return `${place}, chosen over ${other.product.name}, the first: ${because}.${company}`;
}

/** One choice may serve several rooms, and its sums are of them all. */
function overRooms(line: ChoiceLine): string {
  const rooms = new Set(line.members.map((need) => need.space_id)).size;
  return rooms > 1 ? ` over the ${rooms} rooms it is for` : '';
}

/** Said only where what was learned raised the product: where it stands, and where it would stand without. */
function whatWasLearned(parts: ValueParts, rank: number, context: ExplainContext): string {
  const { learned } = parts;
  if (learned === null || parts.fixed_rank <= rank) return '';
  const because = learned.because();
  if (because === '') return '';
  const who =
    context.problem.input.learned?.source === 'organization'
      ? 'Your organization has'
      : 'Organizations that share their decisions have';
  return `${who} ${because} before, which raised it from rank ${parts.fixed_rank}.`;
}

/** The part of the value in which the winner leads most, after its weight. */
function ahead(winner: ValueParts, other: ValueParts, context: ExplainContext): string {
  const weights = weightsFor({
    brief: context.problem.input.brief ?? {},
    weights: context.problem.input.weights,
    learned: context.problem.input.learned,
  });
  const names = {
    quality: 'quality',
    fit: 'fit with the brief and the room',
    preference:
      context.problem.input.learned?.source === 'shared'
        ? 'what other organizations accepted before'
        : 'what your organization accepted before',
    delivery: 'delivery',
    environment: 'environmental facts',
  } as const;
  const keys = Object.keys(names) as (keyof typeof names)[];
  const leads = keys
    .map((key) => ({ key, by: weights[key] * (winner[key] - other[key]) }))
    .sort((a, b) => b.by - a.by);
  const best = leads[0];
  return best && best.by > 0 ? names[best.key] : 'price';
}

function companyOf(line: ChoiceLine, candidate: ScoredCandidate, context: ExplainContext): string {
  if (!line.visible || !candidate.product.collection) return '';
  const mates = context.problem.lines.filter(
    (other) => other !== line && other.visible && other.area === line.area && context.chosen.has(other.key),
  );
  const same = mates.filter(
    (other) => collectionOf(context.chosen.get(other.key)!.product) === collectionOf(candidate.product),
  );
  const own = line.need.label.toLowerCase();
  const others = new Set(same.map((l) => l.need.label.toLowerCase()).filter((label) => label !== own));
  return others.size > 0
    ? ` Shares the ${candidate.product.collection} collection with ${[...others].join(', ')}.`
    : '';
}

/** Up to five others: the next best, and the best of those that are cheaper, lower in carbon, sooner; then by value. */
function alternativePool(
  line: ChoiceLine,
  chosen: ScoredCandidate,
): { other: ScoredCandidate; label: string }[] {
  const others = line.candidates.filter((candidate) => candidate !== chosen);
  const picks: { other: ScoredCandidate; label: string }[] = [];
  const take = (label: string, test: (candidate: ScoredCandidate) => boolean) => {
    const other = others.find(
      (candidate) => test(candidate) && !picks.some((pick) => pick.other === candidate),
    );
    if (other && picks.length < 5) picks.push({ other, label });
  };
  take('Next best', () => true);
  take('Cheaper', (c) => c.cost_cents <= 0.95 * chosen.cost_cents);
  take(
    'Lower carbon',
    (c) => c.carbon_kg !== null && chosen.carbon_kg !== null && c.carbon_kg <= 0.95 * chosen.carbon_kg,
  );
  take('Sooner', (c) => c.product.lead_time_days < chosen.product.lead_time_days);
  while (picks.length < Math.min(3, others.length)) take('Almost as good', () => true);
  return picks;
}

function alternativeOf(
  need: Need,
  line: ChoiceLine,
  chosen: ScoredCandidate,
  other: ScoredCandidate,
  label: string,
  context: ExplainContext,
): ItemAlternative {
  const pieces = piecesFor(need, other.product);
  const before = piecesFor(need, chosen.product);
  const cost = pieces * other.product.unit_price_cents - before * chosen.product.unit_price_cents;
  const [mine, theirs] = [carbonOf(chosen.product).kg, carbonOf(other.product).kg];
  const scores = [chosen.product.sustainability.score, other.product.sustainability.score];
  const carbon = mine === null || theirs === null ? null : theirs * pieces - mine * before;
  return {
    product_id: other.product.id,
    sku: other.product.sku,
    name: other.product.name,
    brand: other.product.brand ?? null,
    quantity: pieces,
    unit_price: toNumber(other.product.unit_price_cents),
    price_diff: toNumber(cost),
    lead_time_diff_days: other.product.lead_time_days - chosen.product.lead_time_days,
    sustainability_diff:
      scores[0] === undefined || scores[1] === undefined ? null : round(scores[1] - scores[0], 2),
    carbon_diff_kg: carbon === null ? null : round(carbon, 2),
    rank: line.candidates.indexOf(other) + 1,
    quality_score: round(other.parts.quality, 3),
    value_score: round(Math.min(1, other.parts.value), 3),
    why: `${label}: ${difference(cost, other, chosen, carbon, context.currency)}.`,
    keeps_limits: keepsLimits(cost, carbon ?? 0, pieces, other, context),
  };
}

function difference(
  cost: number,
  other: ScoredCandidate,
  chosen: ScoredCandidate,
  carbon: number | null,
  currency: string,
): string {
  const days = other.product.lead_time_days - chosen.product.lead_time_days;
  const parts = [
    cost === 0 ? 'same price' : `${money(Math.abs(cost), currency)} ${cost < 0 ? 'less' : 'more'}`,
    days === 0 ? '' : `${inDays(Math.abs(days))} ${days < 0 ? 'sooner' : 'later'}`,
    carbon === null || Math.abs(carbon) < 0.5
      ? ''
      : `${Math.abs(Math.round(carbon))} kg CO2e ${carbon < 0 ? 'less' : 'more'}`,
  ];
  return parts.filter(Boolean).join(', ');
}

function keepsLimits(
  cost: number,
  carbon: number,
  pieces: number,
  other: ScoredCandidate,
  context: ExplainContext,
): boolean {
  const { max_total_cents: money, max_carbon_kg: kg } = context.limits;
  if (money !== null && money !== undefined && context.total_cents + cost > money) return false;
  if (kg !== null && kg !== undefined && context.total_carbon_kg + carbon > kg + 1e-6) return false;
  return pieces >= other.product.moq;
}

/** "1 day", "12 days". */
export function inDays(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

export function money(cents: number, currency: string): string {
  return formatter(currency, cents % 100 === 0 ? 0 : 2).format(toNumber(cents));
}

/** Formatters are dear to make; there is one for each currency and number of decimals. */
const formatters = new Map<string, Intl.NumberFormat>();
function formatter(currency: string, decimals: number): Intl.NumberFormat {
  const key = `${currency}${decimals}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    maximumFractionDigits: decimals,
  });
  formatters.set(key, made);
  return made;
}

export function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
