// Why a language model gave no answer, as it is kept with the call, said to people, and written to the log.
import { APICallError } from '@ai-sdk/provider';
import type { LanguageModelSettings } from '../../../config.ts';

/** As in ai_model_metrics.outcome, less "answered". */
export type FailureKind = 'timed_out' | 'refused' | 'overloaded' | 'failed' | 'stopped';

export class ModelFailure extends Error {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  /** Milliseconds that the provider asks to wait. */
  readonly retry_after_ms: number | undefined;
  /** The call never reached the model, or the model said no at once: no tokens were used. */
  readonly free: boolean;

  /** The model would not answer this message: nothing is wrong with the provider. */
  get declined(): boolean {
    return this.kind === 'refused' && this.status === undefined;
  }

  constructor(
    kind: FailureKind,
    message: string,
    more: { status?: number | undefined; retry_after_ms?: number | undefined; free?: boolean } = {},
  ) {
    super(message);
    this.kind = kind;
    this.status = more.status;
    this.retry_after_ms = more.retry_after_ms;
    this.free = more.free ?? false;
  }
}

/** Seconds or a date (RFC 9110, 10.2.3); undefined where neither is said. */
function retryAfter(headers: Record<string, string> | undefined): number | undefined {
  const said = headers?.['retry-after']?.trim();
  if (said === undefined || said === '') return undefined;
  const seconds = Number(said);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const date = Date.parse(said);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** `over` says that the time is up, `stopped` that the person went away: both end a call as an abort. */
export function failureOf(error: unknown, ended: { over: boolean; stopped: boolean }): ModelFailure {
  if (error instanceof ModelFailure) return error;
  if (ended.stopped) return new ModelFailure('stopped', 'stopped by the person');
  if (ended.over) return new ModelFailure('timed_out', 'no answer in time');
  if (APICallError.isInstance(error)) {
    const { statusCode: status } = error;
    if (status === undefined)
      return new ModelFailure('failed', 'the address cannot be reached', { free: true });
    const more = { status, retry_after_ms: retryAfter(error.responseHeaders), free: true };
    if (status === 429 || status === 529 || status === 503)
      return new ModelFailure('overloaded', `overloaded (${status})`, more);
    if (status >= 500) return new ModelFailure('failed', `the provider failed (${status})`, more);
    return status === 200
      ? new ModelFailure('failed', 'the answer could not be read', { status })
      : new ModelFailure('refused', `refused (${status})`, more);
  }
  const type = (error as { type?: unknown } | null)?.type;
  if (type === 'overloaded_error') return new ModelFailure('overloaded', 'overloaded while answering');
  return new ModelFailure(
    'failed',
    error instanceof Error ? error.message.slice(0, 200) : 'the answer broke off',
  );
}

const READ_BY = 'this was read by the built-in reader.';

/** The note under an answer. */
export const NOTES: Record<
  FailureKind | 'paused' | 'too_many' | 'project_budget' | 'project_busy' | 'plan_budget' | 'plan_busy',
  string
> = {
  timed_out: `The language model did not answer in time; ${READ_BY}`,
  refused: `The language model refused the request; ${READ_BY}`,
  overloaded: `The language model is overloaded; ${READ_BY}`,
  failed: `The language model's answer broke off; ${READ_BY}`,
  stopped: `The answer was stopped; ${READ_BY}`,
  paused: `The language model is out of reach at the moment; ${READ_BY}`,
  too_many: `The language model is asked 20 times a minute at most; ${READ_BY}`,
  project_budget: `This project's language model budget for the month is used up; ${READ_BY}`,
  project_busy: `What is left of this project's language model budget for the month is set aside for messages under way; ${READ_BY}`,
  plan_busy: `What is left of the organization's model budget for the month is set aside for messages under way; ${READ_BY}`,
  plan_budget: `The organization's model budget for the month is used up; ${READ_BY}`,
};

const KEY_NAMES = { anthropic: 'ANTHROPIC_API_KEY', openai: 'OPENAI_API_KEY', compatible: 'OFS_LLM_API_KEY' };

/** One sentence for the log: what, where, what to do. Never the key, never what was said. */
export function logSentence(failure: ModelFailure, settings: LanguageModelSettings): string {
  const who = `The language model ${settings.model} (${settings.provider})`;
  if (failure.status === 401 || failure.status === 403)
    return `${who} refused the key (${failure.status}); check ${KEY_NAMES[settings.provider]}.`;
  if (failure.declined) return `${who} declined to answer a message; the built-in reader answered it.`;
  if (failure.status === 404) return `${who} was not found (404); check OFS_LLM_MODEL and OFS_LLM_BASE_URL.`;
  return `${who} gave no answer: ${failure.message}; messages are read by the built-in reader meanwhile.`;
}
