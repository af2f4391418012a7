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
  /** The recommendation or the message of a conversation it was for: what people make of that reaches the row. */
  recommendation_id?: string | null;
  message_id?: string | null;
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

/** What people made of a recommendation, on the calls that led to it; null where they took their word back. */
export async function judgeRecommendationCalls(
  tx: Tx,
  recommendationId: string,
  verdict: { user_rating?: number; user_accepted?: boolean | null },
): Promise<void> {
  if (Object.keys(verdict).length > 0)
    await tx
      .updateTable('ai_model_metrics')
      .set(verdict)
      .where('recommendation_id', '=', recommendationId)
      .execute();
}

/** An offer in this answer was taken or taken back: told to the calls that made it, else to the reading it answers. */
export async function judgeAnswerCalls(tx: Tx, messageId: string, user_accepted: boolean): Promise<void> {
  const judge = (id: string) =>
    tx.updateTable('ai_model_metrics').set({ user_accepted }).where('message_id', '=', id).executeTakeFirst();
  if ((await judge(messageId)).numUpdatedRows > 0n) return;
  const { rows } = await sql<{ id: string }>`
    SELECT q.id FROM conversation_messages a
    JOIN conversation_messages q ON q.conversation_id = a.conversation_id AND q.role = 'user' AND q.created_at < a.created_at
    WHERE a.id = ${messageId} ORDER BY q.created_at DESC LIMIT 1`.execute(tx);
  if (rows[0] !== undefined) await judge(rows[0].id);
}
