// The platform's administration: what its administrators see across tenants, and the few things they may change. Every
// change is in the audit log, in the transaction of the change where there is one.
import { join } from 'node:path';
import { z } from 'zod';
import type {
  AdminJob,
  AdminMigration,
  AdminOrganization,
  AdminOrganizationQuery,
  AdminOverview,
  AdminStorage,
  AdminUser,
  AdminUserQuery,
  EventDeadLetter,
  JobListQuery,
  UpdateAdminOrganization,
} from '../../../contract/admin.ts';
import type { PageQuery } from '../../../contract/common.ts';
import { priceAccess } from '../../../contract/organizations.ts';
import { ROOT } from '../../config.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobRow } from '../../platform/jobs-admin.ts';
import { migrationStatus } from '../../platform/migrate.ts';
import { type Page, pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import { type Probed, readiness } from '../../platform/probes.ts';
import { withoutPersonalData } from '../../platform/telemetry.ts';
import { tellAccessChanged } from '../access.ts';
import type { Accounts } from '../accounts/service.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import * as clicks from './clickhouse.ts';
import * as db from './sql.ts';
import { storageOf } from './storage.ts';

export type Admin = ReturnType<typeof makeAdmin>;

const STARTED = new Date();

export function makeAdmin(deps: Deps, probed: Probed, version: string, { suspension }: Accounts) {
  const { postgres, clickhouse, jobs, events } = deps;

  async function changeUser(
    actor: Actor,
    id: string,
    action: string,
    origin: Origin,
    change: (tx: Parameters<typeof db.findUser>[0]) => Promise<Record<string, unknown>>,
  ): Promise<AdminUser> {
    if (id === actor.user_id)
      throw new AppError('conflict', 'You cannot do this to your own account; ask another administrator.');
    await postgres.asSystem(async (tx) => {
      const user = await db.findUser(tx, id);
      if (user === undefined) throw notFound('account');
      const detail = await change(tx);
      await audit(tx, { action, actor_id: actor.user_id, detail: { user_id: id, ...detail } }, origin);
    });
    await tellAccessChanged(deps.kv, id);
    const page = await listUsers({ q: id, limit: 1 });
    const user = page.items[0];
    if (user === undefined) throw notFound('account');
    return user;
  }

  async function listUsers(query: AdminUserQuery): Promise<Page<AdminUser>> {
    const after = readCursor(query.cursor, TimeAndId);
    const rows = await postgres.asSystem((tx) => db.listUsers(tx, query, after, deps.now()));
    const page = pageFrom(rows, query.limit, (row) => [row.created_at.toISOString(), row.id]);
    return {
      next_cursor: page.next_cursor,
      items: page.items.map((row) => ({
        id: row.id,
        email: row.email,
        name: [row.first_name, row.last_name].filter(Boolean).join(' '),
        user_type: row.user_type,
        status: row.status ?? 'active',
        is_admin: row.is_admin,
        organizations: row.organizations,
        sessions: row.sessions,
        created_at: iso(row.created_at),
        last_login_at: isoOrNull(row.last_login_at),
      })),
    };
  }

  async function auditAlone(actor: Actor, action: string, detail: Record<string, unknown>, origin: Origin) {
    await postgres.asSystem((tx) => audit(tx, { action, actor_id: actor.user_id, detail }, origin));
  }

  return {
    /** Never fails for a store that is away: what it would have told is null. */
    async overview(): Promise<AdminOverview> {
      const quietly = <T>(work: Promise<T>): Promise<T | null> => work.catch(() => null);
      const [state, counts, facts, engine, queues, queue, letters] = await Promise.all([
        readiness(probed),
        quietly(postgres.asSystem((tx) => db.counts(tx, deps.now()))),
        quietly(postgres.asSystem((tx) => db.databaseFacts(tx))),
        quietly(clicks.engineFacts(clickhouse)),
        quietly(jobs.counts()),
        quietly(events.status()),
        quietly(clicks.countDeadLetters(clickhouse)),
      ]);
      const known: Record<string, { mode: string | null; version?: string; size_bytes?: number }> = {
        postgres: { mode: postgres.mode, ...facts },
        clickhouse: { mode: clickhouse.mode, ...engine },
        kv: { mode: deps.kv.mode },
        files: { mode: deps.files.mode },
      };
      const { outbox = 0, ...counted } = counts ?? {};
      return {
        version,
        node: process.version,
        started_at: iso(STARTED),
        status: state.status,
        stores: Object.entries(state.stores).map(([name, one]) => ({
          name: name as AdminOverview['stores'][number]['name'],
          state: one,
          mode: known[name]?.mode ?? null,
          version: known[name]?.version ?? null,
          size_bytes: known[name]?.size_bytes ?? null,
        })),
        counts: counts === null ? null : (counted as AdminOverview['counts']),
        queues: queues ?? [],
        events:
          queue === null
            ? null
            : {
                mode: events.mode,
                pending: queue.pending,
                unit: queue.unit,
                lag_seconds: Math.round(queue.oldest_seconds),
                outbox,
                dead_letters: letters,
                last_error: queue.last_error === undefined ? null : withoutPersonalData(queue.last_error),
              },
      };
    },

    users: listUsers,

    suspend: (actor: Actor, id: string, origin: Origin) =>
      changeUser(actor, id, 'admin.user_suspended', origin, (tx) => suspension.suspend(tx, id)),

    reactivate: (actor: Actor, id: string, origin: Origin) =>
      changeUser(actor, id, 'admin.user_reactivated', origin, (tx) => suspension.reactivate(tx, id)),

    endSessions: (actor: Actor, id: string, origin: Origin) =>
      changeUser(actor, id, 'admin.sessions_ended', origin, async (tx) => ({
        sessions_ended: await suspension.endSessions(tx, id),
      })),

    async organizations(query: AdminOrganizationQuery): Promise<Page<AdminOrganization>> {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.asSystem((tx) => db.listOrganizations(tx, query, after));
      const page = pageFrom(rows, query.limit, (row) => [row.created_at.toISOString(), row.id]);
      return { next_cursor: page.next_cursor, items: page.items.map(organizationOf) };
    },

    async updateOrganization(
      actor: Actor,
      id: string,
      change: UpdateAdminOrganization,
      origin: Origin,
    ): Promise<AdminOrganization> {
      return await postgres.asSystem(async (tx) => {
        const before = await db.findOrganization(tx, id);
        if (before === undefined) throw notFound('organization');
        await db.updateOrganization(tx, id, change, deps.now());
        await audit(
          tx,
          {
            action: 'admin.organization_changed',
            actor_id: actor.user_id,
            organization_id: id,
            detail: {
              before: {
                tier: before.subscription_tier,
                status: before.subscription_status,
                price_access: priceAccess(before),
              },
              change,
            },
          },
          origin,
        );
        return organizationOf(await db.organizationById(tx, id));
      });
    },

    async jobs(query: JobListQuery): Promise<Page<AdminJob>> {
      const cursor = readCursor(query.cursor, TimeAndId);
      const before: [Date, string] | undefined =
        cursor === undefined ? undefined : [new Date(cursor[0]), cursor[1]];
      const rows = await jobs.list(query.which, query.limit + 1, before);
      const page = pageFrom(rows, query.limit, (row) => [row.created_at.toISOString(), row.id]);
      return { next_cursor: page.next_cursor, items: page.items.map(jobOf) };
    },

    async replay(actor: Actor, id: string, origin: Origin): Promise<{ queue: string }> {
      const moved = await jobs.replay(id);
      await auditAlone(actor, 'admin.job_replayed', { job_id: id, queue: moved.queue }, origin);
      return moved;
    },

    async discard(actor: Actor, id: string, origin: Origin): Promise<void> {
      const gone = await jobs.discard(id);
      await auditAlone(actor, 'admin.job_discarded', { job_id: id, queue: gone.queue }, origin);
    },

    async eventDeadLetters(query: PageQuery): Promise<Page<EventDeadLetter>> {
      const after = readCursor(query.cursor, z.tuple([z.iso.datetime(), z.string().regex(/^\d{1,20}$/)]));
      const rows = await clicks.listDeadLetters(clickhouse, query.limit, after);
      const page = pageFrom(rows, query.limit, (row) => [row.received_at, row.key]);
      return { next_cursor: page.next_cursor, items: page.items.map(({ key: _, ...row }) => row) };
    },

    async migrations(): Promise<AdminMigration[]> {
      const status = await migrationStatus({ postgres, clickhouse, folder: join(ROOT, 'migrations') });
      return (['postgres', 'clickhouse'] as const).flatMap((store) =>
        status[store].map((one) => ({ store, ...one })).toReversed(),
      );
    },

    storage: (): Promise<AdminStorage> => storageOf(deps),
  };
}

type OrganizationRow = Awaited<ReturnType<typeof db.organizationById>>;

function organizationOf(row: OrganizationRow): AdminOrganization {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    price_access: priceAccess(row),
    subscription_tier: row.subscription_tier ?? 'free',
    subscription_status: row.subscription_status ?? 'active',
    members: row.members,
    projects: row.projects,
    created_at: iso(row.created_at),
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Of a payload only ids and short plain words: a mail's text and address stay out of sight. */
function jobOf(row: JobRow): AdminJob {
  const subject = Object.entries(typeof row.data === 'object' && row.data !== null ? row.data : {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && UUID.test(pair[1]),
  );
  return {
    id: row.id,
    queue: row.queue,
    state: row.state,
    subject: Object.fromEntries(subject),
    error: row.error === null ? null : withoutPersonalData(row.error),
    attempts: row.attempts,
    created_at: iso(row.created_at),
    finished_at: isoOrNull(row.finished_at),
  };
}
