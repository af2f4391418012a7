// Owns how often something may be done: a number of points a key and window, shared through Redis where there is
// one. When Redis is away each process counts for itself, so sign-in stays guarded and stays possible.

import { isIP } from 'node:net';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Kv } from './kv.ts';

/** Whose requests count together: an address of the net, of IPv6 the whole /64 that one customer is given. */
export function senderOf(address: string | null | undefined): string {
  const plain = (address ?? 'unknown')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '')
    .toLowerCase();
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: gap }, () => '0'), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

export interface RateLimitResult {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the window starts anew, rounded up. */
  retry_after_seconds: number;
}

export interface RateLimiter {
  /** Uses up `points` (1) of `key`'s window and says whether that was still allowed. */
  consume(key: string, points?: number): Promise<RateLimitResult>;
  /** Forgets what `key` used up, for instance after a sign-in that worked. */
  reset(key: string): Promise<void>;
}

export interface RateLimitOptions {
  /** Keeps one limiter's keys apart from another's. */
  name: string;
  points: number;
  window_seconds: number;
  /** Once over the limit, refuse for this long; until the window ends unless given. */
  block_seconds?: number;
}

const PATIENCE_MS = 500;
const ALONE_MS = 5_000;
const LATE = Symbol('late');

async function inTime<T>(answer: Promise<T>, milliseconds: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), milliseconds);
  });
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

export function makeRateLimiter(kv: Kv, options: RateLimitOptions): RateLimiter {
  const common = {
    keyPrefix: `ofs:limit:${options.name}`,
    points: options.points,
    duration: options.window_seconds,
    ...(options.block_seconds === undefined ? {} : { blockDuration: options.block_seconds }),
  };
  const memory = new RateLimiterMemory(common);
  const limiter =
    kv.redis === undefined
      ? memory
      : new RateLimiterRedis({
          ...common,
          storeClient: kv.redis,
          insuranceLimiter: memory,
          rejectIfRedisNotReady: true,
        });
  // A Redis that takes commands and does not answer must not hold up every request: this process counts alone meanwhile.
  let aloneUntil = 0;
  const consumeShared = async (key: string, points: number): Promise<RateLimiterRes> => {
    if (limiter === memory || Date.now() < aloneUntil) return await memory.consume(key, points);
    const asked = limiter.consume(key, points);
    asked.catch(() => undefined);
    const answer = await inTime(asked, PATIENCE_MS);
    if (answer !== LATE) return answer;
    aloneUntil = Date.now() + ALONE_MS;
    return await memory.consume(key, points);
  };
  const result = (allowed: boolean, state: RateLimiterRes): RateLimitResult => ({
    allowed,
    limit: options.points,
    remaining: Math.max(0, state.remainingPoints),
    retry_after_seconds: Math.ceil(state.msBeforeNext / 1000),
  });
  return {
    async consume(key, points = 1) {
      try {
        return result(true, await consumeShared(key, points));
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return result(false, refusal);
        throw refusal;
      }
    },
    async reset(key) {
      // Where Redis is away the window ends by itself.
      const forgotten = Promise.all([memory.delete(key), limiter.delete(key)]).catch(() => undefined);
      await inTime(forgotten, PATIENCE_MS);
    },
  };
}
