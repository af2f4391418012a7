// Queries on conversations and their messages.
import type { Tx } from '../../platform/postgres.ts';

const CONVERSATION_COLUMNS = [
  'id',
  'project_id',
  'user_id',
  'status',
  'context',
  'summary',
  'extracted_requirements',
  'created_at',
  'updated_at',
] as const;
const MESSAGE_COLUMNS = [
  'id',
  'conversation_id',
  'role',
  'content',
  'intent',
  'entities',
  'confidence',
  'actions',
  'model_used',
  'tokens_used',
  'created_at',
] as const;

export async function insertConversation(tx: Tx, projectId: string, userId: string) {
  return await tx
    .insertInto('conversations')
    .values({ project_id: projectId, user_id: userId })
    .returning(CONVERSATION_COLUMNS)
    .executeTakeFirstOrThrow();
}

export async function listConversations(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('conversations')
    .select(CONVERSATION_COLUMNS)
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
}

export async function findConversation(tx: Tx, id: string, options: { lock: boolean }) {
  let query = tx.selectFrom('conversations').select(CONVERSATION_COLUMNS).where('id', '=', id);
  if (options.lock) query = query.forUpdate();
  return await query.executeTakeFirst();
}
export type ConversationRow = NonNullable<Awaited<ReturnType<typeof findConversation>>>;

export async function updateConversation(
  tx: Tx,
  id: string,
  change: { context: string; extracted_requirements: string },
): Promise<void> {
  await tx.updateTable('conversations').set(change).where('id', '=', id).execute();
}

export async function insertMessage(
  tx: Tx,
  values: {
    conversation_id: string;
    role: 'user' | 'assistant';
    content: string;
    intent?: string;
    entities?: unknown[];
    actions?: unknown[];
    model_used?: string;
    tokens_used?: number;
    created_at: Date;
  },
) {
  return await tx
    .insertInto('conversation_messages')
    .values({
      ...values,
      intent: values.intent ?? null,
      entities: JSON.stringify(values.entities ?? []),
      actions: JSON.stringify(values.actions ?? []),
      model_used: values.model_used ?? null,
      tokens_used: values.tokens_used ?? null,
    })
    .returning(MESSAGE_COLUMNS)
    .executeTakeFirstOrThrow();
}
export type MessageRow = Awaited<ReturnType<typeof insertMessage>>;

export async function listMessages(
  tx: Tx,
  conversationId: string,
  limit: number,
  after: [string, string] | undefined,
) {
  let query = tx
    .selectFrom('conversation_messages')
    .select(MESSAGE_COLUMNS)
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit + 1);
  if (after !== undefined) {
    const [time, id] = after;
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '>', new Date(time)),
        eb.and([eb('created_at', '=', new Date(time)), eb('id', '>', id)]),
      ]),
    );
  }
  return await query.execute();
}

export async function updateProjectBrief(
  tx: Tx,
  projectId: string,
  columns: { requirements: string; budget: string; timeline: string; preferences: string },
): Promise<void> {
  await tx.updateTable('projects').set(columns).where('id', '=', projectId).execute();
}
