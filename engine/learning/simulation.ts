/**
 * Organizations with tastes nobody tells the ranking, deciding round after round on what it offers: for tests and
 * benchmarks. The same seed gives the same products, needs and dice to every ranking that is tried.
 */
import type { CandidateProduct } from '../../contract/choice.ts';
import type { RankingFeatures, ShownProduct } from '../../contract/learning.ts';
import { seeded } from '../random.ts';
import { SCENARIO_POINTS } from '../ranking/points.ts';
import { type ChoiceLine, type ChoiceProblem, problemOf } from '../ranking/problem.ts';
import { sampleNeeds, sampleProducts } from '../ranking/sample_products.ts';
import type { ScoredCandidate } from '../ranking/score.ts';
import { worthOf } from '../ranking/worth.ts';
import type { LearningRow } from './encode.ts';
import type { DecidedList } from './evaluate.ts';
import { featuresOf, spanOf } from './features.ts';
import { logistic } from './fit.ts';
import { type LearnedRanking, learnedFrom } from './model.ts';
import { type Decision, type OfferedImpression, propensityOf, rowOf, swapDecisions } from './rows.ts';
import { fitAll, PROPENSITY_CLIP } from './train.ts';

export interface SimulationOptions {
  seed: number;
  organizations: number;
  rounds: number;
  /** Lines each organization decides on in a round. */
  lines: number;
  products_per_kind: number;
}

/** Hidden: what an organization likes, in the logit of accepting. */
interface Taste {
  numeric: Partial<Record<keyof RankingFeatures['numeric'], number>>;
  terms: Map<string, number>;
}

export interface SimulatedRound {
  /** Share of lines whose first choice was accepted. */
  fixed: number;
  learned: number;
}

export interface Simulation {
  rounds: SimulatedRound[];
  /** Decisions under the learning ranking, in order. */
  rows: LearningRow[];
  lists: DecidedList[];
  /** Decisions under the fixed ranking. */
  fixed: { rows: LearningRow[]; lists: DecidedList[] };
}

const BRANDS = ['northmark', 'alder pine', 'fieldwork', 'lumen', 'corvid'];
const MATERIALS = ['steel', 'oak', 'recycled plastic', 'wool', 'aluminum'];
const ALTERNATIVES = 4;
const DAY = 86_400_000;

export function simulate(options: SimulationOptions): Simulation {
  const products = sampleProducts(options.seed, options.products_per_kind);
  const random = seeded(options.seed * 31 + 7);
  const tastes = new Map(
    Array.from({ length: options.organizations }, (_, i) => [organizationId(i), tasteOf(random)] as const),
  );
  const simulation: Simulation = { rounds: [], rows: [], lists: [], fixed: { rows: [], lists: [] } };
  let rankings = new Map<string, LearnedRanking>();
  for (let round = 0; round < options.rounds; round += 1) {
    const counts = { fixed: 0, learned: 0 };
    for (const [at, [organization, taste]] of [...tastes].entries()) {
      const seed = options.seed * 1_000_003 + round * 1009 + at;
      const frame = { products, taste, seed, lines: options.lines, at: (round + 1) * DAY + at * 1000 };
      counts.fixed += decideAll({ ...frame, organization, learned: undefined }, simulation.fixed);
      counts.learned += decideAll(
        { ...frame, organization, learned: rankings.get(organization) },
        simulation,
      );
    }
    const decided = options.organizations * options.lines;
    simulation.rounds.push({ fixed: counts.fixed / decided, learned: counts.learned / decided });
    rankings = trained(simulation.rows, new Set(tastes.keys()));
  }
  return simulation;
}

function organizationId(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

function trained(rows: readonly LearningRow[], ids: ReadonlySet<string>): Map<string, LearnedRanking> {
  const { shared, own } = fitAll(rows, ids);
  return new Map(
    [...ids].flatMap((id) => {
      const learned = learnedFrom('simulated', shared, own[id] ?? null);
      return learned === null ? [] : [[id, learned] as const];
    }),
  );
}

/** One brand and one material liked, one of each disliked, and a common leaning to short lead times and low prices. */
function tasteOf(random: () => number): Taste {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const terms = new Map<string, number>();
  terms.set(`brand:${pick(BRANDS)}`, -1.2);
  terms.set(`brand:${pick(BRANDS)}`, 1.6);
  terms.set(`material:${pick(MATERIALS)}`, -0.8);
  terms.set(`material:${pick(MATERIALS)}`, 1.1);
  return {
    numeric: { price: -0.3 - 0.8 * random(), lead_time: -0.3 - 0.5 * random(), certified: 0.4 },
    terms,
  };
}

export function likingOf(taste: Taste, features: RankingFeatures): number {
  let liking = -0.4;
  for (const [name, weight] of Object.entries(taste.numeric))
    liking += weight * features.numeric[name as keyof RankingFeatures['numeric']];
  for (const term of features.terms) liking += taste.terms.get(term) ?? 0;
  return liking;
}

interface Visit {
  organization: string;
  taste: Taste;
  products: readonly CandidateProduct[];
  learned: LearnedRanking | undefined;
  seed: number;
  lines: number;
  at: number;
}

/** Lines accepted as offered. What was decided is written into `into`. */
function decideAll(visit: Visit, into: Pick<Simulation, 'rows' | 'lists'>): number {
  const needs = sampleNeeds(visit.seed, visit.lines, 3);
  const problem = problemOf({ needs, products: visit.products, uniform: false, learned: visit.learned });
  let accepted = 0;
  for (const [at, line] of problem.lines.entries()) {
    const random = seeded(visit.seed * 7919 + at);
    const impression = offered(problem, line, `${visit.seed}-${at}`);
    const decisions = decide(visit.taste, impression, random);
    if (decisions[0]?.event === 'acceptance') accepted += 1;
    const when = { organization_id: visit.organization, decided_at: visit.at + at };
    for (const decision of decisions) into.rows.push({ ...when, ...rowOf(decision) });
    const taken = decisions.find((one) => one.event === 'acceptance' || one.event === 'swap');
    if (taken && impression.shown.length > 1)
      into.lists.push({
        ...when,
        taken: taken.product.product_id,
        weight: Math.min(PROPENSITY_CLIP, 1 / propensityOf(taken.product.position)),
        shown: impression.shown,
      });
  }
  return accepted;
}

function offered(problem: ChoiceProblem, line: ChoiceLine, id: string): OfferedImpression {
  const span = spanOf(line.candidates.map(({ product }) => product));
  const worth = (candidate: ScoredCandidate) => worthOf(problem, line, candidate, SCENARIO_POINTS.balanced);
  const chosen = line.candidates.reduce((best, one) => (worth(one) > worth(best) ? one : best));
  const list = [chosen, ...line.candidates.filter((one) => one !== chosen).slice(0, ALTERNATIVES)];
  const shown = list.map(
    (candidate, position): ShownProduct => ({
      product_id: candidate.product.id,
      position,
      rank: line.candidates.indexOf(candidate) + 1,
      fixed_value: candidate.parts.fixed,
      features: featuresOf(candidate.product, span, candidate.parts),
    }),
  );
  return {
    id,
    model_version: null,
    scenario_type: 'balanced',
    need_keys: [line.key],
    role: line.need.role,
    space_type: line.need.space_type,
    styles: [],
    confidence: null,
    span,
    shown,
  };
}

/** Accepts by liking; else looks down the list, the k-th with the chance 1/k, and takes the best seen that is liked better; else rejects. */
function decide(taste: Taste, impression: OfferedImpression, random: () => number): Decision[] {
  const [first, ...others] = impression.shown;
  const own = likingOf(taste, first!.features);
  const dice = random();
  if (dice < logistic(own)) return [{ event: 'acceptance', impression, product: first!, label: 1 }];
  const seen = others.filter((one) => random() < 1 / one.position);
  const best = seen
    .map((one) => ({ one, liking: likingOf(taste, one.features) + 0.5 * (random() - 0.5) }))
    .sort((a, b) => b.liking - a.liking)[0];
  if (best && best.liking > own + 0.3) return swapDecisions(impression, first!, best.one);
  return [{ event: 'rejection', impression, product: first!, label: 0 }];
}
