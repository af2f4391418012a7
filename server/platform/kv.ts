// Owns the short-lived shared state: small values with a time to live, counters, and messages between processes.
// In memory for one process, in Redis for many; nothing kept here may be the only copy of anything.

import { Redis } from 'ioredis';

export interface Kv {
  readonly mode: 'memory' | 'redis';
  /** The connection, for libraries that bring their own commands; undefined in memory. */
  readonly redis: Redis | undefined;
  get(key: string): Promise<string | undefined>;
  /** Keeps `value` for `ttlSeconds` (more than 0). */
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  del(key: string): Promise<void>;
  /** Adds one and gives the new count; the first one starts the time to live, the later ones leave it. */
  incr(key: string, ttlSeconds: number): Promise<number>;
  /** Gives `message` to every process that is subscribed to `channel` now. */
  publish(channel: string, message: string): Promise<void>;
  /** Calls `listener` for each message from now on, until the function it resolves to is called. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type KvOptions = (
  | { mode: 'memory' }
  | {
      mode: 'redis';
      url: string;
      /** Put before every key and channel; `ofs:` unless given. */
      prefix?: string;
    }
) & {
  /** Told of listeners that throw and of a connection that breaks (it is made again by itself). */
  onError?: (error: Error) => void;
};

const SWEEP_MS = 30_000;
const REDIS_TIMEOUT_MS = 3_000;

export async function openKv(options: KvOptions): Promise<Kv> {
  const onError = options.onError ?? ((error: Error) => console.error(error.message));
  return options.mode === 'memory'
    ? memoryKv(onError)
    : redisKv(options.url, options.prefix ?? 'ofs:', onError);
}

interface Entry {
  value: string;
  expires_at: number;
}

function memoryKv(onError: (error: Error) => void): Kv {
  const entries = new Map<string, Entry>();
  const listeners = makeListeners(onError);
  const live = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || entry.expires_at > Date.now()) return entry;
    entries.delete(key);
    return undefined;
  };
  const sweep = setInterval(() => {
    const now = Date.now();
    for (const [key, entry] of entries) if (entry.expires_at <= now) entries.delete(key);
  }, SWEEP_MS);
  sweep.unref();
  return {
    mode: 'memory',
    redis: undefined,
    get: async (key) => live(key)?.value,
    async set(key, value, ttlSeconds) {
      entries.set(key, { value, expires_at: Date.now() + milliseconds(ttlSeconds) });
    },
    async del(key) {
      entries.delete(key);
    },
    async incr(key, ttlSeconds) {
      const entry = live(key);
      const next = Number(entry?.value ?? 0) + 1;
      if (!Number.isSafeInteger(next)) throw new Error(`The value of ${key} is not a count`);
      entries.set(key, {
        value: String(next),
        expires_at: entry?.expires_at ?? Date.now() + milliseconds(ttlSeconds),
      });
      return next;
    },
    async publish(channel, message) {
      setImmediate(() => listeners.tell(channel, message));
    },
    async subscribe(channel, listener) {
      listeners.add(channel, listener);
      return async () => {
        listeners.remove(channel, listener);
      };
    },
    ping: async () => {},
    async close() {
      clearInterval(sweep);
      entries.clear();
      listeners.clear();
    },
  };
}

async function redisKv(url: string, prefix: string, onError: (error: Error) => void): Promise<Kv> {
  const redis = await connectRedis(url, onError);
  const subscriber = await connectRedis(url, onError).catch((error: unknown) => {
    redis.disconnect();
    throw error;
  });
  const listeners = makeListeners(onError);
  subscriber.on('message', (channel: string, message: string) =>
    listeners.tell(channel.slice(prefix.length), message),
  );
  return {
    mode: 'redis',
    redis,
    get: async (key) => (await redis.get(prefix + key)) ?? undefined,
    async set(key, value, ttlSeconds) {
      await redis.set(prefix + key, value, 'PX', milliseconds(ttlSeconds));
    },
    async del(key) {
      await redis.del(prefix + key);
    },
    async incr(key, ttlSeconds) {
      const answers = await redis
        .multi()
        .incr(prefix + key)
        .pexpire(prefix + key, milliseconds(ttlSeconds), 'NX')
        .exec();
      const [error, count] = answers?.[0] ?? [new Error('Redis gave no answer'), undefined];
      if (error) throw error;
      return Number(count);
    },
    async publish(channel, message) {
      await redis.publish(prefix + channel, message);
    },
    async subscribe(channel, listener) {
      const first = listeners.add(channel, listener);
      if (first) await subscriber.subscribe(prefix + channel);
      return async () => {
        if (listeners.remove(channel, listener)) await subscriber.unsubscribe(prefix + channel);
      };
    },
    async ping() {
      await redis.ping();
    },
    async close() {
      listeners.clear();
      await Promise.all([redis.quit().catch(() => undefined), subscriber.quit().catch(() => undefined)]);
    },
  };
}

/**
 * A Redis connection that is up when this resolves and comes back by itself when it breaks. `patient` connections
 * may wait in a blocking command; the others fail a command that is not answered in three seconds.
 */
export async function connectRedis(
  url: string,
  onError: (error: Error) => void,
  patient = false,
): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: patient ? null : 2,
    connectTimeout: REDIS_TIMEOUT_MS,
    keepAlive: 5_000,
    ...(patient ? {} : { commandTimeout: REDIS_TIMEOUT_MS }),
    retryStrategy: (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 6), 5_000),
  });
  let reason: Error | undefined;
  redis.on('error', (error: Error) => {
    reason = error;
    onError(new Error(`Redis: ${error.message || 'the connection broke'}`, { cause: error }));
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    const why = (reason ?? (error as Error)).message || 'no connection';
    throw new Error(`Redis does not answer at ${withoutPassword(url)}: ${why}`, { cause: error });
  }
  return redis;
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}

function milliseconds(ttlSeconds: number): number {
  if (!(ttlSeconds > 0)) throw new Error(`A time to live must be more than 0 seconds, not ${ttlSeconds}`);
  return Math.ceil(ttlSeconds * 1000);
}

type Listener = (message: string) => void;

function makeListeners(onError: (error: Error) => void) {
  const byChannel = new Map<string, Listener[]>();
  return {
    /** True when it is the channel's first listener. */
    add(channel: string, listener: Listener): boolean {
      const all = byChannel.get(channel) ?? [];
      byChannel.set(channel, [...all, listener]);
      return all.length === 0;
    },
    /** True when it was the channel's last listener. */
    remove(channel: string, listener: Listener): boolean {
      const all = byChannel.get(channel);
      const at = all?.indexOf(listener) ?? -1;
      if (all === undefined || at < 0) return false;
      const rest = all.toSpliced(at, 1);
      if (rest.length > 0) byChannel.set(channel, rest);
      else byChannel.delete(channel);
      return rest.length === 0;
    },
    tell(channel: string, message: string): void {
      for (const listener of byChannel.get(channel) ?? []) {
        try {
          listener(message);
        } catch (error) {
          onError(error instanceof Error ? error : new Error(String(error)));
        }
      }
    },
    clear(): void {
      byChannel.clear();
    },
  };
}
