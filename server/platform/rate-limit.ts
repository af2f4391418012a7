// Owns how often something may be done: a number of points a key and window, shared through Redis where there is
// one. When Redis is away each process counts for itself, so sign-in stays guarded and stays possible.

import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Kv } from './kv.ts';

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
  const result = (allowed: boolean, state: RateLimiterRes): RateLimitResult => ({
    allowed,
    limit: options.points,
    remaining: Math.max(0, state.remainingPoints),
    retry_after_seconds: Math.ceil(state.msBeforeNext / 1000),
  });
  return {
    async consume(key, points = 1) {
      try {
        return result(true, await limiter.consume(key, points));
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return result(false, refusal);
        throw refusal;
      }
    },
    async reset(key) {
      await limiter.delete(key);
    },
  };
}
