import { expect, it } from 'vitest';
import { isNestedDeeperThan } from './json-depth.ts';

const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

it('counts the deepest place, of lists and objects, and not the sum', () => {
  for (const nested of [lists, objects]) {
    expect(isNestedDeeperThan(nested(64), 64)).toBe(false);
    expect(isNestedDeeperThan(nested(65), 64)).toBe(true);
    expect(isNestedDeeperThan(nested(100_000), 64)).toBe(true);
  }
  expect(isNestedDeeperThan(`[${Array(1000).fill('[]').join(',')}]`, 64)).toBe(false);
});

it('takes brackets in texts for text, also after escaped quotes and backslashes', () => {
  const brackets = '['.repeat(200);
  for (const text of [brackets, `\\" ${brackets}`, `\\\\`, `${brackets}\\\\`])
    expect(isNestedDeeperThan(`{"a":"${text}","b":[]}`, 64)).toBe(false);
  expect(isNestedDeeperThan(`{"a":"\\\\","b":${lists(80)}}`, 64)).toBe(true);
});

it('reads broken texts to their end', () => {
  for (const text of ['"'.repeat(101), `${']'.repeat(100)}`, `"${'\\'.repeat(101)}`])
    expect(isNestedDeeperThan(text, 64)).toBe(false);
});
