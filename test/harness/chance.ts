/**
 * What chance brings to a test file: Math.random and the generated cases of fast-check, drawn from the commit under
 * test. One commit draws the same cases wherever it runs, so what passed once does not fail by another draw; the next
 * commit draws others. OFS_TEST_SEED (any text) draws others at once, and the same again.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { seeded } from '../../engine/random.ts';

const { testPath = '' } = expect.getState();
const file = testPath.slice(import.meta.dirname.length - '/test/harness'.length);
const seed = hashOf(`${process.env['OFS_TEST_SEED']} ${file}`);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
Math.random = seeded(seed);

/** FNV-1a, 32 bits, signed as fast-check's seeds are. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return hash | 0;
}
