// The language model beside the built-in reader: whether it may be asked, what it is given, and what its calls used. A model
// that fails, costs too much or is not there leaves a note and the built-in reader's answer.

import { checkReading } from '../../../engine/conversation/check-model.ts';
import { modelContext } from '../../../engine/conversation/model-context.ts';
import { SYSTEM_PROMPT_VERSION } from '../../../engine/conversation/system-prompt-1.ts';
import type { LanguageModelSettings } from '../../config.ts';
import type { Actor } from '../../platform/http.ts';
import { makeRateLimiter } from '../../platform/rate-limit.ts';
import type { Catalog } from '../catalog/service.ts';
import type { Deps } from '../context.ts';
import type { ModelCall } from '../model-metrics.ts';
import type { Recommendations } from '../recommendations/service.ts';
import { setAside } from './budget.ts';
import { factsOf } from './facts.ts';
import { makeBreaker } from './model/breaker.ts';
import { makeDesk } from './model/desk.ts';
import { failureOf, logSentence, type ModelFailure, NOTES } from './model/failure.ts';
import { type Model, openModel } from './model/provider.ts';
import { type ReaderResult, readWithModel } from './model/reader.ts';
import type { Attempt } from './model/round.ts';
import { deleteHold } from './sql/budget.ts';
import * as db from './sql.ts';
import { conversationWith, type Heard, type ModelAnswer } from './turn.ts';

/** Messages of one person that the model is asked about in a minute. */
const A_MINUTE = 20;
/** Messages before this one that the model sees. */
const REMEMBERED = 8;

export interface Question {
  actor: Actor;
  conversation_id: string;
  heard: Heard;
  content: string;
  listener: { delta?: (text: string) => void; signal?: AbortSignal };
}

export interface Outcome {
  /** Null where the built-in reader answers. */
  answer: ModelAnswer | null;
  note: { text: string; tokens: number } | null;
  calls: Omit<ModelCall, 'confidence_score'>[];
}

export function makeAssistant(
  deps: Deps,
  recommendations: Recommendations,
  catalog: Pick<Catalog, 'search'>,
) {
  const { postgres, log, config } = deps;
  const settings = config.language_model;
  const breaker = makeBreaker();
  const limiter = makeRateLimiter(deps.kv, { name: 'language_model', points: A_MINUTE, window_seconds: 60 });
  let opened: Promise<Model> | undefined;
  const open = (wanted: LanguageModelSettings) => {
    opened ??= openModel(wanted);
    return opened;
  };

  /** Facts, history and the last summary, all with the rights of the person who asks. */
  async function read(wanted: LanguageModelSettings, question: Question): Promise<Asked> {
    const { actor, heard, content, listener } = question;
    const [known, history] = await Promise.all([
      factsOf(
        { postgres, recommendations, now: deps.now },
        actor,
        heard.project_id,
        heard.understood.questions,
      ),
      postgres.withContext(actor, (tx) =>
        db.lastMessages(tx, question.conversation_id, heard.at, REMEMBERED),
      ),
    ]);
    // Who said what stays here: people's names are not sent.
    const facts = { ...known, changes: [] };
    const { text: context, references } = modelContext(facts);
    const desk = makeDesk({
      facts,
      references,
      may_edit: heard.may_edit,
      search: async ({ q, max_price, limit }) =>
        (
          await catalog.search(actor, {
            q,
            limit,
            sort: 'relevance',
            probe: 'true',
            ...(max_price === undefined ? {} : { max_price }),
          })
        ).items,
      check: (reading) =>
        checkReading(reading, {
          message: content,
          parsed: heard.understood,
          turn: heard.turn,
          reference_date: heard.today,
        }),
    });
    const result = await readWithModel({
      model: await open(wanted),
      settings: wanted,
      desk,
      context,
      summary: heard.summary,
      history: history.flatMap(({ role, content: said }) =>
        role === 'user' || role === 'assistant' ? [{ role, content: said }] : [],
      ),
      message: content,
      onText: listener.delta ?? (() => undefined),
      signal: listener.signal,
    });
    return { ...result, desk };
  }

  function callsOf(wanted: LanguageModelSettings, { heard, actor }: Question, attempts: readonly Attempt[]) {
    return attempts.map(({ outcome, latency_ms, tokens_in, tokens_out }) => ({
      task_type: 'conversation' as const,
      model_name: wanted.model,
      model_version: SYSTEM_PROMPT_VERSION,
      latency_ms,
      tokens_used: tokens_in + tokens_out,
      cost_usd:
        wanted.price === null
          ? null
          : (tokens_in * wanted.price.input + tokens_out * wanted.price.output) / 1_000_000,
      outcome,
      project_id: heard.project_id,
      user_id: actor.user_id,
    }));
  }

  return {
    /**
     * Whether the model is asked for a message of this conversation; the note says why not, where there is one at all. Where
     * it is, the message's part of the budget is set aside until done() is told.
     */
    async readiness(
      actor: Actor,
      conversationId: string,
    ): Promise<{ ready: true; hold: string } | { ready: false; note: string | null }> {
      if (settings === undefined) return { ready: false, note: null };
      if (breaker.isOpen()) return { ready: false, note: NOTES.paused };
      const { allowed } = await limiter.consume(actor.user_id);
      if (!allowed) return { ready: false, note: NOTES.too_many };
      const { project } = await postgres.withContext(actor, (tx) =>
        conversationWith(tx, conversationId, 'project:comment'),
      );
      const aside = await postgres.asSystem((tx) => setAside(tx, project, settings, deps.now()));
      return 'hold' in aside ? { ready: true, ...aside } : { ready: false, note: NOTES[aside.spent] };
    },

    /** The message's calls are written down, or it came to nothing. */
    async done(hold: string): Promise<void> {
      await postgres.asSystem((tx) => deleteHold(tx, hold));
    },

    async answer(question: Question): Promise<Outcome> {
      if (settings === undefined) return { answer: null, note: null, calls: [] };
      const stopped = () => question.listener.signal?.aborted === true;
      let result: Asked | null = null;
      let failure: ModelFailure | null;
      try {
        result = await read(settings, question);
        failure = result.failure;
      } catch (error) {
        failure = failureOf(error, { over: false, stopped: stopped() });
        log.error({ error }, 'A message could not be given to the language model.');
      }
      const calls = callsOf(settings, question, result?.attempts ?? []);
      const tokens = calls.reduce((sum, one) => sum + one.tokens_used, 0);
      if (failure === null || failure.declined) breaker.succeeded();
      else if (failure.kind !== 'stopped') breaker.failed();
      if (failure !== null && failure.kind !== 'stopped')
        log.warn({ status: failure.status, outcome: failure.kind }, logSentence(failure, settings));
      if (failure !== null || result === null) {
        const kind = failure?.kind ?? 'failed';
        return { answer: null, note: { text: NOTES[kind], tokens }, calls };
      }
      const { text, desk } = result;
      const { readings, actions, links } = desk;
      return {
        answer: { model: settings.model, text, readings, actions, links, tokens },
        note: null,
        calls,
      };
    },
  };
}

type Asked = ReaderResult & { desk: ReturnType<typeof makeDesk> };
