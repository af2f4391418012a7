// One row for every piece of work a model did, offline ones too: which model, how long, how sure, for whom.
import { sql } from 'kysely';
import type { Tx } from '../platform/postgres.ts';

export interface ModelMetric {
  task_type: 'space_analysis' | 'recommendation' | 'conversation' | 'ranking' | 'ranking_training';
  model_name: string;
  model_version: string;
  latency_ms: number;
  /** 0 to 1. */
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

/** A call of a model elsewhere. */
export interface ModelCall extends ModelMetric {
  tokens_used: number;
  /** Null where the price is not known. */
  cost_usd: number | null;
  outcome: 'answered' | 'timed_out' | 'refused' | 'overloaded' | 'failed' | 'stopped';
}

export async function recordModelCalls(tx: Tx, calls: readonly ModelCall[]): Promise<void> {
  if (calls.length > 0)
    await tx
      .insertInto('ai_model_metrics')
      .values([...calls])
      .execute();
}

/** What calls of models elsewhere used of a project's budget since the first of the month (UTC). */
export async function modelUse(tx: Tx, projectId: string): Promise<{ cost_usd: number; tokens: number }> {
  const { cost_usd, tokens } = await tx
    .selectFrom('ai_model_metrics')
    .select((eb) => [
      sql<number>`coalesce(sum(${eb.ref('cost_usd')}), 0)::float8`.as('cost_usd'),
      sql<number>`coalesce(sum(${eb.ref('tokens_used')}), 0)::float8`.as('tokens'),
    ])
    .where('project_id', '=', projectId)
    .where('outcome', 'is not', null)
    .where(sql<boolean>`timestamp >= date_trunc('month', now() AT TIME ZONE 'utc') AT TIME ZONE 'utc'`)
    .executeTakeFirstOrThrow();
  return { cost_usd, tokens };
}
