// A small HTTP front on the embedded ClickHouse engine, for tests only: enough of ClickHouse's HTTP interface
// (queries, inserts, parameters, settings, errors, compression, ping) for @clickhouse/client to take it for a server.
// Run as a process of its own: `node test/servers/clickhouse-front.ts FOLDER [PORT]`; prints its URL when ready.

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Session } from 'chdb';

/** Parameters of the HTTP interface that are neither settings nor bound values. */
const NOT_SETTINGS = new Set([
  'query',
  'query_id',
  'database',
  'user',
  'password',
  'default_format',
  'session_id',
  'wait_end_of_query',
  'buffer_size',
  'enable_http_compression',
  'http_zlib_compression_level',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'cancel_http_readonly_queries_on_client_close',
  'role',
]);

const [folder, port = '0'] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node test/servers/clickhouse-front.ts FOLDER [PORT]');
  process.exit(2);
}
const session = new Session(folder);
let last: Promise<unknown> = Promise.resolve();

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    sendError(response, randomUUID(), String((error as Error).message ?? error));
  });
});
server.listen(Number(port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
    last.finally(() => {
      session.close();
      process.exit(0);
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === '/ping') {
    response.end('Ok.\n');
    return;
  }
  const body = await readBody(request);
  const inUrl = url.searchParams.get('query');
  const sql = inUrl === null ? body : body === '' ? inUrl : `${inUrl}\n${body}`;
  const query_id = url.searchParams.get('query_id') ?? randomUUID();
  try {
    const bytes = await exclusively(() => run(sql, url.searchParams));
    send(request, response, url.searchParams, query_id, bytes);
  } catch (error) {
    sendError(response, query_id, (error as Error).message);
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}

function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work);
  last = mine.catch(() => undefined);
  return mine;
}

/** Settings and parameters hold for this statement alone: they are set before it and taken back after. */
async function run(sql: string, params: URLSearchParams): Promise<Uint8Array> {
  const settings = [...params].filter(([name]) => !NOT_SETTINGS.has(name) && !name.startsWith('param_'));
  const database = params.get('database');
  try {
    if (database) await statement(`USE \`${database}\``);
    for (const [name, value] of params) {
      if (name.startsWith('param_') || settings.some(([setting]) => setting === name)) {
        await statement(`SET ${identifier(name)} = ${quoted(value)}`);
      }
    }
    return await statement(sql, params.get('default_format') ?? 'TabSeparated');
  } finally {
    for (const [name] of settings)
      await statement(`SET ${identifier(name)} = DEFAULT`).catch(() => undefined);
  }
}

async function statement(sql: string, format = 'TabSeparated'): Promise<Uint8Array> {
  return (await session.queryAsync(sql, { format })).bytes();
}

function identifier(name: string): string {
  if (!/^\w+$/.test(name)) throw new Error(`Code: 36. DB::Exception: Bad name ${name}. (BAD_ARGUMENTS)`);
  return name;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  params: URLSearchParams,
  query_id: string,
  bytes: Uint8Array,
): void {
  const gzip =
    params.get('enable_http_compression') === '1' &&
    /\bgzip\b/.test(String(request.headers['accept-encoding']));
  response.writeHead(200, {
    'X-ClickHouse-Query-Id': query_id,
    'X-ClickHouse-Timezone': 'UTC',
    'X-ClickHouse-Summary': JSON.stringify({
      read_rows: '0',
      read_bytes: '0',
      written_rows: '0',
      elapsed_ns: '0',
    }),
    ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
  });
  response.end(gzip ? gzipSync(bytes) : bytes);
}

/** As a server does: the number in a header and the whole text as the body. */
function sendError(response: ServerResponse, query_id: string, message: string): void {
  const code = /Code: (\d+)/.exec(message)?.[1] ?? '1002';
  const status = code === '60' || code === '81' ? 404 : code === '62' || code === '47' ? 400 : 500;
  response.writeHead(status, {
    'X-ClickHouse-Query-Id': query_id,
    'X-ClickHouse-Exception-Code': code,
    'Content-Type': 'text/plain; charset=UTF-8',
  });
  response.end(`${message.startsWith('Code:') ? message : `Code: ${code}. DB::Exception: ${message}`}\n`);
}
