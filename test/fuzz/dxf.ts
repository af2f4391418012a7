// Damage done to DXF files: to lines of text, to whole structures, and the same as binary DXF.
import { toBinaryDxf } from '../../engine/plan/dxf/binary_fixture.ts';
import type { Random } from '../../engine/plan/generator/random.ts';
import { NUMBERS } from './numbers.ts';

type Lines = string[];
type Damage = (lines: Lines, random: Random, other: Lines) => Lines;

/** Line of a group code: pairs stay in step. */
function pairAt(lines: Lines, random: Random): number {
  return 2 * random.whole(0, Math.max(0, lines.length / 2 - 2));
}

/** Group codes that readers act on. */
const CODES = [
  0, 1, 2, 5, 6, 8, 9, 10, 11, 20, 40, 41, 42, 43, 44, 45, 50, 62, 66, 70, 71, 73, 90, 91, 92, 93,
];
const TYPES =
  'LINE ARC CIRCLE ELLIPSE SPLINE LWPOLYLINE POLYLINE VERTEX SEQEND INSERT HATCH TEXT MTEXT ATTRIB DIMENSION LEADER SOLID VIEWPORT BLOCK ENDBLK SECTION ENDSEC TABLE ENDTAB LAYER EOF'.split(
    ' ',
  );

function insertBefore(lines: Lines, section: string, groups: (string | number)[]): Lines {
  const at = lines.findIndex((line, i) => line === section && lines[i - 1]?.trim() === '2');
  if (at < 0) return lines;
  return [...lines.slice(0, at + 1), ...groups.map(String), ...lines.slice(at + 1)];
}

const block = (name: string, inside: (string | number)[]) => [
  ...[0, 'BLOCK', 8, '0', 2, name, 70, 0, 10, 0, 20, 0],
  ...inside,
  ...[0, 'ENDBLK', 8, '0'],
];
const insert = (name: string, ...more: (string | number)[]) => [
  0,
  'INSERT',
  8,
  'A-WALL',
  2,
  name,
  10,
  0,
  20,
  0,
  ...more,
];
const line = [0, 'LINE', 8, 'A-WALL', 10, 0, 20, 0, 11, 90, 21, 90];

/** Blocks that hold themselves, by a ring of `length` names. */
const ringOfBlocks: Damage = (lines, random) => {
  const length = random.whole(1, 5);
  const blocks = Array.from({ length }, (_, i) =>
    block(`RING${i}`, [...line, ...insert(`RING${(i + 1) % length}`), ...insert(`RING${(i + 1) % length}`)]),
  );
  return insertBefore(insertBefore(lines, 'BLOCKS', blocks.flat()), 'ENTITIES', insert('RING0'));
};

/** Each block holds the next several times: the drawing grows with the power of the depth. */
const towerOfBlocks: Damage = (lines, random) => {
  const depth = random.whole(4, 3000);
  const times = random.whole(1, 9);
  const blocks = Array.from({ length: depth }, (_, i) =>
    block(`T${i}`, i + 1 === depth ? line : Array.from({ length: times }, () => insert(`T${i + 1}`)).flat()),
  );
  return insertBefore(insertBefore(lines, 'BLOCKS', blocks.flat()), 'ENTITIES', insert('T0'));
};

/** One INSERT that stands for millions. */
const arrayOfInserts: Damage = (lines, random) => {
  const count = () => random.pick([1000, 32767, 2_000_000, 2_147_483_647, -5, 1e9]);
  const spacing = () => random.pick(['0', '1', '-3.5', '1e300', 'NaN']);
  const array = insert('CELL', 70, count(), 71, count(), 44, spacing(), 45, spacing());
  return insertBefore(insertBefore(lines, 'BLOCKS', block('CELL', line)), 'ENTITIES', array);
};

/** Entities whose own counts and sizes lie. */
const lyingEntity: Damage = (lines, random) => {
  const n = () => random.pick(NUMBERS);
  const made = random.pick<() => (string | number)[]>([
    () => [0, 'LWPOLYLINE', 8, 'A-WALL', 90, n(), 70, 1, 10, n(), 20, 0, 42, n(), 10, 5, 20, n(), 42, n()],
    () => [
      0,
      'SPLINE',
      8,
      'A-WALL',
      70,
      8,
      71,
      n(),
      72,
      n(),
      73,
      n(),
      ...[0, 1, 2, 3].flatMap(() => [40, n(), 10, n(), 20, n()]),
    ],
    () => [0, 'ARC', 8, 'A-WALL', 10, n(), 20, n(), 40, n(), 50, n(), 51, n()],
    () => [0, 'ELLIPSE', 8, 'A-WALL', 10, n(), 20, n(), 11, n(), 21, n(), 40, n(), 41, n(), 42, n()],
    () => [
      0,
      'HATCH',
      8,
      'A-WALL',
      91,
      n(),
      92,
      random.whole(0, 7),
      93,
      n(),
      72,
      random.whole(0, 4),
      10,
      n(),
      20,
      n(),
      11,
      n(),
      21,
      n(),
    ],
    () => [0, 'TEXT', 8, 'T', 1, '9'.repeat(random.whole(1, 20_000)), 10, n(), 20, n(), 40, n(), 50, n()],
    () => [0, 'MTEXT', 8, 'T', 1, '{\\fArial;'.repeat(random.whole(1, 4000)), 10, 0, 20, 0, 40, n(), 41, n()],
    () => insert('*Model_Space', 41, n(), 42, n(), 50, n()),
    () => [0, 'VIEWPORT', 69, 2, 67, 1, 10, n(), 20, n(), 40, n(), 41, n(), 12, n(), 22, n(), 45, n(), 68, 1],
    () => [0, 'DIMENSION', 8, 'D', 13, n(), 23, n(), 14, n(), 24, n(), 42, n(), 1, n(), 70, 0],
  ]);
  return insertBefore(lines, 'ENTITIES', Array.from({ length: random.whole(1, 60) }, made).flat());
};

/** Thousands of wall lines across each other. */
const thicket: Damage = (lines, random) => {
  const groups = Array.from({ length: random.whole(500, 6000) }, () => [
    ...[0, 'LINE', 8, 'A-WALL', 10, random.between(0, 700), 20, random.between(0, 500)],
    ...[11, random.between(0, 700), 21, random.between(0, 500)],
  ]);
  return insertBefore(lines, 'ENTITIES', groups.flat());
};

const DAMAGES: { name: string; weight: number; damage: Damage }[] = [
  { name: 'drop', weight: 3, damage: (l, r) => l.toSpliced(pairAt(l, r), 2 * r.whole(1, 40)) },
  {
    name: 'repeat',
    weight: 2,
    damage: (l, r) => {
      const at = pairAt(l, r);
      const part = l.slice(at, at + 2 * r.whole(1, 60));
      return l.toSpliced(at, 0, ...Array.from({ length: r.whole(1, 30) }, () => part).flat());
    },
  },
  { name: 'number', weight: 6, damage: (l, r) => l.with(pairAt(l, r) + 1, r.pick(NUMBERS)) },
  {
    name: 'numbers',
    weight: 3,
    damage: (l, r) =>
      l.map((v, i) => (i % 2 === 1 && /^-?[\d.]+$/.test(v) && r.chance(0.03) ? r.pick(NUMBERS) : v)),
  },
  {
    name: 'code',
    weight: 4,
    damage: (l, r) => l.with(pairAt(l, r), String(r.chance(0.8) ? r.pick(CODES) : r.pick(NUMBERS))),
  },
  { name: 'type', weight: 3, damage: (l, r) => retyped(l, r) },
  { name: 'swap', weight: 2, damage: (l, r) => swapped(l, pairAt(l, r) + 1, pairAt(l, r) + 1) },
  { name: 'misalign', weight: 1, damage: (l, r) => l.toSpliced(r.whole(0, l.length - 1), 1) },
  { name: 'cut', weight: 2, damage: (l, r) => l.slice(0, r.whole(0, l.length)) },
  {
    name: 'splice',
    weight: 2,
    damage: (l, r, other) => [...l.slice(0, pairAt(l, r)), ...other.slice(pairAt(other, r))],
  },
  { name: 'ring of blocks', weight: 1, damage: ringOfBlocks },
  { name: 'tower of blocks', weight: 1, damage: towerOfBlocks },
  { name: 'array of inserts', weight: 1, damage: arrayOfInserts },
  { name: 'lying entity', weight: 4, damage: lyingEntity },
  { name: 'thicket', weight: 1, damage: thicket },
];

function retyped(lines: Lines, random: Random): Lines {
  const at = lines.flatMap((value, i) => (i % 2 === 0 && value.trim() === '0' ? [i + 1] : []));
  return at.length === 0 ? lines : lines.with(random.pick(at), random.pick(TYPES));
}

function swapped(lines: Lines, a: number, b: number): Lines {
  return a < lines.length && b < lines.length ? lines.with(a, lines[b]!).with(b, lines[a]!) : lines;
}

const BAG = DAMAGES.flatMap((entry) => Array.from({ length: entry.weight }, () => entry));

/** The text with one to four damages; `done` says which. */
export function damageDxf(text: string, other: string, random: Random): { text: string; done: string[] } {
  const [lines, others] = [text.split('\r\n'), other.split('\r\n')];
  let damaged = lines;
  const done: string[] = [];
  for (let i = random.whole(1, 4); i > 0 && damaged.length > 4; i--) {
    const { name, damage } = random.pick(BAG);
    damaged = damage(damaged, random, others);
    done.push(name);
  }
  return { text: damaged.join('\r\n'), done };
}

/** A damaged text as binary DXF; one that is no longer pairs of code and value stays as it was. */
export function binaryOf(text: string, whole: string): Uint8Array {
  const codes = text.split('\r\n').filter((_, i) => i % 2 === 0);
  const inStep = codes.every((code) => /^\s*-?\d{1,4}\s*$/.test(code) || code === '');
  return toBinaryDxf(inStep ? text : whole);
}
