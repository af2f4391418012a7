// Tells every process that what a person may do has changed, so that what they have open is looked at again.
import type { Kv } from '../platform/kv.ts';

/** After the commit. Where the message is lost, open streams notice at their next heartbeat. */
export async function tellAccessChanged(kv: Kv, userId: string): Promise<void> {
  await kv.publish(`access:${userId}`, '').catch(() => undefined);
}
