// The command line as an outside program calls it: one JSON document on stdout, words on stderr, exit codes that tell
// bad input (2) from a failure (1), and one line that says what, where and what to do.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlanDocument } from '../../contract/plan.ts';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { ROOT } from '../../server/config.ts';
import { copyMigratedFolder } from '../harness/prepared-folder.ts';
import { temporaryFolder } from '../harness/process.ts';

const folder = temporaryFolder();
beforeAll(() => copyMigratedFolder(data));
afterAll(() => folder.remove());
const data = join(folder.path, 'data');
const entry = ['--no-warnings', join(ROOT, 'server/main.ts')];

interface Outcome {
  code: number | null;
  out: string;
  err: string;
  // biome-ignore lint/suspicious/noExplicitAny: results of every command
  json(): any;
}

function ofs(args: string[], input?: string | Buffer): Outcome {
  const done = spawnSync(process.execPath, [...entry, ...args, '--data', data], {
    input: input ?? '',
    encoding: 'utf8',
    env: { ...process.env, LOG_LEVEL: 'silent' },
  });
  return {
    code: done.status,
    out: done.stdout,
    err: done.stderr,
    json: () => JSON.parse(done.stdout),
  };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

/** Exit code 2, nothing on stdout, one line on stderr. */
function expectRefused(outcome: Outcome, words: RegExp): void {
  expect({ code: outcome.code, out: outcome.out }).toEqual({ code: 2, out: '' });
  expect(outcome.err).toMatch(/^ofs: [^\n]+\n$/);
  expect(outcome.err).toMatch(words);
}

describe('a command used wrongly', () => {
  it('is refused with one line and exit code 2, before a store is opened', () => {
    expectRefused(ofs(['nonsense', '--json']), /There is no command "nonsense"/);
    expectRefused(ofs(['plan', 'analyze', '--json']), /Usage: ofs plan analyze FILE/);
    expectRefused(ofs(['plan', 'analyze', 'a.dxf', '--speed', '9']), /--speed/);
    expectRefused(ofs(['brief', 'parse', '-', '--reference-date', '2025-02-30']), /2025-02-30 is not a day/);
    expectRefused(ofs(['catalog', 'search', 'desk', '--limit', '0']), /--limit 0/);
    expectRefused(
      ofs(['catalog', 'search', 'desk', '--min-price', '9', '--max-price', '3']),
      /--min-price 9 is more than --max-price 3/,
    );
    expectRefused(ofs(['recommend', 'not-an-id']), /not-an-id is not a project id/);
  });

  it('without a command shows the help on stderr', () => {
    const outcome = ofs(['--json']);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(outcome.err).toContain('catalog import FILE');
  });
});

describe('files that cannot be used', () => {
  const garbage = randomBytes(200_000);
  garbage[0] = 0;

  it('are refused by name: missing, a folder, empty, binary', () => {
    mkdirSync(join(folder.path, 'dir'));
    const empty = file('empty.dxf', '');
    const binary = file('binary.dxf', garbage);
    for (const command of [
      ['plan', 'analyze'],
      ['catalog', 'import'],
      ['brief', 'parse'],
    ]) {
      expectRefused(ofs([...command, join(folder.path, 'missing'), '--json']), /missing/);
      expectRefused(ofs([...command, join(folder.path, 'dir'), '--json']), /dir/);
      expectRefused(ofs([...command, empty, '--json']), /empty/);
      expectRefused(ofs([...command, binary, '--json']), /binary/);
    }
  });
});

describe('plan analyze', () => {
  const plan = file('plan.dxf', samplePlanDxf(3));

  it('gives the plan document, and takes the user at their word about the scale', () => {
    const read = ofs(['plan', 'analyze', plan, '--json']);
    expect(read.code).toBe(0);
    const document = PlanDocument.parse(read.json());
    expect(document.spaces.length).toBeGreaterThan(3);
    const known = PlanDocument.parse(
      ofs(['plan', 'analyze', plan, '--json', '--known', '0,0,10,0=5 ft']).json(),
    );
    expect(known.scale).toMatchObject({ method: 'user', feet_per_unit: 0.5 });
    expectRefused(ofs(['plan', 'analyze', plan, '--scale', 'banana']), /scale "banana"/);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [...entry, 'plan', 'analyze', plan, '--json']);
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

describe('brief parse', () => {
  const conversation = { turns: ['We need 40 desks.', 'Make that 44.'] };

  it('reads a file, the standard input, an array, and text with a byte order mark', () => {
    const expected = ofs(['brief', 'parse', '-', '--json'], JSON.stringify(conversation)).json();
    expect(expected.brief.workstation_count).toBe(44);
    expect(Object.keys(expected).sort()).toEqual(['brief', 'changed', 'evidence', 'intent', 'questions']);
    const marked = file('brief.json', `\uFEFF${JSON.stringify(conversation)}`);
    expect(ofs(['brief', 'parse', marked, '--json']).json()).toEqual(expected);
    const many = ofs(['brief', 'parse', '--json'], JSON.stringify([conversation, { turns: [] }])).json();
    expect(many).toHaveLength(2);
    expect(many[0]).toEqual(expected);
    expectRefused(ofs(['brief', 'parse', '-'], '{"turns": "x"}'), /\{"turns": \["…"\]\}/);
  });
});

describe('catalog import and search', () => {
  it('imports row by row, rejects with line and reason, and changes nothing the second time', () => {
    const csv = file(
      'list.csv',
      [
        'sku,name,description,category,list_price,currency,specifications.dimensions.width_in',
        'CLI-1,"Task chair, mesh","first line\nsecond line",seating,499.90,USD,26',
        'CLI-2,Desk,,desks,,USD,60',
        'CLI-3,Desk,,desks,900,USD,60',
      ].join('\n'),
    );
    const rejected = [{ line: 4, reason: expect.stringContaining('list_price') }];
    expect(ofs(['catalog', 'import', csv, '--json']).json()).toEqual({
      read: 3,
      created: 2,
      updated: 0,
      rejected,
    });
    expect(ofs(['--json', '--data', data, 'catalog', 'import', csv]).json()).toEqual({
      read: 3,
      created: 0,
      updated: 0,
      rejected,
    });
    const lines = file(
      'list.jsonl',
      '{"sku":"CLI-4","name":"Sofa","category":"lounge","list_price":2100}\nnot a record\n{"sku":"CLI-5","name":"Pod","category":"acoustic","list_price":9000}\n',
    );
    const report = ofs(['catalog', 'import', lines, '--json']).json();
    expect(report).toMatchObject({ read: 3, created: 2, updated: 0, rejected: [{ line: 2 }] });
  });

  it('answers one query or a batch, also one far too long', () => {
    const one = ofs(['catalog', 'search', 'mesh chair', '--limit', '1', '--json']).json();
    expect(one).toMatchObject({ results: [{ sku: 'CLI-1', category: 'seating', list_price: 499.9 }] });
    expect(one.took_ms).toBeGreaterThan(0);
    const batch = file('batch.json', JSON.stringify({ a: 'sofa', b: '', c: `pod ${'x'.repeat(5000)}` }));
    const many = ofs(['catalog', 'search', '--batch', batch, '--limit', '1', '--json']);
    expect(many.code).toBe(0);
    expect(Object.keys(many.json())).toEqual(['a', 'b', 'c']);
    expect(many.json().a.results[0].sku).toBe('CLI-4');
    expect(many.err).toContain('first 500 characters');
  });

  it('lets one process at a time into an embedded data folder, and names the one that is in', async () => {
    const holder = spawn(process.execPath, [...entry, 'catalog', 'import', '-', '--json', '--data', data]);
    try {
      const lock = join(data, 'lock.json');
      await expect
        .poll(() => (existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')).pid : 0), { timeout: 30_000 })
        .toBe(holder.pid);
      expectRefused(
        ofs(['catalog', 'search', 'desk', '--json']),
        new RegExp(`in use by process ${holder.pid}`),
      );
    } finally {
      holder.kill('SIGKILL');
    }
    await new Promise((resolve) => holder.on('close', resolve));
    expect(ofs(['catalog', 'search', 'desk', '--json']).code).toBe(0);
  });
});

describe('migrate and schema', () => {
  it('tell what is applied and what the stores really hold', () => {
    const status = ofs(['migrate', 'status', '--json']).json();
    for (const store of ['postgres', 'clickhouse']) {
      expect(status[store].length).toBeGreaterThan(2);
      for (const one of status[store]) {
        expect(Object.keys(one).sort()).toEqual(['applied_at', 'checksum', 'description', 'version']);
        expect(one.checksum).toMatch(/^[0-9a-f]{64}$/);
        expect(one.applied_at).not.toBeNull();
      }
    }
    const schema = ofs(['schema', '--json']).json();
    const { products } = schema.postgres.tables;
    expect(products.columns).toContainEqual({
      name: 'sku',
      type: expect.stringContaining('100'),
      nullable: false,
      default: null,
    });
    expect(products.indexes.map((one: { name: string }) => one.name)).toContain('idx_products_fulltext');
    expect(products.constraints[0]).toHaveProperty('definition');
    expect(schema.clickhouse.tables.events).toMatchObject({
      engine: 'MergeTree',
      partition_key: 'toYYYYMM(date)',
      sorting_key: 'date, user_id, session_id, timestamp',
      ttl: expect.stringContaining('date'),
    });
  });
});
