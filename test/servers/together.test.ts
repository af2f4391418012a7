// Two browsers on two API processes, on real PostgreSQL and Redis: what one person does the other sees within a second,
// who is here is known to both, a broken connection misses nothing, and lost access ends the stream.
import { request as open } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, serve, temporaryFolder } from '../harness/process.ts';
import { until } from './processes.ts';
import { startServers, type TestServers } from './services.ts';

const servers: TestServers = await startServers(['postgres', 'redis', 'clickhouse']);
const ready = servers.missing.length === 0;
if (!ready) console.warn(`Live changes across processes are not tested here: ${servers.missing.join('; ')}.`);

const folder = temporaryFolder();
let apis: [Running, Running];
let ada: Session;
let ben: Session;
let project: string;

interface Session {
  cookie: string;
  user_id: string;
  email: string;
}
interface Heard {
  event: string;
  id: string | undefined;
  data: Record<string, unknown>;
  at: number;
}

async function call(api: Running, who: Session | null, method: string, path: string, body?: unknown) {
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method,
    headers: {
      ...(who === null ? {} : { cookie: who.cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? null : JSON.parse(text),
    cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '',
  };
}

async function signUp(api: Running, name: string): Promise<Session> {
  const email = `${name.toLowerCase()}@together.example`;
  const made = await call(api, null, 'POST', '/auth/register', {
    email,
    password: 'paper and pencil lines',
    first_name: name,
    last_name: 'Field',
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return { cookie: made.cookie, user_id: made.body.user.id, email };
}

/** Listens as a browser does. */
function listen(api: Running, who: Session, options: { step?: string; last?: string } = {}) {
  const heard: Heard[] = [];
  let ended = false;
  const query = options.step === undefined ? '' : `?step=${options.step}`;
  const asked = open(`${api.url}/api/v1/projects/${project}/events${query}`, {
    headers: { cookie: who.cookie, ...(options.last === undefined ? {} : { 'last-event-id': options.last }) },
  });
  let rest = '';
  asked.on('response', (response) => {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        const event = field('event');
        if (event !== undefined)
          heard.push({ event, id: field('id'), data: JSON.parse(field('data') ?? 'null'), at: Date.now() });
      }
    });
    response.on('close', () => {
      ended = true;
    });
  });
  asked.on('error', () => {
    ended = true;
  });
  asked.end();
  return {
    heard,
    isEnded: () => ended,
    changes: () => heard.filter(({ event }) => event === 'change'),
    names: () => {
      const last = heard.filter(({ event }) => event === 'presence').at(-1);
      return ((last?.data['people'] ?? []) as { name: string; step: string | null }[]).map(
        ({ name, step }) => `${name}: ${step}`,
      );
    },
    close: () => asked.destroy(),
  };
}

beforeAll(async () => {
  if (!ready) return;
  const env = {
    DATABASE_URL: servers.postgres!.url,
    REDIS_URL: servers.redis!.url,
    CLICKHOUSE_URL: servers.clickhouse!.url,
    OFS_SEED_DEMO: 'false',
  };
  const first = await serve({ data_dir: join(folder.path, 'one'), env, args: ['--api-only'] });
  const second = await serve({ data_dir: join(folder.path, 'two'), env, args: ['--api-only'] });
  apis = [first, second];
  ada = await signUp(first, 'Ada');
  ben = await signUp(second, 'Ben');
  project = (await call(first, ada, 'POST', '/projects', { name: 'Quay House' })).body.id;
  await call(first, ada, 'POST', `/projects/${project}/collaborators`, {
    email: ben.email,
    role: 'commenter',
  });
}, 180_000);

afterAll(async () => {
  await Promise.all((apis ?? []).map((api) => api.kill()));
  await servers.stop();
  folder.remove();
});

describe.skipIf(!ready)('two browsers on two API processes', () => {
  it('see each other’s changes within a second, and who is here at which step', async () => {
    const [one, two] = apis;
    const here = listen(one, ada, { step: 'plan' });
    const there = listen(two, ben, { step: 'brief' });
    await until(
      async () => here.names().length === 2 && there.names().length === 2,
      'They do not see each other.',
    );
    expect(here.names()).toEqual(['Ada Field: plan', 'Ben Field: brief']);
    const waits: number[] = [];
    for (let i = 0; i < 10; i++) {
      const before = there.changes().length;
      const begun = Date.now();
      expect(
        (await call(one, ada, 'PATCH', `/projects/${project}`, { description: `line ${i}` })).status,
      ).toBe(200);
      await until(async () => there.changes().length > before, 'The change was not heard.');
      waits.push((there.changes().at(-1)?.at ?? 0) - begun);
    }
    expect(Math.max(...waits)).toBeLessThan(1000);
    await call(two, ben, 'POST', `/projects/${project}/comments`, { body: 'Seen.' });
    await until(
      async () => here.changes().some(({ data }) => data['type'] === 'comments.updated'),
      'The comment was not heard.',
    );
    const id = there.heard.find(({ event }) => event === 'presence')?.data['connection_id'];
    await call(two, ben, 'POST', `/projects/${project}/presence`, { connection_id: id, step: 'budget' });
    await until(async () => here.names().includes('Ben Field: budget'), 'The step was not heard.');
    there.close();
    await until(async () => here.names().length === 1, 'Ben is still shown.');
    here.close();
  }, 60_000);

  it('miss nothing where a connection broke, also on another process; what is too old is said', async () => {
    const [one, two] = apis;
    const first = listen(two, ben);
    await until(async () => first.names().length === 1, 'The stream did not open.');
    await call(one, ada, 'PATCH', `/projects/${project}`, { description: 'heard' });
    await until(async () => first.changes().length === 1, 'The change was not heard.');
    const last = first.changes()[0]?.id as string;
    first.close();
    for (const text of ['missed one', 'missed two'])
      await call(one, ada, 'PATCH', `/projects/${project}`, { description: text });
    const again = listen(one, ben, { last });
    await until(async () => again.changes().length === 2, 'What was missed did not come.');
    await call(two, ada, 'PATCH', `/projects/${project}`, { description: 'and on' });
    await until(async () => again.changes().length === 3, 'What came after was not heard.');
    const ids = again.changes().map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(last);
    again.close();
    const old = listen(one, ben, { last: '1000-0' });
    await until(
      async () => old.heard.some(({ event }) => event === 'resync'),
      'Nothing said that changes were missed.',
    );
    old.close();
  }, 60_000);

  it('end at once for somebody who is taken off the project', async () => {
    const [one, two] = apis;
    const there = listen(two, ben);
    await until(async () => there.names().length === 1, 'The stream did not open.');
    const begun = Date.now();
    await call(one, ada, 'DELETE', `/projects/${project}/collaborators/${ben.user_id}`);
    await until(async () => there.isEnded(), 'The stream stays open.');
    expect(Date.now() - begun).toBeLessThan(3000);
    expect(there.heard.at(-1)?.event).toBe('closed');
    expect((await call(two, ben, 'GET', `/projects/${project}`)).status).toBe(404);
  }, 60_000);
});
