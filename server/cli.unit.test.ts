// What the command line makes of its words, before a store is opened.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from './cli.ts';
import { lockFolder } from './platform/lock.ts';

let folder: string;
let out: string[];
let err: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ofs-cli-'));
  [out, err] = [[], []];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = (...words: string[]) => runCli(words, {});

describe('the command line', () => {
  it.each([
    [
      ['catalog', 'search', 'chair', '--min-price', '-5'],
      /^ofs: --min-price -5 is not usable; give a number/,
    ],
    [
      ['catalog', 'search', '-5', '--limit', '0'],
      /^ofs: --limit 0 is not usable; give a number from 1 to 200/,
    ],
    [
      ['plan', 'analyze', 'none.dxf', '--known', '-1,-2,3,4=12 ft'],
      /^ofs: The file none\.dxf does not exist/,
    ],
    [['plan', 'analyze', '--scale'], /^ofs: --scale needs a value after it\. Usage: /],
    [['catalog', 'search', '--batch', '--json'], /^ofs: --batch needs a value after it\. Usage: /],
    [['brief', 'parse', '-', 'more'], /^ofs: Usage: ofs brief parse/],
    [['catalog', 'search', 'chair', '--bogus'], /Unknown option '--bogus'/],
    [['migrate', '--data', ''], /^ofs: --data is empty; give the folder/],
  ])('%j is bad usage, told in one line', async (words, line) => {
    expect(await run(...words)).toBe(2);
    expect(out).toEqual([]);
    expect(err.join('')).toMatch(line);
    expect(err.join('').trimEnd()).not.toContain('\n');
  });

  it('takes JSON in UTF-16, with what else the objects hold', async () => {
    const file = join(folder, 'turns.json');
    const text = JSON.stringify([{ turns: ['We need 30 desks.'], id: 7, note: { by: 'hand' } }]);
    writeFileSync(file, Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(await run('brief', 'parse', file, '--json', '--reference-date', '2026-03-02')).toBe(0);
    expect(JSON.parse(out.join(''))).toMatchObject([{ brief: { workstation_count: 30 } }]);
  });

  it('says which data folder cannot be used', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => lockFolder(file, 'test')).toThrow(/file is no folder; choose a folder/);
    expect(() => lockFolder(join(file, 'under'), 'test')).toThrow(/file is no folder; choose a folder/);
    lockFolder(join(folder, 'a', 'b'), 'test')();
  });
});
