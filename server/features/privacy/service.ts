// A person's data: a copy to take away, and erasure across PostgreSQL, ClickHouse, the queue and the files, with a receipt
// that names nobody. What belongs to the work of others stays under an account that is only a number.
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import {
  type EraseRequest,
  ErasureJob,
  type ErasurePreview,
  type ErasureReceipt,
  type ErasureStep,
  type PersonExport,
  PersonExportJob,
  PrivacySweepJob,
} from '../../../contract/privacy.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { deleteProjectRows, makeRetention, projectFileKeys } from '../retention/service.ts';
import { type ArchiveEntry, writeArchive } from './archive.ts';
import * as ch from './clickhouse.ts';
import { REFERENCES } from './references.ts';
import { coldProjectsOf, emptyBillingAddress, emptyRatings, eraseTraces, tracesOf } from './sql/traces.ts';
import * as db from './sql.ts';

export const MakePersonExport: JobKind<z.infer<typeof PersonExportJob>> = {
  name: 'make_person_export',
  payload: PersonExportJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 900,
};
export const ErasePerson: JobKind<z.infer<typeof ErasureJob>> = {
  name: 'erase_person',
  payload: ErasureJob,
  retries: 5,
  concurrency: 1,
  expire_seconds: 900,
};
/** Once a day: closed accounts are erased, copies past their time go, and events that came late for an erased person. */
export const PrivacySweep: JobKind<z.infer<typeof PrivacySweepJob>> = {
  name: 'privacy_sweep',
  payload: PrivacySweepJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 900,
};
export const PRIVACY_SCHEDULE = '50 2 * * *';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 7;
/** Copies at once or waiting: each reads every store. */
const OPEN_COPIES = 1;
/** Browsers may keep events for days before they send them. */
const LATE_EVENT_DAYS = 14;
const EVENT_ROWS = 200_000;

export type Privacy = ReturnType<typeof makePrivacy>;

export function makePrivacy(deps: Deps) {
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

  async function removeExport(row: db.ExportRow): Promise<void> {
    if (row.file_key !== null) await files.delete(row.file_key);
    await postgres.asSystem((tx) => db.updateExport(tx, row.id, { status: 'expired', file_key: null }));
  }

  /** Begins to erase in the caller's transaction: refused with the reasons while something stands in the way. */
  async function begin(
    tx: Parameters<Parameters<typeof postgres.asSystem>[0]>[0],
    wish: { user_id: string; requested_by: string | null; reason: string },
  ): Promise<db.ErasureRow> {
    const { blocked_by } = await db.previewErasure(tx, wish.user_id);
    if (blocked_by.length > 0) throw new AppError('conflict', blocked_by.join(' '));
    const row = await db.insertErasure(tx, { ...wish, requested_at: deps.now() });
    if (row === undefined) throw new AppError('conflict', 'This person is being erased already.');
    await jobs.enqueue(tx, ErasePerson, { erasure_id: row.id });
    return row;
  }

  /** Versions in cold storage may quote the person: they are brought back first, and go cold again in time. */
  async function warmUp(userId: string): Promise<void> {
    const cold = await postgres.asSystem(async (tx) =>
      coldProjectsOf(tx, [...(await tracesOf(tx, userId)).keys()]),
    );
    const { bringBack } = makeRetention(deps);
    for (const id of cold) await bringBack(id);
  }

  /** Every row in PostgreSQL, in one transaction; leaves the files to delete with the erasure. */
  async function eraseRows(erasure: db.ErasureRow): Promise<void> {
    await postgres.asSystem(async (tx) => {
      const person = await db.findPerson(tx, { id: erasure.user_id });
      if (person === undefined || (erasure.steps as unknown[]).length > 0) return;
      const preview = await db.previewErasure(tx, person.id);
      if (preview.blocked_by.length > 0) throw new AppError('conflict', preview.blocked_by.join(' '));
      const steps: ErasureStep[] = [];
      const note = (
        subject: string,
        done: ErasureStep['done'],
        records: number,
        why: string | null = null,
      ) => {
        if (records > 0) steps.push({ store: 'postgresql', subject, done, records, why });
      };
      const quoted = new Map<string, number>();
      const file_keys: string[] = [];
      for (const copy of await db.listExports(tx, person.id))
        if (copy.file_key !== null) file_keys.push(copy.file_key);
      for (const { id } of preview.projects_deleted) {
        file_keys.push(...(await projectFileKeys(tx, id)));
        await deleteProjectRows(tx, id);
      }
      note('projects', 'deleted', preview.projects_deleted.length);
      for (const { id, to } of preview.projects_handed_over) await db.handOver(tx, id, to);
      note(
        'projects',
        'kept',
        preview.projects_handed_over.length,
        'Others work on them; they have a new owner.',
      );
      for (const [project_id, traces] of await tracesOf(tx, person.id))
        for (const [table, records] of Object.entries(await eraseTraces(tx, project_id, traces)))
          quoted.set(table, (quoted.get(table) ?? 0) + records);
      for (const [table, records] of quoted) note(`quotes and names in ${table}`, 'emptied', records);
      note('comments on recommendations', 'emptied', await emptyRatings(tx, person.id));
      note('billing addresses', 'emptied', await emptyBillingAddress(tx, person.email));
      note('quotes in conversations', 'emptied', await db.emptyQuotes(tx, person.id));
      for (const reference of REFERENCES) {
        const records = await db.eraseReference(tx, reference, person.id);
        const done = { delete: 'deleted', words: 'emptied', clear: 'emptied', keep: 'kept' } as const;
        note(
          reference.table,
          done[reference.erase],
          records,
          reference.erase === 'keep'
            ? 'Part of the work of others; points to an account that names nobody.'
            : null,
        );
      }
      note(
        'organizations',
        'deleted',
        await db.deleteOrganizations(
          tx,
          preview.organizations_deleted.map((one) => one.id),
        ),
      );
      note('invitations', 'deleted', await db.deleteInvitations(tx, person.email));
      note('event_outbox', 'deleted', await db.deleteOutbox(tx, person.id));
      const decisions = await db.rowsByAddress(tx, 'share_decisions', person.email);
      note(
        'share_decisions',
        'kept',
        decisions.length,
        'The record of who approved a proposal is evidence of a contract.',
      );
      note('audit_log', 'emptied', await db.scrubAudit(tx, person.id, person.email));
      const letters = await db.deleteJobs(tx, person.email);
      if (letters > 0)
        steps.push({ store: 'queue', subject: 'jobs', done: 'deleted', records: letters, why: null });
      await db.emptyAccount(tx, person.id, deps.now());
      note('users', 'emptied', 1);
      await db.updateErasure(tx, erasure.id, { steps, file_keys });
    });
  }

  const self = {
    // Copies

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

    // Erasure

    async preview(key: { id: string } | { email: string }): Promise<ErasurePreview> {
      return await postgres.asSystem(async (tx) => {
        const person = await db.findPerson(tx, key);
        if (person === undefined || person.email.endsWith('@erased.invalid')) throw notFound('person');
        return { user_id: person.id, email: person.email, ...(await db.previewErasure(tx, person.id)) };
      });
    },

    /** For administrators: at once, without the days of grace a person has who closes their own account. */
    async erase(
      actor: Actor,
      userId: string,
      request: EraseRequest,
      origin: Origin,
    ): Promise<ErasureReceipt> {
      return await postgres.asSystem(async (tx) => {
        const person = await db.findPerson(tx, { id: userId });
        if (person === undefined) throw notFound('person');
        if (person.id === actor.user_id)
          throw new AppError('conflict', 'Administrators are erased by another administrator.');
        if (person.email.toLowerCase() !== request.email)
          throw new AppError(
            'invalid_input',
            'This is not the person’s address; write it as it stands in the account.',
          );
        const row = await begin(tx, { user_id: userId, requested_by: actor.user_id, reason: request.reason });
        await audit(
          tx,
          {
            action: 'privacy.erasure_begun',
            actor_id: actor.user_id,
            detail: { erasure_id: row.id, user_id: userId },
          },
          origin,
        );
        return toReceipt(row);
      });
    },

    async receipts(): Promise<ErasureReceipt[]> {
      return (await postgres.asSystem((tx) => db.listErasures(tx))).map(toReceipt);
    },

    async receipt(id: string): Promise<ErasureReceipt> {
      const row = await postgres.asSystem((tx) => db.findErasure(tx, id));
      if (row === undefined) throw notFound('erasure');
      return toReceipt(row);
    },

    /** The job: rows, then events, then files. Each part can be done again. */
    async work({ erasure_id }: z.infer<typeof ErasureJob>, run: JobRun): Promise<void> {
      const read = () => postgres.asSystem((tx) => db.findErasure(tx, erasure_id));
      const row = await read();
      if (row === undefined || row.status === 'done') return;
      try {
        await warmUp(row.user_id);
        await eraseRows(row);
        const after = await read();
        if (after === undefined) return;
        const steps = (after.steps as unknown as ErasureStep[]).filter((step) => step.store !== 'clickhouse');
        await deps.events.drain().catch(() => undefined);
        for (const [subject, records] of Object.entries(await ch.eraseEvents(clickhouse, row.user_id)))
          if (records > 0) steps.push({ store: 'clickhouse', subject, done: 'deleted', records, why: null });
        const keys = after.file_keys as unknown as string[];
        for (const key of keys) await files.delete(key);
        if (keys.length > 0)
          steps.push({ store: 'files', subject: 'files', done: 'deleted', records: keys.length, why: null });
        const finished = deps.now();
        await postgres.asSystem(async (tx) => {
          await db.updateErasure(tx, erasure_id, {
            status: 'done',
            error: null,
            steps,
            file_keys: [],
            finished_at: finished,
            backups_gone_by: iso(new Date(finished.getTime() + deps.config.backup_days * DAY_MS)).slice(
              0,
              10,
            ),
          });
          await audit(
            tx,
            {
              action: 'privacy.person_erased',
              actor_id: row.requested_by === row.user_id ? null : row.requested_by,
              detail: { erasure_id },
            },
            null,
          );
        });
      } catch (error) {
        const text = error instanceof AppError ? error.message : 'Failed on our side; it is tried again.';
        await postgres.asSystem((tx) =>
          db.updateErasure(tx, erasure_id, {
            error: text,
            ...(run.is_last_attempt ? { status: 'failed' } : {}),
          }),
        );
        throw error;
      }
    },

    /** The daily job; an account that cannot be erased is left and logged, and the next night tries again. */
    async sweep(): Promise<void> {
      const now = deps.now();
      for (const user_id of await postgres.asSystem((tx) => db.dueClosures(tx, now)))
        await postgres
          .asSystem((tx) =>
            begin(tx, { user_id, requested_by: user_id, reason: 'The person closed the account.' }),
          )
          .catch((error: unknown) => deps.log.error({ user_id, error: String(error) }, 'account not erased'));
      for (const row of await postgres.asSystem((tx) => db.exportsPastTheirTime(tx, now)))
        await removeExport(row);
      const since = new Date(now.getTime() - LATE_EVENT_DAYS * DAY_MS);
      for (const userId of await postgres.asSystem((tx) => db.erasedSince(tx, since)))
        await ch.eraseEvents(clickhouse, userId);
    },
  };
  return self;
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

function toReceipt(row: db.ErasureRow): ErasureReceipt {
  return {
    id: row.id,
    user_id: row.user_id,
    requested_by: row.requested_by,
    reason: row.reason,
    status: row.status as ErasureReceipt['status'],
    steps: row.steps as unknown as ErasureStep[],
    error: row.error,
    requested_at: iso(row.requested_at as Date),
    finished_at: isoOrNull(row.finished_at as Date | null),
    backups_gone_by: row.backups_gone_by,
  };
}
