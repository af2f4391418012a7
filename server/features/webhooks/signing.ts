// Secrets and signatures as the Standard Webhooks specification has them: a secret is "whsec_" and the key in base64, a
// signature is "v1," and the base64 of HMAC-SHA-256 over `id.timestamp.body`; several are separated by a space.
import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

export function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/** `timestamp` is in whole seconds since 1970. */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
