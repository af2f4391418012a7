// What live streams remember: the last changes of each project, and who is connected. In Redis where there is one, else in
// this process, which then is the only one.
import { Present, ProjectEvent } from '../../contract/projects.ts';
import type { Kv } from '../platform/kv.ts';
import { HEARTBEAT_MS } from '../platform/sse.ts';

export interface Numbered {
  id: string;
  event: ProjectEvent;
}

export interface LiveStore {
  /** Returns the id under which the change is kept. */
  keep(projectId: string, event: ProjectEvent): Promise<string>;
  since(projectId: string, id: string): Promise<Numbered[] | null>;
  /** True where the connection is new or says something else than before. */
  enter(projectId: string, connectionId: string, person: Present): Promise<boolean>;
  leave(projectId: string, connectionId: string): Promise<void>;
  connection(projectId: string, connectionId: string): Promise<Present | undefined>;
  people(projectId: string): Promise<Present[]>;
}

const KEPT_EVENTS = 500;
const KEPT_SECONDS = 3600;
/** A process that ends without a word is forgotten after three heartbeats. */
const GONE_MS = 3 * HEARTBEAT_MS;

interface Connection {
  person: Present;
  seen: number;
}

export function makeLiveStore(kv: Kv, now: () => Date): LiveStore {
  return kv.redis === undefined ? memoryStore(now) : redisStore(kv.redis, now);
}

function memoryStore(now: () => Date): LiveStore {
  const events = new Map<string, { list: Numbered[]; until: number }>();
  const connections = new Map<string, Map<string, Connection>>();
  let last = { ms: 0, n: 0 };
  const nextId = () => {
    const ms = Math.max(now().getTime(), last.ms);
    last = { ms, n: ms === last.ms ? last.n + 1 : 0 };
    return `${last.ms}-${last.n}`;
  };
  const sweep = () => {
    const time = now().getTime();
    for (const [id, one] of events) if (one.until < time) events.delete(id);
  };
  return {
    async keep(projectId, event) {
      sweep();
      const id = nextId();
      const kept = events.get(projectId) ?? { list: [], until: 0 };
      kept.list.push({ id, event });
      if (kept.list.length > KEPT_EVENTS) kept.list.shift();
      kept.until = now().getTime() + KEPT_SECONDS * 1000;
      events.set(projectId, kept);
      return id;
    },
    async since(projectId, id) {
      const kept = events.get(projectId);
      const at = kept?.list.findIndex((one) => one.id === id) ?? -1;
      if (kept !== undefined && at >= 0) return kept.list.slice(at + 1);
      return null;
    },
    async enter(projectId, connectionId, person) {
      const all = connections.get(projectId) ?? new Map<string, Connection>();
      const before = all.get(connectionId)?.person;
      all.set(connectionId, { person, seen: now().getTime() });
      connections.set(projectId, all);
      return JSON.stringify(before) !== JSON.stringify(person);
    },
    async leave(projectId, connectionId) {
      const all = connections.get(projectId);
      all?.delete(connectionId);
      if (all?.size === 0) connections.delete(projectId);
    },
    async connection(projectId, connectionId) {
      return connections.get(projectId)?.get(connectionId)?.person;
    },
    async people(projectId) {
      return [...(connections.get(projectId)?.values() ?? [])].map(({ person }) => person);
    },
  };
}

function redisStore(redis: NonNullable<Kv['redis']>, now: () => Date): LiveStore {
  const eventsKey = (projectId: string) => `ofs:live:events:${projectId}`;
  const peopleKey = (projectId: string) => `ofs:live:people:${projectId}`;
  const connectionOf = (text: string | null): Connection | undefined => {
    if (text === null) return undefined;
    const { person, seen } = JSON.parse(text) as { person: unknown; seen: number };
    const known = Present.safeParse(person);
    return known.success ? { person: known.data, seen } : undefined;
  };
  return {
    async keep(projectId, event) {
      const key = eventsKey(projectId);
      const answers = await redis
        .multi()
        .xadd(key, 'MAXLEN', '~', KEPT_EVENTS, '*', 'event', JSON.stringify(event))
        .expire(key, KEPT_SECONDS)
        .exec();
      const [error, id] = answers?.[0] ?? [new Error('Redis gave no answer'), undefined];
      if (error) throw error;
      return String(id);
    },
    async since(projectId, id) {
      if (!/^\d{1,16}-\d{1,10}$/.test(id)) return null;
      const found = await redis.xrange(eventsKey(projectId), id, '+');
      if (found[0]?.[0] !== id) return null;
      return found.slice(1).flatMap(([own, fields]) => {
        const event = ProjectEvent.safeParse(JSON.parse(fields[1] ?? 'null'));
        return event.success ? [{ id: own, event: event.data }] : [];
      });
    },
    async enter(projectId, connectionId, person) {
      const key = peopleKey(projectId);
      const before = connectionOf(await redis.hget(key, connectionId))?.person;
      await redis
        .multi()
        .hset(key, connectionId, JSON.stringify({ person, seen: now().getTime() }))
        .pexpire(key, GONE_MS)
        .exec();
      return JSON.stringify(before) !== JSON.stringify(person);
    },
    async leave(projectId, connectionId) {
      await redis.hdel(peopleKey(projectId), connectionId);
    },
    async connection(projectId, connectionId) {
      return connectionOf(await redis.hget(peopleKey(projectId), connectionId))?.person;
    },
    async people(projectId) {
      const key = peopleKey(projectId);
      const since = now().getTime() - GONE_MS;
      const all = Object.entries(await redis.hgetall(key)).map(
        ([id, text]) => [id, connectionOf(text)] as const,
      );
      const gone = all.filter(([, one]) => one === undefined || one.seen < since).map(([id]) => id);
      if (gone.length > 0) await redis.hdel(key, ...gone);
      return all.flatMap(([, one]) => (one === undefined || one.seen < since ? [] : [one.person]));
    },
  };
}
