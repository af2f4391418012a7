/**
 * The same model, solved area by area (Dantzig and Wolfe's decomposition). Only money, carbon and minimum orders tie the
 * areas of a project together; inside one area a dynamic program over sets of lines finds the best choice for given
 * prices of money and carbon exactly. A small linear program sets those prices, and its dual is a bound over every
 * product of every line; a last mixed-integer program combines the areas' choices. Null where this does not prove the
 * wanted gap: the caller then solves the whole model at once.
 */
import type { Highs } from 'highs';
import { areasOf, bestOf, neighbours, type Prices } from './area_choice.ts';
import { type AreaChoice, Master } from './area_master.ts';
import type { ChoiceLimits } from './candidates.ts';
import type { SolveOptions } from './milp.ts';
import type { ChoiceProblem } from './problem.ts';
import type { ScoredCandidate } from './score.ts';
import type { ModelGoal } from './worth.ts';

const MOST_ROUNDS = 40;
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
  return master.whole(bound, options.rel_gap ?? 5e-4);
}
