// Natural light of a room by the length of its windows to the outside against its floor: a measure without orientation,
// and which part of a long window lies along which room.
import type { NaturalLight } from '../../contract/plan.ts';
import { boxOf, inBox, type Point } from '../geometry/planar.ts';
import type { Room } from './rooms.ts';

/**
 * Glass is taken as 4.5 ft high. IBC 2021 §1204.2 asks a glazed area of 8 % of the floor for natural light: from there
 * "medium", from twice as much "high".
 */
const GLASS_HEIGHT_FT = 4.5;
const MEDIUM_SHARE = 0.08;
const HIGH_SHARE = 0.16;

/** Feet of window in the outer wall and square feet of floor. */
export function lightGrade(window_ft: number, area_sqft: number): NaturalLight {
  if (window_ft <= 0) return 'none';
  const share = (window_ft * GLASS_HEIGHT_FT) / Math.max(1, area_sqft);
  return share >= HIGH_SHARE ? 'high' : share >= MEDIUM_SHARE ? 'medium' : 'low';
}

export type Span = { middle: Point; along: Point; width: number; thickness: number };
export type Part = { room: number; at: Point; width: number };

const LEAST_PART = 1;
/** A room's wall face lies this near the middle of the window in its wall. */
const FACE_REACH = 1.2;

/** The parts of a window that lie along rooms; one long window may light several. */
export function partsAlong(span: Span, rooms: readonly Room[]): Part[] {
  const { middle, along, width, thickness } = span;
  const half = width / 2;
  const box = boxOf([
    [middle[0] - along[0] * half, middle[1] - along[1] * half],
    [middle[0] + along[0] * half, middle[1] + along[1] * half],
  ]);
  const reach = thickness / 2 + FACE_REACH;
  return rooms.flatMap((room, i): Part[] => {
    const ring = room.polygon.outer;
    const pieces: [number, number][] = [];
    ring.forEach((a, k) => {
      const b = ring[(k + 1) % ring.length]!;
      if (!inBox(a, box, width + 60) && !inBox(b, box, width + 60)) return;
      const [p, q] = [a, b].map((point) => ({
        t: (point[0] - middle[0]) * along[0] + (point[1] - middle[1]) * along[1],
        off: Math.abs((point[0] - middle[0]) * along[1] - (point[1] - middle[1]) * along[0]),
      })) as [{ t: number; off: number }, { t: number; off: number }];
      if (Math.max(p.off, q.off) > reach) return;
      const [from, to] = [Math.max(-half, Math.min(p.t, q.t)), Math.min(half, Math.max(p.t, q.t))];
      if (to - from > 0.1) pieces.push([from, to]);
    });
    if (pieces.length === 0) return [];
    const [from, to] = [
      Math.min(...pieces.map((piece) => piece[0])),
      Math.max(...pieces.map((piece) => piece[1])),
    ];
    const length = Math.min(
      to - from,
      pieces.reduce((sum, piece) => sum + piece[1] - piece[0], 0),
    );
    if (length < Math.min(LEAST_PART, width * 0.8)) return [];
    const at = (from + to) / 2;
    return [{ room: i, at: [middle[0] + along[0] * at, middle[1] + along[1] * at], width: length }];
  });
}
