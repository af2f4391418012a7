/** The terms of the objective, shared by the model, the choices made without it and the explanations. */
import type { Cents } from '../money.ts';
import type { ScenarioPoint } from './points.ts';
import type { ChoiceLine, ChoiceProblem } from './problem.ts';
import type { ScoredCandidate } from './score.ts';

export interface ModelGoal {
  point: ScenarioPoint;
  target_cents: Cents | null;
}

/** Worth of a candidate on its line, in the unit of the objective, without company and target. */
export function worthOf(
  problem: ChoiceProblem,
  line: ChoiceLine,
  candidate: ScoredCandidate,
  point: ScenarioPoint,
): number {
  return (
    line.weight * candidate.parts.value -
    (point.price_weight * candidate.cost_cents) / problem.reference_cents
  );
}

/** What an area pays for each collection it uses. */
export function cohesionCost(problem: ChoiceProblem, area: string, point: ScenarioPoint): number {
  const weight = problem.lines
    .filter((line) => line.visible && line.area === area)
    .reduce((a, line) => a + line.weight, 0);
  return point.cohesion_weight * weight;
}

/** Carbon that a limit counts: an unknown figure is taken as the dearest average of the trade, 135 kg a piece. */
export function carbonFor(candidate: ScoredCandidate): number {
  return candidate.carbon_kg ?? UNKNOWN_CARBON_KG * candidate.pieces;
}
export const UNKNOWN_CARBON_KG = 135;
