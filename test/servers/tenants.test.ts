// The isolation of tenants once more, on real PostgreSQL, Redis and ClickHouse's HTTP interface.
import { afterAll, describe } from 'vitest';
import { openTestApp } from '../harness/app.ts';
import { tenantsAreKeptApart } from '../isolation/tenants-behaviour.ts';
import { startServers } from './services.ts';

const servers = await startServers(['postgres', 'redis', 'clickhouse']);
const ready = servers.missing.length === 0;
if (!ready) console.warn(`Tenants are not tested on real servers here: ${servers.missing.join('; ')}.`);
afterAll(() => servers.stop());

describe.skipIf(!ready)('on real servers', () => {
  tenantsAreKeptApart(() =>
    openTestApp({
      DATABASE_URL: servers.postgres?.url ?? '',
      REDIS_URL: servers.redis?.url ?? '',
      CLICKHOUSE_URL: servers.clickhouse?.url ?? '',
    }),
  );
});
