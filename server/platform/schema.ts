// Reads the live schema of both stores: what `ofs schema` prints and what the table types are generated from.
import { type Kysely, sql } from 'kysely';
import type { ClickHouse } from './clickhouse.ts';
import type { DB } from './database.gen.ts';

export interface PostgresTable {
  columns: { name: string; type: string; nullable: boolean; default: string | null }[];
  indexes: { name: string; definition: string }[];
  constraints: { type: string; definition: string }[];
}

export interface ClickHouseTable {
  engine: string;
  partition_key: string;
  sorting_key: string;
  ttl: string | null;
  columns: { name: string; type: string; default: string | null }[];
}

const CONSTRAINT_TYPES: Record<string, string> = {
  p: 'PRIMARY KEY',
  u: 'UNIQUE',
  f: 'FOREIGN KEY',
  c: 'CHECK',
  x: 'EXCLUDE',
  n: 'NOT NULL',
};

export async function readPostgresSchema(db: Kysely<DB>): Promise<Record<string, PostgresTable>> {
  const tables: Record<string, PostgresTable> = {};
  const columns = await sql<{
    table_name: string;
    name: string;
    type: string;
    nullable: boolean;
    default: string | null;
  }>`
    select c.relname as table_name, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
           not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as default
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`.execute(db);
  for (const { table_name, ...column } of columns.rows) {
    tables[table_name] ??= { columns: [], indexes: [], constraints: [] };
    tables[table_name].columns.push(column);
  }
  const indexes = await sql<{ table_name: string; name: string; definition: string }>`
    select tablename as table_name, indexname as name, indexdef as definition
    from pg_indexes where schemaname = 'public' order by tablename, indexname`.execute(db);
  for (const { table_name, ...index } of indexes.rows) tables[table_name]?.indexes.push(index);
  const constraints = await sql<{ table_name: string; type: string; definition: string }>`
    select c.relname as table_name, k.contype as type, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid and c.relnamespace = 'public'::regnamespace
    order by c.relname, k.conname`.execute(db);
  for (const { table_name, type, definition } of constraints.rows) {
    tables[table_name]?.constraints.push({ type: CONSTRAINT_TYPES[type] ?? type, definition });
  }
  return tables;
}

export async function readClickHouseSchema(clickhouse: ClickHouse): Promise<Record<string, ClickHouseTable>> {
  const tables: Record<string, ClickHouseTable> = {};
  const found = await clickhouse.query<{
    name: string;
    engine: string;
    partition_key: string;
    sorting_key: string;
    create_table_query: string;
  }>(
    "SELECT name, engine, partition_key, sorting_key, create_table_query FROM system.tables WHERE database = currentDatabase() AND name NOT LIKE '.inner%' ORDER BY name",
  );
  for (const { name, create_table_query, ...table } of found) {
    const ttl = /\bTTL\s+(.+?)(?:\s+SETTINGS\b|$)/s.exec(create_table_query)?.[1]?.trim() ?? null;
    tables[name] = { ...table, ttl, columns: [] };
  }
  const columns = await clickhouse.query<{
    table: string;
    name: string;
    type: string;
    default_expression: string;
  }>(
    'SELECT table, name, type, default_expression FROM system.columns WHERE database = currentDatabase() ORDER BY table, position',
  );
  for (const { table, name, type, default_expression } of columns) {
    tables[table]?.columns.push({
      name,
      type,
      default: default_expression === '' ? null : default_expression,
    });
  }
  return tables;
}
