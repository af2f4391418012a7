// The one error a plan can be refused with: a stable code and one sentence saying what, where and what to do.
import type { PlanErrorCode } from '../../contract/plan.ts';

export class PlanError extends Error {
  readonly code: PlanErrorCode;

  constructor(code: PlanErrorCode, message: string) {
    super(message);
    this.name = 'PlanError';
    this.code = code;
  }
}

/** Throws when the caller has given up on the analysis. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new PlanError('cancelled', 'The analysis was cancelled; start it again to read the plan.');
}
