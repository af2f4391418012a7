// Passwords: argon2id with the OWASP parameters (19 MiB, two passes, one lane), a bounded number at a time.
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../../platform/errors.ts';

// OWASP Password Storage Cheat Sheet: argon2id, m = 19456 KiB, t = 2, p = 1. argon2id is the library's default.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Half the cores at most compute hashes, so that a rush of sign-ins leaves the rest to everyone else. */
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));
const WAITING_AT_MOST = 200;

/** Runs at most `at_once` tasks together, the others in the order they came; refuses (503) beyond `waiting` of them. */
export function makeGate(at_once: number, waiting: number) {
  let running = 0;
  const queue: (() => void)[] = [];
  return async function through<T>(task: () => Promise<T>): Promise<T> {
    if (running >= at_once) {
      if (queue.length >= waiting) {
        throw new AppError(
          'unavailable',
          'Too many people sign in at this moment; try again in a few seconds.',
          {
            retry_after: 5,
          },
        );
      }
      // Whoever ends hands their place on, so the count stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running++;
    try {
      return await task();
    } finally {
      const next = queue.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

const gate = makeGate(AT_ONCE, WAITING_AT_MOST);

export async function hashPassword(password: string): Promise<string> {
  return await gate(() => hash(password, COST));
}

let decoy: Promise<string> | undefined;

/** Checks a password; an unknown account costs the same time as a known one. */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hash(randomBytes(16).toString('hex'), COST);
  const against = stored ?? (await decoy);
  const right = await gate(() => verify(against, password));
  return right && stored !== null && stored !== undefined;
}
