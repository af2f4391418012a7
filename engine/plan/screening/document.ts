// From a plan document, with its own rooms or with rooms corrected by hand, to the storey that is screened.
import type { PlanDocument, PlanRing, SpaceType } from '../../../contract/plan.ts';
import { boxOf, type Point, signedArea } from '../../geometry/planar.ts';
import { type ScreeningResult, screen, sourceMap, unscaledChecks } from './screen.ts';
import type { Answers, ScreenDoor, Storey } from './types.ts';

/** A room of the document or a corrected one; `source_key` is the id the document knows it by. */
export type DocumentRoom = {
  id: string;
  source_key?: string | null;
  name: string | null;
  number: string | null;
  type: SpaceType;
  polygon: PlanRing;
  holes: PlanRing[];
  source_polygon: PlanRing;
};

type Body = Pick<PlanDocument, 'scale' | 'doors' | 'columns' | 'dimensions' | 'fixtures'>;

/** The storey in feet, or null while its scale is unknown or it has no rooms. */
export function storeyOf(document: Body, rooms: readonly DocumentRoom[]): Storey | null {
  if (document.scale.feet_per_unit === null) return null;
  const spaces = rooms.filter((room) => room.polygon.length >= 3);
  const toSource = sourceMap(spaces);
  if (!toSource) return null;
  const ids = new Map(
    rooms.flatMap((room) => [
      [room.id, room.id] as const,
      ...(room.source_key ? [[room.source_key, room.id] as const] : []),
    ]),
  );
  const doors = document.doors.flatMap((door): ScreenDoor[] => {
    if (door.x === null || door.y === null) return [];
    const { hinge, opens_into } = door;
    return [
      {
        id: door.id,
        x: door.x,
        y: door.y,
        width_ft: door.width_ft,
        evidence: door.evidence,
        connects: door.connects.flatMap((id) => ids.get(id) ?? []),
        opens_into: opens_into ? (ids.get(opens_into) ?? undefined) : opens_into,
        hinge: hinge && hinge.x !== null && hinge.y !== null ? { x: hinge.x, y: hinge.y } : undefined,
        leaf_count: door.leaf_count,
      },
    ];
  });
  return {
    spaces,
    doors,
    columns: document.columns.flatMap(({ x, y, width_ft }) =>
      x === null || y === null || width_ft === null ? [] : [{ x, y, width_ft }],
    ),
    fixtures: (document.fixtures ?? [])
      .filter(({ polygon }) => polygon.length >= 3 && sizeOf(polygon) < FIXTURE_MOST)
      .map(({ name, polygon }) => ({ name, ring: polygon })),
    outlines: document.dimensions.outlines,
    total_area_sqft:
      document.dimensions.total_area_sqft ??
      (document.dimensions.outlines.reduce((sum, ring) => sum + Math.abs(signedArea(ring)), 0) || null),
    toSource,
  };
}

/** A symbol wider than this is a group of fixtures whose box is mostly floor, feet. */
const FIXTURE_MOST = 8;

function sizeOf(ring: readonly Point[]): number {
  const box = boxOf(ring);
  return Math.max(box[2] - box[0], box[3] - box[1]);
}

export type DocumentScreening = { label: 'screening'; checks: ScreeningResult['checks'] } & Partial<
  Omit<ScreeningResult, 'checks'>
>;

/** The screening of a document; at unknown scale every rule waits for the scale. */
export function screenDocument(
  document: Body,
  rooms: readonly DocumentRoom[],
  answers: Answers = {},
): DocumentScreening {
  const storey = storeyOf(document, rooms);
  if (!storey) {
    const unknown = document.scale.feet_per_unit === null && rooms.length > 0;
    return { label: 'screening', checks: unknown ? unscaledChecks() : [] };
  }
  return { label: 'screening', ...screen(storey, answers) };
}
