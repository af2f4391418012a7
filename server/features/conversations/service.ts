// Conversations: what people write becomes the project's brief, each field with the sentence it came from.

import type { Brief, BriefParse, Evidence } from '../../../contract/brief.ts';
import type { PageQuery } from '../../../contract/common.ts';
import type {
  Action,
  AnswerLink,
  Conversation,
  ConversationMessage,
  PostMessageResponse,
  UpdateConversationRequest,
} from '../../../contract/conversations.ts';
import { parseBrief } from '../../../engine/brief/parse.ts';
import { answerQuestion, WHAT_CAN_BE_ASKED } from '../../../engine/conversation/answer.ts';
import { type SpokenTurn, summaryOf, titleOf } from '../../../engine/conversation/summary.ts';
import { notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { type Deps, iso } from '../context.ts';
import type { Live } from '../live.ts';
import { recordModelMetric } from '../model-metrics.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import type { Recommendations } from '../recommendations/service.ts';
import { track } from '../track.ts';
import { briefOf, columnsOf, evidenceFor } from './brief.ts';
import { factsOf } from './facts.ts';
import { makeOffers, offersOf } from './offers.ts';
import { composeReply, valueAt } from './reply.ts';
import * as db from './sql.ts';

const MODEL = { model_name: 'brief-parser', model_version: '1' };

/** Kept with the conversation: where each field came from, how many turns were read, what is still open. */
interface Context {
  evidence?: Evidence[];
  turns?: number;
  questions?: string[];
}

/** An answer that was found before the message is stored. */
interface Said {
  text: string;
  links: AnswerLink[];
  actions: Action[];
}

export type Conversations = ReturnType<typeof makeConversations>;

/** From this many messages on a conversation carries a summary. */
const LONG = 20;
const SUMMED_UP = 200;

export function makeConversations(deps: Deps, live: Live, recommendations: Recommendations) {
  const { postgres } = deps;
  const offers = makeOffers({ postgres, recommendations });

  /** Answers a question from the project's data, outside any transaction; null where it is none, or of no known kind. */
  async function answerTo(actor: Actor, id: string, content: string): Promise<Said | null> {
    const { intent } = parseBrief([content], { reference_date: deps.now().toISOString().slice(0, 10) });
    if (intent !== 'ask_question' && intent !== 'compare_scenarios') return null;
    const { conversation } = await postgres.withContext(actor, (tx) =>
      conversationWith(tx, id, 'project:comment'),
    );
    const { questions = [] } = (conversation.context ?? {}) as Context;
    const facts = await factsOf(
      { postgres, recommendations, now: deps.now },
      actor,
      conversation.project_id,
      questions,
    );
    const answer = answerQuestion(content, facts);
    if (answer === null)
      return intent === 'ask_question' ? { text: WHAT_CAN_BE_ASKED, links: [], actions: [] } : null;
    return { text: answer.text, links: answer.links, actions: offersOf(answer, facts.recommendation_id) };
  }

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

    applyAction: offers.apply,
    undoAction: offers.undo,

    async rename(actor: Actor, id: string, { title }: UpdateConversationRequest): Promise<Conversation> {
      return await postgres.withContext(actor, async (tx) => {
        const { conversation, project } = await conversationWith(tx, id, 'project:comment', true);
        await db.updateConversation(tx, id, { title });
        return toConversation({ ...conversation, title }, briefOf(project));
      });
    },

    /** Stores the message, reads it, and brings the project's brief up to date, all in one transaction. */
    async post(actor: Actor, id: string, content: string): Promise<PostMessageResponse> {
      const said = await answerTo(actor, id, content);
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
        const answer = changed.length === 0 ? said : null;
        const actions = [...actionsOf(parse, changed, before, answer !== null), ...(answer?.actions ?? [])];
        const now = deps.now();
        const user = await db.insertMessage(tx, {
          conversation_id: id,
          role: 'user',
          content,
          intent: parse.intent,
          entities: entitiesOf(parse, context.turns ?? 0),
          author_id: actor.user_id,
          created_at: now,
        });
        const assistant = await db.insertMessage(tx, {
          conversation_id: id,
          role: 'assistant',
          content:
            answer?.text ??
            composeReply({ intent: parse.intent, brief, changed, questions: parse.questions }),
          actions,
          links: answer?.links ?? [],
          model_used: `${MODEL.model_name}-${MODEL.model_version}`,
          tokens_used: 0,
          created_at: new Date(now.getTime() + 1),
        });
        const kept: Context = { evidence, turns: (context.turns ?? 0) + 1, questions: parse.questions };
        await db.updateConversation(tx, id, {
          context: JSON.stringify(kept),
          extracted_requirements: JSON.stringify(brief),
          ...(conversation.title === null ? { title: titleOf(content) } : {}),
        });
        if ((context.turns ?? 0) * 2 >= LONG) {
          const turns = await db.listMessages(tx, id, SUMMED_UP, undefined);
          await db.updateConversation(tx, id, {
            summary: summaryOf(brief, turns as SpokenTurn[], parse.questions),
          });
        }
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

function actionsOf(parse: BriefParse, changed: string[], before: Brief, answered: boolean): Action[] {
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
  if (question !== undefined && !answered) actions.push({ type: 'ask_question', question });
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
    title: row.title,
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
    links: (row.links ?? []) as ConversationMessage['links'],
    created_at: iso(row.created_at as Date),
  };
}

export { briefOf, evidenceFor } from './brief.ts';
