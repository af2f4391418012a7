// What slows guessing down without locking the owner out. Three walls before a password is looked at:
// 1. an address of the net may try so often in 15 minutes, whatever the accounts;
// 2. an account may be tried so often in 15 minutes by browsers it was never signed in from;
// 3. after five wrong passwords one address waits longer and longer for one account: 2 s, 4 s, … 15 min.
// A browser the account was signed in from before has walls 2 and 3 for itself, so strangers' tries do not touch it;
// and a new password by mail always works.
import { createHash } from 'node:crypto';
import { AppError } from '../../platform/errors.ts';
import { makeRateLimiter, senderOf } from '../../platform/rate-limit.ts';
import type { Deps, Origin } from '../context.ts';

const WINDOW_SECONDS = 900;
const FREE_TRIES = 5;
const LONGEST_WAIT_SECONDS = 900;
const REMEMBERED_SECONDS = 24 * 3600;

/** Whose tries count together: the known device's, or those of one address of the net for one account. */
export interface Tries {
  email: string;
  origin: Origin;
  /** Hash of the device's cookie where the account knows the device. */
  known_device: string | undefined;
}

export type SignInGuard = ReturnType<typeof makeSignInGuard>;

/** Seconds to wait after the nth wrong password in a row. */
export function waitAfter(wrong: number): number {
  return wrong <= FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_SECONDS, 2 ** (wrong - FREE_TRIES));
}

export function makeSignInGuard(deps: Pick<Deps, 'kv' | 'config' | 'now'>) {
  const { kv, config } = deps;
  const limitOf = (name: string, factor = 1) =>
    makeRateLimiter(kv, {
      name,
      points: config.sign_in_rate_per_15_minutes * factor,
      window_seconds: WINDOW_SECONDS,
    });
  const perAccount = limitOf('sign_in_account');
  const perDevice = limitOf('sign_in_device');
  const perAddress = limitOf('sign_in_address', 10);
  const perLetter = limitOf('account_letters');

  const keyOf = ({ email, origin, known_device }: Tries) =>
    `sign_in:${createHash('sha256')
      .update(`${email}\n${known_device ?? senderOf(origin.ip_address)}`)
      .digest('hex')}`;

  function refuse(seconds: number): never {
    const words = seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
    throw new AppError(
      'too_many_requests',
      `Too many tries; wait ${words} and try again, or set a new password by mail.`,
      { retry_after: seconds },
    );
  }

  /** The address of the net's share; for every call that costs a hash or a letter. */
  async function address(origin: Origin): Promise<void> {
    const used = await perAddress.consume(senderOf(origin.ip_address));
    if (!used.allowed) refuse(used.retry_after_seconds);
  }

  return {
    address,

    /** Throws 429 where this try may not be made yet. */
    async before(tries: Tries): Promise<void> {
      await address(tries.origin);
      // First the address's own waiting: a try that is refused for it takes nothing of the account's share, or one address
      // could use that up and keep the owner out. Without the shared store the limits still count, each process for itself.
      const until = Number((await kv.get(`${keyOf(tries)}:until`).catch(() => undefined)) ?? 0);
      const left = Math.ceil((until - deps.now().getTime()) / 1000);
      if (left > 0) refuse(left);
      const used = await (tries.known_device === undefined
        ? perAccount.consume(tries.email)
        : perDevice.consume(keyOf(tries)));
      if (!used.allowed) refuse(used.retry_after_seconds);
    },

    /** Counts a wrong password; true when it is the one that begins the waiting. */
    async wrong(tries: Tries): Promise<boolean> {
      const key = keyOf(tries);
      const count = await kv.incr(`${key}:wrong`, REMEMBERED_SECONDS).catch(() => 0);
      const wait = waitAfter(count);
      if (wait > 0)
        await kv
          .set(`${key}:until`, String(deps.now().getTime() + wait * 1000), wait + 60)
          .catch(() => undefined);
      return count === FREE_TRIES + 1;
    },

    async right(tries: Tries): Promise<void> {
      const key = keyOf(tries);
      await Promise.all([
        tries.known_device === undefined ? perAccount.reset(tries.email) : perDevice.reset(key),
        kv.del(`${key}:wrong`).catch(() => undefined),
        kv.del(`${key}:until`).catch(() => undefined),
      ]);
    },

    /** Letters to one address of the mail: beyond its share they are silently not sent. */
    async mayWrite(email: string): Promise<boolean> {
      return (await perLetter.consume(email)).allowed;
    },
  };
}
