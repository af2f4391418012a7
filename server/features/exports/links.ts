// Signed links: an address that hands out one export until a stated second, without signing in. The signature is an
// HMAC-SHA-256 over the export and the time, under a key of that export alone.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** `expires` is in whole seconds since 1970. */
export function signatureOf(exportId: string, expires: number, secret: string): string {
  return createHmac('sha256', secret)
    .update(`export:${exportId.toLowerCase()}:${expires}`)
    .digest('base64url');
}

export function isSigned(exportId: string, expires: number, secret: string, signature: string): boolean {
  const expected = Buffer.from(signatureOf(exportId, expires, secret));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
