/**
 * A furnished floor as geometry: what drawings and models of it are made from. Feet, x to the right, y up, the floor's own
 * origin. Walls are what is left of the storey's outline without its rooms and openings.
 */
import type {
  DocumentFloor,
  DocumentProduct,
  DocumentScenario,
  DocumentSpace,
  ProjectDocument,
} from '../../contract/project-document.ts';
import { inscribedCircle } from '../geometry/inscribed.ts';
import { difference, union } from '../geometry/overlap.ts';
import {
  type Box,
  boxOf,
  nearestOnSegment,
  type Point,
  type Polygon,
  type Ring,
} from '../geometry/planar.ts';
import { scenarioOf } from './bill.ts';
import { InterchangeError, type WriteOptions } from './writer.ts';

export interface Opening {
  centre: Point;
  width: number;
  /** Unit vector along the wall. */
  along: Point;
  /** Thickness of the wall there. */
  thickness: number;
  hinge: Point | null;
  /** Unit vector across the wall towards the side the leaf opens to; null where the drawing does not show it. */
  opens_to: Point | null;
  leaves: number;
}

export interface Piece {
  product: DocumentProduct;
  item_id: string;
  space_id: string | null;
  x: number;
  y: number;
  /** Degrees, counter-clockwise; 0 = front towards -y. */
  rotation_deg: number;
  width_ft: number;
  depth_ft: number;
  mounted: boolean;
}

export interface FloorScene {
  floor: DocumentFloor;
  name: string;
  rooms: { space: DocumentSpace; polygon: Polygon; label_at: Point; label_radius: number }[];
  walls: Polygon[];
  outlines: Ring[];
  doors: Opening[];
  windows: Opening[];
  columns: { at: Point; width: number }[];
  pieces: Piece[];
  box: Box;
}

/** Walls of a storey whose outline is not known reach this far from its rooms, feet. */
const WALL_FT = 0.5;
const MOST_WALL_FT = 2.5;

/** What of a project is looked at: its floors, and the products its items name. */
export type SceneDocument = Pick<ProjectDocument, 'floors' | 'products'>;
export interface SceneScenario {
  items: readonly Pick<DocumentScenario['items'][number], 'id' | 'sku' | 'space_id' | 'placements'>[];
}

/** The floors that can be drawn to scale, in their order; the others by name. */
export function floorScenes(
  document: SceneDocument,
  scenario: SceneScenario | undefined,
): { scenes: FloorScene[]; without_scale: string[] } {
  const scenes: FloorScene[] = [];
  const without_scale: string[] = [];
  for (const floor of document.floors) {
    const name = floor.level_name ?? floor.file.name;
    const scene = sceneOf(document, floor, scenario, name);
    if (scene === undefined) without_scale.push(name);
    else scenes.push(scene);
  }
  return { scenes, without_scale };
}

function sceneOf(
  document: SceneDocument,
  floor: DocumentFloor,
  scenario: SceneScenario | undefined,
  name: string,
): FloorScene | undefined {
  const spaces = floor.spaces.filter((space) => space.polygon.length >= 3);
  if (spaces.length === 0) return undefined;
  const rooms = spaces.map((space) => {
    const polygon: Polygon = { outer: space.polygon as Ring, holes: space.holes as Ring[] };
    const { centre, radius } = inscribedCircle(polygon, 0.25);
    return { space, polygon, label_at: centre, label_radius: radius };
  });
  const plan = floor.plan;
  const outlines = (plan?.dimensions.outlines ?? []).filter((ring) => ring.length >= 3) as Ring[];
  const doors = (plan?.doors ?? []).flatMap((door) => {
    if (door.x === null || door.y === null || door.width_ft === null) return [];
    const opening = inWall([door.x, door.y], door.width_ft, rooms, outlines);
    const target = door.opens_into === undefined ? undefined : door.opens_into;
    const hinge: Point | null =
      door.hinge?.x != null && door.hinge.y != null ? [door.hinge.x, door.hinge.y] : null;
    return [
      {
        ...opening,
        hinge,
        opens_to: target === undefined ? null : towards(opening, target, rooms),
        leaves: door.leaf_count ?? 1,
      },
    ];
  });
  const windows = (plan?.windows ?? []).flatMap((window) =>
    window.x === null || window.y === null || window.width_ft === null
      ? []
      : [
          {
            ...inWall([window.x, window.y], window.width_ft, rooms, outlines),
            hinge: null,
            opens_to: null,
            leaves: 0,
          },
        ],
  );
  const columns = (plan?.columns ?? []).flatMap((column) =>
    column.x === null || column.y === null
      ? []
      : [{ at: [column.x, column.y] as Point, width: column.width_ft ?? 1 }],
  );
  const solid = outlines.length > 0 ? outlines.map((outer) => ({ outer, holes: [] })) : grown(rooms);
  const cut = [...rooms.map((room) => room.polygon), ...[...doors, ...windows].map(openingArea)];
  return {
    floor,
    name,
    rooms,
    walls: difference(union(solid), cut).filter((wall) => wall.outer.length >= 3),
    outlines,
    doors,
    windows,
    columns,
    pieces: piecesOf(document, floor, scenario),
    box: boxOf([...outlines.flat(), ...rooms.flatMap((room) => room.polygon.outer)]),
  };
}

/** Every piece of the scenario that stands on this floor. */
function piecesOf(
  document: SceneDocument,
  floor: DocumentFloor,
  scenario: SceneScenario | undefined,
): Piece[] {
  const products = new Map(document.products.map((product) => [product.sku, product]));
  const here = new Set(floor.spaces.map((space) => space.id));
  return (scenario?.items ?? []).flatMap((item) => {
    const product = products.get(item.sku);
    if (product === undefined || item.space_id === null || !here.has(item.space_id)) return [];
    return (item.placements ?? []).map(
      (place): Piece => ({ product, item_id: item.id, space_id: item.space_id, ...place }),
    );
  });
}

type Room = FloorScene['rooms'][number];

/**
 * Direction and thickness of the wall an opening is in: along the nearest side of a room, as thick as to the next room or
 * to the outside.
 */
function inWall(centre: Point, width: number, rooms: readonly Room[], outlines: readonly Ring[]) {
  let best = { distance: Number.POSITIVE_INFINITY, along: [1, 0] as Point };
  const gaps: number[] = [];
  for (const room of rooms) {
    let nearest = Number.POSITIVE_INFINITY;
    for (const ring of [room.polygon.outer, ...room.polygon.holes]) {
      ring.forEach((a, i) => {
        const b = ring[(i + 1) % ring.length]!;
        const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
        if (length < width / 4) return;
        const { distance } = nearestOnSegment(centre, a, b);
        nearest = Math.min(nearest, distance);
        if (distance < best.distance)
          best = { distance, along: [(b[0] - a[0]) / length, (b[1] - a[1]) / length] };
      });
    }
    gaps.push(nearest);
  }
  for (const ring of outlines)
    gaps.push(
      Math.min(...ring.map((a, i) => nearestOnSegment(centre, a, ring[(i + 1) % ring.length]!).distance)),
    );
  gaps.sort((a, b) => a - b);
  const thickness = Math.min(MOST_WALL_FT, Math.max(0.25, (gaps[0] ?? 0.25) + Math.min(gaps[1] ?? 0, 1.5)));
  return { centre, width, along: best.along, thickness };
}

function towards(
  opening: { centre: Point; along: Point; thickness: number },
  key: string | null,
  rooms: readonly Room[],
): Point | null {
  const normal: Point = [-opening.along[1], opening.along[0]];
  const room = rooms.find((one) => one.space.source_key === key);
  if (room === undefined) return null;
  const at = (sign: number): Point => [
    opening.centre[0] + normal[0] * sign * (opening.thickness + 0.5),
    opening.centre[1] + normal[1] * sign * (opening.thickness + 0.5),
  ];
  const off = (p: Point) =>
    Math.min(
      ...room.polygon.outer.map(
        (a, i, ring) => nearestOnSegment(p, a, ring[(i + 1) % ring.length]!).distance,
      ),
    );
  const inside = (p: Point) => inscribedSide(p, room.polygon.outer);
  if (inside(at(1))) return normal;
  if (inside(at(-1))) return [-normal[0], -normal[1]];
  return off(at(1)) <= off(at(-1)) ? normal : [-normal[0], -normal[1]];
}

function inscribedSide(p: Point, ring: Ring): boolean {
  let inside = false;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0])
      inside = !inside;
  });
  return inside;
}

/** The piece of wall that an opening takes away; a little thicker than the wall, so that nothing of it stays. */
export function openingArea({ centre, along, width, thickness }: Opening): Polygon {
  const half = thickness / 2 + 0.75;
  const [ax, ay] = [(along[0] * width) / 2, (along[1] * width) / 2];
  const [nx, ny] = [-along[1] * half, along[0] * half];
  const [x, y] = centre;
  return {
    outer: [
      [x - ax - nx, y - ay - ny],
      [x + ax - nx, y + ay - ny],
      [x + ax + nx, y + ay + ny],
      [x - ax + nx, y - ay + ny],
    ],
    holes: [],
  };
}

/** Rooms with a band of wall round each: for storeys whose outline was not read. */
function grown(rooms: readonly Room[]): Polygon[] {
  return rooms.flatMap(({ polygon }) => {
    const bands = polygon.outer.map((a, i): Polygon => {
      const b = polygon.outer[(i + 1) % polygon.outer.length]!;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
      const [ux, uy] = [((b[0] - a[0]) / length) * WALL_FT, ((b[1] - a[1]) / length) * WALL_FT];
      return {
        outer: [
          [a[0] - ux + uy, a[1] - uy - ux],
          [b[0] + ux + uy, b[1] + uy - ux],
          [b[0] + ux - uy, b[1] + uy + ux],
          [a[0] - ux - uy, a[1] - uy + ux],
        ],
        holes: [],
      };
    });
    return [polygon, ...bands];
  });
}

/** From floor to floor in models of a whole project, feet. */
export const STOREY_FT = 13;

/**
 * What a model of the project is made from: the scenario in hand, unless furniture is left out, and the floors whose scale
 * is known. Throws InterchangeError where there is none.
 */
export function modelScenes(document: ProjectDocument, options: WriteOptions) {
  const scenario = options.parts.includes('furniture')
    ? scenarioOf(document, options.scenario_id)
    : undefined;
  const { scenes, without_scale } = floorScenes(document, scenario);
  if (scenes.length === 0)
    throw new InterchangeError(
      'nothing_to_write',
      'No floor of this project can be modelled to scale: upload a plan, or say the scale of the one there is.',
    );
  return { scenario, scenes, without_scale };
}
