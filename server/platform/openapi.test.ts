// The OpenAPI document as a client generator reads it: every operation named, grouped and told how it fails.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../test/harness/app.ts';

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

let app: TestApp;
let operations: [string, Operation][];

beforeAll(async () => {
  app = await openTestApp();
  const { body } = await app.anonymous.get('/api/openapi.json');
  expect(body.openapi).toMatch(/^3\.1/);
  operations = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, one]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        one,
      ]),
  );
});
afterAll(async () => await app?.close());

const of = (name: string): Operation => {
  const found = operations.find(([key]) => key === name)?.[1];
  if (found === undefined) throw new Error(`${name} is not in the document`);
  return found;
};

describe('the OpenAPI document', () => {
  it('gives each operation a name of its own, a summary and a group', () => {
    expect(operations.length).toBeGreaterThan(60);
    expect(operations.filter(([, one]) => !one.summary || !one.tags?.length).map(([key]) => key)).toEqual([]);
    const ids = operations.map(([, one]) => one.operationId);
    expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]+$/.test(id ?? ''))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells for each operation what a success and an error look like', () => {
    for (const [key, { responses }] of operations) {
      expect(responses['default']?.content, key).toHaveProperty(['application/problem+json']);
      expect(
        Object.keys(responses).some((code) => code.startsWith('2')),
        key,
      ).toBe(true);
    }
  });

  it('declares every parameter of a path, and the headers that make writing safe', () => {
    for (const [key, { parameters = [] }] of operations) {
      const inPath = [...key.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(
        parameters.filter((one) => one.in === 'path').map((one) => one.name),
        key,
      ).toEqual(inPath);
    }
    const headersOf = (name: string) =>
      (of(name).parameters ?? []).filter((one) => one.in === 'header').map((one) => one.name);
    expect(headersOf('POST /api/v1/projects')).toEqual(['Idempotency-Key']);
    expect(headersOf('PATCH /api/v1/projects/{id}')).toEqual(['If-Match']);
    expect(headersOf('GET /api/v1/projects')).toEqual([]);
  });

  it('says how files are sent and which answers are streams', () => {
    for (const path of ['/api/v1/projects/{id}/floor-plans', '/api/v1/catalog/imports']) {
      expect(Object.keys(of(`POST ${path}`).requestBody?.content ?? {})).toEqual(['multipart/form-data']);
    }
    expect(of('GET /api/v1/projects/{id}/events').responses['200']?.content).toHaveProperty([
      'text/event-stream',
    ]);
    const message = of('POST /api/v1/conversations/{id}/messages').responses;
    expect(message['200']?.content).toHaveProperty(['text/event-stream']);
    expect(message['201']?.content).toHaveProperty(['application/json']);
  });
});
