// SQL, script and odd text in every string field of every operation that takes a body: a clear answer, never a fault,
// and what is stored comes back as it was sent.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../harness/app.ts';

let t: TestApp;
let ada: Person;
beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
});
afterAll(() => t.close());

const HOSTILE = [
  `'; DROP TABLE users; --`,
  `" OR 1=1 --`,
  '<script>alert(document.cookie)</script>',
  '{{constructor.constructor("return process")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the template is the point
  '${7*7}',
  '../../../../etc/passwd',
  'a\u0000b',
  '\ud800',
  '\u202Egnp.exe',
  '𝕳𝖊𝖑𝖑𝖔 مرحبا 🪑',
  '=HYPERLINK("http://x.example")',
  'x'.repeat(50_000),
];

// biome-ignore lint/suspicious/noExplicitAny: walks schemas of every shape
type Schema = any;

/** A body for a schema with the given text wherever a string may stand. */
function fill(schema: Schema, text: string, depth = 0): unknown {
  if (schema === undefined || depth > 6) return text;
  const choice = (schema.anyOf ?? schema.oneOf)?.find((one: Schema) => one.type !== 'null');
  if (choice !== undefined) return fill(choice, text, depth + 1);
  if (schema.enum !== undefined || schema.const !== undefined) return text;
  if (schema.type === 'object' || schema.properties !== undefined) {
    const filled = Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, value]) => [key, fill(value, text, depth + 1)]),
    );
    return Object.keys(filled).length > 0 ? filled : { [text.slice(0, 50)]: text };
  }
  if (schema.type === 'array') return [fill(schema.items, text, depth + 1)];
  if (schema.type === 'number' || schema.type === 'integer') return Math.max(1, schema.minimum ?? 1);
  if (schema.type === 'boolean') return true;
  return text;
}

it('gives every operation of the API a clear answer to hostile text', async () => {
  const document = (await t.anonymous.get('/api/openapi.json')).body;
  let asked = 0;
  let turn = 0;
  for (const [path, operations] of Object.entries(document.paths as Record<string, Record<string, Schema>>)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (!path.startsWith('/api/v1/') || path.endsWith('/logout')) continue;
      // A third of the texts each, by turns: what the rest would find, the fuzzer of test/security does.
      turn += 1;
      for (const text of HOSTILE.filter((_, index) => (index + turn) % 3 === 0)) {
        const filled = path.replace(/\{[^}]+\}/g, encodeURIComponent(text.slice(0, 60).toWellFormed()));
        const query = (operation.parameters ?? [])
          .filter((one: Schema) => one.in === 'query')
          .map((one: Schema) => `${one.name}=${encodeURIComponent(text.slice(0, 500).toWellFormed())}`)
          .join('&');
        const body = operation.requestBody?.content?.['application/json']?.schema;
        const answer = await t.server.inject({
          method: method.toUpperCase() as 'POST',
          url: query === '' ? filled : `${filled}?${query}`,
          headers: { cookie: ada.cookie },
          ...(body === undefined ? {} : { payload: fill(body, text) as object }),
        });
        asked += 1;
        expect({
          method,
          path,
          text: text.slice(0, 40),
          fault: answer.statusCode >= 500 ? answer.body : false,
        }).toEqual({ method, path, text: text.slice(0, 40), fault: false });
        if (answer.statusCode >= 400)
          expect(answer.headers['content-type']).toContain('application/problem+json');
      }
    }
  }
  expect(asked).toBeGreaterThan(400);
});

it('stores text as it was sent and gives it back as data', async () => {
  for (const text of HOSTILE.filter((one) => one.length <= 255 && !/\p{Cc}|\p{Cs}/u.test(one))) {
    const project = await ada.post('/projects', { name: text, description: text, client: { name: text } });
    expect(project.status).toBe(201);
    const read = await ada.get(`/projects/${project.body.id}`);
    expect([read.body.name, read.body.description, read.body.client.name]).toEqual([text, text, text]);
    expect(read.headers['content-type']).toContain('application/json');
    const found = await ada.get(`/projects?q=${encodeURIComponent(text)}`);
    expect(found.body.items.map((one: { id: string }) => one.id)).toContain(project.body.id);
    const conversation = await ada.post(`/projects/${project.body.id}/conversations`);
    const said = await ada.post(`/conversations/${conversation.body.id}/messages`, { content: text });
    expect(said.body.user_message.content).toBe(text);
  }
  const people = await t.app.deps.postgres.asSystem((tx) => tx.selectFrom('users').select('id').execute());
  expect(people).toHaveLength(1);
});

it('does so for every text that others are shown: comments, titles, links, footers, webhooks, teams, tokens', async () => {
  const project = (await ada.post('/projects', { name: 'Mill Lane' })).body.id;
  const conversation = (await ada.post(`/projects/${project}/conversations`)).body.id;
  const org = `/organizations/${ada.organization_id}`;
  const plain = HOSTILE.filter((one) => one.length <= 100 && !/\p{Cc}|\p{Cs}/u.test(one));
  expect(plain.length).toBeGreaterThan(6);
  for (const text of plain) {
    const comment = await ada.post(`/projects/${project}/comments`, { body: text });
    const renamed = await ada.patch(`/conversations/${conversation}`, { title: text });
    const link = await ada.post(`/projects/${project}/share-links`, { label: text, role: 'approver' });
    const branding = await ada.patch(`${org}/branding`, { footer_line: text });
    const webhook = await ada.post(`${org}/webhooks`, {
      url: 'https://hooks.example.com/',
      description: text,
    });
    const team = (await ada.post(`${org}/teams`, { name: text })).body.id;
    const teams = (await ada.get(`${org}/teams`)).body.items as { id: string; name: string }[];
    const token = await ada.post('/api-tokens', { name: text, scopes: ['read'] });
    const version = await ada.post(`/projects/${project}/versions`, { change_summary: text });
    expect({
      comment: comment.body.body,
      title: renamed.body.title,
      label: link.body.label,
      footer: branding.body.footer_line,
      webhook: webhook.body.description,
      team: teams.find((one) => one.id === team)?.name,
      token: token.body.name,
      version: version.body.change_summary,
    }).toEqual({
      comment: text,
      title: text,
      label: text,
      footer: text,
      webhook: text,
      team: text,
      token: text,
      version: text,
    });
    const shared = link.body.path.split('/').at(-1);
    const said = await t.anonymous.post(`/shared/${shared}/comments`, { name: text, body: text });
    expect(said.status).toBe(204);
    const page = await t.anonymous.get(`/shared/${shared}`);
    expect(page.body.link.label).toBe(text);
    expect(page.body.comments.at(0)).toMatchObject({ author_name: text, body: text });
    for (const answer of [comment, page]) {
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
    if (webhook.body.id !== undefined) await ada.delete(`/webhooks/${webhook.body.id}`);
  }
});
