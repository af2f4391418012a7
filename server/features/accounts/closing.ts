// Closing an account: deactivated until its owner signs in again, or erased (features/privacy) after a grace of 30 days in
// which they may change their mind. What others depend on stands in the way and is named.
import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { tellAccessChanged } from '../access.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, type Origin } from '../context.ts';
import { mailOf, SendMail } from '../letters.ts';
import type { CloseRequest, Prove } from './security.ts';
import * as closing from './sql/closing.ts';
import * as guarded from './sql/security.ts';
import * as db from './sql.ts';

export const GRACE_DAYS = 30;

export function makeClosing(deps: Deps, { prove, base }: { prove: Prove; base: string }) {
  const { postgres, jobs } = deps;

  /** Refuses, with the sentence why, what would leave others without an owner. */
  async function requireNobodyLeft(tx: Tx, userId: string): Promise<void> {
    const organizations = await closing.organizationsLeftWithoutOwner(tx, userId);
    if (organizations.length > 0)
      throw new AppError(
        'conflict',
        `You are the only owner of ${organizations.join(', ')}; make another member owner first (Settings, Members).`,
      );
    const projects = await closing.projectsLeftWithoutOwner(tx, userId);
    if (projects.length > 0)
      throw new AppError(
        'conflict',
        `Others work on ${projects.join(', ')}, which nobody else owns; make one of them owner, or delete it first.`,
      );
  }

  return {
    /** Deactivates the account at once; with `delete` it is erased after the grace. Gives when, or null. */
    async close(actor: Actor, request: CloseRequest, origin: Origin): Promise<Date | null> {
      const account = await prove(actor, request.password, 'password', origin);
      if (request.email !== account.email)
        throw new AppError('invalid_input', 'Type the e-mail address of your account to confirm.', {
          fields: [{ path: 'email', message: 'is not the address of your account' }],
        });
      const due = request.delete ? new Date(deps.now().getTime() + GRACE_DAYS * 86_400_000) : null;
      await postgres.asSystem(async (tx) => {
        if (request.delete) await requireNobodyLeft(tx, account.id);
        await guarded.setStatus(tx, account.id, 'inactive');
        await closing.insertClosure(tx, account.id, deps.now(), due);
        await db.revokeAllSessions(tx, account.id, deps.now());
        await guarded.revokeApiTokens(tx, account.id, deps.now());
        await jobs.enqueue(
          tx,
          SendMail,
          mailOf({
            to: account.email,
            subject: due === null ? 'Your account is deactivated' : 'Your account will be deleted',
            before: [
              due === null
                ? 'Your account is deactivated and every session was ended.'
                : `Your account is closed, every session was ended, and what it holds about you will be erased on ${iso(due).slice(0, 10)}.`,
            ],
            link: { label: 'Sign in to keep the account', url: `${base}/sign-in` },
          }),
        );
        await audit(
          tx,
          { action: due === null ? 'account.deactivated' : 'account.deletion_asked', actor_id: account.id },
          origin,
        );
      });
      await tellAccessChanged(deps.kv, account.id);
      return due;
    },

    /** Takes the closing back, in the transaction of the sign-in that says so. */
    async reopen(tx: Tx, userId: string, origin: Origin): Promise<void> {
      await guarded.setStatus(tx, userId, 'active');
      await closing.deleteClosure(tx, userId);
      await audit(tx, { action: 'account.reactivated', actor_id: userId }, origin);
    },
  };
}
