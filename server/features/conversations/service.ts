// Conversations: what people write becomes the project's brief, each field with the sentence it came from.

import type { Brief, BriefParse, Evidence } from '../../../contract/brief.ts';
import type { PageQuery } from '../../../contract/common.ts';
import type {
  Action,
  Conversation,
  ConversationMessage,
  PostMessageResponse,
} from '../../../contract/conversations.ts';
import { parseBrief } from '../../../engine/brief/parse.ts';
import { notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { type Deps, iso } from '../context.ts';
import type { Live } from '../live.ts';
import { recordModelMetric } from '../model-metrics.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { briefOf, columnsOf, evidenceFor } from './brief.ts';
import { composeReply, valueAt } from './reply.ts';
import * as db from './sql.ts';

const MODEL = { model_name: 'brief-parser', model_version: '1' };

/** Kept with the conversation: where each field came from, how many turns were read, what is still open. */
interface Context {
  evidence?: Evidence[];
  turns?: number;
  questions?: string[];
}

export type Conversations = ReturnType<typeof makeConversations>;

export function makeConversations(deps: Deps, live: Live) {
  const { postgres } = deps;

  async function conversationWith(
    tx: Tx,
    id: string,
    permission: 'project:read' | 'project:comment',
    lock = false,
  ) {
    const found = await db.findConversation(tx, id, { lock: false });
    if (found === undefined) throw notFound('conversation');
    const project = await requireProject(tx, found.project_id, permission);
    const conversation = lock ? ((await db.findConversation(tx, id, { lock })) ?? found) : found;
    return { conversation, project };
  }

  return {
    async create(actor: Actor, projectId: string): Promise<Conversation> {
      return await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, projectId, 'project:comment');
        return toConversation(await db.insertConversation(tx, projectId, actor.user_id), briefOf(project));
      });
    },

    async list(actor: Actor, projectId: string): Promise<Conversation[]> {
      return await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, projectId, 'project:read');
        return (await db.listConversations(tx, projectId)).map((row) =>
          toConversation(row, briefOf(project)),
        );
      });
    },

    async get(actor: Actor, id: string): Promise<Conversation> {
      return await postgres.withContext(actor, async (tx) => {
        const { conversation, project } = await conversationWith(tx, id, 'project:read');
        return toConversation(conversation, briefOf(project));
      });
    },

    async messages(actor: Actor, id: string, query: PageQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, async (tx) => {
        await conversationWith(tx, id, 'project:read');
        return await db.listMessages(tx, id, query.limit, after);
      });
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at as Date), row.id]);
      return { ...page, items: page.items.map(toMessage) };
    },

    /** Stores the message, reads it, and brings the project's brief up to date, all in one transaction. */
    async post(actor: Actor, id: string, content: string): Promise<PostMessageResponse> {
      const response = await postgres.withContext(actor, async (tx) => {
        const { conversation, project } = await conversationWith(tx, id, 'project:comment', true);
        const context = (conversation.context ?? {}) as Context;
        const before = briefOf(project);
        const begun = performance.now();
        const parse = parseBrief([content], {
          reference_date: deps.now().toISOString().slice(0, 10),
          previous: {
            brief: before,
            evidence: evidenceFor(before, context.evidence ?? []),
            turns: context.turns ?? 0,
          },
        });
        const latency_ms = Math.round(performance.now() - begun);
        // A commenter may talk and ask; the brief is changed by those who may edit the project.
        const mayEdit = project.role === 'owner' || project.role === 'editor';
        const changed = mayEdit ? parse.changed : [];
        const brief = mayEdit ? parse.brief : before;
        const evidence = mayEdit ? parse.evidence : (context.evidence ?? []);
        const actions = actionsOf(parse, changed, before);
        const now = deps.now();
        const user = await db.insertMessage(tx, {
          conversation_id: id,
          role: 'user',
          content,
          intent: parse.intent,
          entities: entitiesOf(parse, context.turns ?? 0),
          created_at: now,
        });
        const assistant = await db.insertMessage(tx, {
          conversation_id: id,
          role: 'assistant',
          content: composeReply({ intent: parse.intent, brief, changed, questions: parse.questions }),
          actions,
          model_used: `${MODEL.model_name}-${MODEL.model_version}`,
          tokens_used: 0,
          created_at: new Date(now.getTime() + 1),
        });
        const kept: Context = { evidence, turns: (context.turns ?? 0) + 1, questions: parse.questions };
        await db.updateConversation(tx, id, {
          context: JSON.stringify(kept),
          extracted_requirements: JSON.stringify(brief),
        });
        if (changed.length > 0) {
          await db.updateProjectBrief(tx, project.id, columnsOf(brief, project));
          await refreshProgress(tx, project.id);
        }
        await recordModelMetric(tx, {
          ...MODEL,
          task_type: 'conversation',
          confidence_score: null,
          latency_ms,
          project_id: project.id,
          user_id: actor.user_id,
        });
        await track(tx, actor, now, {
          event_name: 'message_sent',
          event_type: 'action',
          project_id: project.id,
          organization_id: project.organization_id,
          properties: { intent: parse.intent, changed: changed.length },
        });
        return {
          project_id: project.id,
          body: {
            user_message: toMessage(user),
            assistant_message: toMessage(assistant),
            intent: parse.intent,
            changed,
            brief,
            evidence,
            questions: parse.questions,
          },
        };
      });
      const { project_id } = response;
      await live.publish({
        type: 'conversation.updated',
        project_id,
        subject_id: id,
        actor_id: actor.user_id,
      });
      if (response.body.changed.length > 0)
        await live.publish({ type: 'project.updated', project_id, actor_id: actor.user_id });
      return response.body;
    },
  };
}

function actionsOf(parse: BriefParse, changed: string[], before: Brief): Action[] {
  const actions: Action[] = [];
  if (changed.length > 0) {
    actions.push({
      type: 'update_project',
      updates: changed.map((path) => ({
        path,
        before: valueAt(before, path),
        after: valueAt(parse.brief, path),
      })),
    });
  }
  if (parse.intent === 'request_recommendation') actions.push({ type: 'offer_recommendation' });
  if (parse.intent === 'compare_scenarios') actions.push({ type: 'offer_comparison' });
  if (parse.intent === 'approve') actions.push({ type: 'offer_approval' });
  const [question] = parse.questions;
  if (question !== undefined) actions.push({ type: 'ask_question', question });
  return actions;
}

function typeOfField(path: string, value: unknown): string {
  if (path.startsWith('budget.') && typeof value === 'number') return 'money';
  if (path.endsWith('_date')) return 'date';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'flag';
  return path.endsWith('preferred_brands') ? 'name' : 'choice';
}

/** The evidence that this turn gave, as the message's entities. */
function entitiesOf(parse: BriefParse, turn: number) {
  return parse.evidence
    .filter((one) => one.turn === turn)
    .map((one) => ({
      type: typeOfField(one.path, one.value),
      field: one.path,
      value: one.value,
      quote: one.quote,
    }));
}

function toConversation(row: db.ConversationRow, brief: Brief): Conversation {
  const context = (row.context ?? {}) as Context;
  return {
    id: row.id,
    project_id: row.project_id,
    user_id: row.user_id,
    status: row.status as Conversation['status'],
    summary: row.summary,
    brief,
    evidence: evidenceFor(brief, context.evidence ?? []),
    questions: context.questions ?? [],
    created_at: iso(row.created_at as Date),
    updated_at: iso(row.updated_at as Date),
  };
}

function toMessage(row: db.MessageRow): ConversationMessage {
  return {
    ...row,
    role: row.role as ConversationMessage['role'],
    entities: (row.entities ?? []) as ConversationMessage['entities'],
    actions: (row.actions ?? []) as ConversationMessage['actions'],
    created_at: iso(row.created_at as Date),
  };
}

export { briefOf, evidenceFor } from './brief.ts';
