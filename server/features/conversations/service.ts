// Conversations: what people write becomes the project's brief, each field with the sentence it came from.

import type { Brief } from '../../../contract/brief.ts';
import type { PageQuery } from '../../../contract/common.ts';
import type {
  Conversation,
  PostMessageResponse,
  Understood,
  UpdateConversationRequest,
} from '../../../contract/conversations.ts';
import { answerOrder, answerQuestion, WHAT_CAN_BE_ASKED } from '../../../engine/conversation/answer.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Catalog } from '../catalog/service.ts';
import { type Deps, iso } from '../context.ts';
import type { Live } from '../live.ts';
import { recordModelCalls } from '../model-metrics.ts';
import { requireProject } from '../projects/service.ts';
import type { Recommendations } from '../recommendations/service.ts';
import { makeAssistant, type Outcome } from './assistant.ts';
import { briefOf, evidenceFor } from './brief.ts';
import { factsOf } from './facts.ts';
import { makeOffers, offersOf } from './offers.ts';
import { type Context, type Reading, readMessage } from './reading.ts';
import { toMessage } from './shapes.ts';
import * as db from './sql.ts';
import {
  type Answered,
  answerOffline,
  answerWithModel,
  conversationWith,
  type Heard,
  hear,
  type Said,
} from './turn.ts';
import { undoBySaying } from './undo.ts';

export type Conversations = ReturnType<typeof makeConversations>;

/** Somebody who follows an answer while it is made. */
export interface Listener {
  /** First what the built-in reader took from the message; again where a language model added to it. */
  understood?: (understood: Understood) => void;
  delta?: (text: string) => void;
  /** They went away: the language model is not asked on. */
  signal?: AbortSignal;
  /** The built-in reader alone, whatever is configured: for messages that no person waits for. */
  offline?: boolean;
}

interface Read {
  reading: Reading;
  conversation: db.ConversationRow;
}

/** A message with what is known before it is stored. */
interface Turn {
  actor: Actor;
  id: string;
  content: string;
  said: Said | null;
  reading: Reading;
}

export function makeConversations(
  deps: Deps,
  live: Live,
  recommendations: Recommendations,
  catalog: Pick<Catalog, 'search'>,
) {
  const { postgres } = deps;
  const offers = makeOffers({ postgres, recommendations });
  const assistant = makeAssistant(deps, recommendations, catalog);

  /** Answers a question from the project's data, outside any transaction; null where it is none, or of no known kind. */
  async function answerTo(
    actor: Actor,
    content: string,
    { reading, conversation }: Read,
  ): Promise<Said | null> {
    const { intent, changed } = reading.parse;
    const asked = intent === 'ask_question' || intent === 'compare_scenarios';
    // What changes the brief is answered by what it changed; greetings and approvals ask for nothing.
    if (changed.length > 0 || intent === 'greeting' || intent === 'approve') return null;
    const { questions = [] } = (conversation.context ?? {}) as Context;
    const facts = await factsOf(
      { postgres, recommendations, now: deps.now },
      actor,
      conversation.project_id,
      questions,
    );
    const answer =
      asked || content.trim().endsWith('?') ? answerQuestion(content, facts) : answerOrder(content, facts);
    if (answer === null)
      return intent === 'ask_question' ? { text: WHAT_CAN_BE_ASKED, links: [], actions: [] } : null;
    const { text, links, topic } = answer;
    return {
      text,
      links,
      actions: offersOf(answer, facts.recommendation_id),
      of_people: topic === 'history',
    };
  }

  /** What the parser makes of a message, before anything is stored. */
  async function read(actor: Actor, id: string, content: string): Promise<Read> {
    const { conversation, project } = await postgres.withContext(actor, (tx) =>
      conversationWith(tx, id, 'project:comment'),
    );
    const context = (conversation.context ?? {}) as Context;
    return { conversation, reading: readMessage(project, context, content, deps.now()) };
  }

  /** Message and answer in one transaction: the built-in reader alone. */
  async function converse({ actor, id, content, said, reading }: Turn, note: string | null) {
    return await postgres.withContext(actor, async (tx) => {
      const heard = await hear(tx, actor, id, content, deps.now(), reading, isAnswered(said));
      const told = note === null ? null : { text: note, tokens: 0 };
      return { heard, answered: await answerOffline(tx, id, heard, said, told, heard.at) };
    });
  }

  /** The message is kept before the model is asked, so that it is not lost with the answer. */
  async function converseWithModel(
    { actor, id, content, said, reading }: Turn,
    listener: Listener,
  ): Promise<{ heard: Heard; answered: Answered }> {
    const heard = await postgres.withContext(actor, (tx) =>
      hear(tx, actor, id, content, deps.now(), reading, isAnswered(said)),
    );
    listener.understood?.(heard.understood);
    await tell(actor, id, heard.project_id, heard.understood.changed.length > 0);
    const outcome = await assistant.answer({ actor, conversation_id: id, heard, content, listener });
    const answered = await writeDown(
      outcome.calls,
      async (tx) =>
        outcome.answer === null
          ? await answerOffline(tx, id, heard, said, outcome.note, deps.now())
          : await answerWithModel(tx, id, heard, content, outcome.answer, deps.now()),
      actor,
    );
    if (answered.added.length > 0) listener.understood?.(answered.understood);
    return { heard, answered };
  }

  /** Answer and calls in one transaction. Calls were paid for also where the answer cannot be kept. */
  async function writeDown(
    calls: Outcome['calls'],
    answer: (tx: Tx) => Promise<Answered>,
    actor: Actor,
  ): Promise<Answered> {
    try {
      return await postgres.withContext(actor, async (tx) => {
        const done = await answer(tx);
        await recordModelCalls(
          tx,
          calls.map((call) => ({
            ...call,
            confidence_score: done.confidence,
            message_id: done.assistant.id,
          })),
        );
        return done;
      });
    } catch (error) {
      await postgres.asSystem((tx) =>
        recordModelCalls(
          tx,
          calls.map((call) => ({ ...call, confidence_score: null, message_id: null })),
        ),
      );
      throw error;
    }
  }

  async function tell(actor: Actor, id: string, project_id: string, changed: boolean): Promise<void> {
    const { user_id: actor_id } = actor;
    await live.publish({ type: 'conversation.updated', project_id, subject_id: id, actor_id });
    if (changed) await live.publish({ type: 'project.updated', project_id, actor_id });
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

    /** Stores the message, reads it, brings the project's brief up to date, and answers. */
    async post(
      actor: Actor,
      id: string,
      content: string,
      listener: Listener = {},
    ): Promise<PostMessageResponse> {
      const known = await read(actor, id, content);
      const undone = await undoBySaying(
        { postgres, undo: offers.undo },
        actor,
        id,
        content,
        known.reading,
        (known.conversation.context ?? {}) as Context,
      );
      const said = undone === null ? await answerTo(actor, content, known) : undone.said;
      const turn: Turn = { actor, id, content, said, reading: undone?.reading ?? known.reading };
      // Nothing to ask a language model about: it is done already, or told by what it is not given.
      const here = undone !== null || said?.of_people === true;
      const readiness =
        listener.offline === true || here
          ? { ready: false as const, note: null }
          : await assistant.readiness(actor, id);
      const { heard, answered } = readiness.ready
        ? await converseWithModel(turn, listener).finally(() => assistant.done(readiness.hold))
        : await converse(turn, readiness.note);
      if (!readiness.ready) listener.understood?.(answered.understood);
      const changed = readiness.ready ? answered.added : answered.understood.changed;
      await tell(actor, id, heard.project_id, changed.length > 0);
      return { ...answered.understood, assistant_message: answered.assistant };
    },
  };
}

/** A question that is not understood is answered with what can be asked. */
const isAnswered = (said: Said | null): boolean => said !== null && said.text !== WHAT_CAN_BE_ASKED;

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

export { briefOf, evidenceFor } from './brief.ts';
