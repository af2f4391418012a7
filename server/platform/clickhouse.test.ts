// The analytics store on the embedded engine: what goes in comes out the same, and a repeated insert counts once.

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { clickHouseBehaviour } from '../../test/servers/clickhouse-behaviour.ts';
import { createAnalyticsTables } from '../../test/servers/clickhouse-schema.ts';
import { type ClickHouse, openClickHouse } from './clickhouse.ts';

let folder: string;
let clickhouse: ClickHouse;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ofs-clickhouse-'));
  clickhouse = await openClickHouse({ mode: 'embedded', path: join(folder, randomUUID()) });
  await createAnalyticsTables(clickhouse);
});

afterAll(async () => {
  await clickhouse?.close();
  await rm(folder, { recursive: true, force: true });
});

clickHouseBehaviour('embedded ClickHouse', () => clickhouse);
