// Owns the commands on the Redis stream of events. What must happen together happens in one script.
// Keys: the stream; `plans` (token → its entries' ids and when it was last taken up); `planned` (entry id → token);
// `seen:` (an event's id, as long as it is remembered). All share one hash tag, so they live in one slot of a cluster.

import type { Redis } from 'ioredis';
import type { Line } from './event-queue.ts';

export interface Keys {
  stream: string;
  plans: string;
  planned: string;
  seen: string;
  group: string;
  consumer: string;
}

export interface Entry {
  id: string;
  payload: Buffer;
}

const READ_COUNT = 500;
const CLAIM_COUNT = 1_000;
const CONSUMER_IDLE_MS = 3_600_000;
const FIELD = 'rows';

// KEYS stream; ARGV limit, prefix of seen ids, milliseconds, then (tag, id, row) for each line.
// Gives 0 when the stream is full. Rows whose id was seen are left out; nothing is written if none are left.
const APPEND = `
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
local rows = {}
for i = 4, #ARGV, 3 do
  if redis.call('SET', ARGV[2] .. ARGV[i] .. ARGV[i + 1], '1', 'NX', 'PX', ARGV[3]) then rows[#rows + 1] = ARGV[i] .. ARGV[i + 2] end
end
if #rows > 0 then redis.call('XADD', KEYS[1], '*', '${FIELD}', table.concat(rows, '\\n') .. '\\n') end
return 1`;

// KEYS stream, plans, planned; ARGV group, consumer, token, plan, then the entries' ids.
// Gives 0, and changes nothing, unless every entry is still this consumer's and in no other batch.
const PLAN = `
local last = #ARGV
local owned = {}
for _, one in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[5], ARGV[last], 100000, ARGV[2])) do
  owned[one[1]] = true
end
for i = 5, last do
  if not owned[ARGV[i]] or redis.call('HEXISTS', KEYS[3], ARGV[i]) == 1 then return 0 end
end
for i = 5, last do redis.call('HSET', KEYS[3], ARGV[i], ARGV[3]) end
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
return 1`;

// KEYS plans; ARGV token, the plan as read, the plan with a new time. Gives 1 to the one process that may go on.
const TAKE_PLAN = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`;

/** False when the stream is at its limit. */
export async function appendEntry(
  redis: Redis,
  keys: Keys,
  lines: readonly Line[],
  limit: number,
  remember_ms: number,
): Promise<boolean> {
  const values = lines.flatMap(({ tag, id, text }) => [tag, id, text]);
  return (await redis.eval(APPEND, 1, keys.stream, limit, keys.seen, remember_ms, ...values)) === 1;
}

/** New entries for this consumer; waits up to `block_ms` for the first. */
export async function readEntries(redis: Redis, keys: Keys, block_ms: number): Promise<Entry[]> {
  const answer = (await redis.xreadgroup(
    'GROUP',
    keys.group,
    keys.consumer,
    'COUNT',
    READ_COUNT,
    'BLOCK',
    Math.max(1, Math.round(block_ms)),
    'STREAMS',
    keys.stream,
    '>',
  )) as [string, [string, string[]][]][] | null;
  return (answer?.[0]?.[1] ?? []).map(toEntry);
}

/** Entries that are inserted together; `ids` is what was written down, in the stream's order. */
export interface Batch {
  token: string;
  ids: readonly string[];
  entries: readonly Entry[];
}

interface Plan {
  ids: string[];
  at: number;
}

/** Writes down that these entries are one batch; gives undefined when another process has them now. */
export async function planBatch(
  redis: Redis,
  keys: Keys,
  found: readonly Entry[],
): Promise<Batch | undefined> {
  const entries = found.toSorted((a, b) => byId(a.id, b.id));
  const ids = entries.map(({ id }) => id);
  const token = `stream:${ids[0]}:${ids.at(-1)}:${ids.length}`;
  const plan: Plan = { ids, at: Date.now() };
  const { stream, plans, planned, group, consumer } = keys;
  const done = await redis.eval(
    PLAN,
    3,
    stream,
    plans,
    planned,
    group,
    consumer,
    token,
    JSON.stringify(plan),
    ...ids,
  );
  return done === 1 ? { token, ids, entries } : undefined;
}

/** Batches that were begun longer than `rest_ms` ago and not finished; from now on they are this process's. */
export async function stalePlans(redis: Redis, keys: Keys, rest_ms: number): Promise<Batch[]> {
  const stale: Batch[] = [];
  for (const [token, text] of Object.entries(await redis.hgetall(keys.plans))) {
    const plan = JSON.parse(text) as Plan;
    if (Date.now() - plan.at < rest_ms) continue;
    const renewed = JSON.stringify({ ...plan, at: Date.now() });
    if ((await redis.eval(TAKE_PLAN, 1, keys.plans, token, text, renewed)) !== 1) continue;
    const answers =
      (await redis.pipeline(plan.ids.map((id) => ['xrange', keys.stream, id, id])).exec()) ?? [];
    const entries = answers.flatMap(([error, found]) => {
      if (error) throw error;
      return (found as [string, string[]][]).map(toEntry);
    });
    stale.push({ token, ids: plan.ids, entries });
  }
  return stale;
}

/** Entries that were read longer than `rest_ms` ago and belong to no batch; from now on they are this consumer's. */
export async function claimStale(redis: Redis, keys: Keys, rest_ms: number): Promise<Entry[]> {
  const { stream, group, consumer, planned } = keys;
  const answer = (await redis.xautoclaim(stream, group, consumer, rest_ms, '0-0', 'COUNT', CLAIM_COUNT)) as [
    string,
    ([string, string[]] | null)[],
  ];
  const entries = answer[1].filter((entry) => entry !== null).map(toEntry);
  if (entries.length === 0) return [];
  const tokens = await redis.hmget(planned, ...entries.map(({ id }) => id));
  return entries.filter((_, index) => tokens[index] === null);
}

/** The batch is in ClickHouse: acknowledge and forget its entries. */
export async function finishBatch(
  redis: Redis,
  keys: Keys,
  token: string,
  ids: readonly string[],
): Promise<void> {
  const answers = await redis
    .multi()
    .xack(keys.stream, keys.group, ...ids)
    .xdel(keys.stream, ...ids)
    .hdel(keys.planned, ...ids)
    .hdel(keys.plans, token)
    .exec();
  for (const [error] of answers ?? []) if (error) throw error;
}

/** Leaves the group; a consumer that still holds entries stays, or they would be lost. */
export async function forgetSelf(redis: Redis, keys: Keys): Promise<void> {
  const held = await redis.xpending(keys.stream, keys.group, '-', '+', 1, keys.consumer);
  if (held.length === 0) await redis.xgroup('DELCONSUMER', keys.stream, keys.group, keys.consumer);
}

/** Removes the names of consumers that hold nothing and have not asked for anything in an hour. */
export async function forgetConsumers(redis: Redis, keys: Keys): Promise<void> {
  const consumers = (await redis.xinfo('CONSUMERS', keys.stream, keys.group)) as (string | number)[][];
  for (const fields of consumers) {
    const field = (name: string) => fields[fields.indexOf(name) + 1];
    if (field('pending') === 0 && Number(field('idle')) > CONSUMER_IDLE_MS) {
      await redis.xgroup('DELCONSUMER', keys.stream, keys.group, String(field('name')));
    }
  }
}

function toEntry([id, fields]: [string, string[]]): Entry {
  return { id, payload: Buffer.from(fields[1] ?? '') };
}

/** Stream ids are `<milliseconds>-<number>`. */
function byId(a: string, b: string): number {
  const [[ma = 0, na = 0], [mb = 0, nb = 0]] = [a.split('-').map(Number), b.split('-').map(Number)];
  return ma - mb || na - nb;
}
