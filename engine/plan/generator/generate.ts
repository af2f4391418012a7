// Makes an office plan with exact truth from a seed: layout, openings, columns, furniture, labels.
import type { SpaceType } from '../../../contract/plan.ts';
import { intersection, union } from '../../geometry/overlap.ts';
import {
  boxOf,
  centroid,
  distanceToRing,
  inPolygon,
  type Point,
  type Polygon,
  type Ring,
} from '../../geometry/planar.ts';
import { difference } from './clip.ts';
import { furnish } from './furnish.ts';
import { type Cell, type Layout, layoutOffice, rectRing, type Side } from './layout.ts';
import {
  CONVENTIONS,
  type GeneratedPlan,
  type PlanOptions,
  type TrueDoor,
  type TrueRoom,
  type TrueWindow,
} from './model.ts';
import { GENERATED_NAMES } from './names.data.ts';
import { makeRandom, type Random } from './random.ts';

/** Options drawn from the seed, so that a run of seeds covers the kinds of drawing offices send. */
export function randomOptions(seed: number): PlanOptions {
  const random = makeRandom(seed * 7919 + 1);
  return {
    width_ft: random.between(90, 190),
    depth_ft: random.between(64, 110),
    convention: random.pick(CONVENTIONS),
    unit: random.pick(['in', 'in', 'mm', 'mm', 'ft', 'm']),
    wrong_header: random.chance(0.25),
    rotation_degrees: random.chance(0.2) ? random.between(-40, 40) : 0,
    notched: random.chance(0.3),
    l_core: random.chance(0.4),
    curved: random.chance(0.25),
    columns: random.chance(0.7),
    furniture: random.chance(0.6),
    partitions: random.chance(0.4),
    grid: random.chance(0.5),
    dimensions: random.chance(0.6),
    gap_share: random.chance(0.4) ? random.between(0.02, 0.15) : 0,
    cased_openings: random.chance(0.5) ? 0.5 : 0,
    missing_doors: random.chance(0.3) ? 0.1 : 0,
    labels: random.pick(['both', 'both', 'both', 'numbers', 'none']),
    areas_printed: random.chance(0.2),
  };
}

/** The plan of a seed; options given here replace those the seed would choose. */
export function generatePlan(seed: number, options: Partial<PlanOptions> = {}): GeneratedPlan {
  const random = makeRandom(seed);
  const chosen: PlanOptions = { ...randomOptions(seed), ...options };
  const layout = layoutOffice(chosen, random);
  const cells = chosen.curved
    ? layout.cells.map((cell, i) => (i === 0 ? roundCorner(cell, layout) : cell))
    : layout.cells;
  const footprint = chosen.curved ? roundFootprint(layout) : layout.footprint;
  const columns = chosen.columns ? placeColumns(chosen, cells, layout, random) : [];
  const rooms = nameRooms(cells, layout, columns, random);
  const openings = cells.map((cell) => openCell(cell, layout, chosen, random));
  const doors = openings.flatMap((o) => o.doors);
  const windows = openings.flatMap((o) => o.windows);
  const cuts = [...doors.map((door) => slot(door, cutDepth(door, layout))), ...windows.map(windowSlot)];
  const clear = [...cells.map((cell): Polygon => ({ outer: cell.clear, holes: [] })), layout.corridor];
  const walls = difference([footprint], [...clear, ...cuts]);
  const { furniture, partitions } = furnish(rooms, doors, chosen, random);
  return { seed, options: chosen, rooms, doors, windows, columns, walls, furniture, partitions, footprint };
}

/** The north-west corner room with a quarter-round outer corner. */
function roundCorner(cell: Cell, layout: Layout): Cell {
  const box = boxOf(cell.clear);
  const radius = Math.min(10, (box[2] - box[0]) / 2, (box[3] - box[1]) / 2) - layout.wall;
  const arc = quarter([box[0] + radius, box[3] - radius], radius);
  const [side] = cell.outer;
  const outer: Side[] = side ? [{ ...side, a: [box[0] + radius + 1, side.a[1]] }] : [];
  return { ...cell, clear: [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], ...arc], outer };
}

/** Points of a quarter circle from its top to its left. */
function quarter(centre: Point, radius: number): Ring {
  return Array.from({ length: 19 }, (_, i): Point => {
    const angle = Math.PI / 2 + (i / 18) * (Math.PI / 2);
    return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
  });
}

function roundFootprint(layout: Layout): Polygon {
  const box = boxOf(layout.cells[0]!.clear);
  const radius = Math.min(10, (box[2] - box[0]) / 2, (box[3] - box[1]) / 2) - layout.wall;
  const centre: Point = [box[0] + radius, box[3] - radius];
  const outer = layout.footprint.outer.slice(0, -1);
  return { outer: [...outer, ...quarter(centre, radius + layout.outer_wall)], holes: [] };
}

function placeColumns(
  options: PlanOptions,
  cells: readonly Cell[],
  layout: Layout,
  random: Random,
): Polygon[] {
  const bay = random.between(22, 30);
  const half = random.between(0.5, 1);
  const columns: Polygon[] = [];
  for (let x = bay; x < options.width_ft - 4; x += bay) {
    for (let y = bay * 0.8; y < options.depth_ft - 4; y += bay) {
      const column = {
        outer: rectRing({ x0: x - half, y0: y - half, x1: x + half, y1: y + half }),
        holes: [],
      };
      const home = cells.find(
        (cell) => cell.type === 'open_office' && inPolygon([x, y], { outer: cell.clear, holes: [] }),
      );
      if (home && distanceToRing([x, y], home.clear) > half * 1.5 + 0.8) columns.push(column);
    }
  }
  return columns.filter((column) => intersection(column, layout.corridor).length === 0);
}

function nameRooms(
  cells: readonly Cell[],
  layout: Layout,
  columns: readonly Polygon[],
  random: Random,
): TrueRoom[] {
  const rooms = cells.map((cell, i): TrueRoom => {
    const own = columns.filter((column) => inPolygon(column.outer[0]!, { outer: cell.clear, holes: [] }));
    const name = random.pick(GENERATED_NAMES[cell.type] ?? ['ROOM']);
    const centre = centroid(cell.clear);
    const blocked = own.some(
      (column) => distanceToRing(centre, column.outer) < 2 || inPolygon(centre, column),
    );
    const label_at: Point = blocked ? [centre[0] + 4, centre[1]] : centre;
    return {
      number: String(101 + i),
      name,
      type: cell.type,
      polygon: { outer: cell.clear, holes: own.map((c) => c.outer) },
      label_at,
    };
  });
  const box = boxOf(layout.corridor.outer);
  const hall = boxOf(layout.corridor.holes[0]!)[0] - box[0];
  rooms.push({
    number: String(101 + cells.length),
    name: 'CORRIDOR',
    type: 'corridor',
    polygon: layout.corridor,
    label_at: [(box[0] + box[2]) / 2, box[1] + hall / 2],
  });
  return rooms;
}

/** Doors to the corridor and windows to the outside of one room. */
function openCell(
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

function cutDepth(door: TrueDoor, layout: Layout): number {
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

function slot(door: TrueDoor, depth: number): Polygon {
  return strip(
    door.hinge,
    [door.hinge[0] + door.along[0] * door.width, door.hinge[1] + door.along[1] * door.width],
    [-door.into[0], -door.into[1]],
    depth,
  );
}

function windowSlot(window: TrueWindow): Polygon {
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
