// PostgreSQL's part of a backup: every table of the schema as lines of text values, one snapshot, the same from an embedded
// database and from a server. Read and written as the system's role, so that row security shows everything.
import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { DB } from './database.gen.ts';
import type { Postgres } from './postgres.ts';

export interface TableShape {
  name: string;
  /** Columns that are stored, in order; generated ones are computed anew. */
  columns: { name: string; type: string }[];
  key: string[];
}

export interface SequenceValue {
  name: string;
  value: number;
}

const PAGE = 500;
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function rowsOf<T>(db: Kysely<DB>, text: string, values: unknown[] = []): Promise<T[]> {
  return (await db.executeQuery<T>(CompiledQuery.raw(text, values))).rows;
}

async function become(db: Kysely<DB>, role: 'ofs_system' | 'none'): Promise<void> {
  await sql`select set_config('role', ${role}, true)`.execute(db);
}

/** The tables of the schema, schema_migrations aside. */
export async function tableShapes(db: Kysely<DB>): Promise<TableShape[]> {
  return await rowsOf<TableShape>(
    db,
    `select c.relname as name,
       (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       coalesce((select json_agg(a.attname order by k.n) from pg_index i
         cross join lateral unnest(i.indkey::int[]) with ordinality k(attnum, n)
         join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
         where i.indrelid = c.oid and i.indisprimary), '[]'::json) as key
     from pg_class c join pg_namespace s on s.oid = c.relnamespace
     where s.nspname = 'public' and c.relkind = 'r' and c.relname <> 'schema_migrations'
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     order by c.relname`,
  );
}

/**
 * Calls `each` for every table with its rows as JSON lines of arrays of text, all in one snapshot; then `last` in the same
 * transaction.
 */
export async function dumpTables(
  postgres: Postgres,
  each: (table: TableShape, lines: AsyncIterable<string>) => Promise<void>,
): Promise<{ sequences: SequenceValue[] }> {
  return await postgres.unhurried(async (owner) =>
    owner
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        const tables = await tableShapes(tx);
        for (const table of tables) {
          await become(tx, 'ofs_system');
          await each(table, linesOf(tx, table));
        }
        await become(tx, 'none');
        const sequences = await rowsOf<SequenceValue>(
          tx,
          `select sequencename as name, coalesce(last_value, 0)::bigint as value from pg_sequences
           where schemaname = 'public' order by sequencename`,
        );
        return { sequences };
      }),
  );
}

/** A cursor's pages: a table of any size in little memory, in the order of its key so that two dumps compare. */
async function* linesOf(tx: Kysely<DB>, table: TableShape): AsyncGenerator<string> {
  const columns = table.columns.map((column) => `${quoted(column.name)}::text`).join(', ');
  const order = table.key.length > 0 ? table.key.map(quoted).join(', ') : 'ctid';
  await rowsOf(
    tx,
    `declare backup_rows no scroll cursor for select json_build_array(${columns})::text as line
     from ${quoted(table.name)} order by ${order}`,
  );
  for (;;) {
    const page = await rowsOf<{ line: string }>(tx, `fetch ${PAGE} from backup_rows`);
    for (const { line } of page) yield line;
    if (page.length < PAGE) break;
  }
  await rowsOf(tx, 'close backup_rows');
}

/** Whether anything but a schema is there; a database without our tables is empty too. */
export async function isEmptyDatabase(postgres: Postgres): Promise<boolean> {
  const [there] = await rowsOf<{ there: boolean }>(
    postgres.owner,
    "select to_regclass('public.schema_migrations') is not null or to_regclass('public.users') is not null as there",
  );
  return there?.there !== true;
}

/**
 * Puts rows into a freshly migrated database, in one transaction: what migrations themselves inserted goes, triggers and
 * foreign keys are off meanwhile and checked at the end.
 */
export async function loadTables(
  postgres: Postgres,
  tables: readonly TableShape[],
  linesOfTable: (name: string) => AsyncIterable<string>,
  sequences: readonly SequenceValue[],
): Promise<void> {
  await postgres.unhurried(async (owner) =>
    owner.transaction().execute(async (tx) => {
      const present = await tableShapes(tx);
      await rowsOf(tx, `truncate ${present.map((table) => quoted(table.name)).join(', ')} cascade`);
      const keys = await rowsOf<{ table: string; name: string; definition: string }>(
        tx,
        `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
         from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
      );
      for (const key of keys)
        await rowsOf(tx, `alter table ${key.table} drop constraint ${quoted(key.name)}`);
      for (const table of tables) await rowsOf(tx, `alter table ${quoted(table.name)} disable trigger user`);
      await become(tx, 'ofs_system');
      for (const table of tables) await fill(tx, table, linesOfTable(table.name));
      await become(tx, 'none');
      for (const table of tables) await rowsOf(tx, `alter table ${quoted(table.name)} enable trigger user`);
      for (const key of keys)
        await rowsOf(tx, `alter table ${key.table} add constraint ${quoted(key.name)} ${key.definition}`);
      for (const { name, value } of sequences)
        if (value > 0) await rowsOf(tx, 'select setval($1::regclass, $2)', [`public.${quoted(name)}`, value]);
    }),
  );
  await postgres.pool.query('analyze');
}

async function fill(tx: Kysely<DB>, table: TableShape, lines: AsyncIterable<string>): Promise<void> {
  const names = table.columns.map((column) => quoted(column.name)).join(', ');
  const values = table.columns.map((column, index) => `(line->>${index})::${column.type}`).join(', ');
  // Identity columns keep their numbers.
  const statement = `insert into ${quoted(table.name)} (${names}) overriding system value
    select ${values} from json_array_elements($1::json) as rows(line)`;
  let page: string[] = [];
  let size = 0;
  const flush = async () => {
    if (page.length > 0) await rowsOf(tx, statement, [`[${page.join(',')}]`]);
    page = [];
    size = 0;
  };
  for await (const line of lines) {
    page.push(line);
    size += line.length;
    if (page.length >= PAGE || size > 4_000_000) await flush();
  }
  await flush();
}
