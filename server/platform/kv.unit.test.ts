// The short-lived state in memory.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { kvBehaviour } from '../../test/servers/kv-behaviour.ts';
import { type Kv, openKv } from './kv.ts';

let kv: Kv;
beforeAll(async () => {
  kv = await openKv({ mode: 'memory' });
});
afterAll(() => kv.close());

kvBehaviour('state in memory', () => kv);

it('says where Redis should have been, without its password', async () => {
  const url = 'redis://user:secret@127.0.0.1:1/0';
  const failure = await openKv({ mode: 'redis', url, onError: () => {} }).catch(
    (error: Error) => error.message,
  );
  expect(failure).toContain('Redis does not answer at redis://127.0.0.1:1/0');
  expect(failure).not.toContain('secret');
});
