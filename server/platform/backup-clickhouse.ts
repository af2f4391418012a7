// ClickHouse's part of a backup: every table that holds rows, as JSON lines in a fixed order. States of aggregates (the
// sketches of the daily sums) travel as hexadecimal text; rows that the engine would merge anyway are merged.
import { type Part, readLines, writeBytes } from './backup-folder.ts';
import type { ClickHouse } from './clickhouse.ts';

const INSERT_BYTES = 4 * 1024 * 1024;

interface EngineTable {
  name: string;
  sorting_key: string;
  engine: string;
}

interface Column {
  name: string;
  type: string;
}

const isState = (column: Column) => column.type.startsWith('AggregateFunction(');

async function columnsOf(clickhouse: ClickHouse, table: string): Promise<Column[]> {
  return await clickhouse.query<Column>(
    `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String}
     AND default_kind NOT IN ('ALIAS', 'MATERIALIZED') ORDER BY position`,
    { table },
  );
}

/** Views are computed anew and migrations are run: only tables with rows of their own are kept. */
export async function dumpEngine(clickhouse: ClickHouse, folder: string): Promise<Record<string, Part>> {
  const tables = await clickhouse.query<EngineTable>(
    `SELECT name, sorting_key, engine FROM system.tables WHERE database = currentDatabase()
     AND engine LIKE '%MergeTree' AND name <> 'schema_migrations' AND name NOT LIKE '.inner%' ORDER BY name`,
  );
  const parts: Record<string, Part> = {};
  for (const { name, sorting_key, engine } of tables) {
    const merged = /Aggregating|Replacing|Summing/.test(engine);
    const columns = (await columnsOf(clickhouse, name)).map((column) =>
      isState(column) ? `hex(${column.name}) AS ${column.name}` : column.name,
    );
    // Rows of one key have no order of their own; by their whole text two dumps agree.
    const order = [sorting_key, merged ? '' : 'toString(tuple(*))'].filter((part) => part !== '').join(', ');
    parts[name] = await writeBytes(
      folder,
      `clickhouse/${name}.jsonl.gz`,
      clickhouse.bytes(
        `SELECT ${columns.join(', ')} FROM ${name}${merged ? ' FINAL' : ''} ORDER BY ${order} FORMAT JSONEachRow`,
      ),
    );
  }
  return parts;
}

/** The sums have rows of their own: while the events come back their views stand aside, or they would be counted again. */
export async function loadEngine(
  clickhouse: ClickHouse,
  tables: Record<string, Part>,
  folder: string,
): Promise<void> {
  const views = await clickhouse.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'MaterializedView'",
  );
  for (const { name } of views) await clickhouse.command(`DETACH TABLE ${name}`);
  try {
    for (const [name, part] of Object.entries(tables)) await loadTable(clickhouse, name, part, folder);
  } finally {
    for (const { name } of views) await clickhouse.command(`ATTACH TABLE ${name}`);
  }
}

async function loadTable(clickhouse: ClickHouse, name: string, part: Part, folder: string): Promise<void> {
  const columns = await columnsOf(clickhouse, name);
  if (!columns.some(isState)) {
    await insertAll(clickhouse, name, part, folder);
    return;
  }
  // Text first, then the states out of it.
  const text = `restored_${name}`;
  const shape = columns.map((column) => `${column.name} ${isState(column) ? 'String' : column.type}`);
  await clickhouse.command(`CREATE TABLE ${text} (${shape.join(', ')}) ENGINE = MergeTree ORDER BY tuple()`);
  try {
    await insertAll(clickhouse, text, part, folder);
    const values = columns.map((column) =>
      isState(column) ? `CAST(unhex(${column.name}) AS ${column.type})` : column.name,
    );
    await clickhouse.command(
      `INSERT INTO ${name} (${columns.map((column) => column.name).join(', ')}) SELECT ${values.join(', ')} FROM ${text}`,
    );
  } finally {
    await clickhouse.command(`DROP TABLE ${text}`);
  }
}

async function insertAll(clickhouse: ClickHouse, table: string, part: Part, folder: string): Promise<void> {
  let lines: string[] = [];
  let size = 0;
  const flush = async () => {
    if (lines.length > 0) await clickhouse.insertLines(table, Buffer.from(`${lines.join('\n')}\n`));
    lines = [];
    size = 0;
  };
  for await (const line of readLines(folder, part)) {
    lines.push(line);
    size += line.length;
    if (size > INSERT_BYTES) await flush();
  }
  await flush();
}
