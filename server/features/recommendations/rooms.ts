// Rooms as the layout meets them: outlines of the spaces, with doors, windows and columns of their plans' readings. Pure.
import type { Space } from '../../../contract/floorplans.ts';
import type { PlanDocument } from '../../../contract/plan.ts';
import type { LayoutRoom } from '../../../engine/layout/layout.ts';

/** Outline, doors, windows and columns of every room whose place is known in feet. */
export function roomsOf(
  spaces: readonly Space[],
  analyses: readonly { floor_plan_id: string; document: PlanDocument }[],
): Map<string, LayoutRoom> {
  const documents = new Map(analyses.map((one) => [one.floor_plan_id, one.document]));
  const placed = <T extends { x: number | null; y: number | null; width_ft?: number | null | undefined }>(
    things: T[],
  ) =>
    things.flatMap(({ x, y, width_ft }) =>
      x === null || y === null ? [] : [{ x, y, width_ft: width_ft ?? null }],
    );
  const rooms = new Map<string, LayoutRoom>();
  for (const space of spaces) {
    if (space.polygon.length < 3) continue;
    const document = documents.get(space.floor_plan_id);
    const key = space.source_key ?? '';
    rooms.set(space.id, {
      polygon: space.polygon,
      holes: space.holes,
      doors: placed(document?.doors.filter((door) => door.connects.includes(key)) ?? []),
      windows: placed(document?.windows.filter((window) => window.space_ids.includes(key)) ?? []),
      columns: placed(document?.columns.filter((column) => column.space_id === key) ?? []),
    });
  }
  return rooms;
}
