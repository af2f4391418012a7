/**
 * The three scenarios as points of one model: how much a saved dollar weighs against value, and how near to the target
 * the total has to stay. Everything else in the model is the same for the three.
 */
import type { ScenarioType } from '../../contract/choice.ts';

export interface ScenarioPoint {
  type: ScenarioType;
  name: string;
  /** Worth of saving the whole reference price, in the unit of value (0–1). */
  price_weight: number;
  /** Worth of keeping an area to one collection, as a share of the area's weight per collection used. */
  cohesion_weight: number;
}

export const SCENARIO_POINTS: Record<ScenarioType, ScenarioPoint> = {
  conservative: { type: 'conservative', name: 'Conservative', price_weight: 0.45, cohesion_weight: 0.02 },
  balanced: { type: 'balanced', name: 'Balanced', price_weight: 0.12, cohesion_weight: 0.03 },
  aggressive: { type: 'aggressive', name: 'Aggressive', price_weight: 0.03, cohesion_weight: 0.04 },
};

/** Cost of each reference price over the target: dear enough that a target is only passed when it cannot be kept. */
export const TARGET_PENALTY = 4;
