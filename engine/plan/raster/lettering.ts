// Text-like ink: small shapes that stand in a row, level or turned a quarter, so that lines of text can be read and their
// ink kept out of the line work.
import { Groups } from '../../geometry/groups.ts';
import { SegmentIndex } from '../segment_index.ts';
import type { Loop } from './contours.ts';
import type { Ink } from './ink.ts';

export type Box4 = [number, number, number, number];
/** A line of text in working pixels; `upward` text reads from the bottom to the top. */
export type TextLine = { box: Box4; upward: boolean; letters: number; height: number };

const LETTER_MIN = 5;
const LETTER_MAX = 70;

/** Lines of text and the boxes of their letters. */
export function findLettering(loops: readonly Loop[]): { lines: TextLine[]; letters: Box4[] } {
  const shapes = loops.filter(({ outer, box }) => {
    const [w, h] = [box[2] - box[0], box[3] - box[1]];
    const [small, large] = [Math.min(w, h), Math.max(w, h)];
    return outer && large >= LETTER_MIN && small <= LETTER_MAX && large <= 8 * LETTER_MAX && small >= 1;
  });
  const level = rows(
    shapes.map((shape) => shape.box),
    shapes,
  );
  const used = new Set(level.flatMap((row) => row.members));
  const rest = shapes.filter((_, i) => !used.has(i));
  const upright = rows(
    rest.map(({ box }): Box4 => [-box[3], box[0], -box[1], box[2]]),
    rest,
  );
  const lines = [
    ...level.filter(isText(shapes)).map((row) =>
      lineOf(
        row.members.flatMap((i) => (isBox(shapes[i]!) ? [] : [shapes[i]!.box])),
        false,
      ),
    ),
    ...upright.filter(isText(rest)).map((row) =>
      lineOf(
        row.members.flatMap((i) => (isBox(rest[i]!) ? [] : [rest[i]!.box])),
        true,
      ),
    ),
  ];
  const letters = [
    ...level.flatMap((row) => row.members.map((i) => shapes[i]!.box)),
    ...upright.flatMap((row) => row.members.map((i) => rest[i]!.box)),
  ];
  return { lines, letters };
}

/** The loops that are no lettering. */
export function withoutLettering(loops: readonly Loop[], letters: readonly Box4[]): Loop[] {
  const index = new SegmentIndex(
    letters.map(([x0, y0, x1, y1]) => ({ a: [x0, y0] as const, b: [x1, y1] as const })),
  );
  return loops.filter(({ box }) => {
    const inside = index.near([box[0], box[1]], [box[2], box[3]], 0);
    return !inside.some((i) => {
      const [x0, y0, x1, y1] = letters[i]!;
      return box[0] >= x0 && box[1] >= y0 && box[2] <= x1 && box[3] <= y1;
    });
  });
}

type Row = { members: number[] };

/** Rows of plain boxes are chairs, stalls and window panes: no drawing's line work, but nothing to read either. */
function isText(shapes: readonly Loop[]): (row: Row) => boolean {
  return ({ members }) => members.filter((i) => isBox(shapes[i]!)).length < 0.6 * members.length;
}

function isBox({ points, box: [x0, y0, x1, y1] }: Loop): boolean {
  const [w, h] = [x1 - x0, y1 - y0];
  if (Math.min(w, h) < 0.5 * Math.max(w, h) || points.length / 2 > 2.1 * (w + h) + 4) return false;
  let corners = 0;
  for (const [cx, cy] of [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ] as const) {
    for (let k = 0; k < points.length; k += 2)
      if (Math.abs(points[k]! - cx) + Math.abs(points[k + 1]! - cy) <= 1) {
        corners++;
        break;
      }
  }
  return corners === 4;
}

/** Rows of shapes side by side: like heights, on one base line, no farther apart than a letter's height. */
function rows(boxes: readonly Box4[], shapes: readonly Loop[]): Row[] {
  const letter = boxes.map((box, i) => isLetter(box, shapes[i]!));
  const groups = new Groups(boxes.length);
  const index = new SegmentIndex(
    boxes.map(([x0, y0, x1, y1]) => ({ a: [x0, y0] as const, b: [x1, y1] as const })),
  );
  boxes.forEach((p, i) => {
    if (!letter[i]) return;
    const h = p[3] - p[1];
    for (const j of index.near([p[0], p[1]], [p[2], p[3]], h * 1.3)) {
      if (j <= i || !letter[j]) continue;
      if (besides(p, boxes[j]!)) groups.join(i, j);
    }
  });
  return groups.members().flatMap((members): Row[] => {
    const own = members.filter((i) => letter[i]);
    if (own.length === 0) return [];
    if (own.length >= 2) return [{ members: own }];
    const box = boxes[own[0]!]!;
    // Letters that run together: one long, busy shape.
    const [w, h] = [box[2] - box[0], box[3] - box[1]];
    const busy = shapes[own[0]!]!.points.length / 2 > 3.2 * (w + h);
    return w > 1.6 * h && w < 20 * h && h >= 7 && busy ? [{ members: own }] : [];
  });
}

function isLetter(box: Box4, shape: Loop): boolean {
  const [w, h] = [box[2] - box[0], box[3] - box[1]];
  if (h < LETTER_MIN || h > LETTER_MAX) return false;
  // Letters that touch: longer than high, with more outline than a box of that size.
  if (w > 1.6 * h) return shape.points.length / 2 > (w < 4 * h ? 2.5 : 3.2) * (w + h) && w < 20 * h;
  return true;
}

function besides(p: Box4, q: Box4): boolean {
  const [hp, hq] = [p[3] - p[1], q[3] - q[1]];
  const h = Math.max(hp, hq);
  if (Math.min(hp, hq) < 0.55 * h) return false;
  const level = Math.min(p[3], q[3]) - Math.max(p[1], q[1]);
  if (level < 0.6 * Math.min(hp, hq)) return false;
  const gap = Math.max(p[0], q[0]) - Math.min(p[2], q[2]);
  return gap <= 0.95 * h;
}

function lineOf(boxes: readonly Box4[], upward: boolean): TextLine {
  const box: Box4 = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x0, y0, x1, y1] of boxes) {
    box[0] = Math.min(box[0], x0);
    box[1] = Math.min(box[1], y0);
    box[2] = Math.max(box[2], x1);
    box[3] = Math.max(box[3], y1);
  }
  const heights = boxes.map(([x0, y0, x1, y1]) => (upward ? x1 - x0 : y1 - y0)).sort((p, q) => p - q);
  return { box, upward, letters: boxes.length, height: heights[heights.length >> 1]! };
}

/** Ink without the drawing's long lines: what is left beside a text belongs to it. */
export function growLines(lines: readonly TextLine[], bare: Ink): TextLine[] {
  const grown = lines.map((line) => ({ ...line, box: grownBox(line, bare) }));
  const out: TextLine[] = [];
  for (const line of grown.sort((p, q) => q.letters - p.letters)) {
    const mate = out.find((other) => other.upward === line.upward && sameLine(other, line));
    if (!mate) {
      out.push(line);
      continue;
    }
    mate.letters += line.letters;
    mate.box = [
      Math.min(mate.box[0], line.box[0]),
      Math.min(mate.box[1], line.box[1]),
      Math.max(mate.box[2], line.box[2]),
      Math.max(mate.box[3], line.box[3]),
    ];
  }
  return out;
}

function sameLine(p: TextLine, q: TextLine): boolean {
  const k = p.upward ? 0 : 1;
  const across = Math.min(p.box[k + 2]!, q.box[k + 2]!) - Math.max(p.box[k]!, q.box[k]!);
  const along = Math.min(p.box[3 - k]!, q.box[3 - k]!) - Math.max(p.box[1 - k]!, q.box[1 - k]!);
  const h = Math.max(p.height, q.height);
  return across > 0.6 * h && along > -0.4 * h && Math.abs(p.height - q.height) < 0.5 * h;
}

/** How far a line of text is followed past its whole letters, the widest blank, and least letter, in letter heights. */
const FOLLOW = 10;
const BREAK = 1;
const LEAST = 0.45;
/** Ink that goes on this far both above and below a line of text is no letter, in letter heights. */
const BEYOND = 0.35;

/** The box with the letters that follow on either side: ink as high as letters that ends where the line of text does. */
function grownBox({ box, upward, height }: TextLine, bare: Ink): Box4 {
  const out: Box4 = [...box];
  for (const side of upward ? ([1, 3] as const) : ([0, 2] as const)) {
    const sign = side < 2 ? -1 : 1;
    const start = Math.round(box[side]) + (sign < 0 ? -1 : 0);
    let [step, last] = [0, 0];
    while (step - last <= BREAK * height && step < FOLLOW * height) {
      const blob = nextBlob(bare, box, upward, start, sign, step, height);
      if (!blob) break;
      step = blob.end;
      if (blob.extent < LEAST * height) continue;
      if (blob.end - last > BREAK * height + 2.5 * height || blob.beyond) break;
      last = blob.end;
      out[side] = start + sign * last + (sign < 0 ? 1 : 0);
    }
  }
  return out;
}

type Blob = { end: number; extent: number; beyond: boolean };

/** The next columns with ink from `step` on: where they end, how high their ink is, whether it leaves the line. */
function nextBlob(
  bare: Ink,
  box: Box4,
  upward: boolean,
  start: number,
  sign: number,
  step: number,
  height: number,
): Blob | null {
  const margin = Math.ceil(BEYOND * height);
  const [from, to] = upward ? [box[0], box[2]] : [box[1], box[3]];
  let [low, high, width] = [Infinity, -Infinity, 0];
  for (let at = step; at < step + 4 * height; at++) {
    const [first, last] = inkSpan(bare, upward, start + sign * at, from - margin, to + margin);
    const inked = last >= from && first < to;
    if (!inked && width > 0)
      return {
        end: at,
        extent: Math.min(high, to) - Math.max(low, from) + 1,
        beyond: low <= from - margin && high >= to + margin - 1,
      };
    if (!inked && at - step > 2 * height) return null;
    if (!inked) continue;
    width++;
    low = Math.min(low, first);
    high = Math.max(high, last);
  }
  return null;
}

/** First and last ink of one column (row of upward text) between two places across it. */
function inkSpan(ink: Ink, upward: boolean, at: number, from: number, to: number): [number, number] {
  const [along, across] = upward ? [ink.height, ink.width] : [ink.width, ink.height];
  let [first, last] = [Infinity, -Infinity];
  if (at < 0 || at >= along) return [first, last];
  for (let k = Math.max(0, Math.floor(from)); k < Math.min(across, to); k++) {
    if (ink.data[upward ? at * ink.width + k : k * ink.width + at] !== 1) continue;
    first = Math.min(first, k);
    last = Math.max(last, k);
  }
  return [first, last];
}
