// For tests: a local server that speaks the providers' wire formats in the shape they were recorded in, streaming included.
// It says what its script says, so that what is held in tests is the way of the answer, never a model's wit.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer: text, calls of tools, or a failure. */
export interface Script {
  text?: string;
  calls?: { name: string; input: unknown }[];
  /** Instead of JSON of `input`, word for word. */
  raw_input?: string;
  status?: number;
  headers?: Record<string, string>;
  /** The stream ends after so many events: the connection breaks, or ends as if nothing were missing. */
  cut_after?: number;
  cut_quietly?: boolean;
  /** Milliseconds between events. */
  pace_ms?: number;
  /** Nothing is ever answered. */
  hang?: boolean;
}

export interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into requests of three formats
  body: any;
  closed_early: boolean;
}

export interface ScriptedServer {
  url: string;
  asked: Asked[];
  /** Called for each request; the answers of a list are given in turn, the last one again and again. */
  script: (script: readonly Script[] | ((asked: Asked) => Script)) => void;
  close: () => Promise<void>;
}

const USAGE = { input: 210, output: 34 };

export async function openScriptedModel(): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  let next: (one: Asked) => Script = () => ({ text: 'Nothing to say.' });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Asked = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString() || '{}'),
        closed_early: false,
      };
      response.on('close', () => {
        one.closed_early = !response.writableEnded;
      });
      asked.push(one);
      void play(next(one), one.path, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    script: (script) => {
      if (typeof script === 'function') next = script;
      else {
        const left = [...script];
        next = () => (left.length > 1 ? left.shift() : left[0]) ?? {};
      }
    },
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function play(script: Script, path: string, response: ServerResponse): Promise<void> {
  if (script.hang === true) return;
  if (script.status !== undefined && script.status !== 200) {
    response.writeHead(script.status, { 'content-type': 'application/json', ...script.headers });
    response.end(
      JSON.stringify({
        type: 'error',
        error: { type: 'error', message: 'scripted', code: null, param: null },
      }),
    );
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const events = path.endsWith('/messages')
    ? anthropic(script)
    : path.endsWith('/responses')
      ? responses(script)
      : completions(script);
  const shown = script.cut_after === undefined ? events : events.slice(0, script.cut_after);
  for (const event of shown) {
    response.write(event);
    if (script.pace_ms !== undefined) await new Promise((resolve) => setTimeout(resolve, script.pace_ms));
    if (response.destroyed) return;
  }
  if (script.cut_after === undefined || script.cut_quietly === true) {
    response.end();
    return;
  }
  await new Promise((resolve) => setTimeout(resolve, 30));
  response.destroy();
}

const words = (text: string): string[] => text.match(/\S+\s*/g) ?? [];
const inputOf = (script: Script, input: unknown): string => script.raw_input ?? JSON.stringify(input);
const halves = (text: string): [string, string] => {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
};

function anthropic(script: Script): string[] {
  const event = (type: string, data: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
  const events = [
    event('message_start', {
      message: {
        id: 'msg_01',
        type: 'message',
        role: 'assistant',
        model: 'scripted-1',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: {
          input_tokens: USAGE.input,
          output_tokens: 1,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
        },
      },
    }),
  ];
  let index = 0;
  if (script.text !== undefined) {
    events.push(
      event('content_block_start', { index, content_block: { type: 'text', text: '' } }),
      event('ping', {}),
    );
    for (const word of words(script.text))
      events.push(event('content_block_delta', { index, delta: { type: 'text_delta', text: word } }));
    events.push(event('content_block_stop', { index }));
    index++;
  }
  for (const { name, input } of script.calls ?? []) {
    events.push(
      event('content_block_start', {
        index,
        content_block: { type: 'tool_use', id: `toolu_${index}`, name, input: {} },
      }),
      ...halves(inputOf(script, input)).map((partial_json) =>
        event('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json } }),
      ),
      event('content_block_stop', { index }),
    );
    index++;
  }
  events.push(
    event('message_delta', {
      delta: { stop_reason: script.calls ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { output_tokens: USAGE.output },
    }),
    event('message_stop', {}),
  );
  return events;
}

function responses(script: Script): string[] {
  let sequence_number = 0;
  const event = (type: string, data: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence_number++, ...data })}\n\n`;
  const response = {
    id: 'resp_01',
    object: 'response',
    created_at: 1_790_000_000,
    model: 'scripted-1',
    output: [],
  };
  const events = [
    event('response.created', { response: { ...response, status: 'in_progress' } }),
    event('response.in_progress', { response: { ...response, status: 'in_progress' } }),
  ];
  let output_index = 0;
  if (script.text !== undefined) {
    const item = { id: `msg_${output_index}`, type: 'message', role: 'assistant', content: [] as object[] };
    const at = { item_id: item.id, output_index, content_index: 0 };
    events.push(
      event('response.output_item.added', { output_index, item: { ...item, status: 'in_progress' } }),
      event('response.content_part.added', {
        ...at,
        part: { type: 'output_text', text: '', annotations: [], logprobs: [] },
      }),
      ...words(script.text).map((delta) =>
        event('response.output_text.delta', { ...at, delta, logprobs: [] }),
      ),
      event('response.output_text.done', { ...at, text: script.text, logprobs: [] }),
      event('response.content_part.done', {
        ...at,
        part: { type: 'output_text', text: script.text, annotations: [], logprobs: [] },
      }),
      event('response.output_item.done', {
        output_index,
        item: {
          ...item,
          status: 'completed',
          content: [{ type: 'output_text', text: script.text, annotations: [], logprobs: [] }],
        },
      }),
    );
    output_index++;
  }
  for (const { name, input } of script.calls ?? []) {
    const item = {
      id: `fc_${output_index}`,
      type: 'function_call',
      call_id: `call_${output_index}`,
      name,
      arguments: '',
    };
    const given = inputOf(script, input);
    events.push(
      event('response.output_item.added', { output_index, item: { ...item, status: 'in_progress' } }),
      ...halves(given).map((delta) =>
        event('response.function_call_arguments.delta', { item_id: item.id, output_index, delta }),
      ),
      event('response.function_call_arguments.done', { item_id: item.id, output_index, arguments: given }),
      event('response.output_item.done', {
        output_index,
        item: { ...item, arguments: given, status: 'completed' },
      }),
    );
    output_index++;
  }
  events.push(
    event('response.completed', {
      response: {
        ...response,
        status: 'completed',
        usage: {
          input_tokens: USAGE.input,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: USAGE.output,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: USAGE.input + USAGE.output,
        },
      },
    }),
  );
  return events;
}

function completions(script: Script): string[] {
  const chunk = (data: object) =>
    `data: ${JSON.stringify({ id: 'chatcmpl-01', object: 'chat.completion.chunk', created: 1_790_000_000, model: 'scripted-1', ...data })}\n\n`;
  const delta = (part: object, finish_reason: string | null = null) =>
    chunk({ choices: [{ index: 0, delta: part, logprobs: null, finish_reason }] });
  const calls = (script.calls ?? []).flatMap(({ name, input }, index) => {
    const [first, second] = halves(inputOf(script, input));
    const call = { index, id: `call_${index}`, type: 'function' };
    return [
      delta({ tool_calls: [{ ...call, function: { name, arguments: '' } }] }),
      delta({ tool_calls: [{ index, function: { arguments: first } }] }),
      delta({ tool_calls: [{ index, function: { arguments: second } }] }),
    ];
  });
  return [
    delta({ role: 'assistant', content: '' }),
    ...words(script.text ?? '').map((content) => delta({ content })),
    ...calls,
    delta({}, script.calls ? 'tool_calls' : 'stop'),
    chunk({
      choices: [],
      usage: {
        prompt_tokens: USAGE.input,
        completion_tokens: USAGE.output,
        total_tokens: USAGE.input + USAGE.output,
      },
    }),
    'data: [DONE]\n\n',
  ];
}
