// Erasing a person across PostgreSQL, ClickHouse, the queue and the files, with a receipt that names nobody. What belongs
// to the work of others stays under an account that is only a number.
import type { z } from 'zod';
import {
  type EraseRequest,
  ErasureJob,
  type ErasurePreview,
  type ErasureReceipt,
  type ErasureStep,
} from '../../../contract/privacy.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { deleteProjectRows, makeRetention, projectFileKeys } from '../retention/service.ts';
import * as ch from './clickhouse.ts';
import { REFERENCES } from './references.ts';
import { coldProjectsOf, emptyBillingAddress, emptyRatings, eraseTraces, tracesOf } from './sql/traces.ts';
import * as db from './sql.ts';

export const ErasePerson: JobKind<z.infer<typeof ErasureJob>> = {
  name: 'erase_person',
  payload: ErasureJob,
  retries: 5,
  concurrency: 1,
  expire_seconds: 900,
};

const DAY_MS = 86_400_000;
/** Browsers may keep events for days before they send them. */
const LATE_EVENT_DAYS = 14;

export function makeErasure(deps: Deps) {
  const { postgres, clickhouse, files, jobs } = deps;

  /** Begins to erase in the caller's transaction: refused with the reasons while something stands in the way. */
  async function begin(
    tx: Tx,
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

  return {
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

    /** Begins with closed accounts whose days of grace are over; one that cannot be erased is left and logged. */
    async beginDue(now: Date): Promise<void> {
      for (const user_id of await postgres.asSystem((tx) => db.dueClosures(tx, now)))
        await postgres
          .asSystem((tx) =>
            begin(tx, { user_id, requested_by: user_id, reason: 'The person closed the account.' }),
          )
          .catch((error: unknown) => deps.log.error({ user_id, error: String(error) }, 'account not erased'));
    },

    /** Events that came late for persons who were erased. */
    async eraseLateEvents(now: Date): Promise<void> {
      const since = new Date(now.getTime() - LATE_EVENT_DAYS * DAY_MS);
      for (const userId of await postgres.asSystem((tx) => db.erasedSince(tx, since)))
        await ch.eraseEvents(clickhouse, userId);
    },
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
