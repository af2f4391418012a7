// One's own sessions: which devices are signed in, and ending one or all the others.
import type { AuditQuery } from '../../../contract/accounts.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { tellAccessChanged } from '../access.ts';
import { audit, auditCsv, readAudit } from '../audit.ts';
import { type Deps, iso, type Origin } from '../context.ts';
import * as db from './sql.ts';

export function makeSessionList(deps: Deps) {
  const { postgres } = deps;
  return {
    async sessions(actor: Actor) {
      const rows = await postgres.withContext(actor, (tx) => db.listSessions(tx, actor.user_id, deps.now()));
      return rows.map((row) => ({
        ...row,
        created_at: iso(row.created_at),
        last_seen_at: iso(row.last_seen_at),
        expires_at: iso(row.expires_at),
        is_current: actor.by.kind === 'session' && actor.by.session_id === row.id,
      }));
    },

    async revokeSession(actor: Actor, id: string, origin: Origin): Promise<void> {
      await postgres.asSystem(async (tx) => {
        if ((await db.revokeSession(tx, actor.user_id, id, deps.now())) === undefined)
          throw notFound('session');
        await audit(
          tx,
          { action: 'account.session_revoked', actor_id: actor.user_id, detail: { session_id: id } },
          origin,
        );
      });
      await tellAccessChanged(deps.kv, actor.user_id);
    },

    /** What happened to one's own account, and what one did. */
    async ownEvents(actor: Actor, query: AuditQuery) {
      return await postgres.withContext(actor, (tx) => readAudit(tx, { actor_id: actor.user_id }, query));
    },

    /** Every event of the platform; for its administrators. */
    async allEvents(query: AuditQuery) {
      return await postgres.asSystem((tx) => readAudit(tx, 'platform', query));
    },

    async allEventsCsv(actor: Actor, query: AuditQuery, origin: Origin): Promise<string> {
      return await postgres.asSystem(async (tx) => {
        const csv = await auditCsv(tx, 'platform', query);
        await audit(tx, { action: 'audit_log.exported', actor_id: actor.user_id }, origin);
        return csv;
      });
    },

    /** Ends every session but the caller's; gives how many that were. */
    async revokeOtherSessions(actor: Actor, origin: Origin): Promise<number> {
      if (actor.by.kind !== 'session')
        throw new AppError('forbidden', 'Sign in to end other sessions; an API token cannot.');
      const { session_id } = actor.by;
      const ended = await postgres.asSystem(async (tx) => {
        const rows = await db.revokeAllSessions(tx, actor.user_id, deps.now(), session_id);
        await audit(
          tx,
          { action: 'account.sessions_revoked', actor_id: actor.user_id, detail: { count: rows.length } },
          origin,
        );
        return rows.length;
      });
      await tellAccessChanged(deps.kv, actor.user_id);
      return ended;
    },
  };
}
