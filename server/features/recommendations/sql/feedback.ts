// Queries on what people said and decided about recommendations.
import type { Tx } from '../../../platform/postgres.ts';

export async function insertFeedback(
  tx: Tx,
  values: {
    recommendation_id: string;
    user_id: string;
    feedback_type: string;
    recommendation_item_id?: string | null;
    rating?: number | null;
    feedback_text?: string | null;
    feedback_categories?: string[] | null;
    accepted?: boolean | null;
    modified?: boolean | null;
    modification_details?: string | null;
  },
) {
  return await tx
    .insertInto('recommendation_feedback')
    .values(values)
    .returning(['id', 'created_at'])
    .executeTakeFirstOrThrow();
}

export async function insertFeedbacks(
  tx: Tx,
  values: readonly Parameters<typeof insertFeedback>[1][],
): Promise<void> {
  for (let i = 0; i < values.length; i += 200)
    await tx
      .insertInto('recommendation_feedback')
      .values(values.slice(i, i + 200))
      .execute();
}
