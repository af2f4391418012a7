// The table of settings in docs/operations.md is complete and its defaults are the real ones.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Environment, ROOT, readConfig } from './config.ts';

const page = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
const table = page.split(/^## /m).find((section) => section.startsWith('Settings')) ?? '';
const rows = [...table.matchAll(/^\| (`.*?`) \| ?(.*?) ?\| (.+) \|$/gm)].map((match) => ({
  names: [...(match[1] ?? '').matchAll(/`([A-Z][A-Z0-9_]*)`/g)].map((name) => name[1] as string),
  given: (match[2] ?? '').replaceAll('`', ''),
  meaning: match[3] ?? '',
}));

it('every variable that is read has a row, and every row is a variable that is read', () => {
  expect(rows.flatMap((row) => row.names).sort()).toEqual(Object.keys(Environment.shape).sort());
});

it('defaults are the ones of the program', () => {
  const defaults: Record<string, unknown> = Environment.parse({});
  for (const { names, given } of rows)
    for (const name of names) expect({ name, given }).toEqual({ name, given: String(defaults[name] ?? '') });
});

it('an unusable variable is named in a sentence', () => {
  expect(() => readConfig({ PORT: 'eighty' })).toThrow(
    /variable PORT is not usable: must be a whole number\./,
  );
  expect(() => readConfig({ DATABASE_URL: 'mysql://x' })).toThrow(/DATABASE_URL is not usable: must begin/);
});
