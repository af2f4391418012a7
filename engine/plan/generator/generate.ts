// Makes an office plan with exact truth from a seed: layout, openings, columns, furniture, labels.
import { intersection } from '../../geometry/overlap.ts';
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
import { cutDepth, openCell, slot, windowSlot } from './cut_openings.ts';
import { details, labelsOutside } from './details.ts';
import { furnish } from './furnish.ts';
import { type Cell, type Layout, layoutOffice, rectRing, type Side } from './layout.ts';
import {
  CONVENTIONS,
  type GeneratedPlan,
  type PlanOptions,
  type RealOptions,
  type TrueRoom,
} from './model.ts';
import { GENERATED_NAMES } from './names.data.ts';
import { makeRandom, type Random } from './random.ts';
import { realOptions } from './real_options.ts';
import { beside } from './storeys.ts';
import { surroundings } from './surroundings.ts';
import { varyPartitions } from './vary.ts';

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
    difficulty: 'plain',
    real: {},
  };
}

/** The plan of a seed; options given here replace those the seed would choose. */
export function generatePlan(seed: number, options: Partial<PlanOptions> = {}): GeneratedPlan {
  const chosen: PlanOptions = { ...randomOptions(seed), ...options };
  if (chosen.difficulty === 'plain') return building(seed, chosen, null);
  const real = realOptions(seed, chosen);
  const plan = { ...building(seed, chosen, real), options: { ...chosen, real } };
  if (!real.second_storey) return plan;
  const below = { ...real, sheet: false, second_storey: false };
  return beside(plan, building(seed + 500_009, { ...chosen, real: below }, below));
}

/** One storey: layout, openings, walls between them, contents; what only realistic drawings show with `real`. */
function building(seed: number, chosen: PlanOptions, real: RealOptions | null): GeneratedPlan {
  const random = makeRandom(seed);
  const extra = makeRandom(seed * 31 + 7);
  const regular = layoutOffice(chosen, random);
  const { layout, single_walls } = real
    ? varyPartitions(regular, real, extra)
    : { layout: regular, single_walls: [] };
  const cells = chosen.curved
    ? layout.cells.map((cell, i) => (i === 0 ? roundCorner(cell, layout) : cell))
    : layout.cells;
  const footprint = chosen.curved ? roundFootprint(layout) : layout.footprint;
  const columns = chosen.columns ? placeColumns(chosen, cells, layout, random) : [];
  const named = nameRooms(cells, layout, columns, random);
  const openings = cells.map((cell) => openCell(cell, layout, chosen, random));
  const doors = openings.flatMap((o) => o.doors);
  const windows = openings.flatMap((o) => o.windows);
  const cuts = [...doors.map((door) => slot(door, cutDepth(door, layout))), ...windows.map(windowSlot)];
  const clear = [...cells.map((cell): Polygon => ({ outer: cell.clear, holes: [] })), layout.corridor];
  const walls = difference([footprint], [...clear, ...cuts]);
  const { furniture, partitions } = furnish(named, doors, chosen, random);
  const box = boxOf(footprint.outer);
  const rooms = real?.outside_labels ? labelsOutside(named, { y0: 0, y1: chosen.depth_ft }) : named;
  const plan = {
    seed,
    options: chosen,
    rooms,
    doors,
    windows,
    columns,
    walls,
    furniture,
    partitions,
    footprint,
  };
  if (!real) return { ...plan, single_walls, marks: [], bounds: box };
  const around = surroundings(plan, box, real, extra);
  return {
    ...plan,
    doors: doors.map((door) => ({
      ...door,
      drawn: door.drawn && real.door_style !== 'gaps',
      sliding: door.leaves === 1 && extra.chance(real.sliding_share),
    })),
    // A toilet that the plain furnisher puts in mid-room would stand in a stall's front: the stalls have their own.
    furniture: real.fittings ? furniture.filter((item) => item.kind !== 'toilet') : furniture,
    single_walls,
    marks: [...details(plan, real, extra), ...around.marks],
    bounds: around.bounds,
  };
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
