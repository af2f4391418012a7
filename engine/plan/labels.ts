// Room labels from loose texts: lines that stand together become one label with a number, a name and a printed area.
import { Groups } from '../geometry/groups.ts';
import type { Point } from '../geometry/planar.ts';
import type { Frame } from './frame.ts';
import type { Linework, Text } from './linework.ts';
import { isRoomWord } from './names.ts';
import { parseArea, parseLength } from './quantities.ts';
import { SegmentIndex } from './segment_index.ts';

export type Label = {
  name: string | null;
  number: string | null;
  /** Printed area in square feet, where the drawing shows one with its unit. */
  area_sqft: number | null;
  /** Points in working feet that should lie in the room: the insertion points first, then the middles. */
  anchors: Point[];
  middles: Point[];
  /** How far from a middle a leader may start, feet, and where leaders from there end. */
  reach: number;
  tips: Point[];
  /** A label that may divide a region: a known room word or a number with a name. */
  strong: boolean;
};

type Kind = 'number' | 'name' | 'area' | 'other';
type Item = {
  value: string;
  kind: Kind;
  anchor: Point;
  middle: Point;
  height: number;
  width: number;
  labelLayer: boolean;
};

const ROOM_NUMBER = /^(?:(?:RM|ROOM|#|NO\.?)\s*)?([A-Z]{0,3}[-.]?\d{1,4}(?:[-.]?[A-Z0-9]{1,3})?)$/i;
const NAME = /^(?=.*\p{L}{2})[\p{L}\p{N}\s.,&/'’()#+-]{2,40}$/u;

/** A stack with more words is a note, not a room's name. */
const MOST_WORDS = 8;

/** Labels in working feet, from texts that can name rooms. */
export function findLabels(linework: Linework, frame: Frame): Label[] {
  const items = dropLengths(
    dropCodes(linework.texts.map((text) => toItem(text, frame)).filter((item) => item.kind !== 'other')),
  );
  const usual = usualShape(items);
  return stack(renameOddNumbers(items, usual)).flatMap((group) => toLabels(group, usual));
}

/** The shape most numbers have, where there are enough of them to tell and they do not repeat. */
function usualShape(items: readonly Item[]): string | null {
  const numbers = [...new Set(items.filter((item) => item.kind === 'number').map((item) => item.value))];
  const counts = new Map<string, number>();
  for (const value of numbers) counts.set(shapeOf(value), (counts.get(shapeOf(value)) ?? 0) + 1);
  const [usual, count] = [...counts].sort((x, y) => y[1] - x[1])[0] ?? ['', 0];
  return count < 4 || count < numbers.length * 0.4 ? null : usual;
}

/** The shape of a number: digits as 9, letters as A, without a letter at the end (143A is shaped like 143). */
function shapeOf(value: string): string {
  return value
    .toUpperCase()
    .replace(/(?<=\d)[A-Z]$/, '')
    .replace(/[A-Z]/g, 'A')
    .replace(/\d/g, '9');
}

/** A text like "S-1" over "133" is a name where the drawing's numbers are shaped like 133. */
function renameOddNumbers(items: readonly Item[], usual: string | null): Item[] {
  if (usual === null) return [...items];
  const numbers = items.filter((item) => item.kind === 'number');
  const regular = numbers.filter((item) => shapeOf(item.value) === usual);
  return items.map((item) => {
    if (item.kind !== 'number' || shapeOf(item.value) === usual) return item;
    return regular.some((other) => lineGap(item, other) !== null) ? { ...item, kind: 'name' as const } : item;
  });
}

function toItem(text: Text, frame: Frame): Item {
  const role = text.origin.role;
  const value = text.value.replace(/\s+/g, ' ').trim();
  const labelLayer = role === 'label' || role === 'area';
  return {
    value,
    kind:
      role === 'grid' || role === 'door' || role === 'fixture' || role === 'furniture'
        ? 'other'
        : kindOf(value, labelLayer || role === 'unknown'),
    anchor: frame.toFeet(text.anchor),
    middle: frame.toFeet(text.centre),
    height: text.height * frame.feetPerUnit,
    width: text.width * frame.feetPerUnit,
    labelLayer,
  };
}

function kindOf(value: string, trusted: boolean): Kind {
  if (parseArea(value) !== null) return 'area';
  if (trusted && ROOM_NUMBER.test(value)) return 'number';
  if (parseLength(value) !== null || /\d\s*['’"”]/.test(value)) return 'other';
  if (!NAME.test(value) || value.split(' ').length > 6) return 'other';
  if (isRoomWord(value)) return 'name';
  return trusted && !/\d{3,}/.test(value) ? 'name' : 'other';
}

/** Numbers that repeat are door or window codes, not rooms; with many repeats all bare numbers are. */
function dropCodes(items: readonly Item[]): Item[] {
  const counts = new Map<string, number>();
  for (const item of items)
    if (item.kind === 'number') counts.set(item.value, (counts.get(item.value) ?? 0) + 1);
  const total = [...counts.values()].reduce((s, n) => s + n, 0);
  const repeats = [...counts.values()].filter((n) => n > 2).reduce((s, n) => s + n, 0);
  const codes = repeats > total * 0.25;
  return items.filter((item) => item.kind !== 'number' || (!codes && (counts.get(item.value) ?? 0) <= 2));
}

const DECIMAL = /^\d{1,3}[.,]\d{1,3}$/;

/** Numbers such as 3.60 are lengths along dimension lines, unless they stand with names as the room numbers of a storey do. */
function dropLengths(items: readonly Item[]): Item[] {
  const decimals = items.filter((item) => item.kind === 'number' && DECIMAL.test(item.value));
  const names = items.filter((item) => item.kind === 'name');
  const held = decimals.filter(
    (item) => item.labelLayer || names.some((name) => lineGap(item, name) !== null),
  );
  if (held.length > 0.4 * decimals.length) return [...items];
  return items.filter((item) => !decimals.includes(item) || held.includes(item));
}

/** Groups lines set under or next to each other at a line's distance. */
function stack(items: readonly Item[]): Item[][] {
  const boxes = items.map((item) => ({ a: item.middle, b: item.middle }));
  const index = new SegmentIndex(boxes);
  const groups = new Groups(items.length);
  const pairs: { i: number; j: number; gap: number }[] = [];
  items.forEach((item, i) => {
    for (const j of index.near(item.middle, item.middle, item.height * 3.2 + item.width / 2)) {
      const other = items[j]!;
      if (j <= i) continue;
      const gap = lineGap(item, other);
      if (gap !== null) pairs.push({ i, j, gap });
    }
  });
  pairs.sort((p, q) => p.gap - q.gap);
  const hasNumber = items.map((item) => item.kind === 'number');
  for (const { i, j } of pairs) {
    const [p, q] = [groups.root(i), groups.root(j)];
    if (p === q || (hasNumber[p] && hasNumber[q])) continue;
    groups.join(p, q);
    hasNumber[p] = hasNumber[p]! || hasNumber[q]!;
  }
  return groups.members().map((members) => members.map((i) => items[i]!));
}

function lineGap(p: Item, q: Item): number | null {
  const height = Math.max(p.height, q.height);
  if (Math.min(p.height, q.height) < 0.45 * height) return null;
  const byMiddle: Point = [p.middle[0] - q.middle[0], p.middle[1] - q.middle[1]];
  const byAnchor: Point = [p.anchor[0] - q.anchor[0], p.anchor[1] - q.anchor[1]];
  const options = [byMiddle, byAnchor].map(([dx, dy]) => {
    const under =
      Math.abs(dy) <= 2.4 * height &&
      Math.abs(dy) > 0.5 * height &&
      Math.abs(dx) <= Math.max(1.2 * height, Math.abs(p.width - q.width) / 2 + height);
    return under ? Math.hypot(dx * 0.3, dy) : null;
  });
  const [dx, dy] = byMiddle;
  const beside =
    Math.abs(dy) <= 0.4 * height &&
    Math.abs(dx) <= (p.width + q.width) / 2 + 1.2 * height &&
    p.kind !== q.kind;
  const gaps = [...options, beside ? Math.abs(dx) : null].filter((gap) => gap !== null);
  return gaps.length > 0 ? Math.min(...gaps) : null;
}

function toLabels(group: Item[], usual: string | null): Label[] {
  const lines = [...group].sort((p, q) => q.middle[1] - p.middle[1] || p.middle[0] - q.middle[0]);
  const names = lines.filter((line) => line.kind === 'name').map((line) => line.value);
  const numbered = lines.find((line) => line.kind === 'number');
  const number = numbered ? (ROOM_NUMBER.exec(numbered.value)?.[1] ?? numbered.value) : null;
  const printed = lines.find((line) => line.kind === 'area');
  const name = names.length > 0 ? names.join(' ') : null;
  if (name && name.split(' ').length > MOST_WORDS) return [];
  if (!name && !number && !printed) return [];
  const known = name !== null && isRoomWord(name);
  return [
    {
      name,
      number,
      area_sqft: printed ? parseArea(printed.value) : null,
      // The number first and twice: it is short and stands in its room even where a long name reaches into the next.
      anchors: [numbered, numbered, ...lines].flatMap((line) => (line ? [line.anchor] : [])),
      middles: [numbered, ...lines].flatMap((line) => (line ? [line.middle] : [])),
      reach: Math.max(...lines.map((line) => line.width / 2 + line.height * 1.5)),
      tips: [],
      strong:
        known ||
        (number !== null &&
          (name !== null || group.some((line) => line.labelLayer) || shapeOf(number) === usual)),
    },
  ];
}

/** Whether two labels name the same room (printed twice along a corridor). */
export function sameLabel(p: Label, q: Label): boolean {
  if (p.number || q.number) return p.number === q.number && p.name === q.name;
  return p.name === q.name;
}
