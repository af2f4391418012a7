// Rooms from wall lines: closes what is open, traces the faces between walls, gives them their labels, uses area outlines
// the drawing holds, divides regions with several labels, and leaves out what is no room.
import type { Segment } from '../geometry/arrangement.ts';
import {
  boxOf,
  inBox,
  inPolygon,
  type Point,
  type Polygon,
  polygonArea,
  type Ring,
} from '../geometry/planar.ts';
import { areaOutlines, preferOutlines } from './area_outlines.ts';
import { insideOf, onStorey } from './beside.ts';
import { bridgeGaps, findClosings } from './closing.ts';
import type { PlanFace } from './faces.ts';
import type { Frame } from './frame.ts';
import { adoptLabels, withLabels } from './labelled_rooms.ts';
import { findLabels, type Label } from './labels.ts';
import { followLeaders } from './leaders.ts';
import type { Linework } from './linework.ts';
import { findLoneLines, loneOpenings, swingsAtLines } from './lone_lines.ts';
import { SIZES } from './measures.data.ts';
import { describeOpening, findOpenings, type Opening } from './openings.ts';
import { divide, probes, strength, TAG, YARD_FACTOR } from './regions.ts';
import type { Room } from './room.ts';
import { type Line, SegmentIndex } from './segment_index.ts';
import { findSwings } from './swings.ts';
import { voidTexts } from './voids.ts';
import { selectWalls, type Walls } from './walls.ts';

export type { Room } from './room.ts';

export type RoomPlan = {
  rooms: Room[];
  openings: Opening[];
  outlines: Ring[];
  /** Small solid faces that are no wall: columns, in working feet. */
  solids: Polygon[];
  labels: Label[];
  labelRich: boolean;
  walls: Walls;
};

/** All rooms of a drawing in working feet. */
export function findRooms(linework: Linework, frame: Frame): RoomPlan {
  const walls = selectWalls(linework, frame);
  const base = closeGaps(walls.lines.map((line): Segment => ({ a: line.a, b: line.b, tag: TAG.wall })));
  const lone = findLoneLines(linework, frame, base);
  const openings = allOpenings(base, lone, linework, frame);
  const labels = findLabels(linework, frame);
  followLeaders(labels, linework, frame);
  const voids = voidTexts(linework, frame);
  const { kept, faces, labelRich } = divide(base, openings, labels, voids);
  const roomy = faces.faces.filter((face) => face.roomy);
  const drafts = withLabels(roomy, labels, kept);
  const outlined = preferOutlines(drafts, areaOutlines(linework, frame), labels, new SegmentIndex(base));
  adoptLabels(outlined, labels);
  const known = knownRooms(outlined, labelRich);
  const likely = outlined.filter((room) => isRoom(room, known, kept, voids));
  const rooms = onStorey(likely, faces.arrangement.outlines);
  const outlines = faces.arrangement.outlines.filter((ring) =>
    rooms.some((room) => inPolygon(insideOf(room), { outer: ring, holes: [] })),
  );
  return { rooms, openings: kept, outlines, solids: solidFaces(faces.faces), labels, labelRich, walls };
}

function closeGaps(walls: Segment[]): Segment[] {
  let segments = walls;
  for (const reach of [SIZES.gap / 2, SIZES.gap]) {
    const bridges = bridgeGaps(segments, reach);
    segments = [...segments, ...bridges.map((b): Segment => ({ a: b.a, b: b.b, tag: TAG.gap }))];
  }
  return segments;
}

/** First what holds a door or window; then, with those shut, what else might divide rooms. */
function allOpenings(
  base: readonly Segment[],
  lone: readonly Line[],
  linework: Linework,
  frame: Frame,
): Opening[] {
  const all = findSwings(linework, frame);
  const inLone = swingsAtLines(all, lone, base);
  const swings = all.filter((swing) => !inLone.includes(swing));
  const near = findClosings(base, SIZES.filled_max).filter((c) => c.facing || c.length < 10);
  const filled = findOpenings(near, swings, new SegmentIndex(base), linework, frame).filter(
    (o) => o.evidence !== 'none',
  );
  const shut = [
    ...base,
    ...filled.flatMap((o) => o.closings.map((c): Segment => ({ a: c.a, b: c.b, tag: TAG.wall }))),
  ];
  const far = findClosings(shut, SIZES.opening_max).filter((c) => c.facing || c.length < 10);
  const narrow = far.filter((c) => c.length <= SIZES.doorway_max);
  const wide = far.filter((c) => c.length > SIZES.doorway_max);
  return [
    ...filled,
    ...findOpenings(narrow, swings, null, linework, frame),
    ...wide.map((c) => describeOpening([c])),
    ...loneOpenings(lone, base, inLone, linework, frame),
  ];
}

type Known = {
  labelRich: boolean /** Share of the larger spaces that have labels. */;
  share: number;
  largest: number;
};

function knownRooms(rooms: readonly Room[], labelRich: boolean): Known {
  const large = rooms.filter((room) => polygonArea(room.polygon) >= 60);
  const labelled = large.filter((room) => room.label?.strong);
  const largest = Math.max(0, ...labelled.map((room) => polygonArea(room.polygon)));
  return { labelRich, share: labelled.length / Math.max(1, large.length), largest };
}

/** What stays of the closed regions: labelled ones, and others by size, by a door, and by how far labels are the rule. */
function isRoom(room: Room, known: Known, kept: readonly Opening[], voids: readonly Point[]): boolean {
  const area = polygonArea(room.polygon);
  if (room.label?.number && room.boundary === 'area_outline') return area >= SIZES.outline_area;
  if (room.label?.strong)
    return area >= (room.label.number ? SIZES.room_area_numbered : SIZES.room_area_labelled);
  if (voids.some((p) => inPolygon(p, room.polygon))) return false;
  if (room.boundary === 'area_outline') return area >= (known.labelRich ? 40 : SIZES.room_area_unlabelled);
  if (area < SIZES.room_area_unlabelled) return false;
  const hasDoor = kept.some((opening) => strength(opening) >= 2 && opensInto(opening, room.polygon));
  if (!known.labelRich) return hasDoor || area >= 40;
  if (area > YARD_FACTOR * known.largest) return false;
  if (hasDoor) return area >= 25;
  return known.share < MOSTLY_LABELLED && area >= 150;
}

/** Where this share of the spaces has labels, a space without label and door is no room. */
const MOSTLY_LABELLED = 0.75;

/** Whether a step through the opening leads into the room. */
function opensInto(opening: Opening, polygon: Polygon): boolean {
  if (!inBox(opening.middle, boxOf(polygon.outer), 4)) return false;
  return [0.4, 1].some((off) => probes(opening, off).some((p) => inPolygon(p, polygon)));
}

/** Compact small faces: free-standing or engaged columns. */
function solidFaces(faces: readonly PlanFace[]): Polygon[] {
  return faces.filter((face) => {
    const w = face.box[2] - face.box[0];
    const h = face.box[3] - face.box[1];
    const [small, large] = [Math.min(w, h), Math.max(w, h)];
    return (
      !face.roomy &&
      face.holes.length === 0 &&
      small >= 0.5 &&
      large <= 4 &&
      large / small < 2.2 &&
      face.area > 0.7 * w * h
    );
  });
}
