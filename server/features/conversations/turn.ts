// One turn of a conversation as it is written down: first what was heard (the message, read by the built-in parser, and the
// project's brief), then what is answered. Both run inside a transaction of the caller.
import type { Brief, BriefParse, Evidence } from '../../../contract/brief.ts';
import type { Action, AnswerLink, ConversationMessage, Understood } from '../../../contract/conversations.ts';
import { openQuestions } from '../../../engine/brief/questions.ts';
import {
  type CheckedReading,
  checkReading,
  type ModelReading,
} from '../../../engine/conversation/check-model.ts';
import { labelOf } from '../../../engine/conversation/fields.ts';
import { type SpokenTurn, summaryOf, titleOf } from '../../../engine/conversation/summary.ts';
import { notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { recordModelMetric } from '../model-metrics.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { briefOf, columnsOf, evidenceFor } from './brief.ts';
import { type Context, confidenceOf, type Reading, readMessage } from './reading.ts';
import { composeReply } from './reply.ts';
import { actionsOf, entitiesOf, toMessage } from './shapes.ts';
import * as db from './sql.ts';

const PARSER = { model_name: 'brief-parser', model_version: '1' };

/** An answer from the project's data that was found before the message is stored. */
export interface Said {
  text: string;
  links: AnswerLink[];
  actions: Action[];
  /** Told by names and messages of the project's people, which no language model is given. */
  of_people?: boolean;
}

/** From this many messages on a conversation carries a summary. */
const LONG = 20;
const SUMMED_UP = 200;
const MOST_CONFIRMATIONS = 5;

export async function conversationWith(
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

export interface Heard {
  understood: Understood;
  parse: BriefParse;
  /** The brief before this message. */
  before: Brief;
  turn: number;
  today: string;
  at: Date;
  project_id: string;
  organization_id: string | null;
  may_edit: boolean;
  /** How much of the message the parser understood, 0 to 1; see reading.ts. */
  confidence: number | null;
  /** Furniture was recommended before. */
  furnished: boolean;
  summary: string | null;
}

/** Stores the message and brings the project's brief up to date by what the parser read in it. */
export async function hear(
  tx: Tx,
  actor: Actor,
  id: string,
  content: string,
  now: Date,
  known: Reading,
  answered = false,
): Promise<Heard> {
  const { conversation, project } = await conversationWith(tx, id, 'project:comment', true);
  const context = (conversation.context ?? {}) as Context;
  const reading = readMessage(project, context, content, now, known);
  const { parse, before, turn, today, latency_ms } = reading;
  const confidence = confidenceOf(reading, content, answered);
  // A commenter may talk and ask; the brief is changed by those who may edit the project.
  const may_edit = project.role === 'owner' || project.role === 'editor';
  const changed = may_edit ? parse.changed : [];
  const brief = may_edit ? parse.brief : before;
  const evidence = may_edit ? parse.evidence : (context.evidence ?? []);
  const user = await db.insertMessage(tx, {
    conversation_id: id,
    role: 'user',
    content,
    intent: parse.intent,
    entities: entitiesOf(parse, turn),
    confidence,
    model_used: `${PARSER.model_name}-${PARSER.model_version}`,
    tokens_used: 0,
    author_id: actor.user_id,
    created_at: now,
  });
  const kept: Context = { evidence, turns: turn + 1, questions: parse.questions };
  await db.updateConversation(tx, id, {
    context: JSON.stringify(kept),
    extracted_requirements: JSON.stringify(brief),
    ...(conversation.title === null ? { title: titleOf(content) } : {}),
  });
  if (changed.length > 0) {
    await db.updateProjectBrief(tx, project.id, columnsOf(brief, project));
    await refreshProgress(tx, project.id);
  }
  await recordModelMetric(tx, {
    ...PARSER,
    task_type: 'conversation',
    confidence_score: confidence,
    latency_ms,
    project_id: project.id,
    user_id: actor.user_id,
    message_id: user.id,
  });
  await track(tx, actor, now, {
    event_name: 'message_sent',
    event_type: 'action',
    project_id: project.id,
    organization_id: project.organization_id,
    properties: { intent: parse.intent, changed: changed.length },
  });
  const understood = {
    user_message: toMessage(user),
    intent: parse.intent,
    changed,
    brief,
    evidence,
    questions: parse.questions,
  };
  return {
    understood,
    parse,
    before,
    turn,
    today,
    at: now,
    project_id: project.id,
    organization_id: project.organization_id,
    may_edit,
    confidence,
    furnished: may_edit && (await db.hasRecommendation(tx, project.id)),
    summary: conversation.summary,
  };
}

/** What a language model came to. */
export interface ModelAnswer {
  model: string;
  text: string;
  readings: readonly ModelReading[];
  actions: Action[];
  links: AnswerLink[];
  tokens: number;
}

export interface Answered {
  understood: Understood;
  assistant: ConversationMessage;
  /** Paths that the model added to what the parser had changed. */
  added: string[];
  /** Share of the model's values that could be proved, 0 to 1; null where it gave none. */
  confidence: number | null;
}

/** Answers from the parser and the project's data; `note` says why no language model did, and what it used. */
export async function answerOffline(
  tx: Tx,
  id: string,
  heard: Heard,
  said: Said | null,
  note: { text: string; tokens: number } | null,
  now: Date,
): Promise<Answered> {
  const { parse, understood } = heard;
  const answer = understood.changed.length === 0 ? said : null;
  const text =
    answer?.text ??
    composeReply({
      intent: parse.intent,
      brief: understood.brief,
      changed: understood.changed,
      questions: parse.questions,
      content: understood.user_message.content,
      furnished: heard.furnished,
    });
  const assistant = await db.insertMessage(tx, {
    conversation_id: id,
    role: 'assistant',
    content: note === null ? text : `${text}\n\n${note.text}`,
    actions: [
      ...actionsOf(heard, understood.changed, understood.brief, answer !== null),
      ...(answer?.actions ?? []),
    ],
    links: answer?.links ?? [],
    confidence: heard.confidence,
    model_used: `${PARSER.model_name}-${PARSER.model_version}`,
    tokens_used: note?.tokens ?? 0,
    created_at: afterMessage(heard, now),
  });
  await sumUp(tx, id, heard, understood);
  return { understood, assistant: toMessage(assistant), added: [], confidence: null };
}

/** Writes down what a model answered; of what it read, what stands the check becomes the brief. */
export async function answerWithModel(
  tx: Tx,
  id: string,
  heard: Heard,
  content: string,
  answer: ModelAnswer,
  now: Date,
): Promise<Answered> {
  const { conversation, project } = await conversationWith(tx, id, 'project:comment', true);
  const checked = readInto(heard, content, briefOf(project), (conversation.context ?? {}) as Context, answer);
  const questions = heard.may_edit ? openQuestions(checked.brief) : heard.understood.questions;
  const understood: Understood = {
    ...heard.understood,
    changed: [...new Set([...heard.understood.changed, ...checked.changed])],
    brief: checked.brief,
    evidence: checked.evidence,
    questions,
  };
  if (checked.changed.length > 0) {
    const context = (conversation.context ?? {}) as Context;
    await db.updateConversation(tx, id, {
      context: JSON.stringify({ ...context, evidence: checked.evidence, questions } satisfies Context),
      extracted_requirements: JSON.stringify(checked.brief),
    });
    await db.updateProjectBrief(tx, project.id, columnsOf(checked.brief, project));
    await refreshProgress(tx, project.id);
  }
  const values = checked.accepted.length + checked.uncertain.length + checked.dropped.length;
  const confidence = values === 0 ? null : Math.round((checked.accepted.length / values) * 100) / 100;
  const base = actionsOf(heard, understood.changed, understood.brief, true);
  const assistant = await db.insertMessage(tx, {
    conversation_id: id,
    role: 'assistant',
    content: [answer.text || composeReply({ ...understood, intent: heard.parse.intent }), leftOut(checked)]
      .filter(Boolean)
      .join('\n\n'),
    actions: [
      ...base,
      ...answer.actions.filter((one) => !base.some(({ type }) => type === one.type)),
      ...confirmationsOf(checked),
    ],
    links: answer.links,
    confidence,
    model_used: answer.model,
    tokens_used: answer.tokens,
    created_at: afterMessage(heard, now),
  });
  await sumUp(tx, id, heard, understood);
  return { understood, assistant: toMessage(assistant), added: checked.changed, confidence };
}

/** Later than the message it answers, also where both are written at one time. */
function afterMessage({ at }: Heard, now: Date): Date {
  return new Date(Math.max(at.getTime() + 1, now.getTime()));
}

function readInto(
  heard: Heard,
  message: string,
  brief: Brief,
  context: Context,
  { readings }: ModelAnswer,
): CheckedReading {
  let checked: CheckedReading = {
    brief,
    evidence: evidenceFor(brief, context.evidence ?? []),
    changed: [],
    accepted: [],
    uncertain: [],
    dropped: [],
  };
  if (!heard.may_edit) return checked;
  for (const reading of readings) {
    const next = checkReading(reading, {
      message,
      parsed: { brief: checked.brief, evidence: checked.evidence },
      turn: heard.turn,
      reference_date: heard.today,
    });
    checked = {
      ...next,
      changed: [...new Set([...checked.changed, ...next.changed])],
      accepted: [...checked.accepted, ...next.accepted],
      uncertain: [
        ...checked.uncertain,
        ...next.uncertain.filter((one) => !checked.uncertain.some((known) => sameReading(known, one))),
      ],
      dropped: [...checked.dropped, ...next.dropped],
    };
  }
  return checked;
}

const sameReading = (a: Evidence, b: Evidence): boolean => a.path === b.path && a.value === b.value;

/** What the model reads into words that do not say it is shown as its reading, for a person to confirm. */
function confirmationsOf({ uncertain, accepted }: CheckedReading): Action[] {
  return uncertain
    .filter((one) => !accepted.some((taken) => sameReading(taken, one)))
    .slice(0, MOST_CONFIRMATIONS)
    .map(({ path, value, quote }) => ({ type: 'confirm_field', reading: { path, value, quote } }));
}

/** Says which values of the model do not count, so that nobody takes its sentence for the brief. */
function leftOut({ dropped, accepted }: CheckedReading): string {
  const open = dropped.filter(({ path }) => !accepted.some((one) => one.path === path));
  const said = new Map(open.map(({ path, reason }) => [labelOf(path), reason]));
  if (said.size === 0) return '';
  const shown = [...said].slice(0, 4).map(([label, reason]) => `${label} (${reason})`);
  return `Not taken over: ${shown.join('; ')}${said.size > 4 ? `; and ${said.size - 4} more` : ''}.`;
}

async function sumUp(tx: Tx, id: string, heard: Heard, { brief, questions }: Understood): Promise<void> {
  if (heard.turn * 2 < LONG) return;
  const turns = await db.listMessages(tx, id, SUMMED_UP, undefined);
  await db.updateConversation(tx, id, { summary: summaryOf(brief, turns as SpokenTurn[], questions) });
}
