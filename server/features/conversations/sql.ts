// Queries on conversations and their messages.
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres.ts';

const CONVERSATION_COLUMNS = [
  'id',
  'project_id',
  'user_id',
  'title',
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
  'links',
  'author_id',
  'model_used',
  'tokens_used',
  'created_at',
] as const;

/** As the reader may see it: people one shares nothing with have no name here. */
const AUTHOR_NAME = sql<string | null>`(SELECT nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '')
  FROM users u WHERE u.id = conversation_messages.author_id)`;

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
  change: { context?: string; extracted_requirements?: string; title?: string; summary?: string },
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
    links?: unknown[];
    author_id?: string;
    confidence?: number | null;
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
      links: JSON.stringify(values.links ?? []),
      confidence: values.confidence ?? null,
      author_id: values.author_id ?? null,
      model_used: values.model_used ?? null,
      tokens_used: values.tokens_used ?? null,
    })
    .returning(MESSAGE_COLUMNS)
    .returning(AUTHOR_NAME.as('author_name'))
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
    .select(AUTHOR_NAME.as('author_name'))
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

/** The last answers of a conversation with what they did and the message each answers, the latest first. */
export async function lastAnswers(tx: Tx, conversationId: string, limit: number) {
  return await tx
    .selectFrom('conversation_messages')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('conversation_messages as said')
          .select('said.content')
          .whereRef('said.conversation_id', '=', 'conversation_messages.conversation_id')
          .where('said.role', '=', 'user')
          .whereRef('said.created_at', '<', 'conversation_messages.created_at')
          .orderBy('said.created_at', 'desc')
          .limit(1)
          .as('asked'),
      (join) => join.onTrue(),
    )
    .select(['conversation_messages.id', 'conversation_messages.actions', 'asked.content as said'])
    .where('conversation_messages.conversation_id', '=', conversationId)
    .where('conversation_messages.role', '=', 'assistant')
    .orderBy('conversation_messages.created_at', 'desc')
    .orderBy('conversation_messages.id', 'desc')
    .limit(limit)
    .execute();
}

/** Answers of all conversations of a project that changed its brief, with the message each answers; the latest first. */
export async function listChanges(tx: Tx, projectId: string, limit: number) {
  return await tx
    .selectFrom('conversation_messages')
    .innerJoin('conversations', 'conversations.id', 'conversation_messages.conversation_id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('conversation_messages as said')
          .select(['said.content', 'said.entities', 'said.author_id'])
          .whereRef('said.conversation_id', '=', 'conversation_messages.conversation_id')
          .where('said.role', '=', 'user')
          .whereRef('said.created_at', '<', 'conversation_messages.created_at')
          .orderBy('said.created_at', 'desc')
          .limit(1)
          .as('asked'),
      (join) => join.onTrue(),
    )
    .leftJoin('users', 'users.id', 'asked.author_id')
    .select([
      'conversation_messages.actions',
      'conversation_messages.created_at',
      'asked.content',
      'asked.entities',
      sql<string | null>`nullif(trim(concat_ws(' ', users.first_name, users.last_name)), '')`.as('by'),
    ])
    .where('conversations.project_id', '=', projectId)
    .where('conversation_messages.role', '=', 'assistant')
    .where(sql<boolean>`conversation_messages.actions @> '[{"type":"update_project"}]'::jsonb`)
    .orderBy('conversation_messages.created_at', 'desc')
    .orderBy('conversation_messages.id', 'desc')
    .limit(limit)
    .execute();
}

export async function hasRecommendation(tx: Tx, projectId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('recommendations')
    .select('id')
    .where('project_id', '=', projectId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The last messages of a conversation before `before`, oldest first. */
export async function lastMessages(tx: Tx, conversationId: string, before: Date, limit: number) {
  const rows = await tx
    .selectFrom('conversation_messages')
    .select(['role', 'content'])
    .where('conversation_id', '=', conversationId)
    .where('created_at', '<', before)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse();
}

export async function updateProjectBrief(
  tx: Tx,
  projectId: string,
  columns: { requirements: string; budget: string; timeline: string; preferences: string },
): Promise<void> {
  await tx.updateTable('projects').set(columns).where('id', '=', projectId).execute();
}

/** One message of a conversation, locked: its actions are about to change. */
export async function lockMessage(tx: Tx, conversationId: string, id: string) {
  return await tx
    .selectFrom('conversation_messages')
    .select(['id', 'actions'])
    .where('conversation_id', '=', conversationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateActions(tx: Tx, id: string, actions: unknown[]): Promise<void> {
  await tx
    .updateTable('conversation_messages')
    .set({ actions: JSON.stringify(actions) })
    .where('id', '=', id)
    .execute();
}

export async function countMessages(tx: Tx, conversationId: string): Promise<number> {
  const { n } = await tx
    .selectFrom('conversation_messages')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('conversation_id', '=', conversationId)
    .executeTakeFirstOrThrow();
  return n;
}

/** Rooms of the project's plans that are there. */
export async function listSpaces(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('spaces')
    .innerJoin('floor_plans', 'floor_plans.id', 'spaces.floor_plan_id')
    .select([
      'spaces.id',
      'spaces.name',
      'spaces.number',
      'spaces.type',
      'spaces.area_sqft',
      'spaces.detection_confidence',
      'spaces.manually_edited',
      'spaces.reviewed_at',
    ])
    .where('spaces.project_id', '=', projectId)
    .where('floor_plans.deleted_at', 'is', null)
    .orderBy('spaces.number')
    .orderBy('spaces.name')
    .orderBy('spaces.id')
    .execute();
}
export type SpaceRow = Awaited<ReturnType<typeof listSpaces>>[number];
