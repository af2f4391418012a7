// Tells the faces of a wall arrangement apart: rooms, and what is too thin to be one (wall bodies, thresholds, columns).
import { type Arrangement, arrange, type Face, type Segment } from '../geometry/arrangement.ts';
import { inscribedCircle } from '../geometry/inscribed.ts';
import { type Box, boxOf, inBox, inPolygon, type Point, perimeter } from '../geometry/planar.ts';
import { SIZES } from './measures.data.ts';

export type PlanFace = Face & {
  box: Box;
  roomy: boolean /** Radius of the largest circle, feet; 0 where not measured. */;
  radius: number;
};
export type PlanFaces = { faces: PlanFace[]; arrangement: Arrangement };

/** Faces of the segments (working feet), each marked as roomy or not. */
export function planFaces(segments: readonly Segment[]): PlanFaces {
  const arrangement = arrange(segments, SIZES.snap);
  const faces = arrangement.faces.map((face): PlanFace => {
    const radius = faceRadius(face);
    return { ...face, box: boxOf(face.outer), radius, roomy: radius >= SIZES.room_radius };
  });
  return { faces, arrangement };
}

/** Radius of the largest circle in the face, or the bound 2·area/perimeter where that already decides. */
function faceRadius(face: Face): number {
  const around = [face.outer, ...face.holes].reduce((sum, ring) => sum + perimeter(ring), 0);
  const hydraulic = (2 * face.area) / around;
  if (face.area < 3 || hydraulic < SIZES.room_radius * 0.35) return hydraulic;
  if (hydraulic >= SIZES.room_radius * 1.5) return hydraulic;
  return inscribedCircle(face, 0.1).radius;
}

/** Index of the roomy face that holds p, or -1. */
export function faceAt(faces: readonly PlanFace[], p: Point): number {
  return faces.findIndex((face) => face.roomy && inBox(p, face.box) && inPolygon(p, face));
}
