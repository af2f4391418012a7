// What a person does to the security of their account: password, address, linked providers; closing and erasing it;
// and what an administrator does: suspending. Each act proves the person first, is audited and told by mail.
import type { z } from 'zod';
import type { CloseAccountRequest, SignInMethods, SignInProvider } from '../../../contract/accounts.ts';
import { AppError, notFound, sqlState } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { tellAccessChanged } from '../access.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { mailOf, SendMail } from '../letters.ts';
import { makeClosing } from './closing.ts';
import { requireStrong } from './password-rules.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { Rotated, Sessions } from './sessions.ts';
import type { SignInGuard } from './sign-in-guard.ts';
import * as closing from './sql/closing.ts';
import * as guarded from './sql/security.ts';
import * as db from './sql.ts';

const CHANGE_HOURS = 24;
const RESTORE_DAYS = 14;
/** Those without a password prove themselves by a sign-in not older than this. */
const FRESH_MINUTES = 15;

export interface SecurityParts {
  guard: SignInGuard;
  sessions: Sessions;
  base: string;
  mailToken(tx: Tx, userId: string, email: string, purpose: 'verify_email' | 'reset_password'): Promise<void>;
}

export type Account = NonNullable<Awaited<ReturnType<typeof guarded.findAccount>>>;
/** Proves that the person at the browser is the account's owner: by its password, or a fresh sign-in without one. */
export type Prove = (
  actor: Actor,
  password: string | undefined,
  path: string,
  origin: Origin,
) => Promise<Account>;

export function makeSecurity(deps: Deps, parts: SecurityParts) {
  const { postgres, jobs } = deps;
  const { guard, sessions, base, mailToken } = parts;

  const isFresh = async (tx: Tx, actor: Actor): Promise<boolean> => {
    if (actor.by.kind !== 'session') return false;
    const begun = await guarded.sessionAge(tx, actor.by.session_id);
    return begun !== undefined && deps.now().getTime() - begun.getTime() < FRESH_MINUTES * 60_000;
  };

  const prove: Prove = async (actor, password, path, origin) => {
    if (actor.by.kind !== 'session')
      throw new AppError('forbidden', 'Sign in to change your account; an API token cannot.');
    const { account, fresh } = await postgres.asSystem(async (tx) => ({
      account: await guarded.findAccount(tx, actor.user_id),
      fresh: await isFresh(tx, actor),
    }));
    if (account === undefined) throw notFound('account');
    if (account.password_hash === null) {
      if (fresh) return account;
      throw new AppError(
        'forbidden',
        `Sign out and in again, then do this within ${FRESH_MINUTES} min: your account has no password to ask for.`,
      );
    }
    // The session is the known device here: strangers cannot use these tries up.
    const tries = { email: account.email, origin, known_device: `session:${actor.by.session_id}` };
    await guard.before(tries);
    if (password !== undefined && (await verifyPassword(account.password_hash, password))) {
      await guard.right(tries);
      return account;
    }
    if (password !== undefined) {
      await guard.wrong(tries);
      await postgres.asSystem((tx) =>
        audit(tx, { action: 'account.password_refused', actor_id: actor.user_id }, origin),
      );
    }
    const message = password === undefined ? 'is needed for this' : 'is not your present password';
    throw new AppError('invalid_input', `The password ${message}.`, { fields: [{ path, message }] });
  };

  async function tell(tx: Tx, to: string, subject: string, ...before: string[]): Promise<void> {
    await jobs.enqueue(
      tx,
      SendMail,
      mailOf({
        to,
        subject,
        before,
        link: { label: 'If this was not you, set a new password', url: `${base}/forgot-password` },
      }),
    );
  }

  return {
    ...makeClosing(deps, { prove, base }),

    async methods(actor: Actor): Promise<SignInMethods> {
      return await postgres.asSystem(async (tx) => {
        const account = await guarded.findAccount(tx, actor.user_id);
        if (account === undefined) throw notFound('account');
        const closure = await closing.findClosure(tx, actor.user_id);
        return {
          password: account.password_hash !== null,
          google: account.google_id !== null,
          microsoft: account.microsoft_id !== null,
          fresh: await isFresh(tx, actor),
          closure:
            closure === undefined
              ? null
              : { requested_at: iso(closure.requested_at), due_at: isoOrNull(closure.due_at) },
        };
      });
    },

    /** Ends every other session; the caller's gets a new token, which is given back. */
    async changePassword(
      actor: Actor,
      request: { current_password?: string | undefined; new_password: string },
      origin: Origin,
    ): Promise<Rotated | null> {
      const account = await prove(actor, request.current_password, 'current_password', origin);
      requireStrong(
        request.new_password,
        { email: account.email, names: [account.first_name ?? '', account.last_name ?? ''] },
        'new_password',
      );
      const password_hash = await hashPassword(request.new_password);
      const rotated = await postgres.asSystem(async (tx) => {
        await db.setPassword(tx, account.id, password_hash);
        await guarded.spendOneTimeTokens(tx, account.id, ['reset_password'], deps.now());
        const keep = actor.by.kind === 'session' ? actor.by.session_id : undefined;
        await db.revokeAllSessions(tx, account.id, deps.now(), keep);
        await audit(tx, { action: 'account.password_changed', actor_id: account.id }, origin);
        await tell(
          tx,
          account.email,
          'Your password was changed',
          'The password of your account was changed, and every other session was ended.',
        );
        return await sessions.rotate(tx, actor);
      });
      await tellAccessChanged(deps.kv, account.id);
      return rotated;
    },

    /** Sends a link to the new address; nothing changes before it is opened. */
    async changeEmail(
      actor: Actor,
      request: { email: string; password?: string | undefined },
      origin: Origin,
    ): Promise<void> {
      const account = await prove(actor, request.password, 'password', origin);
      if (request.email === account.email)
        throw new AppError('invalid_input', 'This is your address already.', {
          fields: [{ path: 'email', message: 'is your address already' }],
        });
      if (!(await guard.mayWrite(request.email)))
        throw new AppError('too_many_requests', 'Too many letters went to this address; wait 15 min.', {
          retry_after: 900,
        });
      await postgres.asSystem(async (tx) => {
        await guarded.spendOneTimeTokens(tx, account.id, ['change_email'], deps.now());
        const token = newToken();
        await db.insertOneTimeToken(tx, {
          user_id: account.id,
          purpose: 'change_email',
          token_hash: hashToken(token),
          email: request.email,
          expires_at: new Date(deps.now().getTime() + CHANGE_HOURS * 3_600_000),
        });
        // Whether the address has an account is not told to the caller: its owner is told instead.
        const taken = (await guarded.findByEmail(tx, request.email)) !== undefined;
        await jobs.enqueue(
          tx,
          SendMail,
          mailOf(
            taken
              ? {
                  to: request.email,
                  subject: 'Someone wanted to use your address',
                  before: [
                    'Someone signed in to another account here asked to move it to this address. You have an account with it already, so nothing has changed.',
                  ],
                }
              : {
                  to: request.email,
                  subject: 'Confirm your new e-mail address',
                  before: ['Open this address to use this e-mail address for your account from now on.'],
                  link: { label: 'Use this address', url: `${base}/confirm-email?token=${token}` },
                  after: [
                    `It works once, for ${CHANGE_HOURS} hours. If you did not ask for this, ignore it.`,
                  ],
                },
          ),
        );
        await audit(tx, { action: 'account.email_change_asked', actor_id: account.id }, origin);
      });
    },

    /** Moves the account to the new address and tells the old one, with a way back. */
    async confirmEmail(token: string, origin: Origin): Promise<void> {
      await guard.address(origin);
      await postgres
        .asSystem(async (tx) => {
          const used = await db.useOneTimeToken(tx, 'change_email', hashToken(token), deps.now());
          const account = used === undefined ? undefined : await guarded.findAccount(tx, used.user_id);
          if (used?.email == null || account === undefined)
            throw new AppError('invalid_input', 'This link has been used or has expired; ask for a new one.');
          await guarded.setEmail(tx, account.id, used.email, deps.now());
          // Links that went to the old address prove nothing any more.
          await guarded.spendOneTimeTokens(tx, account.id, ['verify_email', 'reset_password'], deps.now());
          const back = newToken();
          await db.insertOneTimeToken(tx, {
            user_id: account.id,
            purpose: 'restore_email',
            token_hash: hashToken(back),
            email: account.email,
            expires_at: new Date(deps.now().getTime() + RESTORE_DAYS * 86_400_000),
          });
          await jobs.enqueue(
            tx,
            SendMail,
            mailOf({
              to: account.email,
              subject: 'Your account uses another e-mail address now',
              before: ['Your account was moved to another e-mail address.'],
              link: {
                label: 'If this was not you, take it back',
                url: `${base}/restore-email?token=${back}`,
              },
              after: [
                `That works for ${RESTORE_DAYS} days: it puts this address back, ends every session and sends you a link to set a new password.`,
              ],
            }),
          );
          await audit(tx, { action: 'account.email_changed', actor_id: account.id }, origin);
        })
        .catch((error: unknown) => {
          if (sqlState(error) !== '23505') throw error;
          throw new AppError(
            'already_exists',
            'Another account uses this address by now; choose another one.',
            {
              cause: error,
            },
          );
        });
    },

    /** Puts the old address back, ends sessions, tokens and every way to sign in, and lets the owner set a new password. */
    async restoreEmail(token: string, origin: Origin): Promise<void> {
      await guard.address(origin);
      const userId = await postgres.asSystem(async (tx) => {
        const used = await db.useOneTimeToken(tx, 'restore_email', hashToken(token), deps.now());
        if (used?.email == null)
          throw new AppError('invalid_input', 'This link has been used or has expired; ask for help.');
        await guarded.setEmail(tx, used.user_id, used.email, deps.now());
        await guarded.spendOneTimeTokens(
          tx,
          used.user_id,
          ['change_email', 'restore_email', 'reset_password'],
          deps.now(),
        );
        await endAccess(tx, used.user_id);
        // Whoever moved the account knew its password or linked a way in of their own: only the letter below opens it again.
        await guarded.endWaysIn(tx, used.user_id);
        await mailToken(tx, used.user_id, used.email, 'reset_password');
        await audit(tx, { action: 'account.email_restored', actor_id: used.user_id }, origin);
        return used.user_id;
      });
      await tellAccessChanged(deps.kv, userId);
    },

    /** Takes a provider off the account, unless it is the only way in. */
    async unlink(actor: Actor, provider: SignInProvider, password: string | undefined, origin: Origin) {
      const account = await prove(actor, password, 'password', origin);
      const column = `${provider}_id` as const;
      const other = provider === 'google' ? account.microsoft_id : account.google_id;
      if (account[column] === null) throw notFound('linked sign-in');
      if (account.password_hash === null && other === null)
        throw new AppError(
          'conflict',
          'This is the only way to sign in to your account; set a password first.',
        );
      await postgres.asSystem(async (tx) => {
        await guarded.setProvider(tx, account.id, column, null);
        await audit(tx, { action: 'account.unlinked', actor_id: account.id, detail: { provider } }, origin);
        await tell(
          tx,
          account.email,
          'A way to sign in was removed',
          `Signing in with ${provider} was removed.`,
        );
      });
    },
  };

  async function endAccess(tx: Tx, userId: string): Promise<void> {
    await db.revokeAllSessions(tx, userId, deps.now());
    await guarded.revokeApiTokens(tx, userId, deps.now());
    await guarded.forgetDevices(tx, userId);
  }
}

export type CloseRequest = z.infer<typeof CloseAccountRequest>;
