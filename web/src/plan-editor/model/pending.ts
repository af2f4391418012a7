// Edits on their way to the server, shown at once: what is drawn is what the server said last plus what is on its way.
// So a slow answer, a refusal or another person's change never leaves the drawing in a state nobody meant.
import type { Space } from '../../../../contract/floorplans.ts';
import type { PlanRing } from '../../../../contract/plan.ts';
import type { PlanEdit, PlanEditResult } from '../../../../contract/plan-edits.ts';
import { cutRoom } from './cut.ts';
import type { Frame } from './frame.ts';
import { areaOf, boxOf } from './geometry.ts';

export interface Pending {
  key: string;
  edit: PlanEdit;
}

/** The rooms as they will be once all pending edits are saved. Rooms that do not change stay the same objects. */
export function withPending(
  spaces: readonly Space[],
  pending: readonly Pending[],
  frame: Frame | null,
): readonly Space[] {
  return pending.reduce((now, { key, edit }) => applyEdit(now, edit, key, frame), spaces);
}

/** What the server answered takes the place of what was guessed. */
export function withResult(spaces: readonly Space[], result: PlanEditResult): Space[] {
  const changed = new Map(result.spaces.map((space) => [space.id, space]));
  const gone = new Set(result.removed);
  const kept = spaces
    .filter((space) => !gone.has(space.id))
    .map((space) => {
      const now = changed.get(space.id);
      changed.delete(space.id);
      return now ?? space;
    });
  return [...kept, ...changed.values()];
}

export function applyEdit(
  spaces: readonly Space[],
  edit: PlanEdit,
  key: string,
  frame: Frame | null,
): readonly Space[] {
  const change = (ids: readonly string[], how: (space: Space) => Space) =>
    spaces.map((space) => (ids.includes(space.id) ? how(space) : space));
  switch (edit.op) {
    case 'reshape':
      return change([edit.space_id], (space) =>
        reshaped(space, [edit.polygon, ...(edit.holes ?? space.source_holes)], frame),
      );
    case 'draw':
      return [...spaces, drawn(edit, key, spaces[0], frame)];
    case 'split':
      return spaces.flatMap((space) =>
        space.id === edit.space_id ? halves(space, edit.line, key, frame) : [space],
      );
    case 'delete':
      return spaces.filter((space) => !edit.space_ids.includes(space.id));
    case 'describe':
      return change(edit.space_ids, (space) => ({
        ...space,
        ...Object.fromEntries(Object.entries(edit.changes).filter(([, value]) => value !== undefined)),
        manually_edited: true,
      }));
    case 'confirm':
      return change(edit.space_ids, (space) => ({ ...space, reviewed: true }));
    case 'merge':
      // The wall between is the server's to close; until it answers the rooms stay as they are.
      return spaces;
  }
}

/** `rings`: outline and holes in the file's own coordinates. */
function reshaped(space: Space, rings: readonly PlanRing[], frame: Frame | null): Space {
  const [outline = [], ...source_holes] = rings;
  const toFeet = frame?.toFeet;
  const polygon = toFeet ? outline.map(toFeet) : [];
  const holes = toFeet ? source_holes.map((hole) => hole.map(toFeet)) : [];
  const box = boxOf([polygon]);
  const [wide, deep] = box ? [box.max_x - box.min_x, box.max_y - box.min_y] : [0, 0];
  return {
    ...space,
    source_polygon: outline,
    source_holes,
    polygon,
    holes,
    area_sqft: box ? areaOf(polygon) - holes.reduce((sum, hole) => sum + areaOf(hole), 0) : null,
    bbox: box ? [box.min_x, box.min_y, wide, deep] : null,
    dimensions: box ? { width_ft: Math.min(wide, deep), length_ft: Math.max(wide, deep) } : null,
    manually_edited: true,
  };
}

function drawn(
  edit: Extract<PlanEdit, { op: 'draw' }>,
  key: string,
  sibling: Space | undefined,
  frame: Frame | null,
): Space {
  const blank: Space = {
    id: key,
    floor_plan_id: sibling?.floor_plan_id ?? '',
    project_id: sibling?.project_id ?? '',
    source_key: null,
    name: edit.name ?? null,
    number: edit.number ?? null,
    type: edit.type ?? 'other',
    area_sqft: null,
    dimensions: null,
    bbox: null,
    polygon: [],
    holes: [],
    source_polygon: edit.polygon,
    source_holes: [],
    suggested_capacity: null,
    characteristics: {},
    detection_confidence: null,
    manually_edited: true,
    reviewed: false,
    revision: 0,
    updated_at: new Date(0).toISOString(),
  };
  return reshaped(blank, [edit.polygon], frame);
}

/** The line already reaches into both walls. */
function halves(space: Space, line: PlanRing, key: string, frame: Frame | null): Space[] {
  const cut = cutRoom([space.source_polygon, ...space.source_holes], line, 0);
  if (!cut) return [space];
  const [larger, smaller] = cut.parts;
  return [
    reshaped(space, larger, frame),
    { ...reshaped(space, smaller, frame), id: key, name: null, number: null, source_key: null },
  ];
}
