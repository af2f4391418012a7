// Requests to the API made from its own OpenAPI document by a seed: valid ones, and ones damaged in their addresses,
// queries, headers, bodies and content types. What comes back is judged here too: no fault, no long wait, a status and a
// body as the document says. The same seed and the same document are the same requests.
import { seeded } from '../../engine/random.ts';
import {
  minimal,
  misfit,
  type OpenApi,
  type Operation,
  operationsOf,
  type Schema,
} from '../security/openapi.ts';

export type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

export const TEXTS: readonly string[] = [
  '',
  ' ',
  'a',
  'x'.repeat(300),
  'x'.repeat(70_000),
  `'; DROP TABLE users; --`,
  `" OR 1=1 --`,
  `1); SELECT pg_sleep(9); --`,
  '%00',
  'a\u0000b',
  '\u0001\u0008\u001b[31m',
  '\ud800',
  '\u202Egnp.exe',
  '\ufeff\u200b\u2066',
  '𝕳𝖊𝖑𝖑𝖔 مرحبا 🪑',
  'e\u0301'.repeat(400),
  '<script>alert(1)</script>',
  '{{7*7}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the template is the point
  '${7*7}#{7*7}<%= 7*7 %>',
  '../../../../etc/passwd',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data',
  '=HYPERLINK("http://x.example")',
  '\\',
  '%',
  '%_%',
  '%E0%A4%A',
  'constructor',
  '__proto__',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e309',
  '9223372036854775808',
  '9999-99-99',
  '0000-00-00T00:00:00Z',
  '275760-09-13T00:00:00.000Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '(((((((((((a+)+)+)+)+)+)+)+)+)+)+$',
  '& | ! <-> :* ( ) "',
  'eyJhIjoxfQ',
  'WyIyMDI2LTAxLTAxVDAwOjAwOjAwWiIsIngiXQ',
];

const NUMBERS: readonly number[] = [
  ...[0, -0, 1, -1, 0.1, -0.5, 1e-320, 2147483647, 2147483648, -2147483649, 9007199254740992, 1e15, 1e21],
  ...[1e308, -1e308, 4294967296, 32768, 255, 100, 1001],
];

/** A valid value most of the time optional properties included, by the schema alone. */
export function valid(schema: Schema, random: Random, ids: readonly string[], depth = 0): unknown {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return valid(pick(random, choices), random, ids, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(random, schema.enum);
  const type = Array.isArray(schema.type) ? pick(random, schema.type) : schema.type;
  if (type === 'object' || schema.properties !== undefined) {
    const required = new Set(schema.required ?? []);
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([name]) => required.has(name) || (depth < 5 && random() < 0.4))
        .map(([name, one]) => [name, valid(one, random, ids, depth + 1)]),
    );
  }
  if (type === 'array') {
    if (schema.prefixItems !== undefined)
      return schema.prefixItems.map((one) => valid(one, random, ids, depth + 1));
    const least = schema.minItems ?? 0;
    const count = Math.min(schema.maxItems ?? 4, least + Math.floor(random() * 3));
    const items = typeof schema.items === 'object' ? schema.items : {};
    return Array.from({ length: Math.max(least, count) }, () => valid(items, random, ids, depth + 1));
  }
  if (type === 'integer' || type === 'number') {
    const low = schema.minimum ?? -1000;
    const high = Math.min(schema.maximum ?? 1000, low + 2000);
    const number = pick(random, [low, high, low + random() * (high - low)]);
    return type === 'integer' ? Math.round(number) : number;
  }
  if (type === 'boolean') return random() < 0.5;
  if (type === 'null') return null;
  if (schema.format === 'uuid') return pick(random, ids);
  if (schema.format !== undefined || schema.pattern !== undefined) return minimal(schema);
  const length = Math.min(schema.maxLength ?? 60, Math.max(schema.minLength ?? 0, Math.floor(random() * 60)));
  return 'Oak table, näher 你好 '.repeat(4).slice(0, length).padEnd(length, 'x');
}

/** Any value at all: of the wrong type, huge, deep, or with keys that lead to prototypes. */
function anything(random: Random): unknown {
  const made: (() => unknown)[] = [
    () => null,
    () => pick(random, TEXTS),
    () => pick(random, TEXTS),
    () => pick(random, NUMBERS),
    () => random() < 0.5,
    () => [],
    () => ({}),
    () => Array.from({ length: 2000 }, () => pick(random, NUMBERS)),
    () => deep(200, random() < 0.5),
    () => JSON.parse('{"__proto__": {"is_admin": true}}') as unknown,
    () => ({ constructor: { prototype: { is_admin: true } } }),
    () => ({ $ne: null, toString: 'x', length: -1 }),
  ];
  return pick(random, made)();
}

function deep(levels: number, inArrays: boolean): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i += 1) value = inArrays ? [value] : { a: value };
  return value;
}

/** Damages one place of a value, at any depth. */
function damaged(value: unknown, random: Random): unknown {
  if (random() < 0.25 || typeof value !== 'object' || value === null) return anything(random);
  if (Array.isArray(value)) {
    if (value.length === 0) return [anything(random)];
    const index = Math.floor(random() * value.length);
    return value.map((one, at) => (at === index ? damaged(one, random) : one));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || random() < 0.1) return { ...value, [pick(random, TEXTS)]: anything(random) };
  const [name] = pick(random, entries);
  if (random() < 0.15) return Object.fromEntries(entries.filter(([key]) => key !== name));
  return { ...value, [name]: damaged((value as Record<string, unknown>)[name], random) };
}

export interface ApiRequest {
  operation: Operation;
  number: number;
  url: string;
  headers: Record<string, string>;
  payload: string | undefined;
}

/** Kinds of ids are not told apart: any id of the installation may stand anywhere. */
export interface Material {
  ids: readonly string[];
  /** The right value for a parameter of a path, where there is one. */
  fixture: (operation: Operation, name: string, index: number) => string | undefined;
  cookies: readonly string[];
  /** Operations that end what the others need. */
  without: (operation: Operation) => boolean;
}

const HEADERS: readonly Record<string, string>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/xml' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json/../x' },
  { 'content-type': ';;;' },
  { 'if-match': '"0"' },
  { 'if-match': 'W/"x", *' },
  { 'if-none-match': '*' },
  { 'idempotency-key': 'one' },
  { 'idempotency-key': 'x'.repeat(5000) },
  { 'idempotency-key': '' },
  { authorization: 'Bearer x' },
  { authorization: 'Basic eDp4' },
  { cookie: 'ofs_session=x; ofs_session=y; __proto__=1' },
  { accept: 'text/html;q=x' },
  { 'accept-encoding': 'br;q=9, *' },
  { 'last-event-id': "' or 1" },
  { origin: 'null' },
  { 'x-forwarded-for': '::1, 10.0.0.1, x' },
  { 'x-request-id': '<x>' },
  { range: 'bytes=5-1, -, 0-' },
  { prefer: 'respond-async' },
  { 'x-share-grant': 'x.y.z' },
  { expect: '100-continue' },
];

/** A text of brackets within brackets: no program makes it by writing out a value. */
const NESTED = [3000, 60_000].flatMap((levels) => [
  '['.repeat(levels) + ']'.repeat(levels),
  `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`,
]);

/** Puts one of them in the place of one property of the body. */
function nestedIn(body: unknown, random: Random): string {
  const nested = pick(random, NESTED);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return nested;
  const names = Object.keys(body);
  if (names.length === 0) return nested;
  const mark = '\u0001here';
  return JSON.stringify({
    ...body,
    [pick(random, names)]: pick(random, [mark, [mark], { a: mark }]),
  }).replace(JSON.stringify(mark), () => nested);
}

const RAW_BODIES: readonly string[] = [
  '{',
  '[',
  '{"a":1,}',
  '"',
  'nul',
  '{"a":\u0001}',
  '\ufeff{}',
  'a=1&b=2',
  '',
];

export function* apiRequests(
  document: OpenApi,
  material: Material,
  seed: number,
  count: number,
): Generator<ApiRequest> {
  const operations = operationsOf(document).filter((one) => !material.without(one));
  const random = seeded(seed);
  for (let number = 0; number < count; number += 1) {
    // Every operation in turn, then at random: a thousand requests reach each four times.
    const operation = operations[number % operations.length] as Operation;
    yield requestOf(operation, material, random, number);
  }
}

function requestOf(operation: Operation, material: Material, random: Random, number: number): ApiRequest {
  const harm = pick(random, [
    'none',
    'none',
    'body',
    'body',
    'body',
    'query',
    'path',
    'headers',
    'raw',
  ] as const);
  let index = -1;
  const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    index += 1;
    const right = material.fixture(operation, name, index) ?? pick(random, material.ids);
    const value =
      harm === 'path' && random() < 0.7 ? pick(random, [...TEXTS.slice(2), ...material.ids]) : right;
    return encodeURIComponent(value.slice(0, 600).toWellFormed()) || 'x';
  });
  const query = operation.parameters
    .filter((one) => one.in === 'query' && (one.required === true || random() < 0.5))
    .map((one) => {
      const schema = one.schema ?? {};
      const value =
        harm === 'query' && random() < 0.6 ? anything(random) : valid(schema, random, material.ids);
      const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
      return `${one.name}=${encodeURIComponent(text.slice(0, 4000).toWellFormed())}`;
    });
  if (harm === 'query' && random() < 0.3) query.push('__proto__[x]=1', 'limit=1', 'limit=2');
  const headers: Record<string, string> = { cookie: pick(random, material.cookies) };
  let payload: string | undefined;
  if (operation.body !== undefined || (harm === 'raw' && operation.method !== 'GET')) {
    const body = operation.body === undefined ? {} : valid(operation.body, random, material.ids);
    headers['content-type'] = 'application/json';
    payload =
      harm === 'raw'
        ? pick(random, [...RAW_BODIES, JSON.stringify(body).slice(0, -1), nestedIn(body, random)])
        : JSON.stringify(harm === 'body' ? damaged(body, random) : body);
  }
  if (harm === 'headers') Object.assign(headers, pick(random, HEADERS), pick(random, HEADERS));
  return {
    operation,
    number,
    url: query.length === 0 ? path : `${path}?${query.join('&')}`,
    headers,
    payload,
  };
}

export interface ApiAnswer {
  status: number;
  content_type: string;
  body: string;
  took_ms: number;
  /** Of the processor, by the whole process and shared out among the requests that were under way. */
  computed_ms: number;
}

/** Computing for longer than this is too much for one request. */
export const MOST_MS = 5000;
/** Not answered within this is a hang, however busy the machine is. */
export const HANG_MS = 120_000;

/** What is wrong with an answer, in a few words; undefined where it is as the document says. */
export function complaint(request: ApiRequest, answer: ApiAnswer, document: OpenApi): string | undefined {
  const { responses } = request.operation;
  if (answer.status >= 500 && answer.status !== 503)
    return `fault ${answer.status}: ${answer.body.slice(0, 300)}`;
  if (answer.status === 503 && responses['503'] === undefined) return `503: ${answer.body.slice(0, 200)}`;
  if (Math.min(answer.took_ms, answer.computed_ms) > MOST_MS)
    return `computed for ${Math.round(answer.computed_ms)} of ${Math.round(answer.took_ms)} ms`;
  if (answer.took_ms > HANG_MS) return `hung for ${Math.round(answer.took_ms)} ms`;
  const told = responses[String(answer.status)] ?? (answer.status >= 300 ? responses['default'] : undefined);
  if (answer.status === 304) return undefined;
  if (told === undefined) return `status ${answer.status} is not in the document`;
  const type = answer.content_type.split(';')[0]?.trim() ?? '';
  if (answer.body === '' || told.content === undefined) return undefined;
  const schema = (told.content[type] ?? told.content['*/*'])?.schema;
  if (told.content[type] === undefined && told.content['*/*'] === undefined)
    return `${type || 'no type'} is not in the document for ${answer.status}`;
  if (!/json/.test(type) || schema === undefined) return undefined;
  const found = misfit(schema, JSON.parse(answer.body), document);
  return found === undefined ? undefined : `${answer.status}: ${found}`;
}

/** As a person repeats it. */
export const shown = ({ operation, number, url, headers, payload }: ApiRequest): string =>
  `#${number} ${operation.method} ${url.slice(0, 300)} ${JSON.stringify({ ...headers, cookie: undefined })} ${(payload ?? '').slice(0, 300)}`;
