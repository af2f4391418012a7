/**
 * The one model of the choice. Maximize
 *   Σ weight · value · x  +  price_weight · (1 − Σ cost · x / reference)  −  Σ cohesion · y  −  penalty · over
 * with one candidate a line (at most one for optional lines), y switched on by any candidate of a collection in an area,
 * the money and carbon limits, minimum orders met over the whole project, and `over` the amount above the target.
 */
import type { Highs } from 'highs';
import type { SolveProof } from '../../contract/choice.ts';
import type { Cents } from '../money.ts';
import { solveByAreas } from './areas.ts';
import type { ChoiceLimits } from './candidates.ts';
import { MilpModel, type SolveOptions } from './milp.ts';
import { type ScenarioPoint, TARGET_PENALTY } from './points.ts';
import { type ChoiceLine, type ChoiceProblem, collectionOf } from './problem.ts';
import type { ScoredCandidate } from './score.ts';
import { carbonFor, cohesionCost, type ModelGoal, worthOf } from './worth.ts';

/** The objective is scaled so that the solver's absolute tolerances lie far below a tenth of a percent. */
const SCALE = 1000;
/** The solver keeps a row to one part in ten million; limits in money are drawn in by this many cents to stay exact. */
const CENT_GUARD = 0.5;

export interface Choice {
  proof: SolveProof;
  /** The chosen candidate by line key; optional lines may be absent. Null when no choice keeps the limits. */
  chosen: Map<string, ScoredCandidate> | null;
}

export function solveModel(
  highs: Highs,
  problem: ChoiceProblem,
  limits: ChoiceLimits,
  goal: ModelGoal,
  options: SolveOptions = {},
): Choice {
  const kept = keptCandidates(problem, limits, goal);
  const byArea = solveByAreas(highs, problem, kept, limits, goal, options);
  if (byArea) return byArea;
  const model = new MilpModel();
  model.offset = SCALE * goal.point.price_weight;
  const columns = chooseColumns(model, problem, kept, goal);
  cohesionRows(model, problem, columns, goal.point);
  moneyRows(model, problem, columns, limits, goal);
  orderRows(model, columns);
  const solution = model.solve(highs, options);
  const proof = rescaled(solution.proof);
  if (!solution.values) return { proof, chosen: null };
  const chosen = new Map<string, ScoredCandidate>();
  for (const { line, entries } of columns) {
    const hit = entries.find((entry) => (solution.values?.[entry.column] ?? 0) > 0.5);
    if (hit) chosen.set(line.key, hit.candidate);
  }
  return { proof, chosen };
}

/** The smallest total (cents) that keeps the carbon limit and the minimum orders; null when nothing does. */
export function cheapest(
  highs: Highs,
  problem: ChoiceProblem,
  limits: ChoiceLimits,
  options: SolveOptions = {},
): Cents | null {
  const model = new MilpModel();
  const needed = problem.lines.filter((line) => !line.skippable || line.locked);
  const columns: Columns[] = needed.map((line) => ({
    line,
    entries: (line.locked ? lockedOf(problem, line) : line.candidates).map((candidate) => ({
      candidate,
      column: model.variable(-candidate.cost_cents / 100, 0, 1, true),
    })),
  }));
  for (const { line, entries } of columns) assignRow(model, line, entries);
  carbonRow(model, columns, limits);
  orderRows(model, columns);
  const { values } = model.solve(highs, { ...options, rel_gap: 0 });
  if (!values) return null;
  return columns.reduce((total, { entries }) => {
    const hit = entries.find((entry) => (values[entry.column] ?? 0) > 0.5);
    return total + (hit?.candidate.cost_cents ?? 0);
  }, 0);
}

interface Columns {
  line: ChoiceLine;
  entries: { candidate: ScoredCandidate; column: number }[];
}

/** The product that a locked line keeps. */
function lockedOf(problem: ChoiceProblem, line: ChoiceLine): ScoredCandidate[] {
  const ids = new Set((problem.input.locked ?? []).map((lock) => `${lock.need_key}/${lock.product_id}`));
  return line.candidates.filter((c) => line.members.some((m) => ids.has(`${m.key}/${c.product.id}`)));
}

/** By line, the candidates that can be part of a best choice. */
function keptCandidates(
  problem: ChoiceProblem,
  limits: ChoiceLimits,
  goal: ModelGoal,
): Map<string, ScoredCandidate[]> {
  const bindings = boundProducts(problem.lines);
  const byMoney =
    Number.isFinite(limits.max_total_cents ?? Number.POSITIVE_INFINITY) || goal.target_cents !== null;
  const byCarbon = typeof limits.max_carbon_kg === 'number';
  return new Map(
    problem.lines.map((line) => [
      line.key,
      undominated(problem, line, goal.point, byMoney, byCarbon, bindings),
    ]),
  );
}

function chooseColumns(
  model: MilpModel,
  problem: ChoiceProblem,
  kept: ReadonlyMap<string, ScoredCandidate[]>,
  goal: ModelGoal,
): Columns[] {
  return problem.lines.map((line) => {
    const entries = (kept.get(line.key) ?? []).map((candidate) => ({
      candidate,
      column: model.variable(SCALE * worthOf(problem, line, candidate, goal.point), 0, 1, true),
    }));
    assignRow(model, line, entries);
    return { line, entries };
  });
}

function assignRow(model: MilpModel, line: ChoiceLine, entries: Columns['entries']): void {
  model.row(
    line.skippable && !line.locked ? 0 : 1,
    1,
    entries.map((entry) => [entry.column, 1]),
  );
}

/** Products whose minimum order a single line may fall short of: they bind lines together and are never dropped. */
function boundProducts(lines: readonly ChoiceLine[]): ReadonlySet<string> {
  const bound = new Set<string>();
  for (const line of lines) {
    for (const candidate of line.candidates) {
      if (!line.locked && candidate.pieces < candidate.product.moq) bound.add(candidate.product.id);
    }
  }
  return bound;
}

/**
 * Candidates that can be part of a best choice. One is dropped when another costs no more, emits no more and is worth
 * more even after paying for a collection of its own: an exact reduction, the best objective stays the same.
 */
function undominated(
  problem: ChoiceProblem,
  line: ChoiceLine,
  point: ScenarioPoint,
  byMoney: boolean,
  byCarbon: boolean,
  bound: ReadonlySet<string>,
): ScoredCandidate[] {
  if (line.locked) return lockedOf(problem, line);
  const switching = line.visible ? cohesionCost(problem, line.area, point) : 0;
  const rows = line.candidates.map((candidate) => ({
    candidate,
    worth: worthOf(problem, line, candidate, point),
    collection: collectionOf(candidate.product),
    free: !bound.has(candidate.product.id),
  }));
  rows.sort((a, b) => b.worth - a.worth);
  const kept: typeof rows = [];
  for (const row of rows) {
    const beaten =
      row.free &&
      kept.some((better) => {
        if (!better.free) return false;
        if (byMoney && better.candidate.cost_cents > row.candidate.cost_cents) return false;
        if (byCarbon && carbonFor(better.candidate) > carbonFor(row.candidate)) return false;
        const fee = better.collection === row.collection ? 0 : switching;
        return better.worth - fee >= row.worth;
      });
    if (!beaten) kept.push(row);
  }
  return kept.map((row) => row.candidate);
}

function cohesionRows(
  model: MilpModel,
  problem: ChoiceProblem,
  columns: readonly Columns[],
  point: ScenarioPoint,
): void {
  const switches = new Map<string, number>();
  for (const { line, entries } of columns) {
    if (!line.visible) continue;
    const byCollection = new Map<string, number[]>();
    for (const { candidate, column } of entries) {
      const key = `${line.area}|${collectionOf(candidate.product)}`;
      byCollection.set(key, [...(byCollection.get(key) ?? []), column]);
    }
    for (const [key, members] of byCollection) {
      let y = switches.get(key);
      if (y === undefined) {
        y = model.variable(-SCALE * cohesionCost(problem, line.area, point), 0, 1, false);
        switches.set(key, y);
      }
      model.row(Number.NEGATIVE_INFINITY, 0, [...members.map((m) => [m, 1] as const), [y, -1] as const]);
    }
  }
}

function moneyRows(
  model: MilpModel,
  problem: ChoiceProblem,
  columns: readonly Columns[],
  limits: ChoiceLimits,
  goal: ModelGoal,
): void {
  const all = columns.flatMap(({ entries }) =>
    entries.map((e) => [e.column, e.candidate.cost_cents / 100] as const),
  );
  const max = limits.max_total_cents;
  if (max !== null && max !== undefined) model.row(Number.NEGATIVE_INFINITY, (max + CENT_GUARD) / 100, all);
  if (goal.target_cents !== null) {
    const over = model.variable(
      (-SCALE * TARGET_PENALTY * 100) / problem.reference_cents,
      0,
      Number.POSITIVE_INFINITY,
      false,
    );
    model.row(Number.NEGATIVE_INFINITY, goal.target_cents / 100, [...all, [over, -1] as const]);
  }
  carbonRow(model, columns, limits);
}

function carbonRow(model: MilpModel, columns: readonly Columns[], limits: ChoiceLimits): void {
  const max = limits.max_carbon_kg;
  if (max === null || max === undefined) return;
  const entries = columns.flatMap((c) => c.entries.map((e) => [e.column, carbonFor(e.candidate)] as const));
  model.row(Number.NEGATIVE_INFINITY, max, entries);
}

/** A product may be chosen below its minimum order on a line only if the other lines make the order up. */
function orderRows(model: MilpModel, columns: readonly Columns[]): void {
  const uses = new Map<string, { column: number; pieces: number; moq: number; locked: boolean }[]>();
  for (const { line, entries } of columns) {
    for (const { candidate, column } of entries) {
      const list = uses.get(candidate.product.id) ?? [];
      list.push({ column, pieces: candidate.pieces, moq: candidate.product.moq, locked: line.locked });
      uses.set(candidate.product.id, list);
    }
  }
  for (const list of uses.values()) {
    for (const use of list) {
      if (use.locked || use.pieces >= use.moq) continue;
      const entries = list.map(
        (other) => [other.column, other.pieces - (other === use ? use.moq : 0)] as const,
      );
      model.row(0, Number.POSITIVE_INFINITY, entries);
    }
  }
}

function rescaled(proof: SolveProof): SolveProof {
  const down = (value: number | null) => (value === null ? null : value / SCALE);
  return { ...proof, objective: down(proof.objective), bound: down(proof.bound) };
}
