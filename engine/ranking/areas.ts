/**
 * The same model, solved area by area (Dantzig and Wolfe's decomposition). Only money, carbon and minimum orders tie the
 * areas of a project together; inside one area a dynamic program over sets of lines finds the best choice for given
 * prices of money and carbon exactly. A small linear program sets those prices, and its dual is a bound over every
 * product of every line; a last mixed-integer program combines the areas' choices. Null where this does not prove the
 * wanted gap: the caller then solves the whole model at once.
 */
import type { Highs } from 'highs';
import { type Area, areasOf, bestOf, neighbours, type Prices } from './area_choice.ts';
import { type AreaChoice, Master } from './area_master.ts';
import { nearColumns } from './area_near.ts';
import type { ChoiceLimits } from './candidates.ts';
import type { SolveOptions } from './milp.ts';
import type { ChoiceProblem } from './problem.ts';
import type { ScoredCandidate } from './score.ts';
import type { ModelGoal } from './worth.ts';

const MOST_ROUNDS = 40;
/** A relative gap no larger than this is one of rounding. */
const ROUNDING = 1e-9;
/** Steps of the money price around its final value at which further choices of each area are taken in. */
const NEARBY = [0.4, 0.6, 0.75, 0.85, 0.92, 0.97, 1.03, 1.08, 1.15, 1.3, 1.6, 2.2];

export function solveByAreas(
  highs: Highs,
  problem: ChoiceProblem,
  kept: ReadonlyMap<string, readonly ScoredCandidate[]>,
  limits: ChoiceLimits,
  goal: ModelGoal,
  options: SolveOptions,
): AreaChoice | null {
  const areas = areasOf(problem, kept, goal);
  if (areas === null) return null;
  const master = new Master(highs, areas.length, problem, limits, goal, options);
  let bound = Number.POSITIVE_INFINITY;
  let prices: Prices = { money: 0, carbon: 0 };
  let best = prices;
  const take = (at: Prices) => {
    let grew = false;
    let total = 0;
    for (const [index, area] of areas.entries()) {
      const free = bestOf(area, index, at, true);
      const offered = free?.exact === true ? free : bestOf(area, index, at, false);
      if (!free) return null;
      total += free.score;
      if (offered && master.add(offered.column)) grew = true;
    }
    return { grew, bound: total + master.constant(at) };
  };
  for (const start of [
    { money: 0, carbon: 0 },
    { money: 8 / problem.reference_cents, carbon: 0 },
    { money: 0, carbon: 1e3 },
    { money: 1e3, carbon: 0 },
  ]) {
    const taken = take(start);
    if (taken) bound = Math.min(bound, taken.bound);
  }
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const relaxed = master.relaxed();
    if (relaxed === null) return null;
    prices = relaxed.prices;
    const taken = take(prices);
    if (!taken) return null;
    if (taken.bound < bound) {
      bound = taken.bound;
      best = prices;
    }
    if (!taken.grew || bound - relaxed.objective <= 1e-5 * Math.abs(bound)) break;
  }
  for (const factor of NEARBY) take({ money: best.money * factor, carbon: best.carbon * factor });
  for (const factor of [0.8, 1.2]) {
    take({ money: best.money * factor, carbon: best.carbon });
    take({ money: best.money, carbon: best.carbon * factor });
  }
  for (const [index, area] of areas.entries())
    for (const column of neighbours(area, index, best)) master.add(column);
  const wanted = options.rel_gap ?? 5e-4;
  const first = master.whole(bound, wanted);
  if (first === null || (first.proof.gap ?? 1) <= wanted) return first;
  const slack = bound - first.proof.objective! + 1e-9;
  const fresh = () => new Master(highs, areas.length, problem, limits, goal, options);
  return exactly(areas, best, slack, limits, wanted, fresh);
}

/**
 * Where the gap is one of whole numbers: with every choice of every area that could still beat the best known, the
 * combination is exact. Null where these are too many, or minimum orders leave a gap.
 */
function exactly(
  areas: readonly Area[],
  prices: Prices,
  slack: number,
  limits: ChoiceLimits,
  wanted: number,
  fresh: () => Master,
): AreaChoice | null {
  const [whole, bare] = [fresh(), fresh()];
  let minimums = false;
  for (const [index, area] of areas.entries()) {
    const ways = nearColumns(area, index, prices, slack, limits.max_carbon_kg != null);
    if (ways === null) return null;
    minimums ||= ways.all !== ways.offered;
    for (const column of ways.offered) whole.add(column);
    for (const column of ways.all) bare.add(column);
  }
  const most = Math.max(wanted, ROUNDING);
  const within = (choice: AreaChoice | null) => ((choice?.proof.gap ?? 1) <= most ? choice : null);
  if (!minimums) return within(whole.whole(null, wanted));
  const above = bare.whole(null, wanted)?.proof.bound;
  return above == null ? null : within(whole.whole(above, wanted));
}
