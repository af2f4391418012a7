// Questions that many requests ask at the same moment, asked together. Nothing is remembered: every answer was read after
// its question came in, so what was taken away a moment ago is gone for this one too.

/** While so many are under way, further keys wait for the next. */
const UNDER_WAY_AT_MOST = 2;

/**
 * A function that finds one key's answer. `load` is given all keys that came in since the last question, each once, and
 * its error is the error of all of them.
 */
export function gathered<T>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (key: string) => Promise<T | undefined> {
  let next: { keys: Set<string>; answer: Promise<ReadonlyMap<string, T>> } | undefined;
  let under_way = 0;
  let onLanding: (() => void) | undefined;

  async function ask(keys: Set<string>): Promise<ReadonlyMap<string, T>> {
    // Requests that arrived together are handled one after the other before this goes on.
    await new Promise((resolve) => setImmediate(resolve));
    if (under_way >= UNDER_WAY_AT_MOST)
      await new Promise<void>((resolve) => {
        onLanding = resolve;
      });
    next = undefined;
    under_way++;
    try {
      return await load([...keys]);
    } finally {
      under_way--;
      onLanding?.();
      onLanding = undefined;
    }
  }

  return async (key) => {
    if (next === undefined) {
      const keys = new Set<string>();
      next = { keys, answer: ask(keys) };
    }
    next.keys.add(key);
    return (await next.answer).get(key);
  };
}
