// One row for every piece of work a model did, offline ones too: which model, how long, how sure, for whom.
import type { Tx } from '../platform/postgres.ts';

export interface ModelMetric {
  task_type: 'space_analysis' | 'recommendation' | 'conversation' | 'ranking' | 'ranking_training';
  model_name: string;
  model_version: string;
  latency_ms: number;
  confidence_score: number | null;
  /** Null for work that belongs to no project and that nobody asked for, as training by the clock. */
  project_id: string | null;
  user_id: string | null;
}

/** For models that run here: no tokens, no cost. */
export async function recordModelMetric(tx: Tx, metric: ModelMetric): Promise<void> {
  await tx
    .insertInto('ai_model_metrics')
    .values({ ...metric, tokens_used: 0, cost_usd: 0 })
    .execute();
}
