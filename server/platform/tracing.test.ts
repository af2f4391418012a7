// Traces: off they cost nothing and send nothing; on, one trace leads from a request through its SQL to the job it caused,
// and a collector that speaks OTLP gets it.
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../test/harness/app.ts';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: string } }[];
}

const spans: Span[] = [];
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
let collector: Server;
let t: TestApp;
let ada: Person;

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      expect([request.method, request.url]).toEqual(['POST', '/v1/traces']);
      for (const resource of JSON.parse(body).resourceSpans)
        for (const scope of resource.scopeSpans) spans.push(...scope.spans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const address = collector.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  t = await openTestApp({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  ada = await t.join('Ada');
});
afterAll(async () => {
  await t.close();
  collector.close();
});

const named = (name: string) => spans.filter((span) => span.traceId === TRACE && span.name === name);

describe('a trace', () => {
  it('continues the caller’s, has the statements below the request, and goes on in the job', async () => {
    const headers = { traceparent: `00-${TRACE}-${PARENT}-01` };
    const made = await ada.post('/projects', { name: 'Traced' }, headers);
    expect(made.status).toBe(201);
    expect(String(made.headers['traceparent'])).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    const plan = await t.server.inject({
      method: 'POST',
      url: `/api/v1/projects/${made.body.id}/floor-plans`,
      headers: { cookie: ada.cookie, ...headers, 'content-type': 'multipart/form-data; boundary=b' },
      payload: Buffer.concat([
        Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="p.dxf"\r\n\r\n'),
        samplePlanDxf(5),
        Buffer.from('\r\n--b--\r\n'),
      ]),
    });
    expect(plan.statusCode).toBe(201);
    await until(
      () => ada.get(`/floor-plans/${plan.json().id}`),
      (answer) => answer.body.status === 'analyzed',
    );
    for (let i = 0; i < 100 && named('job read_floor_plan').length === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const request = named('POST /api/v1/projects')[0];
    expect(request).toMatchObject({ parentSpanId: PARENT, kind: 2 });
    const statements = named('sql insert').filter((span) => span.parentSpanId === request?.spanId);
    expect(statements.length).toBeGreaterThan(0);
    const job = named('job read_floor_plan')[0];
    const upload = named('POST /api/v1/projects/:id/floor-plans')[0];
    expect(job).toMatchObject({ parentSpanId: upload?.spanId, kind: 5 });
    expect(spans.some((span) => span.parentSpanId === job?.spanId && span.name.startsWith('sql'))).toBe(true);
    for (const span of spans)
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
    // Statements are there, what was typed is not.
    expect(JSON.stringify(spans)).not.toContain('Traced');
    expect(JSON.stringify(spans)).not.toContain(ada.email);
  });
});
