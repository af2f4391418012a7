/** Reproducible chance: the same seed draws the same numbers on every machine. For samples, simulations and tests. */

/** Uniform numbers in [0, 1) from a seed, of which 32 bits count: mulberry32 by Tommy Ettinger (public domain). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
