// Damage done to bytes, whatever they mean.
import type { Random } from '../../engine/plan/generator/random.ts';

type Damage = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** `keep` bytes at the start stay, so that the file is still taken for what it was. */
const DAMAGES: { name: string; damage: (keep: number) => Damage }[] = [
  {
    name: 'bits',
    damage: (keep) => (bytes, random) => {
      const copy = bytes.slice();
      for (let i = random.whole(1, 40); i > 0; i--)
        copy[random.whole(keep, copy.length - 1)]! ^= 1 << random.whole(0, 7);
      return copy;
    },
  },
  { name: 'cut', damage: (keep) => (bytes, random) => bytes.slice(0, random.whole(keep, bytes.length - 1)) },
  {
    name: 'splice',
    damage: (keep) => (bytes, random, other) =>
      joined(
        bytes.slice(0, random.whole(keep, bytes.length - 1)),
        other.slice(random.whole(0, other.length - 1)),
      ),
  },
  {
    name: 'repeat',
    damage: (keep) => (bytes, random) => {
      const at = random.whole(keep, bytes.length - 1);
      const part = bytes.slice(at, at + random.whole(1, 400));
      return joined(
        bytes.slice(0, at),
        ...Array.from({ length: random.whole(1, 50) }, () => part),
        bytes.slice(at),
      );
    },
  },
  {
    name: 'drop',
    damage: (keep) => (bytes, random) => {
      const at = random.whole(keep, bytes.length - 1);
      return joined(bytes.slice(0, at), bytes.slice(at + random.whole(1, 400)));
    },
  },
  {
    name: 'words',
    damage: (keep) => (bytes, random) => {
      const copy = bytes.slice();
      const view = new DataView(copy.buffer);
      for (let i = random.whole(1, 12); i > 0 && copy.length > keep + 8; i--) {
        const at = random.whole(keep, copy.length - 8);
        if (random.chance(0.5))
          view.setFloat64(at, random.pick([Number.NaN, 1e308, -1e308, Infinity, 1e-310, -1]), true);
        else view.setInt32(at, random.pick([-1, 0, 2 ** 31 - 1, -(2 ** 31), 65_536]), random.chance(0.5));
      }
      return copy;
    },
  },
];

/** The bytes with one to three damages behind the first `keep`. */
export function damageBytes(
  bytes: Uint8Array,
  other: Uint8Array,
  keep: number,
  random: Random,
): { bytes: Uint8Array; done: string[] } {
  let damaged = bytes;
  const done: string[] = [];
  for (let i = random.whole(1, 3); i > 0 && damaged.length > keep + 2; i--) {
    const { name, damage } = random.pick(DAMAGES);
    damaged = damage(keep)(damaged, random, other);
    done.push(name);
  }
  return { bytes: damaged, done };
}
