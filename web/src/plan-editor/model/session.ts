// What the hand is doing on the plan: the tool it holds, the points it has set, the corner it moves. Pure steps from one
// state to the next; nothing here is saved until a step says so. Coordinates are the scene's.
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { addCorner, distance, moveCorner, removeCorner } from './rings.ts';
import type { Snapped } from './snap.ts';

export type ToolName = 'select' | 'corners' | 'split' | 'merge' | 'draw' | 'measure' | 'scale';

/** A room's outline while one of its corners is being moved. */
export interface Draft {
  room_id: string;
  /** As it was when the hand took hold. */
  original: PlanRing;
  ring: PlanRing;
  /** The corner in hand; null between two moves. */
  corner: number | null;
  snapped: Snapped | null;
}

export interface Session {
  tool: ToolName;
  /** Points set so far by split, draw, measure and scale. */
  path: readonly PlanPoint[];
  /** Where the next point would stand. */
  hover: Snapped | null;
  /** The crosshair is moved with arrow keys. */
  by_keys: boolean;
  /** The line is finished: a measured figure stands, the two points of a known length are set. */
  closed: boolean;
  draft: Draft | null;
}

export const AT_REST: Session = {
  tool: 'select',
  path: [],
  hover: null,
  by_keys: false,
  closed: false,
  draft: null,
};

/** Tools that set points by clicking; the others work on rooms and corners. */
export function setsPoints(tool: ToolName): boolean {
  return tool === 'split' || tool === 'draw' || tool === 'measure' || tool === 'scale';
}

export function takeTool(tool: ToolName): Session {
  return { ...AT_REST, tool };
}

/** Escape takes back one thing at a time: the corner, the line, the tool. Null: there is nothing left to leave. */
export function stepBack(now: Session): Session | null {
  if (now.draft) return { ...now, draft: null };
  if (now.path.length > 0) return { ...now, path: [], closed: false };
  return now.tool === 'select' ? null : AT_REST;
}

export function hoverOver(now: Session, hover: Snapped | null, by_keys = false): Session {
  return now.hover === hover ? now : { ...now, hover, by_keys };
}

/** A click of a point tool. A closed line starts again; a known length has two ends only. */
export function addPoint(now: Session, point: PlanPoint): Session {
  if (now.closed && now.tool !== 'scale') return { ...now, path: [point], closed: false };
  const path = now.tool === 'scale' ? [...now.path.slice(-1), point] : [...now.path, point];
  return { ...now, path, closed: now.tool === 'scale' && path.length === 2 };
}

/** Backspace. */
export function dropPoint(now: Session): Session {
  return { ...now, path: now.path.slice(0, -1), closed: false };
}

export function closeLine(now: Session): Session {
  return { ...now, closed: true };
}

/** Whether a click here closes the outline being drawn. */
export function closesOutline(now: Session, at: PlanPoint, reach: number): boolean {
  const first = now.path[0];
  return now.tool === 'draw' && now.path.length >= 3 && first !== undefined && distance(first, at) <= reach;
}

/** Takes hold of a corner, or of the middle of an edge, which becomes a corner. */
export function takeHold(
  now: Session,
  room_id: string,
  ring: PlanRing,
  grip: { kind: 'corner' | 'middle'; index: number },
  at: PlanPoint,
): Session {
  const same = now.draft?.room_id === room_id ? now.draft : null;
  const base = same?.ring ?? ring;
  const original = same?.original ?? ring;
  const draft =
    grip.kind === 'corner'
      ? { room_id, original, ring: base, corner: grip.index, snapped: null }
      : { room_id, original, ring: addCorner(base, grip.index, at), corner: grip.index + 1, snapped: null };
  return { ...now, draft };
}

/** Moves the corner in hand. */
export function dragTo(now: Session, snapped: Snapped): Session {
  const { draft } = now;
  if (!draft || draft.corner === null) return now;
  return {
    ...now,
    draft: { ...draft, ring: moveCorner(draft.ring, draft.corner, snapped.point), snapped },
  };
}

/** Takes a corner out of the outline; null where too few would be left. */
export function dropCorner(now: Session, room_id: string, ring: PlanRing, index: number): Session | null {
  const same = now.draft?.room_id === room_id ? now.draft : null;
  const left = removeCorner(same?.ring ?? ring, index);
  return (
    left && {
      ...now,
      draft: { room_id, original: same?.original ?? ring, ring: left, corner: null, snapped: null },
    }
  );
}

/** Whether the outline in hand differs from what it was. */
export function hasMoved(draft: Draft): boolean {
  return (
    draft.ring.length !== draft.original.length ||
    draft.ring.some((point, index) => distance(point, draft.original[index]!) > 1e-6)
  );
}
