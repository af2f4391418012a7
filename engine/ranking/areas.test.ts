// The choice by areas against every choice there is: on small problems with limits that bind and minimum orders that count.
import { describe, expect, it } from 'vitest';
import { solveByAreas } from './areas.ts';
import type { ChoiceLimits } from './candidates.ts';
import { solver } from './milp.ts';
import { SCENARIO_POINTS } from './points.ts';
import { type ChoiceProblem, collectionOf, problemOf } from './problem.ts';
import { sampleNeeds, sampleProducts } from './sample_products.ts';
import type { ScoredCandidate } from './score.ts';
import { carbonFor, cohesionCost, worthOf } from './worth.ts';

const point = SCENARIO_POINTS.aggressive;

describe('the choice by areas', () => {
  it('is the best of all choices, to the last digit, wherever it answers', async () => {
    const highs = await solver();
    let [answered, bound] = [0, 0];
    for (let seed = 0; seed < 36; seed += 1) {
      const needs = sampleNeeds(seed, 5, 2).map((need) => ({ ...need, priority: 'standard' as const }));
      const products = sampleProducts(seed, 4).map((product, at) => ({
        ...product,
        moq: at % 7 === 0 ? 9 : 1,
      }));
      const problem = problemOf({ needs, products, uniform: false });
      if (problem.lines.length === 0) continue;
      const share = (seed % 6) / 6;
      const between = (of: (candidate: ScoredCandidate) => number) => {
        const ends = (end: (...values: number[]) => number) =>
          problem.lines.reduce((a, line) => a + end(...line.candidates.map(of)), 0);
        return Math.floor(ends(Math.min) + share * (ends(Math.max) - ends(Math.min)));
      };
      const limits: ChoiceLimits = {
        max_total_cents: between((candidate) => candidate.cost_cents),
        ...(seed % 3 === 0 ? { max_carbon_kg: between(carbonFor) } : {}),
      };
      const kept = new Map(problem.lines.map((line) => [line.key, line.candidates]));
      const goal = { point, target_cents: null };
      const choice = solveByAreas(highs, problem, kept, limits, goal, { rel_gap: 0 });
      const best = bestOfAll(problem, limits);
      if (choice === null) continue;
      answered += 1;
      if (best < bestOfAll(problem, {}) - 1e-9) bound += 1;
      expect(choice.proof.objective!, `seed ${seed}`).toBeCloseTo(best, 9);
      expect(choice.proof.bound!).toBeGreaterThanOrEqual(best - 1e-9);
    }
    // Most are answered, and in many of them a limit decides.
    expect(answered).toBeGreaterThan(18);
    expect(bound).toBeGreaterThan(9);
  });
});

/** The best objective within the limits, minimum orders over the whole project, by trying every choice. */
function bestOfAll(problem: ChoiceProblem, limits: ChoiceLimits): number {
  let best = Number.NEGATIVE_INFINITY;
  const walk = (at: number, chosen: readonly ScoredCandidate[]): void => {
    const line = problem.lines[at];
    if (line) {
      for (const candidate of line.candidates) walk(at + 1, [...chosen, candidate]);
      return;
    }
    const sum = (of: (candidate: ScoredCandidate) => number) => chosen.reduce((a, one) => a + of(one), 0);
    if (sum((one) => one.cost_cents) > (limits.max_total_cents ?? Number.POSITIVE_INFINITY)) return;
    if (sum(carbonFor) > (limits.max_carbon_kg ?? Number.POSITIVE_INFINITY)) return;
    const ordered = Map.groupBy(chosen, (one) => one.product.id);
    for (const [, list] of ordered)
      if (list.reduce((a, one) => a + one.pieces, 0) < list[0]!.product.moq) return;
    const used = new Set<string>();
    let worth = point.price_weight;
    for (const [index, one] of problem.lines.entries()) {
      worth += worthOf(problem, one, chosen[index]!, point);
      if (one.visible) used.add(`${one.area}|${collectionOf(chosen[index]!.product)}`);
    }
    for (const key of used) worth -= cohesionCost(problem, key.split('|')[0]!, point);
    best = Math.max(best, worth);
  };
  walk(0, []);
  return best;
}
