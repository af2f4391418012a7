// A small order system of a dealer, as an example of the interface: it is told by webhook, asks for the order file (SIF),
// downloads it and acknowledges. It needs Node 24 and nothing else:
//
//   OFS_URL=https://ofs.example.com OFS_TOKEN=… OFS_WEBHOOK_SECRET=whsec_… PORT=8090 ORDERS=./orders node order-system.ts
//
// The token needs the scope "export" only. A message is acknowledged (2xx) when what it asks for is done; until then it is
// sent again, so a crash loses nothing. What was done already is not done twice: the message's id is the Idempotency-Key of
// the request, and a file that is there is not fetched again.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';

const setting = (name: string, otherwise?: string): string => {
  const value = process.env[name] ?? otherwise;
  if (value !== undefined) return value;
  console.error(`Set the environment variable ${name}.`);
  process.exit(2);
};
const OFS = setting('OFS_URL').replace(/\/$/, '');
const TOKEN = setting('OFS_TOKEN');
const SECRET = setting('OFS_WEBHOOK_SECRET');
const ORDERS = setting('ORDERS', './orders');
/** "dealer" orders carry the list price and your own terms; your account must be allowed to edit the project. */
const AUDIENCE = setting('AUDIENCE', 'dealer');
/** What starts an order. */
const STARTS = setting('STARTS', 'project.approved').split(',');
const TOO_OLD_S = 300;

interface Message {
  type: string;
  timestamp: string;
  data: { project_id?: string; subject_id?: string; format?: string; sha256?: string };
}

/** Ours, whole and fresh? A header may hold several signatures: while a secret is being changed, the old and the new. */
function isGenuine(headers: IncomingMessage['headers'], body: string, now_s: number): boolean {
  const [id, time, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`]);
  if (typeof id !== 'string' || typeof time !== 'string' || typeof signatures !== 'string') return false;
  if (!(Math.abs(now_s - Number(time)) <= TOO_OLD_S)) return false;
  const key = Buffer.from(SECRET.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest();
  return signatures.split(' ').some((one) => {
    const [version, signature] = one.split(',');
    const given = Buffer.from(signature ?? '', 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function call(path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
  const answer = await fetch(`${OFS}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${TOKEN}`, ...init.headers },
  });
  if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** Asks for the order file; it is made in the background, and "export.ready" tells when it is there. */
async function askForOrder(project_id: string, message_id: string): Promise<void> {
  const answer = await call(`/projects/${project_id}/exports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': message_id },
    body: JSON.stringify({ format: 'sif', audience: AUDIENCE }),
  });
  const { id } = (await answer.json()) as { id: string };
  console.log(`asked for order ${id} of project ${project_id}`);
}

/** The file appears under its name only when it is whole. */
async function fetchOrder(export_id: string, sha256: string | undefined): Promise<void> {
  const target = join(ORDERS, `${export_id}.sif`);
  if (existsSync(target)) return;
  const bytes = Buffer.from(await (await call(`/exports/${export_id}/file`)).arrayBuffer());
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Error(`The file of export ${export_id} is not the one that was announced.`);
  await mkdir(ORDERS, { recursive: true });
  await writeFile(`${target}.part`, bytes);
  await rename(`${target}.part`, target);
  console.log(`stored ${target}`);
}

async function take(id: string, { type, data }: Message): Promise<void> {
  if (STARTS.includes(type) && data.project_id !== undefined) await askForOrder(data.project_id, id);
  if (type === 'export.ready' && data.format === 'sif' && data.subject_id !== undefined)
    await fetchOrder(data.subject_id, data.sha256);
}

const receiver = createServer(async (request, reply) => {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const body = Buffer.concat(parts).toString('utf8');
  if (!isGenuine(request.headers, body, Date.now() / 1000)) {
    reply.writeHead(401).end('not signed with our secret');
    return;
  }
  try {
    await take(String(request.headers['webhook-id']), JSON.parse(body) as Message);
    reply.writeHead(204).end();
  } catch (error) {
    console.error(String(error));
    reply.writeHead(500).end('try again later');
  }
});
receiver.listen(Number(setting('PORT', '8090')), '127.0.0.1', () => {
  const address = receiver.address();
  console.log(`listening on port ${typeof address === 'object' ? address?.port : address}`);
});
