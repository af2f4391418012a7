import { describe, expect, it } from 'vitest';
import { openKv } from '../../platform/kv.ts';
import { senderOf } from '../../platform/rate-limit.ts';
import type { Deps } from '../context.ts';
import { makeSignInGuard, type Tries } from './sign-in-guard.ts';

async function guardOf(ahead: { ms: number }) {
  const kv = await openKv({ mode: 'memory' });
  const config = { sign_in_rate_per_15_minutes: 30 } as Deps['config'];
  return makeSignInGuard({ kv, config, now: () => new Date(Date.now() + ahead.ms) });
}
const from = (ip_address: string, email = 'ada@example.com'): Tries => ({
  email,
  origin: { ip_address, user_agent: null, request_id: null },
  known_device: undefined,
});

describe('one address of the net that keeps guessing', () => {
  it('is refused, and uses up nothing that keeps the owner out of a new browser', async () => {
    const guard = await guardOf({ ms: 0 });
    let refused = 0;
    for (let i = 0; i < 200; i++) {
      try {
        await guard.before(from('203.0.113.77'));
        await guard.wrong(from('203.0.113.77'));
      } catch {
        refused += 1;
      }
    }
    expect(refused).toBe(194);
    await expect(guard.before(from('198.51.100.5'))).resolves.toBeUndefined();
  });

  it('gets few tries in a quarter of an hour, however patient it is', async () => {
    const ahead = { ms: 0 };
    const guard = await guardOf(ahead);
    let tries = 0;
    for (ahead.ms = 0; ahead.ms < 900_000; ahead.ms += 1000)
      try {
        await guard.before(from('203.0.113.78'));
        await guard.wrong(from('203.0.113.78'));
        tries += 1;
      } catch {
        // Waiting.
      }
    expect(tries).toBeLessThan(15);
  });
});

describe('whose requests count together', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2:a:b:c:d', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is %s', (address, together) => {
    expect(senderOf(address)).toBe(together);
  });
});
