// The event queue of a single machine, on the embedded engine.

import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { count } from '../../test/servers/clickhouse-behaviour.ts';
import { createAnalyticsTables } from '../../test/servers/clickhouse-schema.ts';
import { aRow, eventsBehaviour } from '../../test/servers/events-behaviour.ts';
import { type ClickHouse, openClickHouse } from './clickhouse.ts';
import { openEvents } from './events.ts';

let folder: string;
let clickhouse: ClickHouse;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ofs-events-'));
  clickhouse = await openClickHouse({ mode: 'embedded', path: join(folder, 'clickhouse') });
  await createAnalyticsTables(clickhouse);
});

afterAll(async () => {
  await clickhouse?.close();
  await rm(folder, { recursive: true, force: true });
});

eventsBehaviour(
  'events through the journal',
  () => clickhouse,
  (store, over) =>
    openEvents({
      ...over,
      mode: 'journal',
      folder: join(folder, 'events'),
      clickhouse: store,
      flush_ms: 50,
      onError: () => {},
    }),
);

describe('the journal', () => {
  it('takes no old row while it holds rows longer than it remembers them', async () => {
    const organization_id = randomUUID();
    const old = aRow({ organization_id, timestamp: new Date(Date.now() - 86_400_000).toISOString() });
    const queue = await openEvents({
      mode: 'journal',
      folder: join(folder, randomUUID()),
      clickhouse,
      consume: false,
      remember_ms: 30,
    });
    await queue.append({ events: [old] });
    for (let other = 0; other < 3; other++) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      await queue.append({ events: [aRow()] });
    }
    await expect(queue.append({ events: [old] })).rejects.toThrow(/caught up/);
    expect(await queue.append({ events: [aRow()] })).toEqual({ accepted: 1, rejected: 0 });
    await queue.close();
  });

  const open = (name: string, over: { max_bytes?: number } = {}) =>
    openEvents({ mode: 'journal', folder: join(folder, name), clickhouse, consume: false, ...over });

  it('refuses politely when it is full, and takes nothing of that call', async () => {
    const name = randomUUID();
    const queue = await open(name, { max_bytes: 20_000 });
    const organization_id = randomUUID();
    let taken = 0;
    const fill = async () => {
      for (;;) {
        await queue.append({ events: Array.from({ length: 10 }, () => aRow({ organization_id })) });
        taken += 10;
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'EVENTS_FULL' });
    await queue.close();
    const again = await openEvents({ mode: 'journal', folder: join(folder, name), clickhouse });
    await again.drain();
    await again.close();
    const sql = 'SELECT count() AS n FROM events WHERE organization_id = {organization_id:UUID}';
    expect(await count(clickhouse, sql, { organization_id })).toBe(taken);
    expect(taken).toBeGreaterThan(0);
  });

  it('reads past an end that was cut off or overwritten, whatever its length', async () => {
    const organization_id = randomUUID();
    for (const damage of [1, 7, 40, 300]) {
      const name = randomUUID();
      const queue = await open(name);
      await queue.append({ events: [aRow({ organization_id })] });
      await queue.append({ events: [aRow({ organization_id, page_title: 'x'.repeat(500) })] });
      await queue.close();
      const [file] = await readdir(join(folder, name));
      const path = join(folder, name, file!);
      const left = join(folder, name, file!.replace('.rows', '.open'));
      await rm(left, { force: true });
      const { size } = await import('node:fs/promises').then((fs) => fs.stat(path));
      await truncate(path, size - damage);
      if (damage === 40) await writeFile(path, Buffer.alloc(64), { flag: 'a' });
      await import('node:fs/promises').then((fs) => fs.rename(path, left));
      const again = await openEvents({ mode: 'journal', folder: join(folder, name), clickhouse });
      await again.drain();
      await again.close();
      expect(await readdir(join(folder, name))).toEqual([]);
    }
    const sql = 'SELECT count() AS n FROM events WHERE organization_id = {organization_id:UUID}';
    expect(await count(clickhouse, sql, { organization_id })).toBe(4);
  });
});
