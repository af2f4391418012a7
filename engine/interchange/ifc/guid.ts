/** Identifiers of IFC: 128 bits in 22 signs of an alphabet of their own. The same thing has the same one in every file. */
import { createHash } from 'node:crypto';

const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$';

export function globalId(...names: readonly string[]): string {
  const bytes = createHash('sha256').update(names.join('\n')).digest().subarray(0, 16);
  let bits = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let id = '';
  for (let i = 0; i < 22; i += 1) {
    id = SIGNS[Number(bits & 63n)] + id;
    bits >>= 6n;
  }
  return id;
}
