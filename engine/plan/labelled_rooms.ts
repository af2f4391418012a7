// Gives traced faces their labels: one each, several where a region is shared and has to be divided, and labels that stand
// beside their room.
import {
  boxOf,
  distanceToRing,
  inBox,
  inPolygon,
  type Point,
  type Polygon,
  perimeter,
  simplifyRing,
} from '../geometry/planar.ts';
import type { PlanFace } from './faces.ts';
import { type Label, sameLabel } from './labels.ts';
import { SIZES } from './measures.data.ts';
import type { Opening } from './openings.ts';
import { placeLabel, strength, TAG } from './regions.ts';
import { type Closed, NOTHING_CLOSED, type Room } from './room.ts';
import { splitRegion } from './split.ts';

export function withLabels(
  faces: readonly PlanFace[],
  labels: readonly Label[],
  kept: readonly Opening[],
): Room[] {
  const held = new Map<number, Label[]>();
  for (const label of labels) {
    const f = placeLabel(faces, label);
    if (f >= 0) held.set(f, [...(held.get(f) ?? []), label]);
  }
  return faces.flatMap((face, f): Room[] => {
    const polygon = cleaned(face);
    const closed = closedShares(face, kept);
    const own = distinctLabels(held.get(f) ?? []);
    if (own.length < 2) return [{ polygon, label: own[0] ?? null, boundary: 'walls', closed, natural: true }];
    const seeds = own.map(
      (label) =>
        label.anchors.find((p) => inPolygon(p, polygon)) ??
        [...label.middles, ...label.tips].find((p) => inPolygon(p, polygon)) ??
        label.anchors[0]!,
    );
    return splitRegion(polygon, seeds).flatMap((piece, i): Room[] =>
      piece.polygon
        ? [
            {
              polygon: cleaned(piece.polygon),
              label: own[i]!,
              boundary: 'label_split',
              closed,
              natural: piece.natural,
            },
          ]
        : [],
    );
  });
}

/** Labels that divide a region: strong and different; else the one that says most. */
function distinctLabels(labels: readonly Label[]): Label[] {
  const strong = labels.filter((label) => label.strong);
  const different: Label[] = [];
  for (const label of strong) if (!different.some((other) => sameLabel(other, label))) different.push(label);
  if (different.length > 0) return different;
  const best = [...labels].sort(
    (p, q) =>
      Number(q.number !== null) +
      Number(q.name !== null) -
      Number(p.number !== null) -
      Number(p.name !== null),
  )[0];
  return best ? [best] : [];
}

function cleaned(polygon: Polygon): Polygon {
  const holes = polygon.holes
    .map((ring) => simplifyRing(ring, SIZES.snap * 2))
    .filter((ring) => ring.length >= 3);
  return { outer: simplifyRing(polygon.outer, SIZES.snap * 2), holes };
}

function closedShares(face: PlanFace, kept: readonly Opening[]): Closed {
  const closed = { ...NOTHING_CLOSED };
  const around = perimeter(face.outer);
  for (const edge of face.edges) {
    const length = Math.hypot(edge.a[0] - edge.b[0], edge.a[1] - edge.b[1]) / around;
    const opening = kept[edge.tag - TAG.opening];
    if (opening) closed[kindOf(opening)] += length;
    else if (edge.tag === TAG.gap) closed.gap += length;
  }
  return closed;
}

function kindOf(opening: Opening): keyof Closed {
  if (opening.evidence === 'line') return 'line';
  if (opening.evidence !== 'none') return 'door';
  return strength(opening) === 2 ? 'bare' : 'open';
}

/** How far outside a room its label may stand, feet: a label that straddles a wall or stands on a stair's rail. */
const BESIDE = 1.5;

/**
 * Labels that are in no room go to the room their leader ends in, else to the nearest room without a label, where they
 * stand in a hole of it or right beside it.
 */
export function adoptLabels(rooms: readonly Room[], labels: readonly Label[]): void {
  const placed = new Set(rooms.map((room) => room.label));
  for (const label of labels) {
    if (!label.strong || placed.has(label)) continue;
    if (rooms.some((room) => room.label && sameLabel(room.label, label))) continue;
    const free = rooms.filter((room) => !room.label?.strong);
    const led = free.find((room) => label.tips.some((p) => inPolygon(p, room.polygon)));
    const room = led ?? (label.number ? nearestRoom(free, label) : null);
    if (room) room.label = label;
  }
}

function nearestRoom(rooms: readonly Room[], label: Label): Room | null {
  let best: { room: Room; off: number } | null = null;
  for (const room of rooms) {
    if (!inBox(label.anchors[0]!, boxOf(room.polygon.outer), BESIDE)) continue;
    const off = Math.min(...label.anchors.map((p) => offRoom(p, room.polygon)));
    if (off <= BESIDE && (!best || off < best.off)) best = { room, off };
  }
  return best?.room ?? null;
}

/** Distance from the room's outline, 0 within it (its holes counted as within). */
function offRoom(p: Point, polygon: Polygon): number {
  return inPolygon(p, { outer: polygon.outer, holes: [] }) ? 0 : distanceToRing(p, polygon.outer);
}
