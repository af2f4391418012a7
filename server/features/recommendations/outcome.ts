// What became of a recommendation, for analytics: one row at each step, from presented to decided.
import type { Tx } from '../../platform/postgres.ts';
import { trackRecommendation } from '../track.ts';
import type { RecommendationRow } from './sql/recommendations.ts';

/** What just happened; times of other steps are in the rows of those. */
export interface OutcomeStep {
  viewed?: boolean;
  modified?: boolean;
  /** The status has just become approved or rejected. */
  decided?: boolean;
}

export async function recordOutcome(
  tx: Tx,
  actor: { user_id: string },
  row: RecommendationRow,
  now: Date,
  step: OutcomeStep = {},
): Promise<void> {
  const summary = (row.summary ?? {}) as {
    total_items?: number;
    total_cost?: number;
    avg_sustainability_score?: number | null;
  };
  const presented = row.generation_timestamp as Date;
  const decided = step.decided === true;
  await trackRecommendation(tx, {
    recommendation_id: row.id,
    project_id: row.project_id,
    user_id: actor.user_id,
    total_items: summary.total_items ?? 0,
    total_cost: summary.total_cost ?? 0,
    sustainability_score: Math.round(summary.avg_sustainability_score ?? 0),
    presented_at: presented.toISOString(),
    viewed_at: step.viewed === true ? now.toISOString() : null,
    modified_at: step.modified === true ? now.toISOString() : null,
    approved_at: decided && row.status === 'approved' ? now.toISOString() : null,
    rejected_at: decided && row.status === 'rejected' ? now.toISOString() : null,
    time_to_decision_minutes: decided
      ? Math.max(0, Math.round((now.getTime() - presented.getTime()) / 60_000))
      : null,
    user_rating: row.user_rating,
  });
}
