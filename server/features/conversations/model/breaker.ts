// After repeated failures the model is left alone for a while, so that nobody waits for an answer that does not come; then
// one message tries again. Kept by each process for itself.

const FAILURES = 5;
const REST_MS = 60_000;

export interface Breaker {
  /** True while messages are not sent to the model; the first one after the rest is let through. */
  isOpen(): boolean;
  succeeded(): void;
  failed(): void;
}

export function makeBreaker(clock: () => number = () => performance.now()): Breaker {
  let failures = 0;
  let until = 0;
  return {
    isOpen() {
      if (failures < FAILURES) return false;
      if (clock() < until) return true;
      until = clock() + REST_MS;
      return false;
    },
    succeeded() {
      failures = 0;
    },
    failed() {
      failures++;
      if (failures >= FAILURES) until = clock() + REST_MS;
    },
  };
}
