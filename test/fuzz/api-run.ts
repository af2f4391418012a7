// An installation with something in it, and requests from the seed sent to it: one after another, so that the same seed is
// the same run, or several at once.
import { openTestApp, type TestApp } from '../harness/app.ts';
import { type Fixtures, furnish, importProducts } from '../isolation/world.ts';
import type { OpenApi, Operation } from '../security/openapi.ts';
import { type ApiAnswer, type ApiRequest, apiRequests, complaint, type Material, shown } from './api.ts';

/** They end the sessions or accounts that the others are sent with, or begin minutes of computing. */
const WITHOUT = new Set([
  'post /auth/logout',
  'post /auth/close-account',
  'post /auth/change-password',
  'post /auth/sessions/end-others',
  'delete /auth/sessions/{id}',
  'post /admin/users/{id}/suspend',
  'post /admin/users/{id}/end-sessions',
  'post /admin/persons/{id}/erasure',
  'delete /projects/{id}',
  'delete /floor-plans/{id}',
  'post /projects/{id}/recommendations',
  'post /admin/ranking-models/train',
]);

export interface ApiRun {
  asked: number;
  statuses: Record<string, number>;
  complaints: string[];
  slowest: { took_ms: number; request: string };
}

/** `together` requests are under way at once; with more than one, the requests are the seed's and their order is not. */
export async function runApi(
  seed: number,
  count: number,
  {
    together = 1,
    onProgress = () => undefined,
    onComplaint = () => undefined,
  }: {
    together?: number;
    onProgress?: (asked: number) => void;
    onComplaint?: (complaint: string) => void;
  } = {},
): Promise<ApiRun> {
  const t = await openTestApp({ OFS_SEED_DEMO: 'false' });
  try {
    const admin = await t.join('Admin');
    await importProducts(admin);
    const owner = await t.join('Owner');
    const fixtures = await furnish(owner, await t.join('Commenter'), admin);
    const document = (await t.anonymous.get('/api/openapi.json')).body as OpenApi;
    const cookies = [owner.cookie, owner.cookie, owner.cookie, admin.cookie, ''];
    const run: ApiRun = { asked: 0, statuses: {}, complaints: [], slowest: { took_ms: 0, request: '' } };
    const requests = apiRequests(document, materialOf(fixtures, cookies), seed, count);
    const askOn = async () => {
      for (const request of requests) {
        const answer = await ask(t, request, together);
        run.asked += 1;
        run.statuses[answer.status] = (run.statuses[answer.status] ?? 0) + 1;
        if (answer.took_ms > run.slowest.took_ms)
          run.slowest = { took_ms: answer.took_ms, request: shown(request) };
        const found = complaint(request, answer, document);
        if (found !== undefined) {
          run.complaints.push(`${found}\n  ${shown(request)}`);
          onComplaint(run.complaints.at(-1) ?? found);
        }
        if (run.asked % 1000 === 0) onProgress(run.asked);
      }
    };
    await Promise.all(Array.from({ length: together }, askOn));
    return run;
  } finally {
    await t.close();
  }
}

async function ask(t: TestApp, request: ApiRequest, together: number): Promise<ApiAnswer> {
  const stream = request.operation.responses['200']?.content?.['text/event-stream'] !== undefined;
  const begun = performance.now();
  const computed = process.cpuUsage();
  const answer = await t.server.inject({
    method: request.operation.method,
    url: request.url,
    headers: request.headers,
    ...(request.payload === undefined ? {} : { payload: request.payload }),
    ...(stream ? { payloadAsStream: true } : {}),
  });
  const { user, system } = process.cpuUsage(computed);
  if (stream) answer.stream().destroy();
  return {
    status: answer.statusCode,
    content_type: String(answer.headers['content-type'] ?? ''),
    body: stream ? '' : answer.body,
    took_ms: performance.now() - begun,
    computed_ms: (user + system) / 1000 / together,
  };
}

function materialOf(fixtures: Fixtures, cookies: string[]): Material {
  const ids = [...new Set(Object.values(fixtures).filter((value) => value.length === 36))];
  return {
    ids,
    cookies,
    without: (operation) => WITHOUT.has(operation.key),
    fixture: ({ path }: Operation, name, index) => {
      const kinds = [...path.matchAll(/([\w-]+)\/(\{\w+\})/g)].map((match) => `${match[1]}/${match[2]}`);
      return fixtures[kinds[index] ?? ''] ?? fixtures[`${name}/{id}`];
    },
  };
}
