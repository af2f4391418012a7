// What a tool aims at from where the pointer is: which parts of the drawing and of the line in hand pull at it.
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { around, distance, edgeOf, isInside } from './rings.ts';
import type { Session } from './session.ts';
import { type SnapIndex, type SnapOptions, type Snapped, snap } from './snap.ts';

/** Pixels within which a point is drawn to the drawing. */
const SNAP_REACH = 9;

export interface Aim {
  point: PlanPoint;
  /** Pixels for one unit of the scene. */
  k: number;
  /** Nothing pulls. */
  alt: boolean;
}

function free(point: PlanPoint): Snapped {
  return { point, kind: 'free', guides: [] };
}

/** Where the corner in hand goes: to the neighbours of its room, level, plumb or square with its own neighbours. */
export function aimCorner(index: SnapIndex, session: Session, except: string, at: Aim): Snapped {
  const { draft } = session;
  if (at.alt || !draft || draft.corner === null) return free(at.point);
  const { before, after, further_before, further_after } = around(draft.ring, draft.corner);
  return snap(index, at.point, {
    reach: SNAP_REACH / at.k,
    except,
    anchors: [before, after],
    square: [
      { from: further_before, at: before },
      { from: further_after, at: after },
    ],
  });
}

/** Where the next point of a line goes: to the drawing, level, plumb or square with the line so far. */
export function aimPoint(index: SnapIndex, session: Session, at: Aim): Snapped {
  if (at.alt) return free(at.point);
  const { path } = session;
  const last = path.at(-1);
  const options: SnapOptions = { reach: SNAP_REACH / at.k };
  if (last && !session.closed) {
    options.anchors = path[0] && path[0] !== last ? [last, path[0]] : [last];
    const further = path.at(-2) ?? wallEnd(index, last);
    if (further) options.square = [{ from: further, at: last }];
    if (session.tool === 'draw' && path.length > 2) options.corners = [path[0]!];
  }
  return snap(index, at.point, options);
}

/** An end of the wall that a point stands on: a line from there is square to the wall. */
function wallEnd(index: SnapIndex, at: PlanPoint): PlanPoint | null {
  for (const { a, b } of index.near(at, 1e-6)) {
    const length = distance(a, b);
    const off = Math.abs((b[0] - a[0]) * (at[1] - a[1]) - (b[1] - a[1]) * (at[0] - a[0])) / (length || 1);
    if (off < 1e-6) return distance(a, at) > length / 2 ? a : b;
  }
  return null;
}

/** Whether a cut may end here: on a wall or beyond it, not in the middle of the room. */
export function touchesWall(rings: readonly PlanRing[], at: PlanPoint, slack: number): boolean {
  if (!isInside(rings, at)) return true;
  return rings.some((ring) =>
    ring.some((_corner, index) => {
      const edge = edgeOf(ring, index);
      if (!edge) return false;
      const [a, b] = edge;
      const length = distance(a, b) || 1;
      const t = ((at[0] - a[0]) * (b[0] - a[0]) + (at[1] - a[1]) * (b[1] - a[1])) / length;
      if (t < -slack || t > length + slack) return false;
      const off = Math.abs((b[0] - a[0]) * (at[1] - a[1]) - (b[1] - a[1]) * (at[0] - a[0])) / length;
      return off <= slack;
    }),
  );
}
