// Accounts: who somebody is, how they sign in, and what proves it on later requests.

import type { z } from 'zod';
import type {
  CreateApiTokenRequest,
  Me,
  RegisterRequest,
  UpdateMeRequest,
  User,
} from '../../../contract/accounts.ts';
import { AppError, notFound, sqlState } from '../../platform/errors.ts';
import { truncatedIp } from '../../platform/event-rows.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind } from '../../platform/jobs.ts';
import { Mail } from '../../platform/mail.ts';
import { makeRateLimiter } from '../../platform/rate-limit.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { createOrganizationFor } from '../organizations/service.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import * as db from './sql.ts';

export { DEMO_DOMAIN } from './sql.ts';

export const SESSION_DAYS = 30;
const VERIFY_HOURS = 48;
const RESET_MINUTES = 60;
const HOUR_MS = 3_600_000;
/** A session's last_seen_at is as exact as this. */
const SEEN_EVERY_MS = 5 * 60_000;

export const SendMail: JobKind<Mail> = {
  name: 'send_mail',
  payload: Mail,
  retries: 5,
  concurrency: 1,
  expire_seconds: 60,
};

export interface SignedIn {
  token: string;
  expires_at: Date;
  user_id: string;
}

export type Accounts = ReturnType<typeof makeAccounts>;

export function makeAccounts(deps: Deps) {
  const { postgres, jobs, config } = deps;
  const limitOf = (name: string, factor = 1) =>
    makeRateLimiter(deps.kv, {
      name,
      points: config.sign_in_rate_per_15_minutes * factor,
      window_seconds: 900,
    });
  const perAccount = limitOf('sign_in_account');
  const perAddress = limitOf('sign_in_address', 10);

  async function limitSignIn(email: string, origin: Origin): Promise<void> {
    for (const used of [
      await perAccount.consume(email),
      await perAddress.consume(origin.ip_address ?? 'unknown'),
    ]) {
      if (!used.allowed) {
        throw new AppError(
          'too_many_requests',
          `Too many tries; wait ${Math.ceil(used.retry_after_seconds / 60)} min and try again.`,
          {
            retry_after: used.retry_after_seconds,
          },
        );
      }
    }
  }

  async function openSession(
    tx: Parameters<typeof db.insertSession>[0],
    userId: string,
    origin: Origin,
  ): Promise<SignedIn> {
    const token = newToken();
    const expires_at = new Date(deps.now().getTime() + SESSION_DAYS * 24 * HOUR_MS);
    await db.insertSession(tx, {
      user_id: userId,
      token_hash: hashToken(token),
      user_agent: origin.user_agent?.slice(0, 400) ?? null,
      ip_address: truncatedIp(origin.ip_address ?? '') || null,
      expires_at,
    });
    await db.touchLogin(tx, userId);
    return { token, expires_at, user_id: userId };
  }

  async function mailToken(
    tx: Parameters<typeof db.insertSession>[0],
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
    const base = config.public_url ?? `http://localhost:${config.port}`;
    const mail =
      purpose === 'verify_email'
        ? {
            subject: 'Confirm your e-mail address',
            text: `Open this address to confirm your e-mail address:\n\n${base}/verify-email?token=${token}\n\nIt works for ${VERIFY_HOURS} hours.`,
          }
        : {
            subject: 'Set a new password',
            text: `Open this address to set a new password:\n\n${base}/reset-password?token=${token}\n\nIt works once, for ${RESET_MINUTES} minutes. If you did not ask for this, nothing has changed.`,
          };
    await jobs.enqueue(tx, SendMail, { to: email, ...mail });
  }

  return {
    /** Creates the account, its organization and a session; the first account on an empty system becomes administrator. */
    async register(request: RegisterRequest, origin: Origin): Promise<SignedIn> {
      await limitSignIn(request.email, origin);
      const password_hash = await hashPassword(request.password);
      try {
        return await postgres.asSystem(async (tx) => {
          const first = !request.email.endsWith(`@${db.DEMO_DOMAIN}`) && (await db.isFirstUser(tx));
          const user = await db.insertUser(tx, {
            email: request.email,
            password_hash,
            first_name: request.first_name,
            last_name: request.last_name,
            user_type: request.user_type,
            company: request.company ?? null,
          });
          if (first) await db.grantAdmin(tx, user.id);
          await createOrganizationFor(tx, user.id, {
            name:
              request.organization_name ?? request.company ?? `${request.first_name} ${request.last_name}`,
          });
          await mailToken(tx, user.id, request.email, 'verify_email');
          await audit(
            tx,
            { action: 'account.registered', actor_id: user.id, detail: { became_admin: first } },
            origin,
          );
          return await openSession(tx, user.id, origin);
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

    /** Throws one and the same error for an unknown address and a wrong password. */
    async signIn(email: string, password: string, origin: Origin): Promise<SignedIn> {
      await limitSignIn(email, origin);
      const credentials = await postgres.asSystem((tx) => db.findCredentials(tx, email));
      const right = await verifyPassword(credentials?.password_hash, password);
      if (credentials === undefined || !right) {
        await postgres.asSystem((tx) =>
          audit(tx, { action: 'account.sign_in_failed', actor_id: credentials?.id ?? null }, origin),
        );
        throw new AppError(
          'not_signed_in',
          'The e-mail address or the password is wrong; check both and try again.',
        );
      }
      if (credentials.status !== 'active') {
        throw new AppError('forbidden', 'This account is suspended; ask your administrator.');
      }
      const session = await postgres.asSystem(async (tx) => {
        await audit(tx, { action: 'account.signed_in', actor_id: credentials.id }, origin);
        return await openSession(tx, credentials.id, origin);
      });
      await perAccount.reset(email);
      return session;
    },

    async signOut(actor: Actor, origin: Origin): Promise<void> {
      if (actor.by.kind !== 'session') return;
      const { session_id } = actor.by;
      await postgres.asSystem(async (tx) => {
        await db.revokeSession(tx, actor.user_id, session_id, deps.now());
        await audit(tx, { action: 'account.signed_out', actor_id: actor.user_id }, origin);
      });
    },

    /** Who a session cookie or an API token stands for; null where neither is in force. */
    async authenticate(sessionToken: string | undefined, bearer: string | undefined): Promise<Actor | null> {
      const now = deps.now();
      if (bearer !== undefined) {
        return await postgres.asSystem(async (tx) => {
          const token = await db.findApiToken(tx, hashToken(bearer), now);
          if (token === undefined) return null;
          await db.touchApiToken(tx, token.id, now);
          return {
            user_id: token.user_id,
            is_admin: token.is_admin,
            by: { kind: 'token', token_id: token.id, scopes: token.scopes },
          };
        });
      }
      if (sessionToken === undefined) return null;
      const session = await postgres.asSystem(async (tx) => {
        const found = await db.findSession(tx, hashToken(sessionToken), now);
        if (found !== undefined && now.getTime() - found.last_seen_at.getTime() > SEEN_EVERY_MS)
          await db.touchSession(tx, found.id, now);
        return found;
      });
      if (session === undefined) return null;
      return {
        user_id: session.user_id,
        is_admin: session.is_admin,
        by: { kind: 'session', session_id: session.id },
      };
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
      await limitSignIn(email, origin);
      await postgres.asSystem(async (tx) => {
        const found = await db.findCredentials(tx, email);
        if (found === undefined || found.status !== 'active') return;
        await mailToken(tx, found.id, email, 'reset_password');
        await audit(tx, { action: 'account.password_reset_asked', actor_id: found.id }, origin);
      });
    },

    /** Sets the password and ends every session of the account. */
    async resetPassword(token: string, password: string, origin: Origin): Promise<void> {
      const password_hash = await hashPassword(password);
      await postgres.asSystem(async (tx) => {
        const used = await db.useOneTimeToken(tx, 'reset_password', hashToken(token), deps.now());
        if (used === undefined)
          throw new AppError('invalid_input', 'This link has been used or has expired; ask for a new one.');
        await db.setPassword(tx, used.user_id, password_hash);
        await db.markEmailVerified(tx, used.user_id, deps.now());
        await db.revokeAllSessions(tx, used.user_id, deps.now());
        await audit(tx, { action: 'account.password_reset', actor_id: used.user_id }, origin);
      });
    },

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
    },

    async createApiToken(actor: Actor, request: z.infer<typeof CreateApiTokenRequest>, origin: Origin) {
      if (actor.by.kind !== 'session')
        throw new AppError('forbidden', 'Sign in to make API tokens; a token cannot make another.');
      const token = newToken('ofs_');
      const row = await postgres.asSystem(async (tx) => {
        const made = await db.insertApiToken(tx, {
          user_id: actor.user_id,
          name: request.name,
          token_hash: hashToken(token),
          scopes: request.scopes,
          expires_at: new Date(deps.now().getTime() + request.expires_in_days * 24 * HOUR_MS),
        });
        await audit(
          tx,
          {
            action: 'api_token.created',
            actor_id: actor.user_id,
            detail: { token_id: made.id, scopes: request.scopes },
          },
          origin,
        );
        return made;
      });
      return { ...toApiToken(row), token };
    },

    async apiTokens(actor: Actor) {
      return (await postgres.withContext(actor, (tx) => db.listApiTokens(tx, actor.user_id))).map(toApiToken);
    },

    async revokeApiToken(actor: Actor, id: string, origin: Origin): Promise<void> {
      await postgres.asSystem(async (tx) => {
        if ((await db.revokeApiToken(tx, actor.user_id, id, deps.now())) === undefined)
          throw notFound('API token');
        await audit(
          tx,
          { action: 'api_token.revoked', actor_id: actor.user_id, detail: { token_id: id } },
          origin,
        );
      });
    },
  };
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

function toApiToken(row: Awaited<ReturnType<typeof db.insertApiToken>>) {
  return {
    ...row,
    scopes: row.scopes as ('read' | 'write' | 'export')[],
    created_at: iso(row.created_at),
    expires_at: isoOrNull(row.expires_at),
    last_used_at: isoOrNull(row.last_used_at),
  };
}
