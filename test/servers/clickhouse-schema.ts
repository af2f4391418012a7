// Test helper: puts the ClickHouse migrations of this project on an empty database, in order, as they stand.

import { readdir, readFile } from 'node:fs/promises';
import type { ClickHouse } from '../../server/platform/clickhouse.ts';

const FOLDER = new URL('../../migrations/clickhouse/', import.meta.url);

/** Runs every statement of every migration file; safe to call again. */
export async function createAnalyticsTables(clickhouse: ClickHouse): Promise<void> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  for (const file of files) {
    const text = await readFile(new URL(file, FOLDER), 'utf8');
    for (const statement of text.split(/;\s*$/m)) {
      const sql = statement.replace(/^--.*$/gm, '').trim();
      if (sql !== '') await clickhouse.command(sql);
    }
  }
}
