// How a revised drawing lies on the one before it: moved, turned by any angle, in other units or mirrored (pictures hang
// upside down beside drawings). Found from rooms with the same label, else from rooms of the same size.
import { centroid, type Point, polygonArea } from '../../geometry/planar.ts';
import type { EditSpace } from './model.ts';

export type AlignedRoom = Pick<EditSpace, 'name' | 'number' | 'source_polygon' | 'source_holes'>;

export type Alignment = {
  identity: boolean;
  /** Rooms of the old drawing that lie exactly on one of the new. */
  agreeing: number;
  toNew: (p: Point) => [number, number];
  /** In words for a person; null where the coordinates are the same. */
  words: string | null;
};

export type AlignInput = {
  before: readonly AlignedRoom[];
  after: readonly AlignedRoom[];
  /** Feet in one unit of either drawing, null where unknown. */
  scale_before: number | null;
  scale_after: number | null;
  /** Whether y points down in one of them only. */
  mirrored: boolean;
  /** One foot in units of the new drawing, guessed where the scale is unknown. */
  foot: number;
};

/** z' = m·z + t, with y turned over first where mirrored; points as complex numbers. */
type Move = { m: Point; t: Point; mirrored: boolean };
type Spot = { at: Point; area: number; label: string | null };
type Pair = { from: Spot; to: Spot };

const SAME: Move = { m: [1, 0], t: [0, 0], mirrored: false };
/** Two rooms are the same one where their middles lie this close, feet, and their areas within this share. */
const NEAR_FT = 0.75;
const ALIKE = 0.06;
/** More labelled pairs than this add nothing. */
const MOST_PAIRS = 40;
const MOST_ROOMS = 400;

export function align(input: AlignInput): Alignment {
  const before = spotsOf(input.before);
  const after = spotsOf(input.after);
  const near = NEAR_FT * input.foot;
  const enough = Math.max(1, Math.ceil(Math.min(before.length, after.length) * 0.5));
  const staying = input.mirrored ? 0 : inliers(SAME, before, after, near).length;
  if (staying >= enough && before.length > 0) return unmoved(staying);
  const ratios = scaleRatios(input, before, after);
  const moves = [...byLabels(input, before, after, near), ...bySizes(input, before, after, near, ratios)];
  let best = { move: SAME, agreeing: staying };
  for (const rough of moves) {
    const move = refined(rough, before, after, near, ratios);
    const agreeing = inliers(move, before, after, near).length;
    if (agreeing > best.agreeing) best = { move, agreeing };
  }
  const least = Math.max(3, Math.ceil(Math.min(before.length, after.length) * 0.3));
  if (best.move === SAME || best.agreeing < least) return unmoved(staying);
  return {
    identity: false,
    agreeing: best.agreeing,
    toNew: (p) => {
      const [x, y] = applied(best.move, p);
      return [Number(x.toPrecision(12)), Number(y.toPrecision(12))];
    },
    words: inWords(best.move, best.agreeing, before, input),
  };
}

function unmoved(agreeing: number): Alignment {
  return { identity: true, agreeing, toNew: ([x, y]) => [x, y], words: null };
}

function spotsOf(rooms: readonly AlignedRoom[]): Spot[] {
  return rooms
    .filter((room) => room.source_polygon.length >= 3)
    .slice(0, MOST_ROOMS)
    .map((room) => {
      const label = [room.number, room.name].filter(Boolean).join(' ').trim().toLowerCase();
      return {
        at: centroid(room.source_polygon),
        area: polygonArea({ outer: room.source_polygon, holes: room.source_holes }),
        label: label === '' ? null : label,
      };
    })
    .filter((spot) => spot.area > 0);
}

function times(a: Point, b: Point): Point {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

function over(a: Point, b: Point): Point {
  const size = b[0] * b[0] + b[1] * b[1];
  return [(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size];
}

function minus(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]];
}

function upright(p: Point, mirrored: boolean): Point {
  return mirrored ? [p[0], -p[1]] : p;
}

function applied({ m, t, mirrored }: Move, p: Point): Point {
  const turned = times(m, upright(p, mirrored));
  return [turned[0] + t[0], turned[1] + t[1]];
}

/** Old rooms that land on a new one of their size; every new room is taken once. */
function inliers(move: Move, before: readonly Spot[], after: readonly Spot[], near: number): Pair[] {
  const grow = move.m[0] ** 2 + move.m[1] ** 2;
  const free = new Set(after);
  const pairs: Pair[] = [];
  for (const from of before) {
    const at = applied(move, from.at);
    let best: Spot | null = null;
    let distance = near;
    for (const to of free) {
      const d = Math.hypot(to.at[0] - at[0], to.at[1] - at[1]);
      if (d < distance && Math.abs((from.area * grow) / to.area - 1) < ALIKE) {
        best = to;
        distance = d;
      }
    }
    if (best === null) continue;
    free.delete(best);
    pairs.push({ from, to: best });
  }
  return pairs;
}

/** Units of the new drawing in one of the old: from both scales, else equal, else as their areas say. */
function scaleRatios(input: AlignInput, before: readonly Spot[], after: readonly Spot[]): number[] {
  if (input.scale_before !== null && input.scale_after !== null)
    return [input.scale_before / input.scale_after];
  const total = (spots: readonly Spot[]) => spots.reduce((sum, spot) => sum + spot.area, 0);
  const [a, b] = [total(before), total(after)];
  return a > 0 && b > 0 ? [1, Math.sqrt(b / a)] : [1];
}

/** Moves that two rooms with unmistakable labels agree on. */
function byLabels(input: AlignInput, before: readonly Spot[], after: readonly Spot[], near: number): Move[] {
  const pairs = labelled(before, after);
  const found: { move: Move; count: number }[] = [];
  for (let i = 0; i < pairs.length; i++) {
    for (let j = i + 1; j < pairs.length; j++) {
      const [a, b] = [pairs[i]!, pairs[j]!];
      const from = minus(upright(b.from.at, input.mirrored), upright(a.from.at, input.mirrored));
      if (Math.hypot(from[0], from[1]) === 0) continue;
      const m = over(minus(b.to.at, a.to.at), from);
      const move = moveThrough(m, a, input.mirrored);
      const count = pairs.filter(({ from: f, to }) => {
        const at = applied(move, f.at);
        return Math.hypot(at[0] - to.at[0], at[1] - to.at[1]) < 3 * near;
      }).length;
      found.push({ move, count });
    }
  }
  return found
    .sort((a, b) => b.count - a.count)
    .slice(0, 5)
    .map((one) => one.move);
}

function moveThrough(m: Point, pair: Pair, mirrored: boolean): Move {
  return { m, t: minus(pair.to.at, times(m, upright(pair.from.at, mirrored))), mirrored };
}

function labelled(before: readonly Spot[], after: readonly Spot[]): Pair[] {
  const once = (spots: readonly Spot[]) => {
    const byLabel = new Map<string, Spot | null>();
    for (const spot of spots)
      if (spot.label !== null) byLabel.set(spot.label, byLabel.has(spot.label) ? null : spot);
    return byLabel;
  };
  const there = once(after);
  const pairs: Pair[] = [];
  for (const [label, from] of once(before)) {
    const to = there.get(label);
    if (from !== null && to !== null && to !== undefined) pairs.push({ from, to });
  }
  return pairs.slice(0, MOST_PAIRS);
}

const QUARTERS: readonly Point[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];

/** Moves by quarter turns on which most pairs of rooms of the same size agree. */
function bySizes(
  input: AlignInput,
  before: readonly Spot[],
  after: readonly Spot[],
  near: number,
  ratios: readonly number[],
): Move[] {
  const moves: Move[] = [];
  for (const ratio of ratios) {
    for (const quarter of QUARTERS) {
      const m: Point = [quarter[0] * ratio, quarter[1] * ratio];
      const votes = new Map<string, { count: number; move: Move }>();
      for (const from of before) {
        for (const to of after) {
          if (Math.abs((from.area * ratio * ratio) / to.area - 1) > ALIKE / 2) continue;
          const move = moveThrough(m, { from, to }, input.mirrored);
          const cell = `${Math.round(move.t[0] / (2 * near))},${Math.round(move.t[1] / (2 * near))}`;
          const vote = votes.get(cell) ?? { count: 0, move };
          vote.count += 1;
          votes.set(cell, vote);
        }
      }
      const top = [...votes.values()].sort((a, b) => b.count - a.count).slice(0, 2);
      moves.push(...top.map((vote) => vote.move));
    }
  }
  return moves;
}

/** The same move fitted to all rooms that agree with it, with the turn and the units that a draughtsman would choose. */
function refined(
  rough: Move,
  before: readonly Spot[],
  after: readonly Spot[],
  near: number,
  ratios: readonly number[],
): Move {
  let move = rough;
  for (let round = 0; round < 2; round++) {
    const pairs = inliers(move, before, after, 3 * near);
    if (pairs.length < 2) return move;
    move = { ...move, m: snapped(fitted(pairs, move.mirrored) ?? move.m, ratios) };
    const offs = pairs.map(({ from, to }) => minus(to.at, times(move.m, upright(from.at, move.mirrored))));
    move = { ...move, t: [middle(offs.map((p) => p[0])), middle(offs.map((p) => p[1]))] };
  }
  return move;
}

/** Least squares over the pairs about their common middle. */
function fitted(pairs: readonly Pair[], mirrored: boolean): Point | null {
  const mean = (points: readonly Point[]): Point => [
    points.reduce((sum, p) => sum + p[0], 0) / points.length,
    points.reduce((sum, p) => sum + p[1], 0) / points.length,
  ];
  const from = pairs.map((pair) => upright(pair.from.at, mirrored));
  const [a, b] = [mean(from), mean(pairs.map((pair) => pair.to.at))];
  let top: Point = [0, 0];
  let bottom = 0;
  pairs.forEach((pair, i) => {
    const z = minus(from[i]!, a);
    const w = minus(pair.to.at, b);
    const product = times([z[0], -z[1]], w);
    top = [top[0] + product[0], top[1] + product[1]];
    bottom += z[0] ** 2 + z[1] ** 2;
  });
  return bottom === 0 ? null : [top[0] / bottom, top[1] / bottom];
}

function snapped(m: Point, ratios: readonly number[]): Point {
  const size = Math.hypot(m[0], m[1]);
  const ratio = [...ratios, 1].find((one) => Math.abs(size / one - 1) < 0.01) ?? size;
  const degrees = (Math.atan2(m[1], m[0]) * 180) / Math.PI;
  const quarter = Math.round(degrees / 90);
  if (Math.abs(degrees - quarter * 90) > 0.05) return [(m[0] / size) * ratio, (m[1] / size) * ratio];
  const turn = QUARTERS[((quarter % 4) + 4) % 4]!;
  return [turn[0] * ratio, turn[1] * ratio];
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function inWords(
  { m, t, mirrored }: Move,
  agreeing: number,
  before: readonly Spot[],
  input: AlignInput,
): string {
  const said: string[] = [];
  const scale = Math.hypot(m[0], m[1]);
  const degrees = Math.round((Math.atan2(m[1], m[0]) * 1800) / Math.PI) / 10;
  if (mirrored) said.push('with its y axis the other way');
  if (Math.abs(degrees) >= 0.1) said.push(`turned by ${degrees}°`);
  if (Math.abs(scale - 1) > 1e-3) said.push(`in other units (1 became ${Number(scale.toPrecision(4))})`);
  if (said.length === 0 && input.scale_after !== null)
    said.push(`moved by ${length(t[0], input.scale_after)} across and ${length(t[1], input.scale_after)} up`);
  if (said.length === 0) said.push('moved');
  return `The new drawing is ${said.join(', ')}; ${agreeing} of ${before.length} rooms lie on each other once that is undone, and corrections were moved with them.`;
}

function length(units: number, scale: number): string {
  const feet = units * scale;
  return `${Math.abs(feet) < 10 ? Number(feet.toFixed(1)) : Math.round(feet).toLocaleString('en-US')} ft`;
}
