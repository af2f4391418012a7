// One call of a language model: streamed, with a time limit, tried a second time where the provider was busy and nothing
// had been said yet. Every attempt is counted, failed ones too.
import type { LanguageModelV4FunctionTool, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { tokensOf } from '../../../../engine/conversation/model-context.ts';
import { type FailureKind, failureOf, ModelFailure } from './failure.ts';
import { type Model, PROVIDER_OPTIONS } from './provider.ts';

export interface ToolCall {
  id: string;
  name: string;
  /** JSON as the model wrote it; may be malformed. */
  input: string;
}

/** One attempt, as it is kept. */
export interface Attempt {
  outcome: 'answered' | FailureKind;
  latency_ms: number;
  tokens_in: number;
  tokens_out: number;
}

export interface RoundInput {
  prompt: LanguageModelV4Prompt;
  tools: LanguageModelV4FunctionTool[];
  /** Ends when the time is up or the person went away. */
  signal: AbortSignal;
  /** Which of the two it was. */
  ended: () => { over: boolean; stopped: boolean };
  onText: (delta: string) => void;
  onAttempt: (attempt: Attempt) => void;
}

export interface Round {
  text: string;
  calls: ToolCall[];
}

const MOST_OUTPUT_TOKENS = 1500;
const MOST_CALLS = 12;
const BACK_OFF_MS = 400;
/** A provider that asks for a longer rest is not asked again for this message. */
const LONGEST_REST_MS = 5000;

/** Throws ModelFailure. */
export async function askOnce(model: Model, input: RoundInput): Promise<Round> {
  let spoken = false;
  const onText = (delta: string) => {
    spoken = true;
    input.onText(delta);
  };
  try {
    return await attempt(model, { ...input, onText });
  } catch (error) {
    const failure = error as ModelFailure;
    const busy =
      failure.kind === 'overloaded' ||
      (failure.kind === 'failed' && (failure.status === undefined || failure.status >= 500));
    const rest = failure.retry_after_ms ?? BACK_OFF_MS;
    if (!busy || spoken || rest > LONGEST_REST_MS || input.signal.aborted) throw failure;
    await pause(rest, input.signal);
    return await attempt(model, { ...input, onText });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

async function attempt(model: Model, input: RoundInput): Promise<Round> {
  const begun = performance.now();
  const used = { in: 0, out: 0, known: false };
  const round: Round = { text: '', calls: [] };
  const tell = (outcome: Attempt['outcome'], free: boolean) => {
    // Where a call broke off nobody says what it used: it is estimated, so that no budget is passed by breaking off.
    const guess = !used.known && !free;
    input.onAttempt({
      outcome,
      latency_ms: Math.round(performance.now() - begun),
      tokens_in: guess ? tokensOf(JSON.stringify([input.prompt, input.tools])) : used.in,
      tokens_out: guess ? tokensOf(round.text) : used.out,
    });
  };
  try {
    await readInto(model, input, round, used);
    tell('answered', false);
    return round;
  } catch (error) {
    const failure = failureOf(error, input.ended());
    tell(failure.kind, failure.free);
    throw failure;
  }
}

async function readInto(
  model: Model,
  input: RoundInput,
  round: Round,
  used: { in: number; out: number; known: boolean },
): Promise<void> {
  const { stream } = await model.doStream({
    prompt: input.prompt,
    ...(input.tools.length > 0 ? { tools: input.tools, toolChoice: { type: 'auto' } } : {}),
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    abortSignal: input.signal,
    providerOptions: PROVIDER_OPTIONS,
  });
  let finished = false;
  let declined = false;
  for await (const part of stream) {
    if (input.signal.aborted) break;
    if (part.type === 'text-delta' && part.delta !== '') {
      round.text += part.delta;
      input.onText(part.delta);
    } else if (part.type === 'tool-call') {
      if (round.calls.length < MOST_CALLS && part.providerExecuted !== true)
        round.calls.push({ id: part.toolCallId, name: part.toolName, input: part.input });
    } else if (part.type === 'error') throw part.error;
    else if (part.type === 'finish') {
      const { inputTokens, outputTokens } = part.usage;
      used.in = inputTokens.total ?? 0;
      used.out = outputTokens.total ?? 0;
      used.known = inputTokens.total !== undefined && outputTokens.total !== undefined;
      declined = part.finishReason.unified === 'content-filter';
      finished = ['stop', 'length', 'tool-calls'].includes(part.finishReason.unified);
    }
  }
  if (input.signal.aborted) throw new DOMException('The call ended.', 'AbortError');
  if (declined) throw new ModelFailure('refused', 'the model declined to answer');
  if (!finished) throw new ModelFailure('failed', 'the answer broke off');
}
