// A copy of everything that is stored about a person, to take away: made by a job, kept for some days.
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { type PersonExport, PersonExportJob } from '../../../contract/privacy.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { type ArchiveEntry, writeArchive } from './archive.ts';
import * as ch from './clickhouse.ts';
import { REFERENCES } from './references.ts';
import * as db from './sql.ts';

export const MakePersonExport: JobKind<z.infer<typeof PersonExportJob>> = {
  name: 'make_person_export',
  payload: PersonExportJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 900,
};

const DAY_MS = 86_400_000;
const KEPT_DAYS = 7;
/** Copies at once or waiting: each reads every store. */
const OPEN_COPIES = 1;
const EVENT_ROWS = 200_000;

export function makeCopies(deps: Deps) {
  const { postgres, clickhouse, files, jobs } = deps;

  async function entriesOf(userId: string): Promise<ArchiveEntry[]> {
    const { tables, uploads } = await postgres.asSystem(async (tx) => {
      const person = await db.findPerson(tx, { id: userId });
      if (person === undefined) throw notFound('account');
      const found: Record<string, Record<string, unknown>[]> = { account: [await db.accountOf(tx, userId)] };
      for (const reference of REFERENCES.filter((one) => one.copied)) {
        const rows = await db.rowsOf(tx, reference, userId);
        found[reference.table] = [...(found[reference.table] ?? []), ...rows];
      }
      found['conversation_messages'] = await db.messagesOf(tx, userId);
      for (const table of ['invitations', 'share_decisions'] as const)
        found[table] = await db.rowsByAddress(tx, table, person.email);
      const uploads = [...(await db.uploadsOf(tx, userId)), ...(await db.replacedUploadsOf(tx, userId))];
      return { tables: found, uploads };
    });
    const events = await ch.eventRowsOf(clickhouse, userId, EVENT_ROWS);
    return [
      ...Object.entries({ ...tables, ...events })
        .filter(([, rows]) => rows.length > 0)
        .map(([name, rows]) => ({ name: `${name}.json`, records: rows.length, data: rows })),
      ...uploads.map((plan) => ({
        name: `floor_plan_files/${plan.id}-${plan.file_name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '_')}`,
        records: 1,
        data: () => files.get(plan.file_url),
      })),
    ];
  }

  return {
    async requestExport(actor: Actor, origin: Origin): Promise<PersonExport> {
      requireSession(actor);
      return await postgres.withContext(actor, async (tx) => {
        const open = (await db.listExports(tx, actor.user_id)).filter(
          (one) => one.status === 'queued' || one.status === 'running',
        );
        if (open.length >= OPEN_COPIES)
          throw new AppError('conflict', 'A copy of your data is being made already; wait for it.');
        const now = deps.now();
        const row = await db.insertExport(tx, {
          id: randomUUID(),
          user_id: actor.user_id,
          created_at: now,
          expires_at: new Date(now.getTime() + KEPT_DAYS * DAY_MS),
        });
        await audit(
          tx,
          { action: 'privacy.copy_requested', actor_id: actor.user_id, detail: { id: row.id } },
          origin,
        );
        await jobs.enqueue(tx, MakePersonExport, { export_id: row.id, user_id: actor.user_id });
        return toExport(row);
      });
    },

    async exports(actor: Actor): Promise<PersonExport[]> {
      return (await postgres.withContext(actor, (tx) => db.listExports(tx, actor.user_id))).map(toExport);
    },

    async openExport(
      actor: Actor,
      id: string,
      origin: Origin,
    ): Promise<{ name: string; size: number; stream: Readable }> {
      requireSession(actor);
      const row = await postgres.withContext(actor, async (tx) => {
        const found = await db.findExport(tx, id);
        if (found === undefined) throw notFound('copy of your data');
        if (found.status === 'ready')
          await audit(tx, { action: 'privacy.copy_taken', actor_id: actor.user_id, detail: { id } }, origin);
        return found;
      });
      if (row.status === 'expired' || row.expires_at < deps.now())
        throw new AppError(
          'not_found',
          'The time of this copy is over and it is deleted; ask for a new one.',
        );
      if (row.status !== 'ready' || row.file_key === null)
        throw new AppError('conflict', row.error ?? 'This copy is not ready yet; wait for it.');
      return {
        name: `ofs-my-data-${iso(row.created_at as Date).slice(0, 10)}.zip`,
        size: row.file_size_bytes ?? 0,
        stream: await files.get(row.file_key),
      };
    },

    /** The job. */
    async makeExport({ export_id, user_id }: z.infer<typeof PersonExportJob>, run: JobRun): Promise<void> {
      const row = await postgres.asSystem((tx) => db.findExport(tx, export_id));
      if (row === undefined || row.status === 'ready' || row.status === 'expired') return;
      const keep = (change: Record<string, unknown>) =>
        postgres.asSystem((tx) => db.updateExport(tx, export_id, change));
      try {
        await keep({ status: 'running' });
        const entries = await entriesOf(user_id);
        const file_key = `person-exports/${export_id}.zip`;
        const stored = await files.put(
          file_key,
          writeArchive(entries, { user_id, created_at: iso(deps.now()) }),
          { content_type: 'application/zip' },
        );
        const contents: Record<string, number> = {};
        for (const { name, records } of entries) {
          const kind = name.split(/[/.]/)[0] ?? name;
          contents[kind] = (contents[kind] ?? 0) + records;
        }
        await keep({
          status: 'ready',
          file_key,
          file_size_bytes: stored.size,
          sha256: stored.sha256,
          contents: JSON.stringify(contents),
          finished_at: deps.now(),
        });
      } catch (error) {
        if (run.is_last_attempt)
          await keep({ status: 'failed', error: 'The copy could not be made; ask for it again.' });
        throw error;
      }
    },

    /** Deletes the copies whose time is over. */
    async removeOld(now: Date): Promise<void> {
      for (const row of await postgres.asSystem((tx) => db.exportsPastTheirTime(tx, now))) {
        if (row.file_key !== null) await files.delete(row.file_key);
        await postgres.asSystem((tx) => db.updateExport(tx, row.id, { status: 'expired', file_key: null }));
      }
    },
  };
}

/** A token made to read projects must not carry the whole person away. */
function requireSession(actor: Actor): void {
  if (actor.by.kind === 'token')
    throw new AppError(
      'forbidden',
      'A copy of your data is for you alone: sign in instead of using an API token.',
    );
}

function toExport(row: db.ExportRow): PersonExport {
  return {
    id: row.id,
    status: row.status as PersonExport['status'],
    file_size_bytes: row.file_size_bytes,
    sha256: row.sha256,
    contents: row.contents as Record<string, number>,
    error: row.error,
    created_at: iso(row.created_at as Date),
    finished_at: isoOrNull(row.finished_at as Date | null),
    expires_at: iso(row.expires_at as Date),
  };
}
