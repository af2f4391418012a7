// What the shared short-lived state must do, in memory and in Redis: called by a test file for each.

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Kv } from '../../server/platform/kv.ts';
import { makeRateLimiter } from '../../server/platform/rate-limit.ts';

export function kvBehaviour(name: string, open: () => Kv): void {
  describe(name, () => {
    it('keeps a value until its time is up', async () => {
      const key = randomUUID();
      expect(await open().get(key)).toBeUndefined();
      await open().set(key, 'one – 椅子', 0.2);
      expect(await open().get(key)).toBe('one – 椅子');
      await wait(300);
      expect(await open().get(key)).toBeUndefined();
      await open().set(key, 'two', 60);
      await open().del(key);
      expect(await open().get(key)).toBeUndefined();
      await expect(open().set(key, 'x', 0)).rejects.toThrow('more than 0 seconds');
    });

    it('counts many at once without losing one, and starts again after the window', async () => {
      const key = randomUUID();
      const counts = await Promise.all(Array.from({ length: 50 }, () => open().incr(key, 0.4)));
      expect([...counts].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
      await wait(500);
      expect(await open().incr(key, 60)).toBe(1);
    });

    it('tells every listener of a channel, and none after it has left', async () => {
      const channel = randomUUID();
      const heard: string[] = [];
      const leaveFirst = await open().subscribe(channel, (message) => heard.push(`first ${message}`));
      const leaveSecond = await open().subscribe(channel, (message) => heard.push(`second ${message}`));
      await open().publish(channel, 'a');
      await open().publish(randomUUID(), 'elsewhere');
      await until(() => heard.length === 2);
      await leaveFirst();
      await open().publish(channel, 'b');
      await until(() => heard.length === 3);
      await leaveSecond();
      await open().publish(channel, 'c');
      await wait(100);
      expect(heard).toEqual(['first a', 'second a', 'second b']);
    });

    it('refuses what goes over a limit and says how long to wait', async () => {
      const limiter = makeRateLimiter(open(), { name: 'test', points: 3, window_seconds: 2 });
      const [one, other] = [randomUUID(), randomUUID()];
      const results = [];
      for (let attempt = 0; attempt < 4; attempt++) results.push(await limiter.consume(one));
      expect(results.map((result) => [result.allowed, result.remaining])).toEqual([
        [true, 2],
        [true, 1],
        [true, 0],
        [false, 0],
      ]);
      expect(results[3]?.retry_after_seconds).toBeGreaterThan(0);
      expect(results[3]?.retry_after_seconds).toBeLessThanOrEqual(2);
      expect((await limiter.consume(other)).allowed).toBe(true);
      await limiter.reset(one);
      expect((await limiter.consume(one)).allowed).toBe(true);
    });

    it('answers when asked', async () => {
      await open().ping();
    });
  });
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !condition(); tries++) await wait(20);
  expect(condition()).toBe(true);
}
