/**
 * A small mixed-integer model in memory and its solution by HiGHS (WASM). Synchronous once loaded: run it in a worker
 * thread where others must not wait. Single-threaded and without randomness, so the same model gives the same answer
 * unless the time limit cuts it short.
 */
import highsModule, { type Highs } from 'highs';
import type { SolveProof } from '../../contract/choice.ts';

export interface SolveOptions {
  /** Stop once the proven relative gap is at most this. */
  rel_gap?: number | undefined;
  /** Seconds for one model; a model cut short says "time_limit". */
  time_limit_s?: number | undefined;
  /** A solution of at least this value ends the search: its caller has a bound of its own. */
  stop_at?: number | undefined;
}

export interface MilpSolution {
  proof: SolveProof;
  /** Values of the variables, null when there is no solution. */
  values: Float64Array | null;
}

const DEFAULT_REL_GAP = 5e-4;
const DEFAULT_TIME_LIMIT_S = 30;
/** Share of the relaxed optimum by which a variable must fall short to be left out of the first small model. */
const FIRST_MARGIN = 1e-4;

/** The package's types describe its CommonJS form; as an ES module the default export is the loader itself. */
const load = highsModule as unknown as typeof highsModule.default;
let loading: Promise<Highs> | null = null;

/** The solver, loaded once in a thread (3.5 MB of WASM, about 50 ms). */
export function solver(): Promise<Highs> {
  loading ??= load();
  return loading;
}

/** Maximizes; built row by row. */
export class MilpModel {
  readonly #cost: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #whole: (0 | 1)[] = [];
  readonly #rowLower: number[] = [];
  readonly #rowUpper: number[] = [];
  readonly #starts: number[] = [0];
  readonly #indices: number[] = [];
  readonly #values: number[] = [];
  offset = 0;

  get variables(): number {
    return this.#cost.length;
  }

  get rows(): number {
    return this.#rowLower.length;
  }

  /** Adds a variable and gives its index. */
  variable(cost: number, lower: number, upper: number, whole: boolean): number {
    this.#cost.push(cost);
    this.#lower.push(lower);
    this.#upper.push(upper);
    this.#whole.push(whole ? 1 : 0);
    return this.#cost.length - 1;
  }

  /** Adds lower ≤ Σ coefficient · variable ≤ upper. */
  row(lower: number, upper: number, entries: readonly (readonly [number, number])[]): void {
    const sorted = [...entries].sort((a, b) => a[0] - b[0]);
    for (const [index, value] of sorted) {
      this.#indices.push(index);
      this.#values.push(value);
    }
    this.#starts.push(this.#indices.length);
    this.#rowLower.push(lower);
    this.#rowUpper.push(upper);
  }

  /**
   * Solves the relaxation first and leaves out every whole variable whose reduced cost shows that no solution with it
   * comes near the relaxed optimum; what that leaves is a far smaller mixed-integer model. The bound covers the variables
   * left out, so the gap is a proof for the whole model. Where the small model is not good enough a second one keeps all
   * that could still beat its answer, and where that fails the whole model is solved.
   */
  solve(highs: Highs, options: SolveOptions = {}): MilpSolution {
    const size = { variables: this.variables, rows: this.rows };
    if (this.variables === 0) {
      const feasible = this.#rowLower.every((low, i) => low <= 0 && this.#rowUpper[i]! >= 0);
      const value = feasible ? this.offset : null;
      return {
        proof: {
          status: feasible ? 'optimal' : 'infeasible',
          objective: value,
          bound: value,
          gap: feasible ? 0 : null,
          nodes: 0,
          ...size,
        },
        values: feasible ? new Float64Array(0) : null,
      };
    }
    const relaxed = this.#run(highs, options, { whole: false, upper: this.#upper });
    if (relaxed === null) {
      return {
        proof: { status: 'infeasible', objective: null, bound: null, gap: null, nodes: 0, ...size },
        values: null,
      };
    }
    const tolerance = options.rel_gap ?? DEFAULT_REL_GAP;
    let best: Run | null = null;
    let margin = FIRST_MARGIN * Math.max(1, Math.abs(relaxed.objective));
    for (let round = 0; round < 3 && relaxed.duals; round += 1) {
      const upper = this.#without(relaxed.duals, margin);
      // A solution this near to the relaxed optimum is proven good enough, whatever is left to search.
      const enough = options.stop_at ?? relaxed.objective - 0.98 * tolerance * Math.abs(relaxed.objective);
      const small = this.#run(highs, options, { whole: true, upper, ...(tolerance > 0 ? { enough } : {}) });
      if (!small?.values) break;
      if (!best || small.objective > best.objective) best = small;
      const bound = Math.min(relaxed.objective, Math.max(small.bound, relaxed.objective - margin));
      if (
        gapOf(best.objective, bound) <= tolerance ||
        small.cut ||
        best.objective >= (options.stop_at ?? Number.POSITIVE_INFINITY)
      ) {
        return { proof: proofOf(best, bound, size), values: best.values };
      }
      // What could still come within the tolerance of the best answer, then what could beat it at all.
      const reach = round === 0 ? tolerance * Math.abs(best.objective) : 0;
      margin = Math.max(relaxed.objective - best.objective - reach, 1.5 * margin);
    }
    const whole = this.#run(highs, options, { whole: true, upper: this.#upper });
    if (whole === null) {
      return {
        proof: { status: 'infeasible', objective: null, bound: null, gap: null, nodes: 0, ...size },
        values: null,
      };
    }
    return { proof: proofOf(whole, whole.bound, size), values: whole.values };
  }

  /** The linear relaxation alone, with the duals of its rows (what one unit of each limit is worth); null when infeasible. */
  relax(highs: Highs, options: SolveOptions = {}): { objective: number; row_duals: Float64Array } | null {
    const run = this.#run(highs, options, { whole: false, upper: this.#upper });
    return run?.row_duals ? { objective: run.objective, row_duals: run.row_duals } : null;
  }

  /** Upper bounds with every variable shut whose reduced cost alone puts a solution more than `margin` under the relaxed optimum. */
  #without(duals: Float64Array, margin: number): number[] {
    return this.#upper.map((upper, index) =>
      this.#whole[index] === 1 && this.#lower[index] === 0 && duals[index]! < -margin ? 0 : upper,
    );
  }

  /** One run of the solver; null when the model is infeasible. */
  #run(
    highs: Highs,
    options: SolveOptions,
    how: { whole: boolean; upper: readonly number[]; enough?: number },
  ): Run | null {
    const infinite = (value: number) =>
      value === Number.POSITIVE_INFINITY
        ? highs.infinity
        : value === Number.NEGATIVE_INFINITY
          ? -highs.infinity
          : value;
    const model = highs.createModel({
      numCols: this.variables,
      numRows: this.rows,
      sense: highs.constants.objectiveSense.maximize,
      offset: this.offset,
      colCost: this.#cost,
      colLower: this.#lower.map(infinite),
      colUpper: how.upper.map(infinite),
      rowLower: this.#rowLower.map(infinite),
      rowUpper: this.#rowUpper.map(infinite),
      matrix: {
        format: 'csr',
        numRows: this.rows,
        numCols: this.variables,
        starts: this.#starts,
        indices: this.#indices,
        values: this.#values,
      },
      ...(how.whole ? { integrality: this.#whole } : {}),
    });
    try {
      model.options.set({
        output_flag: false,
        mip_rel_gap: options.rel_gap ?? DEFAULT_REL_GAP,
        time_limit: options.time_limit_s ?? DEFAULT_TIME_LIMIT_S,
        mip_feasibility_tolerance: 1e-7,
        ...(how.enough === undefined ? {} : { objective_target: how.enough }),
      });
      model.run();
      const status = model.getModelStatus();
      const names = highs.constants.modelStatus;
      if (status === names.infeasible || status === names.unboundedOrInfeasible) return null;
      if (status !== names.optimal && status !== names.timeLimit && status !== names.objectiveTarget) {
        throw new Error(`The optimiser ended with status ${status} instead of a solution.`);
      }
      const found = Number(model.info.get('primal_solution_status')) === FEASIBLE;
      const objective = found ? model.getObjectiveValue() : Number.NEGATIVE_INFINITY;
      const solution = found ? model.getSolution() : null;
      const cut = status === names.timeLimit;
      return {
        cut,
        objective,
        bound: how.whole ? Number(model.info.get('mip_dual_bound')) : objective,
        nodes: how.whole ? Math.max(0, Number(model.info.get('mip_node_count'))) : 0,
        values: solution ? Float64Array.from(solution.colValue) : null,
        duals: solution && !how.whole && !cut ? Float64Array.from(solution.colDual) : null,
        row_duals: solution && !how.whole && !cut ? Float64Array.from(solution.rowDual) : null,
      };
    } finally {
      model.dispose();
    }
  }
}

interface Run {
  cut: boolean;
  objective: number;
  bound: number;
  nodes: number;
  values: Float64Array | null;
  /** Reduced costs of the relaxation; none for mixed-integer runs. */
  duals: Float64Array | null;
  row_duals: Float64Array | null;
}

/** HiGHS's code for a feasible primal solution. */
const FEASIBLE = 2;

function gapOf(objective: number, bound: number): number {
  return Math.abs(bound - objective) / Math.max(Math.abs(objective), 1e-9);
}

function proofOf(run: Run, bound: number, size: { variables: number; rows: number }): SolveProof {
  const found = run.values !== null;
  const gap = found ? gapOf(run.objective, bound) : null;
  return {
    status: run.cut ? 'time_limit' : gap !== null && gap > 1e-6 ? 'gap_limit' : 'optimal',
    objective: found ? run.objective : null,
    bound: Number.isFinite(bound) ? bound : null,
    gap,
    nodes: run.nodes,
    ...size,
  };
}
