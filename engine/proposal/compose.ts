/**
 * From brief, rooms and catalogue to three priced and furnished scenarios: needs, choice, layout, money and return in
 * one pure step. Bill and plan of a scenario hold the same pieces (settle.ts).
 * Plain data in, plain data out, so that it can run in a worker thread as it is.
 */
import type { Highs } from 'highs';
import type { Brief, Evidence } from '../../contract/brief.ts';
import type { BudgetBreakdown, RoiAnalysis } from '../../contract/budget.ts';
import type {
  CandidateProduct,
  ChosenItem,
  Infeasibility,
  LimitRelief,
  Scenario,
  ScenarioType,
} from '../../contract/choice.ts';
import type { Arrangement, Placement } from '../../contract/layout.ts';
import type { BillOfNeeds, Need } from '../../contract/needs.ts';
import type { SpaceType } from '../../contract/plan.ts';
import { furnitureBudget, furnitureWithin, totalWith } from '../budget/budget.ts';
import { type BudgetRates, DEFAULT_RATES } from '../budget/rates.ts';
import { leastDiscount, NO_TERMS, orderDiscount, type PriceTerms, sellPrice } from '../budget/terms.ts';
import type { LayoutRoom } from '../layout/layout.ts';
import type { LearnedRanking } from '../learning/model.ts';
import type { KitRule } from '../needs/kits.ts';
import { needsFor } from '../needs/needs.ts';
import type { NeedSpace } from '../needs/programme.ts';
import type { SpaceStandard } from '../needs/standards.ts';
import { CandidateIndex, placesOf } from '../ranking/candidates.ts';
import { type ChoiceInput, type ChoiceLimits, solveChoiceWith } from '../ranking/choose.ts';
import { solver } from '../ranking/milp.ts';
import type { Gross } from '../ranking/relax.ts';
import { relieved } from '../ranking/relief.ts';
import { tradeOffs } from '../ranking/trade_offs.ts';
import type { RoomLayout } from './furnish.ts';
import { type MoneyTerms, moneyFor } from './scenario_money.ts';
import { settle } from './settle.ts';

export interface ProposalInput extends MoneyTerms {
  /** Outlines, doors, windows and columns by space id, in the plan's feet. */
  rooms: ReadonlyMap<string, LayoutRoom>;
  /** Of all rooms, or of each. */
  arrangement?: Arrangement | ReadonlyMap<string, Arrangement> | undefined;
  brief: Brief;
  evidence: readonly Evidence[];
  spaces: readonly NeedSpace[];
  products: readonly CandidateProduct[];
  /** What the caller limits beside the brief; the narrower of the two holds. */
  limits?: ChoiceLimits | undefined;
  /** What is set wider than brief and limits say, this once. */
  relief?: LimitRelief | undefined;
  /** A product that stays, and how many of it where a person counted them. */
  locked?: readonly { need_key: string; product_id: string; quantity?: number | undefined }[] | undefined;
  rejected?: readonly { need_key: string | null; product_id: string }[] | undefined;
  /** Needs that people added to the bill by hand. */
  added?: readonly Need[] | undefined;
  /** An organization's own rows over the kit table, and areas per seat. */
  kit_rules?: readonly KitRule[] | undefined;
  standards?: Partial<Record<SpaceType, SpaceStandard>> | undefined;
  terms?: PriceTerms | undefined;
  currency: string;
  /** What the organization's decisions taught; without it the ranking is the fixed one. */
  learned?: LearnedRanking | undefined;
}

export interface ProposedScenario {
  scenario: Scenario;
  /** Where the pieces stand, by itemKey. */
  placements: Map<string, Placement[]>;
  layouts: RoomLayout[];
  dropped: ChosenItem[];
  budget: BudgetBreakdown;
  roi: RoiAnalysis;
  /** What the order's total at list came to, and the contract's discount at it. */
  order: { list_cents: number; discount: string | null };
}

export interface Proposal {
  bill: BillOfNeeds;
  scenarios: ProposedScenario[];
  infeasibility: Infeasibility | null;
  /** The limits that held: what a later change by hand is measured against. */
  limits: ChoiceLimits;
  /** Needs with what a person counted by hand. */
  needs: Need[];
}

/** Proven to a tenth of a percent; a model that takes longer is told with the gap it reached. */
const OPTIONS = { rel_gap: 1e-3, time_limit_s: 15 };
/** How often a scenario is solved again with what its rooms hold. */
const ROUNDS = 3;
/** How often prices and the tier of the contract are brought together. */
const TIER_ROUNDS = 3;

export async function composeProposal(input: ProposalInput): Promise<Proposal> {
  const bill = needsFor({
    brief: input.brief,
    evidence: input.evidence,
    spaces: input.spaces,
    rules: input.kit_rules,
    standards: input.standards,
  });
  const room = furnitureBudget(input.brief.budget, input.rates);
  const rates: BudgetRates = { ...DEFAULT_RATES, ...input.rates };
  const stated: ChoiceLimits = {
    ...input.limits,
    max_total_cents: smallest(room.max_total_cents, input.limits?.max_total_cents),
    max_lead_time_days: smallest(input.brief.max_lead_time_days, input.limits?.max_lead_time_days),
  };
  const limits = relieved(stated, input.relief, (total) => furnitureWithin(total, rates));
  const asked = [...bill.needs, ...(input.added ?? [])];
  if (asked.length === 0) return { bill, scenarios: [], infeasibility: null, limits, needs: [] };
  const needs = withCounts(asked, input);
  const highs = await solver();
  const narrowed = { ...input, products: productsFor(needs, input) };
  const gross = (furniture: number) => totalWith(furniture, rates);
  const base: Base = { input: narrowed, needs, limits, targets: room.targets, highs, gross };
  const contract = input.terms?.contract ?? null;
  // With the contract's least discount no price turns out higher than the one the limits were kept with.
  const careful = solveAt(base, leastDiscount(contract));
  if (careful.infeasibility !== null)
    return { bill, scenarios: [], infeasibility: careful.infeasibility, limits, needs };
  const scenarios = careful.scenarios.map((first) => scenarioAt(base, first));
  const balanced = scenarios.find((one) => one.scenario.type === 'balanced') ?? scenarios[0];
  return {
    bill,
    infeasibility: null,
    limits,
    needs,
    scenarios: scenarios.map((one) => {
      const changes = balanced ? tradeOffs(balanced.scenario, one.scenario, input.currency) : [];
      const scenario = { ...one.scenario, trade_offs: changes };
      return { ...one, scenario, ...moneyFor(scenario, input) };
    }),
  };
}

interface Base {
  input: ProposalInput;
  needs: Need[];
  limits: ChoiceLimits;
  targets: ReturnType<typeof furnitureBudget>['targets'];
  highs: Highs;
  gross: Gross;
}

type Furnished = Omit<ProposedScenario, 'budget' | 'roi'>;

/** Settles a scenario, and again at the contract tier its order reaches, until price and tier agree. */
function scenarioAt(base: Base, first: Scenario): Furnished {
  const contract = base.input.terms?.contract ?? null;
  let discount = leastDiscount(contract);
  let found = settledAt(base, first, discount);
  for (let round = 0; round < TIER_ROUNDS && found.order.discount !== discount; round += 1) {
    const wanted = found.order.discount;
    const again = solveAt(base, wanted, [first.type]).scenarios[0];
    if (!again || again.items.length === 0) break;
    const other = settledAt(base, again, wanted);
    if (other.order.discount !== wanted) {
      // The dearer tier's choice stands between two tiers: keep the careful one, at the tier its own total reaches.
      return repriced(base, found);
    }
    found = other;
    discount = wanted;
  }
  return found;
}

/** The same items at the discount their own total reaches. */
function repriced(base: Base, found: Furnished): Furnished {
  const products = pricedProducts(base.input, found.order.discount);
  const byId = new Map(products.map((product) => [product.id, product]));
  const items = found.scenario.items.map((item) => {
    const cents = byId.get(item.product_id)?.unit_price_cents ?? Math.round(100 * item.unit_price);
    return { ...item, unit_price: cents / 100, total_price: (cents * item.quantity) / 100 };
  });
  const furniture_total = items.reduce((a, item) => a + Math.round(100 * item.total_price), 0) / 100;
  return { ...found, scenario: { ...found.scenario, items, furniture_total } };
}

function settledAt(base: Base, first: Scenario, discount: string | null): Furnished {
  const { input, needs } = base;
  const products = pricedProducts(input, discount);
  const settled = settle(first, {
    all_needs: needs,
    needs: new Map(needs.map((need) => [need.key, need])),
    products: new Map(products.map((product) => [product.id, product])),
    rooms: input.rooms,
    arrangement: input.arrangement ?? 'density',
    index: new CandidateIndex(products),
    limits: base.limits,
    rejected: input.rejected ?? [],
    locked: new Set((input.locked ?? []).map((lock) => lock.need_key)),
    rounds: ROUNDS,
    solveAgain: (adjusted, unfit) => {
      const again = solveAt({ ...base, needs: [...adjusted] }, discount, [first.type], unfit);
      return again.infeasibility === null ? (again.scenarios[0] ?? null) : null;
    },
  });
  const list = new Map(products.map((product) => [product.id, product.list_price_cents]));
  const order = orderDiscount(
    settled.scenario.items.map((item) => ({
      list_price_cents: list.get(item.product_id) ?? 0,
      quantity: item.quantity,
    })),
    input.terms?.contract ?? null,
  );
  return { ...settled, order };
}

function solveAt(
  { input, needs, limits, targets, highs, gross }: Base,
  discount: string | null,
  scenarios?: ScenarioType[],
  unfit?: ChoiceInput['unfit'],
) {
  return solveChoiceWith(
    highs,
    {
      needs,
      products: pricedProducts(input, discount),
      brief: input.brief,
      evidence: input.evidence,
      limits,
      targets,
      locked: input.locked,
      rejected: input.rejected,
      unfit,
      currency: input.currency,
      learned: input.learned,
    },
    { ...OPTIONS, scenarios, gross },
  );
}

/** The catalogue at selling prices, with the contract at a given discount. */
function pricedProducts(input: ProposalInput, discount: string | null): CandidateProduct[] {
  const terms = input.terms ?? NO_TERMS;
  if (terms.contract === null && terms.rules.length === 0) return [...input.products];
  return input.products.map((product) => ({
    ...product,
    unit_price_cents: sellPrice(product, terms, discount).unit_cents,
  }));
}

/** The products that any need may be met with, and those that are locked: the rest of the catalogue is read once only. */
function productsFor(needs: readonly Need[], input: ProposalInput): CandidateProduct[] {
  const index = new CandidateIndex(input.products);
  const wanted = new Set((input.locked ?? []).map((lock) => lock.product_id));
  for (const need of needs) for (const { product } of index.select(need)) wanted.add(product.id);
  return input.products.filter((product) => wanted.has(product.id));
}

/** What a person counted by hand and locked stays counted so. */
function withCounts(needs: readonly Need[], input: ProposalInput): Need[] {
  const counted = new Map(
    (input.locked ?? []).flatMap((lock) =>
      lock.quantity === undefined ? [] : [[lock.need_key, lock] as const],
    ),
  );
  if (counted.size === 0) return [...needs];
  const products = new Map(input.products.map((product) => [product.id, product]));
  return needs.map((need) => {
    const lock = counted.get(need.key);
    const product = lock && products.get(lock.product_id);
    if (!lock?.quantity || !product) return need;
    return { ...need, quantity: lock.quantity * placesOf(product, need), groups: 1 };
  });
}

function smallest(...limits: (number | null | undefined)[]): number | null {
  const given = limits.filter((limit): limit is number => limit !== null && limit !== undefined);
  return given.length === 0 ? null : Math.min(...given);
}
