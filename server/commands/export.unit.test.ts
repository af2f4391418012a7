// What `ofs export` says when it is asked for something that cannot be, before it opens anything.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportCommand } from './export.ts';

const PROJECT = '7c0a0000-0000-4000-8000-000000000001';
const OUT = join(tmpdir(), 'never-written.pdf');

function run(words: string[], options: Record<string, string>): Promise<void> {
  // Neither is reached: every question here is answered from the words alone.
  const unused = undefined as never;
  return exportCommand.run({ words, options, config: unused, log: unused, print: unused });
}

describe('ofs export', () => {
  it.each([
    ['a name in place of an id', ['Harbour'], {}, /Harbour is not a project id; give the UUID/],
    ['no id', [], {}, /^Usage: ofs export/],
    ['no format', [PROJECT], { format: undefined }, /--format is missing; give one of pdf, /],
    ['a format there is not', [PROJECT], { format: 'doc' }, /--format doc is not known; give one of pdf, /],
    ['no file', [PROJECT], { out: undefined }, /--out is missing/],
    [
      'a folder there is not',
      [PROJECT],
      { out: join(OUT, 'no', 'x.pdf') },
      /There is no folder .*never-written/,
    ],
    ['a folder as the file', [PROJECT], { out: tmpdir() }, /is a folder; give the name of a file/],
    ['a paper there is not', [PROJECT], { paper: 'A3' }, /--paper A3 is not known; give one of A4, Letter/],
    [
      'a scenario by its name',
      [PROJECT],
      { scenario: 'balanced' },
      /--scenario balanced is not a scenario id/,
    ],
    ['a part there is not', [PROJECT], { parts: 'cover,pages' }, /no part "pages"; choose from cover, brief/],
    ['a part in capitals', [PROJECT], { parts: 'Cover' }, /--parts Cover: a part is a word/],
  ])('teaches who gives %s', async (_what, words, changed, why) => {
    const options = { format: 'pdf', out: OUT, ...changed } as Record<string, string>;
    await expect(run([...words], options)).rejects.toThrow(why);
  });
});
