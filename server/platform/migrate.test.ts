import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../config.ts';
import { type ClickHouse, openClickHouse } from './clickhouse.ts';
import { migrateUp, migrationStatus, pendingMigrations, readMigrations } from './migrate.ts';
import { openPostgres, type Postgres } from './postgres.ts';
import { readClickHouseSchema, readPostgresSchema } from './schema.ts';

let data: string;
let folder: string;
let postgres: Postgres;
let clickhouse: ClickHouse;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'ofs-migrate-'));
  [postgres, clickhouse] = await Promise.all([
    openPostgres({ mode: 'embedded', path: 'memory' }),
    openClickHouse({ mode: 'embedded', path: join(data, 'clickhouse') }),
  ]);
});
afterAll(async () => {
  await Promise.all([postgres.close(), clickhouse.close()]);
  rmSync(data, { recursive: true, force: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(data, 'files-'));
  cpSync(join(ROOT, 'migrations'), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stores = () => ({ postgres, clickhouse, folder });
const add = (store: 'postgres' | 'clickhouse', name: string, text: string) =>
  writeFileSync(join(folder, store, name), text);

describe('migrations', () => {
  it('apply everything once, and say what they did', async () => {
    const first = await migrateUp(stores());
    expect(first.postgres.length).toBeGreaterThan(8);
    expect(first.postgres[0]).toMatchObject({
      version: '20250101_001',
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      applied_at: expect.stringMatching(/Z$/),
    });
    const again = await migrateUp(stores());
    expect(again).toEqual(first);
  });

  it('refuse a file that was changed after it was applied', async () => {
    await migrateUp(stores());
    add('postgres', '20250101_002_projects.sql', '-- Projects, quietly different\nselect 1;\n');
    await expect(migrateUp(stores())).rejects.toThrow(/20250101_002 was changed after it was applied/);
  });

  it('refuse a gap: a number left out, or a file older than what is applied', async () => {
    add('postgres', '20990101_002_second.sql', '-- Second\nselect 1;\n');
    await expect(migrateUp(stores())).rejects.toThrow(/20990101_002 .* should be number 001 of its day/);
    rmSync(join(folder, 'postgres', '20990101_002_second.sql'));
    await migrateUp(stores());
    add('postgres', '20240101_001_late.sql', '-- Late\nselect 1;\n');
    await expect(migrateUp(stores())).rejects.toThrow(/20240101_001 is older than the applied/);
  });

  it('give their lock back, also after a failure', async () => {
    add('postgres', '20990101_001_broken.sql', '-- Broken\nselect nonsense from nowhere;\n');
    await expect(migrateUp(stores())).rejects.toThrow(/rolled back/);
    const held = await sql<{
      count: number;
    }>`select count(*) as count from pg_locks where locktype = 'advisory'`.execute(postgres.owner);
    expect(held.rows[0]?.count).toBe(0);
  });

  it('leave nothing of a PostgreSQL migration that fails in the middle', async () => {
    await migrateUp(stores());
    add(
      'postgres',
      '20990101_001_broken.sql',
      '-- Broken\ncreate table half_done (id int);\nselect nonsense from nowhere;\n',
    );
    await expect(migrateUp(stores())).rejects.toThrow(/20990101_001 failed and was rolled back/);
    const there = await sql<{ there: boolean }>`select to_regclass('half_done') is not null as there`.execute(
      postgres.owner,
    );
    expect(there.rows[0]?.there).toBe(false);
  });

  it('can run an interrupted ClickHouse migration again', async () => {
    await migrateUp(stores());
    add(
      'clickhouse',
      '20990101_001_two_steps.sql',
      '-- Two steps\nCREATE TABLE IF NOT EXISTS step_one (id UInt8) ENGINE = MergeTree ORDER BY id;\nCREATE TABLE IF NOT EXISTS step_two (id Nonsense) ENGINE = MergeTree ORDER BY id;\n',
    );
    await expect(migrateUp(stores())).rejects.toThrow(/20990101_001 stopped/);
    add(
      'clickhouse',
      '20990101_001_two_steps.sql',
      '-- Two steps\nCREATE TABLE IF NOT EXISTS step_one (id UInt8) ENGINE = MergeTree ORDER BY id;\nCREATE TABLE IF NOT EXISTS step_two (id UInt8) ENGINE = MergeTree ORDER BY id;\n',
    );
    const status = await migrateUp(stores());
    expect(status.clickhouse.at(-1)?.version).toBe('20990101_001');
  });

  it('show what is pending', async () => {
    await migrateUp(stores()).catch(() => undefined);
    add('postgres', '20990102_001_next.sql', '-- The next one\nselect 1;\n');
    add(
      'clickhouse',
      '20990101_001_two_steps.sql',
      '-- Two steps\nCREATE TABLE IF NOT EXISTS step_one (id UInt8) ENGINE = MergeTree ORDER BY id;\nCREATE TABLE IF NOT EXISTS step_two (id UInt8) ENGINE = MergeTree ORDER BY id;\n',
    );
    const status = await migrationStatus(stores());
    expect(status.postgres.at(-1)).toMatchObject({
      version: '20990102_001',
      description: 'The next one',
      applied_at: null,
    });
  });

  it('refuse misnamed files and miss files that were applied', async () => {
    add('postgres', 'later.sql', 'select 1;');
    await expect(readMigrations(join(folder, 'postgres'))).rejects.toThrow(/later.sql is not named/);
    expect(() =>
      pendingMigrations(
        [],
        [{ version: '20250101_001', description: '', checksum: '', applied_at: null }],
        'PostgreSQL',
      ),
    ).toThrow(/its file is missing/);
  });
});

describe('the live schema', () => {
  it('has every table of the data architecture in both stores', async () => {
    const tables = await readPostgresSchema(postgres.owner);
    const wanted = [
      'users',
      'user_roles',
      'organizations',
      'organization_members',
      'projects',
      'project_collaborators',
      'project_versions',
      'floor_plans',
      'spaces',
      'products',
      'product_relationships',
      'product_variants',
      'recommendations',
      'recommendation_items',
      'budget_scenarios',
      'conversations',
      'conversation_messages',
      'ai_model_metrics',
      'ml_training_data',
      'recommendation_feedback',
      'schema_migrations',
      'sustainability_metrics',
    ];
    expect(wanted.filter((name) => tables[name] === undefined)).toEqual([]);
    expect(tables['products']?.columns.find((column) => column.name === 'embedding')?.type).toBe(
      'vector(384)',
    );
    expect(tables['projects']?.columns.map((column) => column.name)).toContain('sustainability_targets');
    const events = (await readClickHouseSchema(clickhouse))['events'];
    expect(events).toMatchObject({
      engine: 'MergeTree',
      partition_key: 'toYYYYMM(date)',
      sorting_key: 'date, user_id, session_id, timestamp',
    });
    expect(events?.ttl).toMatch(/date \+ (toIntervalYear\(2\)|INTERVAL 2 YEAR)/);
  });

  it('keeps to the value sets, the clock of updates and the search words by itself', async () => {
    const { owner } = postgres;
    await expect(
      sql`insert into users (email, user_type) values ('a@example.com', 'king')`.execute(owner),
    ).rejects.toMatchObject({ code: '23514' });
    const product = await sql<{ id: string; search_vector: string; updated_at: Date }>`
      insert into products (sku, name, description, category, list_price) values ('T-1', 'Harbor task chair', 'Mesh back', 'seating', 100)
      returning id, search_vector::text, updated_at`.execute(owner);
    expect(product.rows[0]?.search_vector).toMatch(/'chair':\d+A/);
    const changed = await sql<{ updated_at: Date; search_vector: string }>`
      update products set description = 'Knitted back' returning updated_at, search_vector::text`.execute(
      owner,
    );
    expect(changed.rows[0]?.search_vector).toMatch(/'knit':\d+C/);
    expect(changed.rows[0]!.updated_at.getTime()).toBeGreaterThan(product.rows[0]!.updated_at.getTime());
  });

  it('grants the same role on the same thing once, also where the thing is left out', async () => {
    const { owner } = postgres;
    const user = await sql<{
      id: string;
    }>`insert into users (email, user_type) values ('twice@example.com', 'designer') returning id`.execute(
      owner,
    );
    const grant = () =>
      sql`insert into user_roles (user_id, role) values (${user.rows[0]?.id}, 'admin')`.execute(owner);
    await grant();
    await expect(grant()).rejects.toMatchObject({ code: '23505' });
  });
});
