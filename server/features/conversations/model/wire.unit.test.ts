// Each provider's own shapes of failure, byte for byte as it writes them: busy (429, 503, 529), errors in the middle of a
// stream, chunks that are no JSON, refusals and filtered answers. What was used is counted, nothing is said twice, and the
// caller always gets a reason.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LanguageModelSettings } from '../../../config.ts';
import { openModel } from './provider.ts';
import { readWithModel } from './reader.ts';

type Provider = LanguageModelSettings['provider'];
/** Answers one request. */
type Play = (response: ServerResponse) => void;

let server: Server;
let url: string;
let plays: Play[] = [];
let asked = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      asked++;
      const play = plays.length > 1 ? plays.shift() : plays[0];
      play?.(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = 0;
});

async function read(provider: Provider, ...script: Play[]) {
  plays = script;
  const settings: LanguageModelSettings = {
    provider,
    model: 'any-1',
    api_key: 'a-key',
    base_url: url,
    timeout_seconds: 10,
    project_usd_month: 5,
    project_tokens_month: 1000,
    price: null,
  };
  const deltas: string[] = [];
  const result = await readWithModel({
    model: await openModel(settings),
    settings,
    desk: { tools: [], run: () => Promise.resolve(''), readings: [], actions: [], links: [] },
    context: 'Project: Harbour office',
    summary: null,
    history: [],
    message: 'What does it cost?',
    onText: (text) => deltas.push(text),
    signal: undefined,
  });
  return { ...result, deltas, outcomes: result.attempts.map(({ outcome }) => outcome) };
}

const stream =
  (...lines: string[]): Play =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(lines.map((line) => `${line}\n\n`).join(''));
  };
const data = (value: unknown) => `data: ${JSON.stringify(value)}`;
const event = (value: { type: string }) => `event: ${value.type}\n${data(value)}`;
const refused =
  (status: number, body: unknown, headers: Record<string, string> = {}): Play =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

/** Answers as each provider begins them: the start, a piece of text, and how one ends. */
const SHAPES: Record<
  Provider,
  { start: string[]; text: (said: string) => string; end: string[]; filtered: string[]; broken: string[] }
> = {
  anthropic: {
    start: [
      event({
        type: 'message_start',
        message: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: 'any-1',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 210, output_tokens: 1 },
        },
      } as never),
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as never),
    ],
    text: (said) =>
      event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: said } } as never),
    end: ['end_turn'].flatMap(anthropicEnd),
    filtered: ['refusal'].flatMap(anthropicEnd),
    broken: [event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } as never)],
  },
  openai: {
    start: [
      event({
        type: 'response.created',
        response: { id: 'resp_1', created_at: 1, model: 'any-1', service_tier: null },
      } as never),
      event({
        type: 'response.output_item.added',
        output_index: 0,
        item: { type: 'message', id: 'msg_1' },
      } as never),
    ],
    text: (said) =>
      event({
        type: 'response.output_text.delta',
        item_id: 'msg_1',
        output_index: 0,
        content_index: 0,
        delta: said,
      } as never),
    end: [
      event({
        type: 'response.completed',
        response: { usage: { input_tokens: 210, output_tokens: 34 } },
      } as never),
    ],
    filtered: [
      event({
        type: 'response.incomplete',
        response: {
          incomplete_details: { reason: 'content_filter' },
          usage: { input_tokens: 210, output_tokens: 34 },
        },
      } as never),
    ],
    broken: [
      event({
        type: 'error',
        sequence_number: 3,
        error: {
          type: 'server_error',
          code: 'server_error',
          message: 'The server had an error',
          param: null,
        },
      } as never),
    ],
  },
  compatible: {
    start: [chunk({ role: 'assistant', content: '' })],
    text: (said) => chunk({ content: said }),
    end: [...completionEnd('stop'), 'data: [DONE]'],
    filtered: [...completionEnd('content_filter'), 'data: [DONE]'],
    broken: [data({ error: { message: 'The server had an error', type: 'server_error', code: null } })],
  },
};

function anthropicEnd(stop_reason: string): string[] {
  return [
    event({ type: 'content_block_stop', index: 0 } as never),
    event({
      type: 'message_delta',
      delta: { stop_reason, stop_sequence: null },
      usage: { output_tokens: 34 },
    } as never),
    event({ type: 'message_stop' }),
  ];
}
function chunk(delta: object, finish_reason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason }];
  return data({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'any-1', choices });
}
function completionEnd(finish_reason: string): string[] {
  const usage = { prompt_tokens: 210, completion_tokens: 34, total_tokens: 244 };
  return [
    chunk({}, finish_reason),
    data({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'any-1', choices: [], usage }),
  ];
}

const BUSY: Record<Provider, unknown> = {
  anthropic: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
  openai: { error: { message: 'Rate limit', type: 'tokens', param: null, code: 'rate_limit_exceeded' } },
  compatible: { error: { message: 'Rate limit', type: 'rate_limit', param: null, code: null } },
};

describe.each(Object.keys(SHAPES) as Provider[])('%s', (provider) => {
  const { start, text, end, filtered, broken } = SHAPES[provider];
  const whole = stream(...start, text('It costs '), text('$120,000.'), ...end);

  it('is read as it streams, with what was used', async () => {
    const { text: said, failure, attempts, deltas } = await read(provider, whole);
    expect([said, failure]).toEqual(['It costs $120,000.', null]);
    expect(deltas).toEqual(['It costs ', '$120,000.']);
    expect(attempts).toMatchObject([{ outcome: 'answered', tokens_in: 210, tokens_out: 34 }]);
  });

  it.each([429, 503, 529])(
    'that is busy (%i) is asked once more and counted as overloaded',
    async (status) => {
      const busy = refused(status, BUSY[provider], { 'retry-after': '0' });
      const again = await read(provider, busy, whole);
      expect([again.failure, again.outcomes, asked]).toEqual([null, ['overloaded', 'answered'], 2]);
      asked = 0;
      const never = await read(provider, busy);
      expect([never.failure?.kind, never.outcomes, asked]).toEqual([
        'overloaded',
        ['overloaded', 'overloaded'],
        2,
      ]);
    },
  );

  it.each(['120', new Date(Date.now() + 120_000).toUTCString()])(
    'that asks for a long rest (%s) is left alone',
    async (rest) => {
      const { failure } = await read(provider, refused(429, BUSY[provider], { 'retry-after': rest }), whole);
      expect([failure?.kind, asked]).toEqual(['overloaded', 1]);
    },
  );

  it('that fails in the middle of a stream gives a reason, and what was said is not said twice', async () => {
    const { failure, outcomes, deltas, attempts } = await read(
      provider,
      stream(...start, text('It costs '), ...broken),
    );
    expect(failure?.kind).toBe(provider === 'anthropic' ? 'overloaded' : 'failed');
    expect(outcomes.length).toBe(1);
    expect([deltas.join(''), asked]).toEqual(['It costs ', 1]);
    expect((attempts[0]?.tokens_in ?? 0) > 0).toBe(true);
  });

  it('that sends what is no JSON gives a reason', async () => {
    const { failure, deltas } = await read(
      provider,
      stream(...start, text('It costs '), 'data: {"choices": [{"del', ...end),
    );
    expect(failure?.kind).toBe('failed');
    expect([deltas.join(''), asked]).toEqual(['It costs ', 1]);
  });

  it('that answers with a page instead of a stream gives a reason', async () => {
    const { failure } = await read(provider, (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>A proxy of the house</html>');
    });
    expect(failure?.kind).toBe('failed');
  });

  it('that refuses or filters its answer is no answer, and is counted', async () => {
    const { failure, attempts } = await read(provider, stream(...start, text('I can'), ...filtered));
    expect(failure?.kind).toBe('refused');
    expect(attempts).toMatchObject([{ outcome: 'refused', tokens_in: 210, tokens_out: 34 }]);
    expect(asked).toBe(1);
  });
});
