// Writes server/platform/database.gen.ts, the kysely types of the live schema: migrates an empty database and reads it back.
// `--check` writes nothing and fails where the committed file is not what the schema gives.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migratePrivatePostgres } from '../server/platform/migrate.ts';
import { openPostgres } from '../server/platform/postgres.ts';
import { type PostgresTable, readPostgresSchema } from '../server/platform/schema.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'server/platform/database.gen.ts');

const SCALARS: [RegExp, string][] = [
  [/^(uuid|text|character varying|character|tsvector|vector|date)\b/, 'string'],
  [/^(smallint|integer|numeric|real|double precision)\b/, 'number'],
  [/^bigint\b/, 'number'],
  [/^boolean\b/, 'boolean'],
  [/^timestamp/, 'Timestamp'],
  [/^jsonb?\b/, 'Json'],
  [/^bytea\b/, 'Buffer'],
];

function typeOf(type: string, table: string, column: string): string {
  if (type.endsWith('[]')) return `${typeOf(type.slice(0, -2), table, column)}[]`;
  const found = SCALARS.find(([pattern]) => pattern.test(type));
  if (found === undefined)
    throw new Error(
      `No TypeScript type is known for ${table}.${column} ${type}; add it to scripts/generate-types.ts.`,
    );
  return found[1];
}

function interfaceName(table: string): string {
  return table.replace(/(^|_)([a-z])/g, (_, _underscore: string, letter: string) => letter.toUpperCase());
}

function render(tables: Record<string, PostgresTable>): string {
  const names = Object.keys(tables).sort();
  const interfaces = names.map((name) => {
    const lines = (tables[name]?.columns ?? []).map((column) => {
      const base = typeOf(column.type, name, column.name) + (column.nullable ? ' | null' : '');
      const generated = column.default !== null || (column.type === 'bigint' && column.name === 'id');
      return `  ${column.name}: ${generated ? `Generated<${base}>` : base};`;
    });
    return `export interface ${interfaceName(name)} {\n${lines.join('\n')}\n}`;
  });
  return `// Generated from the live schema by \`npm run generate\`; do not edit.
import type { ColumnType } from 'kysely';

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue | undefined };
/** Read as a value, written as JSON text: an array would otherwise become a PostgreSQL array. */
export type Json = ColumnType<JsonValue, string, string>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

${interfaces.join('\n\n')}

export interface DB {
${names.map((name) => `  ${name}: ${interfaceName(name)};`).join('\n')}
}
`;
}

const postgres = await openPostgres({ mode: 'embedded', path: 'memory' });
try {
  await migratePrivatePostgres(postgres, join(root, 'migrations'));
  const text = render(await readPostgresSchema(postgres.owner));
  if (process.argv.includes('--check')) {
    if ((await readFile(target, 'utf8')) !== text) {
      console.error(
        'server/platform/database.gen.ts is not what the migrations give; run `npm run generate` and commit it.',
      );
      process.exitCode = 1;
    }
  } else {
    await writeFile(target, text);
  }
} finally {
  await postgres.close();
}
