// The geometry of corrections, in local coordinates (source units about the plan's corner): checks what a person drew,
// cuts a room along a line, joins rooms over the wall between them. Each result is one simple outline with holes.
import { ArrangementTooLarge, arrange, type Segment } from '../../geometry/arrangement.ts';
import { inscribedCircle } from '../../geometry/inscribed.ts';
import { areaOf } from '../../geometry/overlap.ts';
import {
  distance,
  inPolygon,
  type Point,
  type Polygon,
  perimeter,
  polygonArea,
  type Ring,
  signedArea,
} from '../../geometry/planar.ts';
import { EditError } from './errors.ts';
import type { Measures } from './measures.ts';
import { wallsBetween } from './merge.ts';
import { cleaned, isSimple, largest } from './outline.ts';
import { common, join, subtract } from './overlay.ts';

/** The floor within a ring a person drew: inside the drawing, simple. Throws EditError with one sentence. */
export function checkedRing(ring: readonly Point[], measures: Measures, what: string): Polygon {
  const { bounds, origin } = measures;
  for (const [x, y] of ring) {
    const inside =
      x + origin[0] >= bounds[0] &&
      x + origin[0] <= bounds[2] &&
      y + origin[1] >= bounds[1] &&
      y + origin[1] <= bounds[3];
    if (!inside)
      throw new EditError(`The ${what} leaves the drawing; keep its corners on or beside the plan.`);
  }
  const points = withoutRepeats(ring, measures.grain);
  if (points.length < 3)
    throw new EditError(`The ${what} has fewer than three corners that differ; draw at least a triangle.`);
  const simple = isSimple(points) ? { outer: points, holes: [] } : healed(points);
  if (simple === null)
    throw new EditError(`The ${what} crosses or touches itself; move the corner so that no walls cross.`);
  return simple;
}

/**
 * A ring that touches itself by an inaccuracy (read from a drawing, or snapped): without the speck it cuts off, and with
 * what it runs around as a hole; null where it is not clear what is meant.
 */
function healed(ring: Ring): Polygon | null {
  const parts = join([{ outer: ring, holes: [] }]);
  const best = largest(parts);
  if (best === undefined || polygonArea(best) < areaOf(parts) * (1 - LEAST_SPECK)) return null;
  return [best.outer, ...best.holes].every(isSimple) ? best : null;
}

const LEAST_SPECK = 0.02;

function withoutRepeats(ring: readonly Point[], grain: number): Ring {
  const points: Ring = [];
  for (const p of ring) {
    const last = points.at(-1);
    if (last === undefined || distance(last, p) > grain) points.push(p);
  }
  while (points.length > 1 && distance(points[0]!, points.at(-1)!) <= grain) points.pop();
  return points;
}

/** Overlaps below this share of a room are drawing inaccuracy, not a quarrel over floor. */
const SLIVER_SHARE = 1e-4;
/** What is left of a drawn room after its neighbours keep theirs: less is refused. */
const LEAST_SHARE = 0.5;

export type Neighbour = { label: string; polygon: Polygon };

/**
 * The room within `outer` without `holes` and without what belongs to its neighbours: where outlines overlap, the
 * rooms that are there already keep their floor.
 */
export function carve(
  outer: Ring,
  holes: readonly Ring[],
  neighbours: readonly Neighbour[],
  measures: Measures,
): Polygon {
  const drawn: Polygon = { outer, holes: [] };
  const whole = Math.abs(signedArea(outer));
  if (whole < measures.least_room)
    throw new EditError('That is too small for a room; draw it larger or delete it.');
  const inner = holes.map((hole): Polygon => ({ outer: hole, holes: [] }));
  const taken = neighbours
    .map((one) => ({ ...one, area: areaOf(common(drawn, one.polygon)) }))
    .filter(({ area }) => area > whole * SLIVER_SHARE);
  const others = taken.map((one) => one.polygon);
  const cut = [...inner, ...others, ...wallsBetween(others, measures)];
  const parts = cut.length === 0 ? [drawn] : subtract(drawn, cut);
  const best = largest(parts);
  const left = best === undefined ? 0 : polygonArea(best);
  if (taken.length > 0 && (best === undefined || isCrowdedOut(best, areaOf(parts), whole, taken, measures))) {
    const most = [...taken].sort((a, b) => b.area - a.area)[0]!;
    throw new EditError(
      `Most of that floor belongs to ${most.label} already; split or delete ${most.label}, or draw beside it.`,
    );
  }
  if (best === undefined || left < measures.least_room)
    throw new EditError('Nothing of the room is left outside its holes; draw it larger.');
  if (left < areaOf(parts) * 0.9)
    throw new EditError('Other rooms or holes cut that outline into pieces; draw one piece at a time.');
  return inner.length + taken.length === 0 ? best : cleaned(best, measures.grain, measures.least_hole);
}

/**
 * Whether the outline was drawn on floor that others have. A corridor around rooms has less floor than they, but they lie
 * wholly within it and it is wide enough to walk; a strip around a room is that room drawn again.
 */
function isCrowdedOut(
  best: Polygon,
  left: number,
  whole: number,
  taken: readonly (Neighbour & { area: number })[],
  measures: Measures,
): boolean {
  if (left >= whole * LEAST_SHARE) return false;
  const around = [best.outer, ...best.holes].reduce((sum, ring) => sum + perimeter(ring), 0);
  if ((2 * polygonArea(best)) / around < LEAST_PASSAGE_FT * measures.foot) return true;
  const within = taken.filter((one) => one.area > 0.95 * polygonArea(one.polygon));
  const enclosed = within.reduce((sum, one) => sum + one.area, 0);
  return left < (whole - enclosed) * LEAST_SHARE;
}

/** Narrower than this a strip is no room of its own. */
const LEAST_PASSAGE_FT = 2;

/** The parts of a room along a line from wall to wall, the largest first; throws EditError where it does not cut. */
export function splitAlong(room: Polygon, line: readonly Point[], measures: Measures): Polygon[] {
  const points = withoutRepeats(line, measures.grain);
  if (line.length > 1 && distance(line[0]!, line.at(-1)!) <= measures.grain && line.length > 2)
    points.push(line.at(-1)!);
  if (points.length < 2)
    throw new EditError('The line to split along has no length; click two points on opposite walls.');
  const reaching = reach(points, REACH_FT * measures.foot);
  const segments: Segment[] = [];
  for (const ring of [room.outer, ...room.holes]) addRing(segments, ring);
  for (let i = 1; i < reaching.length; i++) segments.push({ a: reaching[i - 1]!, b: reaching[i]!, tag: 1 });
  const parts = facesOf(segments, measures)
    .filter((face) => inPolygon(inscribedCircle(face, measures.grain * 10).centre, room))
    .map((face) => cleaned(face, measures.grain / 10, measures.least_hole))
    .sort((a, b) => polygonArea(b) - polygonArea(a));
  if (parts.length < 2)
    throw new EditError('The line does not cross the room from wall to wall; begin and end it on the walls.');
  if (polygonArea(parts.at(-1)!) < measures.least_room)
    throw new EditError('One part would be too small for a room; move the line away from the wall.');
  return parts;
}

/** Ends of the line this close to a wall are meant to be on it. */
const REACH_FT = 0.5;

function reach(line: readonly Point[], by: number): Point[] {
  const [first, second] = [line[0]!, line[1]!];
  const [last, before] = [line.at(-1)!, line.at(-2)!];
  return [beyond(second, first, by), ...line.slice(1, -1), beyond(before, last, by)];
}

function beyond(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  return [to[0] + ((to[0] - from[0]) / length) * by, to[1] + ((to[1] - from[1]) / length) * by];
}

function addRing(segments: Segment[], ring: readonly Point[]): void {
  ring.forEach((a, i) => {
    segments.push({ a, b: ring[(i + 1) % ring.length]!, tag: 0 });
  });
}

function facesOf(segments: readonly Segment[], measures: Measures): Polygon[] {
  try {
    return arrange(segments, measures.grain / 10).faces.map(({ outer, holes }) => ({ outer, holes }));
  } catch (error) {
    if (!(error instanceof ArrangementTooLarge)) throw error;
    throw new EditError('The line crosses the room too many times; draw a simpler one.');
  }
}
