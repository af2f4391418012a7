/**
 * From needs and products to three scenarios with proof: the entry of the choice. Plain data in, plain data out, so that
 * it can be posted to a worker thread as it is.
 */
import type { Highs } from 'highs';
import type { Infeasibility, Scenario, ScenarioType } from '../../contract/choice.ts';
import { SCENARIO_TYPES } from '../../contract/choice.ts';
import type { ConfidenceScale } from './explain.ts';
import { itemsOf } from './explain.ts';
import { type SolveOptions, solver } from './milp.ts';
import { type Choice, solveModel } from './model.ts';
import { SCENARIO_POINTS } from './points.ts';
import { type ChoiceInput, type ChoiceProblem, collectionOf, problemOf } from './problem.ts';
import { blockedLines, explainInfeasible, type Gross } from './relax.ts';
import { totalsOf } from './totals.ts';
import { tradeOffs } from './trade_offs.ts';
import { carbonFor } from './worth.ts';

export type { ChoiceLimits } from './candidates.ts';
export type { ChoiceInput } from './problem.ts';

export interface ChoiceOptions extends SolveOptions {
  /** Which scenarios to solve; all three by default. */
  scenarios?: readonly ScenarioType[] | undefined;
  confidence?: ConfidenceScale | undefined;
  /** For the sentence on a budget that cannot be kept: furniture to whole total. */
  gross?: Gross | undefined;
}

export interface ChoiceResult {
  /** In the order conservative, balanced, aggressive. */
  scenarios: Scenario[];
  /** Set when no choice keeps all limits; every scenario is then without items. */
  infeasibility: Infeasibility | null;
}

/** Solves the choice for each scenario. The same input gives the same result as long as no model is cut by its time limit. */
export async function solveChoice(input: ChoiceInput, options: ChoiceOptions = {}): Promise<ChoiceResult> {
  return solveChoiceWith(await solver(), input, options);
}

/** As solveChoice with a solver that is already loaded; blocks its thread until done. */
export function solveChoiceWith(highs: Highs, input: ChoiceInput, options: ChoiceOptions = {}): ChoiceResult {
  const problem = problemOf(input);
  const wanted = SCENARIO_TYPES.filter((type) => options.scenarios?.includes(type) ?? true);
  if (blockedLines(problem).length > 0) return impossible(highs, input, problem, wanted, options);
  const scenarios: Scenario[] = [];
  for (const type of wanted) {
    const goal = { point: SCENARIO_POINTS[type], target_cents: input.targets?.[type] ?? null };
    const choice = solveModel(highs, problem, input.limits ?? {}, goal, options);
    if (choice.proof.status === 'infeasible') return impossible(highs, input, problem, wanted, options);
    scenarios.push(scenarioOf(type, problem, choice, options));
  }
  const balanced = scenarios.find((scenario) => scenario.type === 'balanced') ?? scenarios[0];
  if (balanced)
    for (const scenario of scenarios) scenario.trade_offs = tradeOffs(balanced, scenario, input.currency);
  return { scenarios, infeasibility: null };
}

function scenarioOf(
  type: ScenarioType,
  problem: ChoiceProblem,
  choice: Choice,
  options: ChoiceOptions,
): Scenario {
  const chosen = choice.chosen ?? new Map();
  const lines = problem.lines.filter((line) => chosen.has(line.key));
  const picks = lines.map((line) => ({ line, candidate: chosen.get(line.key)! }));
  const total = picks.reduce((a, { candidate }) => a + candidate.cost_cents, 0);
  const context = {
    problem,
    point: SCENARIO_POINTS[type],
    limits: problem.input.limits ?? {},
    chosen,
    total_cents: total,
    total_carbon_kg: picks.reduce((a, { candidate }) => a + carbonFor(candidate), 0),
    currency: problem.input.currency ?? 'USD',
    confidence: options.confidence,
  };
  const order = new Map(problem.input.needs.map((need, index) => [need.key, index]));
  const items = picks
    .flatMap(({ line, candidate }) => itemsOf(line, candidate, context))
    .sort((a, b) => (order.get(a.need_key) ?? 0) - (order.get(b.need_key) ?? 0));
  const scores = new Map(
    picks.map(({ candidate: { product } }) => [product.id, product.sustainability.score]),
  );
  return {
    type,
    name: SCENARIO_POINTS[type].name,
    items,
    left_out: leftOut(problem, chosen, choice),
    shortfalls: [],
    ...totalsOf(items, (id) => scores.get(id)),
    collections: new Set(
      picks.filter(({ line }) => line.visible).map(({ candidate }) => collectionOf(candidate.product)),
    ).size,
    proof: choice.proof,
    infeasibility: null,
    trade_offs: [],
  };
}

function leftOut(
  problem: ChoiceProblem,
  chosen: ReadonlyMap<string, unknown>,
  choice: Choice,
): Scenario['left_out'] {
  const unserved = problem.empty.flatMap(({ line, why }) =>
    line.members.map((need) => ({ need_key: need.key, label: need.label, why })),
  );
  const reason = choice.chosen
    ? 'Optional, and not worth its price at this point.'
    : 'No solution was found in time.';
  const skipped = problem.lines
    .filter((line) => !chosen.has(line.key))
    .flatMap((line) => line.members.map((need) => ({ need_key: need.key, label: need.label, why: reason })));
  return [...unserved, ...skipped];
}

function impossible(
  highs: Highs,
  input: ChoiceInput,
  problem: ChoiceProblem,
  wanted: readonly ScenarioType[],
  options: ChoiceOptions,
): ChoiceResult {
  const infeasibility = explainInfeasible(highs, input, problem, options);
  const scenarios = wanted.map(
    (type): Scenario => ({
      type,
      name: SCENARIO_POINTS[type].name,
      items: [],
      left_out: input.needs.map((need) => ({
        need_key: need.key,
        label: need.label,
        why: 'The limits leave no choice.',
      })),
      shortfalls: [],
      furniture_total: 0,
      max_lead_time_days: 0,
      carbon_kg: 0,
      quality_score: 0,
      sustainability_score: null,
      confidence_score: 0,
      collections: 0,
      proof: {
        status: 'infeasible',
        objective: null,
        bound: null,
        gap: null,
        nodes: 0,
        variables: 0,
        rows: 0,
      },
      infeasibility,
      trade_offs: [],
    }),
  );
  return { scenarios, infeasibility };
}
