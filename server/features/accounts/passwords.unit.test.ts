import fc from 'fast-check';
import { expect, it } from 'vitest';
import { weaknessOf } from './password-rules.ts';
import { makeGate } from './passwords.ts';

it.each([
  'passwordpassword',
  'Password123456',
  'P@ssw0rd2024!!',
  'qwertyuiop1234',
  'aaaaaaaaaaaaaa',
  'abcdefghijklmnop',
  '123456789012',
  'letmein-letmein',
  'Welcome2026Welcome',
  '1q2w3e4r5t6y',
  'correct horse battery staple',
  'Summer2026!!!',
])('%s is refused although it is long', (password) => {
  expect(weaknessOf(password)).toMatch(/use a sentence/);
});

it.each([
  'a long enough password',
  'paper and pencil lines',
  'mein Hund heißt Waldi',
  '春が来た、梅が咲いた庭',
  'tr4mway-lantern-41',
])('%s may be used', (password) => {
  expect(weaknessOf(password)).toBeUndefined();
});

it('one’s own address and name do not make a password', () => {
  expect(weaknessOf('robin.tester1990', { email: 'robin.tester@example.com' })).toBeDefined();
  expect(weaknessOf('RobinTester2026', { names: ['Robin', 'Tester'] })).toBeDefined();
});

it('sentences of random words may be used', () => {
  const word = fc.stringMatching(/^[bdfgjkpvwz][aeiou][lmnrst][aeiou][bdfgkp]$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 4, maxLength: 6 }), (words) => {
      fc.pre(new Set(words.join('')).size >= 8);
      expect(weaknessOf(words.join(' '))).toBeUndefined();
    }),
  );
});

it('a gate lets so many through together, the rest in order, and refuses beyond its queue', async () => {
  const through = makeGate(2, 3);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const task = (n: number) =>
    through(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(n);
      running--;
    });
  const five = [1, 2, 3, 4, 5].map(task);
  await expect(task(6)).rejects.toMatchObject({ type: 'unavailable', retry_after: 5 });
  await Promise.all(five);
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
  await task(7);
  await expect(through(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await task(8);
  expect(running).toBe(0);
});
