// Passwords: argon2id with the OWASP parameters (19 MiB, two passes, one lane).
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

// OWASP Password Storage Cheat Sheet: argon2id, m = 19456 KiB, t = 2, p = 1. argon2id is the library's default.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function hashPassword(password: string): Promise<string> {
  return await hash(password, COST);
}

let decoy: Promise<string> | undefined;

/** Checks a password; an unknown account costs the same time as a known one. */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hash(randomBytes(16).toString('hex'), COST);
  const right = await verify(stored ?? (await decoy), password);
  return right && stored !== null && stored !== undefined;
}
