// A person's data: a copy to take away, and erasure with a receipt; every night both are brought up to date.
import type { z } from 'zod';
import { PrivacySweepJob } from '../../../contract/privacy.ts';
import type { JobKind } from '../../platform/jobs.ts';
import type { Deps } from '../context.ts';
import { makeCopies } from './copies.ts';
import { makeErasure } from './erasure.ts';

export { MakePersonExport } from './copies.ts';
export { ErasePerson } from './erasure.ts';

/** Once a day: closed accounts are erased, copies past their time go, and events that came late for an erased person. */
export const PrivacySweep: JobKind<z.infer<typeof PrivacySweepJob>> = {
  name: 'privacy_sweep',
  payload: PrivacySweepJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 900,
};
export const PRIVACY_SCHEDULE = '50 2 * * *';

export type Privacy = ReturnType<typeof makePrivacy>;

export function makePrivacy(deps: Deps) {
  const copies = makeCopies(deps);
  const erasure = makeErasure(deps);
  return {
    ...copies,
    ...erasure,

    /** The daily job. */
    async sweep(): Promise<void> {
      const now = deps.now();
      await erasure.beginDue(now);
      await copies.removeOld(now);
      await erasure.eraseLateEvents(now);
    },
  };
}
