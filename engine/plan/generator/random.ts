// What a drawing's chance decides: the same seed gives the same plan on every machine.
import { seeded } from '../../random.ts';

export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  whole(low: number, high: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
};

export function makeRandom(seed: number): Random {
  const next = seeded((seed | 0) ^ 0x9e3779b9);
  for (let i = 0; i < 4; i++) next();
  const between = (low: number, high: number) => low + next() * (high - low);
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  return {
    next,
    between,
    whole,
    chance: (share) => next() < share,
    pick: (items) => items[whole(0, items.length - 1)]!,
  };
}
