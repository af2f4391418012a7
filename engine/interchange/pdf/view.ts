/**
 * A floor seen from above at an angle: parallel projection, low walls, furniture of boxes and cylinders, each face in one
 * of three shades, drawn from the farthest to the nearest. Feet in, points out.
 */
import earcut from 'earcut';
import { mountHeight, type Solid, type SolidTone, solidsOf } from '../../drawing/solids.ts';
import type { Point, Polygon } from '../../geometry/planar.ts';
import type { FloorScene, Piece } from '../floor_scene.ts';
import type { Sheet } from './sheet.ts';
import { type At, Strokes } from './strokes.ts';

type Space = readonly [number, number, number];
interface Face {
  points: Space[];
  fill: string;
  stroke: string;
}

const WALL_FT = 1.6;
/** Faces longer than this are cut, so that the order of far and near holds. */
const MOST_FT = 3;
const TURN = (-28 * Math.PI) / 180;
const TILT = (48 * Math.PI) / 180;
const SIDES = 10;
/** Towards the one who looks. */
const EYE: Space = [Math.sin(TURN) * Math.cos(TILT), -Math.cos(TURN) * Math.cos(TILT), Math.sin(TILT)];

/** Light from above, half light from the front, shade from the side. */
const SHADES: Record<SolidTone | 'wall', readonly [top: string, front: string, side: string]> = {
  frame: ['#6f7a83', '#59636c', '#4a535b'],
  surface: ['#efe6d8', '#d8cab3', '#c3b396'],
  soft: ['#a9bcc6', '#8ba2af', '#748d9b'],
  glass: ['#e2edf1', '#d2e2e8', '#c4d7de'],
  green: ['#a9c3a0', '#8fae86', '#7b9b72'],
  wall: ['#454d55', '#c9cfd4', '#b4bcc2'],
};

export function drawView(
  sheet: Sheet,
  scene: FloorScene,
  field: { x: number; y: number; width: number; height: number },
): void {
  const faces = [...scene.walls.flatMap(wallFaces), ...scene.pieces.flatMap(pieceFaces)];
  const floor = (
    scene.outlines.length > 0 ? scene.outlines : scene.rooms.map((room) => room.polygon.outer)
  ).map((ring) => ring.map(([x, y]): Space => [x, y, 0]));
  const flat = [...floor, ...faces.map((face) => face.points)].flat().map(project);
  const [x0, x1] = range(flat.map((p) => p[0]));
  const [y0, y1] = range(flat.map((p) => p[1]));
  const k = Math.min(field.width / Math.max(1, x1 - x0), field.height / Math.max(1, y1 - y0));
  const left = field.x + (field.width - (x1 - x0) * k) / 2;
  const top = field.y + (field.height - (y1 - y0) * k) / 2;
  const at = (p: Space): At => {
    const [x, y] = project(p);
    return [left + (x - x0) * k, top + (y1 - y) * k];
  };
  const strokes = new Strokes(sheet);
  for (const ring of floor) strokes.rings([ring.map(at)], { fill: '#f1f3f4', stroke: '#b4bcc2', width: 0.4 });
  const ordered = faces
    .map((face) => ({ face, near: nearness(face.points) }))
    .sort((a, b) => a.near - b.near);
  const width = Math.max(0.12, Math.min(0.3, k * 0.04));
  for (const { face } of ordered)
    strokes.rings([face.points.map(at)], { fill: face.fill, stroke: face.stroke, width });
  strokes.flush();
}

function project([x, y, z]: Space): At {
  const across = x * Math.cos(TURN) + y * Math.sin(TURN);
  const away = -x * Math.sin(TURN) + y * Math.cos(TURN);
  return [across, away * Math.sin(TILT) + z * Math.cos(TILT)];
}

function nearness(points: readonly Space[]): number {
  const sum = points.reduce((total, p) => total + p[0] * EYE[0] + p[1] * EYE[1] + p[2] * EYE[2], 0);
  return sum / points.length;
}

function range(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** Sides that can be seen, cut into short pieces, and the top in small triangles. */
function wallFaces(wall: Polygon): Face[] {
  const [top, front, side] = SHADES.wall;
  const faces: Face[] = [];
  for (const ring of [wall.outer, ...wall.holes])
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length] ?? a;
      const pieces = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / MOST_FT));
      const fill = Math.abs(b[0] - a[0]) >= Math.abs(b[1] - a[1]) ? front : side;
      for (let n = 0; n < pieces; n++) {
        const [p, q] = [between(a, b, n / pieces), between(a, b, (n + 1) / pieces)];
        const points: Space[] = [
          [...p, 0],
          [...q, 0],
          [...q, WALL_FT],
          [...p, WALL_FT],
        ];
        faces.push({ points, fill, stroke: fill });
      }
    });
  const rings = [wall.outer, ...wall.holes];
  const corners = rings.flat();
  const holes = rings.slice(1).map((_, i) => rings.slice(0, i + 1).flat().length);
  const indices = earcut(corners.flat(), holes);
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const triangle = [0, 1, 2].map((n) => corners[indices[i + n] ?? 0] ?? [0, 0]) as [Point, Point, Point];
    for (const part of small(triangle))
      faces.push({ points: part.map(([x, y]): Space => [x, y, WALL_FT]), fill: top, stroke: top });
  }
  return faces;
}

function between(a: Point, b: Point, t: number): [number, number] {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

/** A triangle cut at the middle of its longest side until it is small. */
function small(triangle: [Point, Point, Point], depth = 0): [Point, Point, Point][] {
  const lengths = triangle.map((p, i) => {
    const q = triangle[(i + 1) % 3] ?? p;
    return Math.hypot(q[0] - p[0], q[1] - p[1]);
  });
  const longest = lengths.indexOf(Math.max(...lengths));
  if ((lengths[longest] ?? 0) <= MOST_FT * 1.5 || depth > 9) return [triangle];
  const [a, b, c] = [0, 1, 2].map((n) => triangle[(longest + n) % 3]) as [Point, Point, Point];
  const middle = between(a, b, 0.5);
  return [...small([a, middle, c], depth + 1), ...small([middle, b, c], depth + 1)];
}

function pieceFaces(piece: Piece): Face[] {
  const { product } = piece;
  const [width, depth] = [product.width_in ?? piece.width_ft * 12, product.depth_in ?? piece.depth_ft * 12];
  if (width <= 0 || depth <= 0) return [];
  const height = product.height_in ?? 30;
  const facts = { category: product.category, subcategory: product.subcategory, width, depth, height };
  const up = piece.mounted ? mountHeight(product.subcategory, height) / 12 : 0;
  const turn = (piece.rotation_deg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return solidsOf({ ...facts, seats: product.seats ?? undefined }).flatMap((solid) => {
    // The plan's y is away from the front, the solid's z towards it.
    const place = (x: number, y: number, z: number): Space => [
      piece.x + (x * cos + z * sin) / 12,
      piece.y + (x * sin - z * cos) / 12,
      up + y / 12,
    ];
    return solidFaces(solid, place);
  });
}

function solidFaces(solid: Solid, place: (x: number, y: number, z: number) => Space): Face[] {
  const [top, front, side] = SHADES[solid.tone];
  const [low, high] = [solid.y - solid.height / 2, solid.y + solid.height / 2];
  const outline = outlineOf(solid);
  const lid = { points: outline.map(([x, z]) => place(x, high, z)), fill: top, stroke: front };
  const walls = outline.flatMap(([x, z], i): Face[] => {
    const [x2, z2] = outline[(i + 1) % outline.length] ?? [x, z];
    const points = [place(x, low, z), place(x2, low, z2), place(x2, high, z2), place(x, high, z)];
    const [a, b] = [points[0], points[1]];
    if (a === undefined || b === undefined) return [];
    // Outlines run counter-clockwise seen from above, so what is outside lies to the right.
    const [nx, ny] = [b[1] - a[1], a[0] - b[0]];
    if (nx * EYE[0] + ny * EYE[1] <= 0) return [];
    const fill = Math.abs(ny) >= Math.abs(nx) ? front : side;
    return [{ points, fill, stroke: side }];
  });
  return [...walls, lid];
}

/** Corners as x and z, counter-clockwise seen from above with the front (z) at the bottom. */
function outlineOf({ shape, x, z, width, depth }: Solid): [number, number][] {
  if (shape === 'cylinder')
    return Array.from({ length: SIDES }, (_, i): [number, number] => {
      const angle = (i / SIDES) * Math.PI * 2;
      return [x + (Math.cos(angle) * width) / 2, z - (Math.sin(angle) * depth) / 2];
    });
  const [l, r, back, front] = [x - width / 2, x + width / 2, z - depth / 2, z + depth / 2];
  return [
    [l, front],
    [r, front],
    [r, back],
    [l, back],
  ];
}
