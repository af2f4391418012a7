// One message read by the language model: what is known is given, tools are answered from the desk, text is passed on as it
// comes, for a few rounds at most. Whatever goes wrong, the caller gets a reason and what was used, never an exception.
import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { plainAnswer, withoutContacts } from '../../../../engine/conversation/model-context.ts';
import { SYSTEM_PROMPT } from '../../../../engine/conversation/system-prompt-1.ts';
import type { LanguageModelSettings } from '../../../config.ts';
import type { Desk } from './desk.ts';
import { failureOf, type ModelFailure } from './failure.ts';
import type { Model } from './provider.ts';
import { type Attempt, askOnce, type ToolCall } from './round.ts';

export interface Said {
  role: 'user' | 'assistant';
  content: string;
}

export interface ReaderInput {
  model: Model;
  settings: Pick<LanguageModelSettings, 'timeout_seconds'>;
  desk: Desk;
  /** Facts as lines. */
  context: string;
  summary: string | null;
  /** The last messages before this one, oldest first. */
  history: readonly Said[];
  message: string;
  onText: (delta: string) => void;
  /** The person went away. */
  signal: AbortSignal | undefined;
}

export interface ReaderResult {
  /** Plain text; empty where the model only used tools. */
  text: string;
  attempts: Attempt[];
  failure: ModelFailure | null;
}

const MOST_ROUNDS = 4;
const MOST_SAID = 1500;

/** Text between our marks cannot close them. */
const framed = (text: string): string =>
  withoutContacts(text).replace(/<(?=\/?\s*(?:data|message)\b)/gi, '< ');

function promptOf({ context, summary, history, message }: ReaderInput): LanguageModelV4Prompt {
  const before: LanguageModelV4Message[] = history.map(({ role, content }) => ({
    role,
    content: [{ type: 'text', text: framed(content).slice(0, MOST_SAID) }],
  }));
  const data = [context, summary === null ? '' : `Conversation so far:\n${summary}`]
    .filter(Boolean)
    .join('\n\n');
  return [
    { role: 'system', content: SYSTEM_PROMPT },
    ...before,
    {
      role: 'user',
      content: [
        {
          type: 'text',
          text: `<data>\n${framed(data)}\n</data>\n\nThe person's message:\n<message>\n${framed(message)}\n</message>`,
        },
      ],
    },
  ];
}

export async function readWithModel(input: ReaderInput): Promise<ReaderResult> {
  const { model, desk } = input;
  const prompt = promptOf(input);
  const attempts: Attempt[] = [];
  const over = AbortSignal.timeout(input.settings.timeout_seconds * 1000);
  const signal = input.signal === undefined ? over : AbortSignal.any([over, input.signal]);
  const ended = () => ({ over: over.aborted, stopped: input.signal?.aborted === true });
  let text = '';
  try {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const last = round === MOST_ROUNDS - 1;
      const apart = text !== '' && !text.endsWith('\n') ? '\n\n' : '';
      let said = '';
      const answer = await askOnce(model, {
        prompt,
        // Tools stay named where earlier rounds used them; the last round's calls are not answered.
        tools: desk.tools,
        signal,
        ended,
        onText: (delta) => {
          input.onText(said === '' ? apart + delta : delta);
          said += delta;
        },
        onAttempt: (one) => attempts.push(one),
      });
      if (answer.text.trim() !== '') text += apart + answer.text;
      if (answer.calls.length === 0 || last) break;
      prompt.push(...(await answered(desk, answer.text, answer.calls)));
      signal.throwIfAborted();
    }
    return { text: plainAnswer(text), attempts, failure: null };
  } catch (error) {
    return { text: plainAnswer(text), attempts, failure: failureOf(error, ended()) };
  }
}

async function answered(
  desk: Desk,
  text: string,
  calls: readonly ToolCall[],
): Promise<LanguageModelV4Message[]> {
  const results: Extract<LanguageModelV4Message, { role: 'tool' }>['content'] = [];
  for (const { id, name, input } of calls)
    results.push({
      type: 'tool-result',
      toolCallId: id,
      toolName: name,
      output: { type: 'text', value: `<data>\n${framed(await desk.run(name, input))}\n</data>` },
    });
  return [
    {
      role: 'assistant',
      content: [
        ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
        ...calls.map(({ id, name, input }) => ({
          type: 'tool-call' as const,
          toolCallId: id,
          toolName: name,
          input: readable(input),
        })),
      ],
    },
    { role: 'tool', content: results },
  ];
}

/** Providers want the input of a call back as an object, also where it was none. */
function readable(input: string): unknown {
  try {
    const parsed: unknown = JSON.parse(input);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
