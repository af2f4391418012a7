// Sessions: opened at sign-in, given a new token when what their person may do changes, ended when it ends.
import { truncatedIp } from '../../platform/event-rows.ts';
import { gathered } from '../../platform/gather.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import type { Deps, Origin } from '../context.ts';
import * as security from './sql/security.ts';
import * as db from './sql.ts';

export const SESSION_DAYS = 30;
const DAY_MS = 86_400_000;
/** Requests on their way when a token is replaced may still arrive with the one before. */
const GRACE_MS = 60_000;
/** A session's last_seen_at is as exact as this. */
const SEEN_EVERY_MS = 5 * 60_000;

export interface SignedIn {
  token: string;
  expires_at: Date;
  user_id: string;
  /** Set where the browser had no device cookie yet. */
  device?: string;
}

/** A session whose token was replaced: the new one goes into the cookie. */
export type Rotated = Pick<SignedIn, 'token'>;

export type Sessions = ReturnType<typeof makeSessions>;

export function makeSessions(deps: Deps) {
  const { postgres } = deps;

  /** Opens a session and remembers the device it is on, in the caller's system transaction. */
  async function open(tx: Tx, userId: string, origin: Origin, device: string | undefined): Promise<SignedIn> {
    const token = newToken();
    const now = deps.now();
    const expires_at = new Date(now.getTime() + SESSION_DAYS * DAY_MS);
    await db.insertSession(tx, {
      user_id: userId,
      token_hash: hashToken(token),
      user_agent: origin.user_agent?.slice(0, 400) ?? null,
      ip_address: truncatedIp(origin.ip_address ?? '') || null,
      expires_at,
    });
    await db.touchLogin(tx, userId);
    const deviceToken = device ?? newToken();
    await security.rememberDevice(tx, userId, hashToken(deviceToken), now);
    return { token, expires_at, user_id: userId, ...(device === undefined ? { device: deviceToken } : {}) };
  }

  const findSession = gathered((tokenHashes) => db.findSessions(postgres, tokenHashes, deps.now()));

  /** Who a session cookie or an API token stands for; null where neither is in force. */
  async function authenticate(
    sessionToken: string | undefined,
    bearer: string | undefined,
  ): Promise<Actor | null> {
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
    const found = await findSession(hashToken(sessionToken));
    if (found === undefined) return null;
    if (now.getTime() - found.last_seen_at.getTime() > SEEN_EVERY_MS)
      await postgres.asSystem((tx) => db.touchSession(tx, found.id, now));
    return {
      user_id: found.user_id,
      is_admin: found.is_admin,
      by: { kind: 'session', session_id: found.id, must_rotate: found.must_rotate },
    };
  }

  return {
    open,
    authenticate,

    /** Replaces the token of a session that was marked when its person's rights changed; null where nothing is due. */
    async rotateIfMarked(actor: Actor): Promise<Rotated | null> {
      if (actor.by.kind !== 'session' || actor.by.must_rotate !== true) return null;
      const { session_id } = actor.by;
      const token = newToken();
      const until = new Date(deps.now().getTime() + GRACE_MS);
      const done = await postgres.asSystem((tx) =>
        security.rotateSession(tx, session_id, hashToken(token), until, true),
      );
      return done ? { token } : null;
    },

    /** Replaces the session's token at once, without grace: after a change of password. */
    async rotate(tx: Tx, actor: Actor): Promise<Rotated | null> {
      if (actor.by.kind !== 'session') return null;
      const token = newToken();
      const done = await security.rotateSession(tx, actor.by.session_id, hashToken(token), deps.now(), false);
      return done ? { token } : null;
    },

    /** Whether the actor is still signed in and, where a project is named, still sees it. */
    async stillMay(actor: Actor, projectId?: string): Promise<boolean> {
      const inForce = await postgres.asSystem((tx) =>
        security.inForce(tx, actor.by, actor.user_id, deps.now()),
      );
      if (!inForce || projectId === undefined) return inForce;
      return await postgres.withContext(actor, (tx) => security.seesProject(tx, projectId));
    },
  };
}
