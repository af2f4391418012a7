// Work that is looked for again and again in the background: at once while there is more, after a pause otherwise.

export interface Rounds {
  /** Does what there is to do; true where more may wait. */
  round(): Promise<boolean>;
  idle_ms: number;
  /** The pause after a round that failed. */
  trouble_ms: number;
  onError(error: unknown): void;
}

/** Runs until stopped; stop() resolves when the round under way is done. */
export function startRounds({ round, idle_ms, trouble_ms, onError }: Rounds): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!stopped) {
      try {
        if (!(await round())) await pause(idle_ms);
      } catch (error) {
        onError(error);
        await pause(trouble_ms);
      }
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await loop;
    },
  };
}
