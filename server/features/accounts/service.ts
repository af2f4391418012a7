// Accounts: who somebody is, how they sign in, and what proves it on later requests.

import { setTimeout as wait } from 'node:timers/promises';
import type { Me, RegisterRequest, UpdateMeRequest, User } from '../../../contract/accounts.ts';
import { AppError, notFound, sqlState } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { tellAccessChanged } from '../access.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { mailOf, SendMail } from '../letters.ts';
import { createOrganizationFor } from '../organizations/service.ts';
import { makeApiTokens } from './api-tokens.ts';
import { makeOidc } from './oidc.ts';
import { requireStrong } from './password-rules.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { makeSecurity } from './security.ts';
import { makeSessionList } from './session-list.ts';
import { makeSessions, type SignedIn } from './sessions.ts';
import { makeSignInGuard } from './sign-in-guard.ts';
import * as closing from './sql/closing.ts';
import * as guarded from './sql/security.ts';
import * as db from './sql.ts';
import { makeSuspension } from './suspension.ts';

export { SendMail } from '../letters.ts';
export { GRACE_DAYS } from './closing.ts';
export { hashPassword, verifyPassword } from './passwords.ts';
export { SESSION_DAYS, type SignedIn } from './sessions.ts';
export { DEMO_DOMAIN } from './sql.ts';

const VERIFY_HOURS = 48;
const RESET_MINUTES = 60;
const HOUR_MS = 3_600_000;
const LETTER_MS = 300;

export type Accounts = ReturnType<typeof makeAccounts>;

/** What a new account is made of, whichever way it signs in. */
export interface NewUser {
  email: string;
  first_name: string;
  last_name: string;
  user_type: string;
  company: string | null;
  organization_name?: string | undefined;
}

export function makeAccounts(deps: Deps) {
  const { postgres, jobs, config } = deps;
  const guard = makeSignInGuard(deps);
  const sessions = makeSessions(deps);
  const base = config.public_url ?? `http://localhost:${config.port}`;

  async function mailToken(
    tx: Tx,
    userId: string,
    email: string,
    purpose: 'verify_email' | 'reset_password',
  ): Promise<void> {
    const token = newToken();
    const lifetime = purpose === 'verify_email' ? VERIFY_HOURS * HOUR_MS : RESET_MINUTES * 60_000;
    await db.insertOneTimeToken(tx, {
      user_id: userId,
      purpose,
      token_hash: hashToken(token),
      expires_at: new Date(deps.now().getTime() + lifetime),
    });
    const letter =
      purpose === 'verify_email'
        ? {
            subject: 'Confirm your e-mail address',
            before: ['Open this address to confirm your e-mail address.'],
            link: { label: 'Confirm the address', url: `${base}/verify-email?token=${token}` },
            after: [`It works for ${VERIFY_HOURS} hours.`],
          }
        : {
            subject: 'Set a new password',
            before: ['Open this address to set a new password.'],
            link: { label: 'Set a new password', url: `${base}/reset-password?token=${token}` },
            after: [
              `It works once, for ${RESET_MINUTES} minutes. If you did not ask for this, nothing has changed.`,
            ],
          };
    await jobs.enqueue(tx, SendMail, mailOf({ to: email, ...letter }));
  }

  /** The account's row and its organization; the first account on an empty system becomes administrator. */
  async function createUser(
    tx: Tx,
    user: NewUser,
    proof: {
      password_hash: string | null;
      email_verified_at?: Date;
      google_id?: string;
      microsoft_id?: string;
    },
    origin: Origin,
  ): Promise<string> {
    const first = !user.email.endsWith(`@${db.DEMO_DOMAIN}`) && (await db.isFirstUser(tx));
    const { organization_name, ...columns } = user;
    const { id } = await db.insertUser(tx, { ...columns, ...proof });
    if (first) await db.grantAdmin(tx, id);
    await createOrganizationFor(tx, id, {
      name: organization_name ?? user.company ?? `${user.first_name} ${user.last_name}`,
    });
    await audit(tx, { action: 'account.registered', actor_id: id, detail: { became_admin: first } }, origin);
    return id;
  }

  const security = makeSecurity(deps, { guard, sessions, base, mailToken });

  return {
    ...security,
    authenticate: sessions.authenticate,
    rotateIfMarked: sessions.rotateIfMarked,
    stillMay: sessions.stillMay,
    oidc: makeOidc(deps, { sessions, guard, base, createUser }),

    /** Creates the account, its organization and a session; the first account on an empty system becomes administrator. */
    async register(request: RegisterRequest, origin: Origin, device?: string): Promise<SignedIn> {
      await guard.address(origin);
      requireStrong(
        request.password,
        { email: request.email, names: [request.first_name, request.last_name, request.company ?? ''] },
        'password',
      );
      const password_hash = await hashPassword(request.password);
      try {
        return await postgres.asSystem(async (tx) => {
          const { password: _, ...user } = request;
          const id = await createUser(
            tx,
            { ...user, company: request.company ?? null },
            { password_hash },
            origin,
          );
          await mailToken(tx, id, request.email, 'verify_email');
          return await sessions.open(tx, id, origin, device);
        });
      } catch (error) {
        if (sqlState(error) === '23505') {
          throw new AppError(
            'already_exists',
            'There is an account with this e-mail address; sign in, or set a new password.',
            { cause: error },
          );
        }
        throw error;
      }
    },

    /**
     * Throws one and the same error for an unknown address and a wrong password. `device` is the browser's device
     * cookie; `reactivate` takes back the closing of one's own account.
     */
    async signIn(
      email: string,
      password: string,
      origin: Origin,
      options: { device?: string | undefined; reactivate?: boolean | undefined } = {},
    ): Promise<SignedIn> {
      const deviceHash = options.device === undefined ? undefined : hashToken(options.device);
      const { credentials, known } = await postgres.asSystem(async (tx) => {
        const found = await db.findCredentials(tx, email);
        const known =
          found !== undefined &&
          deviceHash !== undefined &&
          (await guarded.isKnownDevice(tx, found.id, deviceHash));
        return { credentials: found, known };
      });
      const tries = { email, origin, known_device: known ? deviceHash : undefined };
      await guard.before(tries);
      const right = await verifyPassword(credentials?.password_hash, password);
      if (credentials === undefined || !right) {
        const locked = await guard.wrong(tries);
        await postgres.asSystem(async (tx) => {
          const actor_id = credentials?.id ?? null;
          await audit(tx, { action: 'account.sign_in_failed', actor_id }, origin);
          if (locked) await audit(tx, { action: 'account.sign_in_slowed', actor_id }, origin);
        });
        throw new AppError(
          'not_signed_in',
          'The e-mail address or the password is wrong; check both and try again.',
        );
      }
      await guard.right(tries);
      return await postgres.asSystem(async (tx) => {
        await requireUsable(tx, credentials, options.reactivate === true, origin);
        await audit(tx, { action: 'account.signed_in', actor_id: credentials.id }, origin);
        return await sessions.open(tx, credentials.id, origin, options.device);
      });
    },

    async signOut(actor: Actor, origin: Origin): Promise<void> {
      if (actor.by.kind !== 'session') return;
      const { session_id } = actor.by;
      await postgres.asSystem(async (tx) => {
        await db.revokeSession(tx, actor.user_id, session_id, deps.now());
        await audit(tx, { action: 'account.signed_out', actor_id: actor.user_id }, origin);
      });
    },

    /** Somebody by their address, for the command line and the demonstration; never reached over HTTP. */
    async actorFor(email: string): Promise<Actor> {
      const found = await postgres.asSystem((tx) => db.findCredentials(tx, email));
      if (found === undefined) throw notFound('account');
      return {
        user_id: found.id,
        is_admin: false,
        by: { kind: 'token', token_id: 'command line', scopes: [] },
      };
    },

    /** Whether an account with this address exists; for the demonstration only, never answered over HTTP. */
    async exists(email: string): Promise<boolean> {
      return (await postgres.asSystem((tx) => db.findCredentials(tx, email))) !== undefined;
    },

    async me(actor: Actor): Promise<Me> {
      return await postgres.withContext(actor, async (tx) => {
        const user = await db.findUser(tx, actor.user_id);
        if (user === undefined) throw notFound('account');
        const organizations = (await db.membershipsOf(tx, actor.user_id)) as Me['organizations'];
        return { user: toUser(user), is_admin: actor.is_admin, organizations };
      });
    },

    async updateMe(actor: Actor, change: UpdateMeRequest): Promise<User> {
      const { preferences, ...columns } = change;
      return await postgres.withContext(actor, async (tx) => {
        const before = await db.findUser(tx, actor.user_id);
        if (before === undefined) throw notFound('account');
        const set: Record<string, unknown> = { ...columns };
        if (preferences !== undefined)
          set['preferences'] = JSON.stringify({ ...(before.preferences as object), ...preferences });
        const user = Object.keys(set).length === 0 ? before : await db.updateUser(tx, actor.user_id, set);
        return toUser(user ?? before);
      });
    },

    async verifyEmail(token: string, origin: Origin): Promise<void> {
      await postgres.asSystem(async (tx) => {
        const used = await db.useOneTimeToken(tx, 'verify_email', hashToken(token), deps.now());
        if (used === undefined)
          throw new AppError('invalid_input', 'This link has been used or has expired; ask for a new one.');
        await db.markEmailVerified(tx, used.user_id, deps.now());
        await audit(tx, { action: 'account.email_verified', actor_id: used.user_id }, origin);
      });
    },

    /** Answers the same whether or not the address has an account. */
    async forgotPassword(email: string, origin: Origin): Promise<void> {
      await guard.address(origin);
      // A letter takes longer than none: no answer comes before a time in which either is done.
      const least = wait(LETTER_MS);
      if (await guard.mayWrite(email))
        await postgres.asSystem(async (tx) => {
          const found = await db.findCredentials(tx, email);
          if (found === undefined || found.status === 'suspended') return;
          await mailToken(tx, found.id, email, 'reset_password');
          await audit(tx, { action: 'account.password_reset_asked', actor_id: found.id }, origin);
        });
      await least;
    },

    /** Sends the link that confirms the address again; nothing where it is confirmed. */
    async resendVerification(actor: Actor, origin: Origin): Promise<void> {
      await guard.address(origin);
      await postgres.asSystem(async (tx) => {
        const user = await db.findUser(tx, actor.user_id);
        if (user === undefined || user.email_verified_at !== null) return;
        if (!(await guard.mayWrite(user.email))) return;
        await mailToken(tx, actor.user_id, user.email, 'verify_email');
      });
    },

    /** Sets the password and ends every session of the account. */
    async resetPassword(token: string, password: string, origin: Origin): Promise<void> {
      await guard.address(origin);
      requireStrong(password, {}, 'password');
      const password_hash = await hashPassword(password);
      const userId = await postgres.asSystem(async (tx) => {
        const used = await db.useOneTimeToken(tx, 'reset_password', hashToken(token), deps.now());
        if (used === undefined)
          throw new AppError('invalid_input', 'This link has been used or has expired; ask for a new one.');
        // Refused, the link stays good: the transaction takes its use back.
        const account = await guarded.findAccount(tx, used.user_id);
        const names = [account?.first_name ?? '', account?.last_name ?? ''];
        requireStrong(password, { email: account?.email ?? '', names }, 'password');
        await db.setPassword(tx, used.user_id, password_hash);
        await db.markEmailVerified(tx, used.user_id, deps.now());
        await guarded.spendOneTimeTokens(tx, used.user_id, ['reset_password'], deps.now());
        await guarded.forgetDevices(tx, used.user_id);
        await db.revokeAllSessions(tx, used.user_id, deps.now());
        await audit(tx, { action: 'account.password_reset', actor_id: used.user_id }, origin);
        return used.user_id;
      });
      await tellAccessChanged(deps.kv, userId);
    },

    ...makeSessionList(deps),
    ...makeApiTokens(deps),
    suspension: makeSuspension(deps),
  };

  /** Suspended accounts stay out; one its owner closed comes back when they say so. */
  async function requireUsable(
    tx: Tx,
    account: { id: string; status: string | null },
    reactivate: boolean,
    origin: Origin,
  ): Promise<void> {
    if (account.status === 'active') return;
    const closure = account.status === 'inactive' ? await closing.findClosure(tx, account.id) : undefined;
    if (closure === undefined)
      throw new AppError('forbidden', 'This account is suspended; ask your administrator.');
    if (!reactivate)
      throw new AppError(
        'conflict',
        closure.due_at === null
          ? 'You deactivated this account; sign in and use it again, or leave it as it is.'
          : `You deleted this account, it ends on ${iso(closure.due_at).slice(0, 10)}; sign in and keep it, or leave it as it is.`,
      );
    await security.reopen(tx, account.id, origin);
  }
}

type UserRow = NonNullable<Awaited<ReturnType<typeof db.findUser>>>;

function toUser(row: UserRow): User {
  return {
    ...row,
    user_type: row.user_type as User['user_type'],
    status: row.status as User['status'],
    preferences: row.preferences as User['preferences'],
    email_verified_at: isoOrNull(row.email_verified_at),
    last_login_at: isoOrNull(row.last_login_at),
    created_at: iso(row.created_at as Date),
  };
}
