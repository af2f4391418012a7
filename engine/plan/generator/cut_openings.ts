// Doors and windows of generated rooms, and the slots they cut into the walls. Feet.
import type { SpaceType } from '../../../contract/plan.ts';
import { union } from '../../geometry/overlap.ts';
import { boxOf, inPolygon, type Point, type Polygon } from '../../geometry/planar.ts';
import { type Cell, type Layout, rectRing, type Side } from './layout.ts';
import type { PlanOptions, TrueDoor, TrueWindow } from './model.ts';
import type { Random } from './random.ts';

/** Doors to the corridor and windows to the outside of one room. */
export function openCell(
  cell: Cell,
  layout: Layout,
  options: PlanOptions,
  random: Random,
): { doors: TrueDoor[]; windows: TrueWindow[] } {
  const doors: TrueDoor[] = [];
  const windows: TrueWindow[] = [];
  if (cell.inner) doors.push(...doorIn(cell.inner, cell, options, random));
  for (const side of cell.outer) {
    const length = Math.hypot(side.b[0] - side.a[0], side.b[1] - side.a[1]);
    const d: Point = [(side.b[0] - side.a[0]) / length, (side.b[1] - side.a[1]) / length];
    if (cell.type === 'reception') {
      doors.push(
        ...doorIn(
          { ...side, a: [side.a[0] + 2, side.a[1]], b: [side.b[0] - 1, side.b[1]] },
          cell,
          { ...options, missing_doors: 0 },
          random,
          2,
        ),
      );
      continue;
    }
    for (let s = 2; s + 4 < length - 1; s += 8) {
      const wide = Math.min(5, length - s - 1.5);
      const a: Point = [side.a[0] + d[0] * s, side.a[1] + d[1] * s];
      windows.push({
        a,
        b: [a[0] + d[0] * wide, a[1] + d[1] * wide],
        out: side.out,
        thickness: layout.outer_wall,
      });
    }
  }
  return { doors, windows };
}

function doorIn(side: Side, cell: Cell, options: PlanOptions, random: Random, fixed?: 1 | 2): TrueDoor[] {
  const length = Math.hypot(side.b[0] - side.a[0], side.b[1] - side.a[1]);
  const open = !fixed && CASED.includes(cell.type) && length > 15 && random.chance(options.cased_openings);
  if (open) return [casedOpening(side, length, random)];
  const leaves = fixed ?? (cell.type === 'open_office' && length > 12 ? 2 : 1);
  const width = (random.chance(0.3) ? 3.5 : 3) * leaves;
  if (length < width + 0.6) return [];
  const start = random.between(0.4, Math.max(0.4, length - width - 0.4));
  const d: Point = [(side.b[0] - side.a[0]) / length, (side.b[1] - side.a[1]) / length];
  const hinge: Point = [side.a[0] + d[0] * start, side.a[1] + d[1] * start];
  return [
    {
      hinge,
      along: d,
      into: [-side.out[0], -side.out[1]],
      width,
      leaves,
      drawn: !random.chance(options.missing_doors),
    },
  ];
}

const CASED: readonly SpaceType[] = ['open_office', 'reception', 'breakroom'];

function casedOpening(side: Side, length: number, random: Random): TrueDoor {
  const width = random.between(7, 12);
  const start = random.between(1, length - width - 1);
  const d: Point = [(side.b[0] - side.a[0]) / length, (side.b[1] - side.a[1]) / length];
  const hinge: Point = [side.a[0] + d[0] * start, side.a[1] + d[1] * start];
  return { hinge, along: d, into: [-side.out[0], -side.out[1]], width, leaves: 1, drawn: false };
}

export function cutDepth(door: TrueDoor, layout: Layout): number {
  const box = boxOf(layout.corridor.outer);
  const out: Point = [
    door.hinge[0] - door.into[0] * (layout.wall + 0.1),
    door.hinge[1] - door.into[1] * (layout.wall + 0.1),
  ];
  const toCorridor = inPolygon(out, {
    outer: rectRing({ x0: box[0], y0: box[1], x1: box[2], y1: box[3] }),
    holes: [],
  });
  return toCorridor ? layout.wall : layout.outer_wall;
}

export function slot(door: TrueDoor, depth: number): Polygon {
  return strip(
    door.hinge,
    [door.hinge[0] + door.along[0] * door.width, door.hinge[1] + door.along[1] * door.width],
    [-door.into[0], -door.into[1]],
    depth,
  );
}

export function windowSlot(window: TrueWindow): Polygon {
  return strip(window.a, window.b, window.out, window.thickness);
}

/** The rectangle on a–b, pushed out by `depth` and a hair over both faces so that the cut is clean. */
function strip(a: Point, b: Point, out: Point, depth: number): Polygon {
  const hair = 1e-6;
  const at = (p: Point, k: number): Point => [p[0] + out[0] * k, p[1] + out[1] * k];
  return union([
    { outer: [at(a, -hair), at(b, -hair), at(b, depth + hair), at(a, depth + hair)], holes: [] },
  ])[0]!;
}
