// How much of a careless model gets past the check: every message is given the values of another one, with each of its own
// sentences as a quote. Figures for docs/conversation.md; every third case runs here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { EvidenceValue } from '../../contract/brief.ts';
import { parseBrief } from '../brief/parse.ts';
import { type JudgedSet, slotsOf } from '../brief/score.ts';
import { cutSentences } from '../brief/text.ts';
import { checkReading } from './check-model.ts';

const CASES = join(import.meta.dirname, '..', 'brief', 'cases');
const EVERY = 3;

const single = readdirSync(CASES)
  .filter((name) => name.endsWith('.data.json'))
  .flatMap((name) => {
    const set = JSON.parse(readFileSync(join(CASES, name), 'utf8')) as JudgedSet;
    return set.cases
      .filter(({ turns }) => turns.length === 1)
      .map((one) => ({ ...one, day: one.reference_date ?? set.reference_date }));
  });

function kindOf(path: string): 'figure' | 'date' | 'name' | 'choice' {
  if (/count|offices|rooms|booths|area|days|budget\.(?:min|max|target)/.test(path)) return 'figure';
  if (path.includes('date')) return 'date';
  return /brands|colors|materials|currency/.test(path) ? 'name' : 'choice';
}

/** A slot of a brief ("budget.max=400000") as the fields a model would hand in. */
function fieldsOf(slot: string, brief: object): { path: string; fields: unknown } {
  const path = slot.slice(0, slot.indexOf('='));
  const said = slot.slice(path.length + 1);
  const keys = path.split('.');
  const found = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], brief);
  const value = Array.isArray(found)
    ? [found.find((one: EvidenceValue) => String(one).toLowerCase() === said)]
    : found;
  return { path, fields: keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) };
}

it('takes next to no wrong figure, date or name, and few wrong choices', () => {
  const counts = { figure: [0, 0], date: [0, 0], name: [0, 0], choice: [0, 0] };
  for (let i = 0; i < single.length; i += EVERY) {
    const own = single[i];
    const other = single[(i + 7) % single.length];
    const message = own?.turns[0];
    if (own === undefined || other === undefined || message === undefined) continue;
    const parsed = parseBrief([message], { reference_date: own.day });
    const right = new Set([...slotsOf(parsed.brief), ...slotsOf(own.brief)]);
    const sentences = cutSentences(message).map(({ start, end }) => message.slice(start, end));
    for (const slot of slotsOf(other.brief).filter((one) => !right.has(one))) {
      const { path, fields } = fieldsOf(slot, other.brief);
      const { accepted } = checkReading(
        { fields, quotes: sentences.map((quote) => ({ path, quote })) },
        { message, parsed, turn: 0, reference_date: own.day },
      );
      const count = counts[kindOf(path)];
      count[0] = (count[0] ?? 0) + accepted.length;
      count[1] = (count[1] ?? 0) + 1;
    }
  }
  const share = ([taken = 0, all = 0]: number[]) => taken / all;
  expect(counts.figure[1]).toBeGreaterThan(100);
  expect(counts.choice[1]).toBeGreaterThan(60);
  expect(share(counts.figure)).toBeLessThan(0.02);
  expect(share(counts.date)).toBe(0);
  expect(share(counts.name)).toBe(0);
  expect(share(counts.choice)).toBeLessThan(0.05);
});
