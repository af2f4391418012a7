/** The plain greedy choice that benchmarks and tests hold the model against, and the objective of any choice. */
import type { ChoiceLimits } from './candidates.ts';
import { TARGET_PENALTY } from './points.ts';
import { type ChoiceLine, type ChoiceProblem, collectionOf } from './problem.ts';
import type { ScoredCandidate } from './score.ts';
import { carbonFor, cohesionCost, type ModelGoal, worthOf } from './worth.ts';

/** The objective of a choice, the same sum that the model maximizes. */
export function objectiveOf(
  problem: ChoiceProblem,
  chosen: ReadonlyMap<string, ScoredCandidate>,
  goal: ModelGoal,
): number {
  const state = new ChoiceState(problem, {}, goal);
  for (const line of problem.lines) state.put(line, chosen.get(line.key) ?? null);
  return state.objective();
}

/** Whether a choice keeps the money, carbon and minimum orders. */
export function keepsLimits(
  problem: ChoiceProblem,
  chosen: ReadonlyMap<string, ScoredCandidate>,
  limits: ChoiceLimits,
): boolean {
  const state = new ChoiceState(problem, limits, null);
  for (const line of problem.lines) state.put(line, chosen.get(line.key) ?? null);
  return state.excess() === 0 && ordersMet(problem, chosen);
}

/**
 * The leanest product on every line first (money and carbon as shares of their limits), then always the upgrade that
 * gains most worth for its money, as long as the limits allow. Null when even the leanest break them.
 */
export function greedyChoice(
  problem: ChoiceProblem,
  limits: ChoiceLimits,
  goal: ModelGoal,
): Map<string, ScoredCandidate> | null {
  const state = new ChoiceState(problem, limits, goal);
  const weight = (candidate: ScoredCandidate) =>
    candidate.cost_cents / (limits.max_total_cents ?? problem.reference_cents) +
    (limits.max_carbon_kg ? carbonFor(candidate) / limits.max_carbon_kg : 0);
  for (const line of problem.lines) {
    const options = line.candidates.filter((c) => line.locked || c.pieces >= c.product.moq);
    const leanest = [...options].sort((a, b) => weight(a) - weight(b))[0];
    if (!leanest && !line.skippable) return null;
    state.put(line, leanest ?? null);
  }
  if (state.excess() > 0) return null;
  for (;;) {
    let best: { line: ChoiceLine; to: ScoredCandidate; rate: number } | null = null;
    for (const line of problem.lines) {
      const from = state.chosen.get(line.key) ?? null;
      for (const to of line.candidates) {
        if (to === from || line.locked || to.pieces < to.product.moq) continue;
        const gain = state.gain(line, to);
        if (gain <= 1e-9 || state.excessWith(line, to) > 0) continue;
        const rate = gain / Math.max(1, to.cost_cents - (from?.cost_cents ?? 0));
        if (!best || rate > best.rate) best = { line, to, rate };
      }
    }
    if (!best) return new Map(state.chosen);
    state.put(best.line, best.to);
  }
}

function ordersMet(problem: ChoiceProblem, chosen: ReadonlyMap<string, ScoredCandidate>): boolean {
  const pieces = new Map<string, number>();
  for (const candidate of chosen.values())
    pieces.set(candidate.product.id, (pieces.get(candidate.product.id) ?? 0) + candidate.pieces);
  return problem.lines.every((line) => {
    const candidate = chosen.get(line.key);
    return !candidate || line.locked || (pieces.get(candidate.product.id) ?? 0) >= candidate.product.moq;
  });
}

/** A choice in the making, with its sums kept up to date. */
class ChoiceState {
  readonly chosen = new Map<string, ScoredCandidate>();
  readonly #problem: ChoiceProblem;
  readonly #goal: ModelGoal | null;
  readonly #max: number;
  readonly #carbonMax: number;
  readonly #fees = new Map<string, number>();
  readonly #users = new Map<string, number>();
  #cost = 0;
  #carbon = 0;
  #worth = 0;
  #fee = 0;

  constructor(problem: ChoiceProblem, limits: ChoiceLimits, goal: ModelGoal | null) {
    this.#problem = problem;
    this.#goal = goal;
    this.#max = limits.max_total_cents ?? Number.POSITIVE_INFINITY;
    this.#carbonMax = limits.max_carbon_kg ?? Number.POSITIVE_INFINITY;
    for (const line of problem.lines) {
      if (goal && !this.#fees.has(line.area))
        this.#fees.set(line.area, cohesionCost(problem, line.area, goal.point));
    }
  }

  put(line: ChoiceLine, to: ScoredCandidate | null): void {
    const from = this.chosen.get(line.key);
    if (from) this.#count(line, from, -1);
    this.chosen.delete(line.key);
    if (!to) return;
    this.chosen.set(line.key, to);
    this.#count(line, to, 1);
  }

  objective(): number {
    return (this.#goal?.point.price_weight ?? 0) + this.#worth - this.#fee - this.#over(this.#cost);
  }

  /** Change of the objective by a swap. */
  gain(line: ChoiceLine, to: ScoredCandidate): number {
    const from = this.chosen.get(line.key);
    const cost = to.cost_cents - (from?.cost_cents ?? 0);
    const worth = this.#worthOf(line, to) - (from ? this.#worthOf(line, from) : 0);
    return worth - this.#feeChange(line, from, to) - (this.#over(this.#cost + cost) - this.#over(this.#cost));
  }

  /** How far the limits are passed, each as a share of itself; 0 inside. */
  excess(): number {
    return this.#past(this.#cost, this.#carbon);
  }

  excessWith(line: ChoiceLine, to: ScoredCandidate): number {
    const from = this.chosen.get(line.key);
    const cost = this.#cost + to.cost_cents - (from?.cost_cents ?? 0);
    return this.#past(cost, this.#carbon + carbonFor(to) - (from ? carbonFor(from) : 0));
  }

  #past(cost: number, carbon: number): number {
    return Math.max(0, cost / this.#max - 1) + Math.max(0, carbon / this.#carbonMax - 1);
  }

  #over(cost: number): number {
    const target = this.#goal?.target_cents ?? null;
    return target === null
      ? 0
      : (TARGET_PENALTY * Math.max(0, cost - target)) / this.#problem.reference_cents;
  }

  #worthOf(line: ChoiceLine, candidate: ScoredCandidate): number {
    return this.#goal ? worthOf(this.#problem, line, candidate, this.#goal.point) : 0;
  }

  #feeChange(line: ChoiceLine, from: ScoredCandidate | undefined, to: ScoredCandidate): number {
    if (!line.visible) return 0;
    const fee = this.#fees.get(line.area) ?? 0;
    const [left, joined] = [from ? keyOf(line, from) : null, keyOf(line, to)];
    if (left === joined) return 0;
    return (
      ((this.#users.get(joined) ?? 0) === 0 ? fee : 0) -
      (left !== null && this.#users.get(left) === 1 ? fee : 0)
    );
  }

  #count(line: ChoiceLine, candidate: ScoredCandidate, by: 1 | -1): void {
    this.#cost += by * candidate.cost_cents;
    this.#carbon += by * carbonFor(candidate);
    this.#worth += by * this.#worthOf(line, candidate);
    if (!line.visible) return;
    const key = keyOf(line, candidate);
    const before = this.#users.get(key) ?? 0;
    this.#users.set(key, before + by);
    if ((by > 0 && before === 0) || (by < 0 && before === 1))
      this.#fee += by * (this.#fees.get(line.area) ?? 0);
  }
}

function keyOf(line: ChoiceLine, candidate: ScoredCandidate): string {
  return `${line.area}|${collectionOf(candidate.product)}`;
}
