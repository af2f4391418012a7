// Many questions at once become few, and none is answered from before it was asked.
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { gathered } from './gather.ts';

interface Load {
  keys: readonly string[];
  answer(values: Record<string, number>): void;
  fail(error: Error): void;
}

function make() {
  const loads: Load[] = [];
  const find = gathered<number>(
    (keys) =>
      new Promise((resolve, reject) => {
        loads.push({ keys, answer: (values) => resolve(new Map(Object.entries(values))), fail: reject });
      }),
  );
  return { loads, find };
}

it('asks once for what came in together, and each gets their own answer', async () => {
  const { loads, find } = make();
  const found = Promise.all([find('a'), find('b'), find('a'), find('unknown')]);
  await turn();
  expect(loads.map((load) => load.keys)).toEqual([['a', 'b', 'unknown']]);
  loads[0]?.answer({ a: 1, b: 2 });
  expect(await found).toEqual([1, 2, 1, undefined]);
});

it('asks again for a key whose question is already under way', async () => {
  const { loads, find } = make();
  const before = find('a');
  await turn();
  const after = find('a');
  await turn();
  expect(loads.map((load) => load.keys)).toEqual([['a'], ['a']]);
  loads[0]?.answer({ a: 1 });
  loads[1]?.answer({});
  expect([await before, await after]).toEqual([1, undefined]);
});

it('lets two be under way and gathers the rest into the next', async () => {
  const { loads, find } = make();
  const found: Promise<number | undefined>[] = [];
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    found.push(find(key));
    await turn();
  }
  expect(loads.map((load) => load.keys)).toEqual([['a'], ['b']]);
  loads[1]?.answer({ b: 2 });
  expect(await found[1]).toBe(2);
  await turn();
  expect(loads.map((load) => load.keys)).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
  loads[0]?.answer({ a: 1 });
  loads[2]?.answer({ c: 3, d: 4, e: 5 });
  expect(await Promise.all(found)).toEqual([1, 2, 3, 4, 5]);
});

it('fails those who asked together, and nobody else', async () => {
  const { loads, find } = make();
  const failed = Promise.allSettled([find('a'), find('b')]);
  await turn();
  loads[0]?.fail(new Error('gone'));
  expect((await failed).map((one) => one.status)).toEqual(['rejected', 'rejected']);
  const next = find('a');
  await turn();
  loads[1]?.answer({ a: 7 });
  expect(await next).toBe(7);
});
