/** Where two rooms meet without a wall between them: partitions drawn as one line, wide openings, rooms split by hand. Feet. */
import { distance, type Point } from '../geometry/planar.ts';
import type { FloorScene } from './floor_scene.ts';

type Stretch = readonly [Point, Point];

/** Two edges this near are the same border. */
const SAME_FT = 0.1;
const SHORTEST_FT = 0.5;

export function openBorders({ rooms }: Pick<FloorScene, 'rooms'>): Stretch[] {
  const edges = rooms.map(({ polygon }) => [polygon.outer, ...polygon.holes].flatMap(edgesOf));
  const found: Stretch[] = [];
  edges.forEach((own, i) => {
    for (const others of edges.slice(i + 1))
      for (const a of own)
        for (const b of others) {
          const border = shared(a, b);
          if (border !== undefined) found.push(border);
        }
  });
  return found;
}

function edgesOf(ring: readonly Point[]): Stretch[] {
  return ring.map((point, i): Stretch => [point, ring[(i + 1) % ring.length] ?? point]);
}

/** The part of an edge along which another edge runs; undefined where they do not meet. */
function shared([a, b]: Stretch, [c, d]: Stretch): Stretch | undefined {
  const length = distance(a, b);
  if (length < SHORTEST_FT) return undefined;
  const along: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const off = ([x, y]: Point) => Math.abs((x - a[0]) * along[1] - (y - a[1]) * along[0]);
  if (off(c) > SAME_FT || off(d) > SAME_FT) return undefined;
  const at = ([x, y]: Point) => (x - a[0]) * along[0] + (y - a[1]) * along[1];
  const from = Math.max(0, Math.min(at(c), at(d)));
  const to = Math.min(length, Math.max(at(c), at(d)));
  if (to - from < SHORTEST_FT) return undefined;
  const point = (t: number): Point => [a[0] + along[0] * t, a[1] + along[1] * t];
  return [point(from), point(to)];
}
