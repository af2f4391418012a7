// The program that ties the areas of a project together: money and carbon, one choice an area. Relaxed, it sets the prices
// the areas choose by; whole, it combines their choices and proves how good the combination is.
import type { Highs } from 'highs';
import type { SolveProof } from '../../contract/choice.ts';
import type { Column, Prices } from './area_choice.ts';
import type { ChoiceLimits } from './candidates.ts';
import { MilpModel, type SolveOptions } from './milp.ts';
import { TARGET_PENALTY } from './points.ts';
import type { ChoiceProblem } from './problem.ts';
import type { ScoredCandidate } from './score.ts';
import type { ModelGoal } from './worth.ts';

/** The objective is scaled as in the whole model, for the solver's tolerances. */
const SCALE = 1000;

export interface AreaChoice {
  proof: SolveProof;
  chosen: Map<string, ScoredCandidate>;
}

/** The program that ties the areas together: one choice an area, money and carbon. */
export class Master {
  readonly #columns: Column[] = [];
  readonly #keys = new Set<string>();
  readonly #highs: Highs;
  readonly #areas: number;
  readonly #problem: ChoiceProblem;
  readonly #max: number | null;
  readonly #carbon: number | null;
  readonly #target: number | null;
  readonly #offset: number;
  readonly #options: SolveOptions;
  readonly #penalty: number;

  constructor(
    highs: Highs,
    areas: number,
    problem: ChoiceProblem,
    limits: ChoiceLimits,
    goal: ModelGoal,
    options: SolveOptions,
  ) {
    this.#highs = highs;
    this.#areas = areas;
    this.#problem = problem;
    this.#max = limits.max_total_cents ?? null;
    this.#carbon = limits.max_carbon_kg ?? null;
    this.#target = goal.target_cents;
    this.#offset = goal.point.price_weight;
    this.#options = options;
    this.#penalty = TARGET_PENALTY / problem.reference_cents;
  }

  add(column: Column): boolean {
    if (this.#keys.has(column.key)) return false;
    this.#keys.add(column.key);
    this.#columns.push(column);
    return true;
  }

  /** What the Lagrangian adds to the areas' own values at given prices: the limits at their price. */
  constant({ money, carbon }: Prices): number {
    const overMax = Math.max(0, money - (this.#target === null ? 0 : this.#penalty));
    const onTarget = money - overMax;
    // Without a hard maximum no price above the penalty is paid, without a target none below.
    if (overMax > 0 && this.#max === null) return Number.POSITIVE_INFINITY;
    if (carbon > 0 && this.#carbon === null) return Number.POSITIVE_INFINITY;
    const target = this.#target ?? this.#max ?? 0;
    const split = (share: number) => share * (this.#max ?? 0) + (money - share) * target;
    const both = this.#max !== null && this.#target !== null;
    const atLimits = both
      ? Math.min(split(money), split(overMax))
      : overMax * (this.#max ?? 0) + onTarget * target;
    return this.#offset + atLimits + carbon * (this.#carbon ?? 0);
  }

  relaxed(): { objective: number; prices: Prices } | null {
    const model = this.#model(false);
    const solution = model.relax(this.#highs, this.#options);
    if (solution === null) return null;
    const price = (row: number | undefined) =>
      row === undefined ? 0 : Math.max(0, (solution.row_duals[row] ?? 0) / SCALE);
    const { max, target, carbon } = this.#rows;
    const money = (price(max) + price(target)) / 100;
    return { objective: solution.objective / SCALE, prices: { money, carbon: price(carbon) } };
  }

  /**
   * The best whole combination of the choices added, with its proof against a bound over all choices; without one, where
   * nothing better was left out, against the combination's own. Null where no combination keeps the limits.
   */
  whole(known: number | null, rel_gap: number): AreaChoice | null {
    const model = this.#model(true);
    const { proof, values } = model.solve(this.#highs, {
      ...this.#options,
      rel_gap: rel_gap / 4,
      ...(known === null ? {} : { stop_at: SCALE * (known - 0.6 * rel_gap * Math.abs(known)) }),
    });
    if (!values || proof.objective === null) return null;
    const chosen = new Map<string, ScoredCandidate>();
    for (const [index, column] of this.#columns.entries())
      if (values[index]! > 0.5) for (const [line, candidate] of column.picks) chosen.set(line.key, candidate);
    const objective = proof.objective / SCALE;
    const bound = known ?? (proof.bound ?? Number.POSITIVE_INFINITY) / SCALE;
    const gap = Math.max(0, bound - objective) / Math.max(Math.abs(objective), 1e-9);
    return {
      chosen,
      proof: {
        status: gap > 1e-6 ? 'gap_limit' : 'optimal',
        objective,
        bound: Math.max(bound, objective),
        gap,
        nodes: proof.nodes,
        variables: this.#problem.lines.reduce((a, line) => a + line.candidates.length, 0),
        rows: this.#areas + this.#problem.lines.length,
        method: 'by_area',
      },
    };
  }

  #rows: { max?: number; target?: number; carbon?: number } = {};

  #model(whole: boolean): MilpModel {
    const model = new MilpModel();
    model.offset = SCALE * this.#offset;
    const areas: [number, number][][] = Array.from({ length: this.#areas }, () => []);
    const costs: [number, number][] = [];
    const carbons: [number, number][] = [];
    for (const column of this.#columns) {
      const at = model.variable(SCALE * column.value, 0, whole ? 1 : Number.POSITIVE_INFINITY, whole);
      areas[column.area]!.push([at, 1]);
      costs.push([at, column.cost / 100]);
      carbons.push([at, column.carbon]);
    }
    // Until choices within the limits are known the relaxation may pass them, dearly.
    const slack = () => (whole ? null : model.variable(-SCALE * 10, 0, Number.POSITIVE_INFINITY, false));
    for (const entries of areas) model.row(1, 1, entries);
    this.#rows = {};
    const limit = (value: number, entries: [number, number][], also: number | null, unit: number) => {
      const free = also ?? slack();
      model.row(Number.NEGATIVE_INFINITY, value, free === null ? entries : [...entries, [free, -unit]]);
      return model.rows - 1;
    };
    if (this.#max !== null)
      this.#rows.max = limit((this.#max + (whole ? 0.5 : 0)) / 100, costs, null, this.#max / 100);
    if (this.#target !== null) {
      const over = model.variable(-SCALE * this.#penalty * 100, 0, Number.POSITIVE_INFINITY, false);
      this.#rows.target = limit(this.#target / 100, costs, over, 1);
    }
    if (this.#carbon !== null) this.#rows.carbon = limit(this.#carbon, carbons, null, this.#carbon);
    return model;
  }
}
