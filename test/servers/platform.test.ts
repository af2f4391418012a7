// The stores of the server profile on real servers: the same behaviour as the embedded ones, word for word.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../server/config.ts';
import { type ClickHouse, openClickHouse } from '../../server/platform/clickhouse.ts';
import { openEvents } from '../../server/platform/events.ts';
import { type Files, openFiles } from '../../server/platform/files.ts';
import { type Kv, openKv } from '../../server/platform/kv.ts';
import { migratePrivatePostgres } from '../../server/platform/migrate.ts';
import { openPostgres } from '../../server/platform/postgres.ts';
import { makeRateLimiter } from '../../server/platform/rate-limit.ts';
import { clickHouseBehaviour, count } from './clickhouse-behaviour.ts';
import { createAnalyticsTables } from './clickhouse-schema.ts';
import { aRow, eventsBehaviour } from './events-behaviour.ts';
import { filesBehaviour } from './files-behaviour.ts';
import { kvBehaviour } from './kv-behaviour.ts';
import { readingBehaviour } from './reading-behaviour.ts';
import { skipReason, startServers } from './services.ts';

const servers = await startServers(['postgres', 'redis', 'clickhouse', 's3']);
const reason = skipReason(servers);
if (reason !== undefined) console.log(reason);
afterAll(() => servers.stop());

describe.skipIf(servers.postgres === undefined)('reading in one round trip on a PostgreSQL server', () => {
  readingBehaviour(async () => {
    const url = new URL(servers.postgres!.url);
    const admin = new Client({ connectionString: url.href });
    await admin.connect();
    const name = `reading_${randomUUID().replaceAll('-', '')}`;
    await admin.query(`create database ${name}`);
    url.pathname = `/${name}`;
    const postgres = await openPostgres({ mode: 'server', url: url.href, pool: 3 });
    await migratePrivatePostgres(postgres, join(ROOT, 'migrations'));
    return {
      postgres,
      close: async () => {
        await postgres.close();
        await admin.query(`drop database ${name}`);
        await admin.end();
      },
    };
  });
});

describe.skipIf(servers.clickhouse === undefined)('on a ClickHouse server', () => {
  let clickhouse: ClickHouse;
  beforeAll(async () => {
    clickhouse = await openClickHouse({ mode: 'server', url: servers.clickhouse!.url });
    await createAnalyticsTables(clickhouse);
  });
  afterAll(() => clickhouse?.close());
  clickHouseBehaviour('the analytics store', () => clickhouse);
});

describe.skipIf(servers.redis === undefined)('on Redis', () => {
  let kv: Kv;
  beforeAll(async () => {
    kv = await openKv({ mode: 'redis', url: servers.redis!.url, onError: () => {} });
  });
  afterAll(() => kv?.close());
  kvBehaviour('the shared state', () => kv);

  it('brings messages from one process to another', async () => {
    const other = await openKv({ mode: 'redis', url: servers.redis!.url });
    const heard = new Promise((resolve) =>
      other.subscribe('projects:1', resolve).then(() => kv.publish('projects:1', 'moved')),
    );
    expect(await heard).toBe('moved');
    await other.close();
  });

  it('still limits, each process for itself, when Redis is away', async () => {
    const away = await openKv({ mode: 'redis', url: servers.redis!.url, onError: () => {} });
    const limiter = makeRateLimiter(away, { name: 'away', points: 2, window_seconds: 60 });
    away.redis!.disconnect();
    const allowed = [];
    for (let attempt = 0; attempt < 3; attempt++) allowed.push((await limiter.consume('somebody')).allowed);
    expect(allowed).toEqual([true, true, false]);
    await away.close();
  });
});

describe.skipIf(servers.redis === undefined || servers.clickhouse === undefined)(
  'on Redis and ClickHouse',
  () => {
    let clickhouse: ClickHouse;
    beforeAll(async () => {
      clickhouse = await openClickHouse({ mode: 'server', url: servers.clickhouse!.url });
      await createAnalyticsTables(clickhouse);
    });
    afterAll(() => clickhouse?.close());
    const prefix = `test-${randomUUID()}:`;
    eventsBehaviour(
      'events through a Redis stream',
      () => clickhouse,
      (store, over) =>
        openEvents({
          ...over,
          mode: 'redis',
          url: servers.redis!.url,
          prefix,
          clickhouse: store,
          flush_ms: 50,
          reclaim_ms: 300,
          onError: () => {},
        }),
    );

    it('shares the work between processes and refuses politely when the stream is full', async () => {
      const organization_id = randomUUID();
      const own = `test-${randomUUID()}:`;
      const open = (over: { consume?: boolean; max_entries?: number } = {}) =>
        openEvents({
          mode: 'redis',
          url: servers.redis!.url,
          prefix: own,
          clickhouse,
          flush_ms: 20,
          reclaim_ms: 200,
          ...over,
        });
      const front = await open({ consume: false, max_entries: 40 });
      let taken = 0;
      const fill = async () => {
        for (;;) {
          await front.append({ events: [aRow({ organization_id })] });
          taken += 1;
        }
      };
      await expect(fill()).rejects.toMatchObject({ code: 'EVENTS_FULL' });
      expect(taken).toBe(40);
      const workers = await Promise.all([open(), open(), open()]);
      const more = Array.from({ length: 40 }, () =>
        front.append({ events: [aRow({ organization_id })] }).then(
          () => 1,
          () => 0,
        ),
      );
      taken += (await Promise.all(more)).reduce<number>((sum, one) => sum + one, 0);
      await front.drain();
      const sql = 'SELECT count() AS n FROM events WHERE organization_id = {organization_id:UUID}';
      expect(await count(clickhouse, sql, { organization_id })).toBe(taken);
      await Promise.all([front, ...workers].map((queue) => queue.close()));
    });
  },
);

describe.skipIf(servers.s3 === undefined)('on an S3 server', () => {
  let files: Files;
  beforeAll(async () => {
    const { url, bucket, access_key_id, secret_access_key } = servers.s3!;
    files = await openFiles({
      mode: 's3',
      endpoint: url,
      bucket,
      access_key_id,
      secret_access_key,
      // The test server knows this class and not Glacier's newer ones.
      cold_storage_class: 'STANDARD_IA',
    });
  });
  afterAll(() => files?.close());
  filesBehaviour('the files', () => files);

  it('answers when asked, and says which bucket does not', async () => {
    await files.ping();
    const { url, access_key_id, secret_access_key } = servers.s3!;
    const wrong = await openFiles({
      mode: 's3',
      endpoint: url,
      bucket: 'no-such-bucket',
      access_key_id,
      secret_access_key,
    });
    await expect(wrong.ping()).rejects.toThrow('The bucket no-such-bucket does not answer');
    await wrong.close();
  });
});

describe.skipIf(servers.postgres === undefined)('on a PostgreSQL server', () => {
  it('has version 15 or later and pgvector', async () => {
    const client = new Client({ connectionString: servers.postgres!.url });
    await client.connect();
    await client.query('CREATE EXTENSION IF NOT EXISTS vector');
    const { rows } = await client.query(
      `SELECT current_setting('server_version_num')::int AS version, '[1,2,3]'::vector <=> '[1,2,3]'::vector AS distance`,
    );
    await client.end();
    expect(rows[0].version).toBeGreaterThanOrEqual(150_000);
    expect(rows[0].distance).toBe(0);
  });
});
