// A whole application on stores of its own in a temporary folder, and people who use it over HTTP (fastify's inject).
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions } from 'fastify';
import { type App, openApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { Server } from '../../server/platform/http.ts';
import { makeLogger } from '../../server/platform/telemetry.ts';
import { copyMigratedFolder } from './prepared-folder.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  headers: Record<string, string | string[] | number | undefined>;
}

export interface Person {
  email: string;
  password: string;
  user_id: string;
  organization_id: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  upload(path: string, fileName: string, bytes: Uint8Array | string): Promise<Answer>;
  cookie: string;
}

export interface TestApp {
  app: App;
  server: Server;
  /** Registers somebody new with an organization of their own. */
  join(name?: string): Promise<Person>;
  anonymous: Pick<Person, 'get' | 'post' | 'patch' | 'delete'>;
  close(): Promise<void>;
}

/** `environment` picks the profile; without it everything is embedded. */
export async function openTestApp(
  environment: Record<string, string> = {},
  now?: () => Date,
): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'ofs-app-'));
  if (!Object.keys(environment).some((name) => name.endsWith('_URL'))) await copyMigratedFolder(folder);
  const config = readConfig(
    {
      NODE_ENV: 'test',
      LOG_LEVEL: process.env['OFS_TEST_LOG'] ?? 'silent',
      API_RATE_PER_MINUTE: '1000000',
      SIGN_IN_RATE_PER_15_MINUTES: '1000',
      ...environment,
    },
    { data_dir: folder },
  );
  const app = await openApp(config, makeLogger(config.log_level), now);
  await app.startWork({ work: true });
  const server = await app.makeHttp({ demo: () => null });

  async function call(options: InjectOptions): Promise<Answer> {
    const response = await server.inject(options);
    const json = /json/.test(String(response.headers['content-type'] ?? ''));
    return {
      status: response.statusCode,
      body: json && response.body !== '' ? response.json() : response.body,
      headers: response.headers,
    };
  }

  function verbs(cookie: string) {
    const base = (headers: Record<string, string> = {}) => (cookie === '' ? headers : { cookie, ...headers });
    const url = (path: string) =>
      path.startsWith('/api/') || !path.startsWith('/') ? path : `/api/v1${path}`;
    const withBody =
      (method: 'POST' | 'PATCH') => (path: string, body?: unknown, headers?: Record<string, string>) =>
        call({
          method,
          url: url(path),
          headers: base(headers),
          ...(body === undefined ? {} : { payload: body as object }),
        });
    return {
      get: (path: string, headers?: Record<string, string>) =>
        call({ method: 'GET', url: url(path), headers: base(headers) }),
      post: withBody('POST'),
      patch: withBody('PATCH') as Person['patch'],
      delete: (path: string) => call({ method: 'DELETE', url: url(path), headers: base() }),
      upload: (path: string, fileName: string, bytes: Uint8Array | string) => {
        const { body, contentType } = multipart(fileName, bytes);
        return call({
          method: 'POST',
          url: url(path),
          headers: base({ 'content-type': contentType }),
          payload: body,
        });
      },
    };
  }

  return {
    app,
    server,
    anonymous: verbs(''),
    async join(name = 'Robin') {
      const email = `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@example.com`;
      const password = 'a long enough password';
      const response = await server.inject({
        method: 'POST',
        url: '/api/v1/auth/register',
        payload: {
          email,
          password,
          first_name: name,
          last_name: 'Tester',
          organization_name: `${name} and partners`,
        },
      });
      if (response.statusCode !== 201) throw new Error(`Registering failed: ${response.body}`);
      const me = response.json();
      const cookie = String(response.headers['set-cookie']).split(';')[0] ?? '';
      return {
        email,
        password,
        user_id: me.user.id,
        organization_id: me.organizations[0].organization_id,
        cookie,
        ...verbs(cookie),
      };
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function multipart(fileName: string, bytes: Uint8Array | string): { body: Buffer; contentType: string } {
  const boundary = `----ofs${randomUUID()}`;
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName.replaceAll('"', '%22')}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** Asks again until `done` says so; throws with the last answer after `seconds`. */
export async function until(
  ask: () => Promise<Answer>,
  done: (answer: Answer) => boolean,
  seconds = 60,
): Promise<Answer> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (done(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(
        `Not within ${seconds} s; last: ${answer.status} ${JSON.stringify(answer.body).slice(0, 500)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
