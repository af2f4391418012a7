// What an administrator of the platform may do to an account: shut it out, let it in again, end its sessions. Inside the
// caller's transaction; after its commit the caller tells every process (features/access.ts).
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import * as closing from './sql/closing.ts';
import * as guarded from './sql/security.ts';
import * as db from './sql.ts';

export function makeSuspension(deps: Deps) {
  const endSessions = async (tx: Tx, userId: string): Promise<number> =>
    (await db.revokeAllSessions(tx, userId, deps.now())).length;

  return {
    endSessions,

    /** Shuts the account out of everything; gives how many sessions ended and API tokens were revoked. */
    async suspend(tx: Tx, userId: string): Promise<{ sessions_ended: number; tokens_revoked: number }> {
      await guarded.setStatus(tx, userId, 'suspended');
      return {
        sessions_ended: await endSessions(tx, userId),
        tokens_revoked: await guarded.revokeApiTokens(tx, userId, deps.now()),
      };
    },

    /** Lets the account in again; a closing its owner had asked for is taken back, or it would be erased all the same. */
    async reactivate(tx: Tx, userId: string): Promise<{ closing_taken_back: boolean }> {
      await guarded.setStatus(tx, userId, 'active');
      const closed = (await closing.findClosure(tx, userId)) !== undefined;
      await closing.deleteClosure(tx, userId);
      return { closing_taken_back: closed };
    },
  };
}
