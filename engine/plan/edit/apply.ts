// One correction of a plan, computed: which rooms are new or different, which go, and what was done in words. Pure:
// ids of new rooms and the time come from the caller. Throws EditError with one sentence where it cannot be done.

import type { PlanDocument, PlanPoint } from '../../../contract/plan.ts';
import type { PlanEdit } from '../../../contract/plan-edits.ts';
import type { Polygon } from '../../geometry/planar.ts';
import { EditError } from './errors.ts';
import { characteristicsOf, geometryOf, localOf, moved, seatsOf } from './facts.ts';
import { type SourceFrame, sourceFrame } from './frame.ts';
import { type Measures, measuresOf } from './measures.ts';
import { mergeRooms } from './merge.ts';
import { type DeletedRoom, type EditSpace, labelOf } from './model.ts';
import { fitOpenings } from './openings.ts';
import { carve, checkedRing, splitAlong } from './shapes.ts';

export type EditInput = {
  document: PlanDocument;
  /** Every room of the plan as it stands. */
  spaces: readonly EditSpace[];
  edit: PlanEdit;
  newId: () => string;
  /** RFC 3339. */
  now: string;
  by: string;
};

export type EditOutcome = {
  /** New or different rooms, whole. */
  changed: EditSpace[];
  removed: string[];
  /** Rooms that another reading may not bring back. */
  deleted: DeletedRoom[];
  /** Furniture of the first room goes to the second. */
  heirs: Map<string, string>;
  /** "split Open office 210" */
  summary: string;
};

type Context = EditInput & { frame: SourceFrame; measures: Measures };

export function applyEdit(input: EditInput): EditOutcome {
  const context: Context = {
    ...input,
    frame: sourceFrame(input.document),
    measures: measuresOf(input.document, input.spaces),
  };
  const outcome = run(context, input.edit);
  return { ...outcome, changed: withOpenings(context, outcome), summary: outcome.summary.slice(0, 300) };
}

function run(context: Context, edit: PlanEdit): EditOutcome {
  switch (edit.op) {
    case 'reshape':
      return reshape(context, edit);
    case 'split':
      return split(context, edit);
    case 'merge':
      return merge(context, edit);
    case 'draw':
      return draw(context, edit);
    case 'delete':
      return remove(context, edit);
    case 'describe':
      return describe(context, edit);
    case 'confirm':
      return confirm(context, edit);
  }
}

type Of<Op extends PlanEdit['op']> = Extract<PlanEdit, { op: Op }>;

function reshape(context: Context, edit: Of<'reshape'>): EditOutcome {
  const space = find(context, edit.space_id);
  const drawn = checkedRing(local(context, edit.polygon), context.measures, 'outline');
  const holes =
    edit.holes?.map((hole) => checkedRing(local(context, hole), context.measures, 'hole').outer) ??
    localOf(space, context.measures).holes;
  const shape = carve(
    drawn.outer,
    [...drawn.holes, ...holes],
    neighbours(context, [space.id]),
    context.measures,
  );
  const after = shaped(context, space, shape);
  return outcome({ changed: [after], summary: `reshaped ${labelOf(space)}` });
}

function split(context: Context, edit: Of<'split'>): EditOutcome {
  const space = find(context, edit.space_id);
  const line = local(context, edit.line);
  const parts = splitAlong(localOf(space, context.measures), line, context.measures);
  const claims = claimsOf(space);
  const changed = parts.map((part, i) => {
    if (i === 0) return shaped(context, space, part);
    const fresh = blank(context, { name: space.name, type: space.type, read_outlines: claims });
    return shaped(context, fresh, part);
  });
  return outcome({ changed, summary: `split ${labelOf(space)}` });
}

function merge(context: Context, edit: Of<'merge'>): EditOutcome {
  const ids = [...new Set(edit.space_ids)];
  if (ids.length < 2) throw new EditError('Choose at least two rooms to join.');
  const rooms = ids.map((id) => find(context, id));
  const first = rooms[0]!;
  const others = context.spaces.filter((space) => !ids.includes(space.id));
  const shape = mergeRooms(
    rooms.map((room) => ({ label: labelOf(room), polygon: localOf(room, context.measures) })),
    [...others.map((room) => localOf(room, context.measures)), ...columnsOf(context)],
    context.measures,
  );
  const after = shaped(context, { ...first, read_outlines: rooms.flatMap(claimsOf) }, shape);
  return outcome({
    changed: [after],
    removed: ids.slice(1),
    heirs: new Map(ids.slice(1).map((id) => [id, first.id])),
    summary: `joined ${rooms.length === 2 ? rooms.map(labelOf).join(' and ') : `${rooms.length} rooms into ${labelOf(first)}`}`,
  });
}

/** Columns and shafts as they were read: no wall, however close the rooms around them are. */
function columnsOf(context: Context): Polygon[] {
  return context.document.spaces.flatMap((space) =>
    space.source_holes.map((hole) => ({ outer: local(context, hole), holes: [] })),
  );
}

function draw(context: Context, edit: Of<'draw'>): EditOutcome {
  const { outer, holes } = checkedRing(local(context, edit.polygon), context.measures, 'outline');
  const shape = carve(outer, holes, neighbours(context, []), context.measures);
  const fresh = blank(context, {
    name: edit.name ?? null,
    number: edit.number ?? null,
    type: edit.type ?? 'other',
  });
  const drawn = shaped(context, fresh, shape);
  return outcome({ changed: [drawn], summary: `drew ${labelOf(drawn)}` });
}

function remove(context: Context, edit: Of<'delete'>): EditOutcome {
  const rooms = [...new Set(edit.space_ids)].map((id) => find(context, id));
  return outcome({
    removed: rooms.map((room) => room.id),
    deleted: rooms
      .map((room) => ({ id: room.id, label: labelOf(room), outlines: claimsOf(room) }))
      .filter((room) => room.outlines.length > 0),
    summary: `deleted ${named(rooms)}`,
  });
}

function describe(context: Context, edit: Of<'describe'>): EditOutcome {
  const rooms = [...new Set(edit.space_ids)].map((id) => find(context, id));
  const { changes } = edit;
  const fields = Object.keys(changes);
  if (fields.length === 0) throw new EditError('Nothing to change was given; name a field of the room.');
  const changed = rooms.map((room): EditSpace => {
    const said: Record<string, unknown> = {};
    if (changes.type !== undefined) said['type_evidence'] = 'said by a person';
    if (changes.suggested_capacity !== undefined)
      said['capacity_by_hand'] = changes.suggested_capacity !== null;
    const after: EditSpace = {
      ...room,
      ...(changes.name === undefined ? {} : { name: changes.name }),
      ...(changes.number === undefined ? {} : { number: changes.number }),
      ...(changes.type === undefined ? {} : { type: changes.type }),
      ...(changes.suggested_capacity === undefined ? {} : { suggested_capacity: changes.suggested_capacity }),
      characteristics: { ...room.characteristics, ...said },
      manually_edited: true,
    };
    return changes.type === undefined || changes.suggested_capacity !== undefined
      ? after
      : { ...after, suggested_capacity: seatsOf(after) };
  });
  return outcome({ changed, summary: describeSummary(rooms, changes) });
}

function describeSummary(rooms: readonly EditSpace[], changes: Of<'describe'>['changes']): string {
  const what = named(rooms);
  const fields = Object.keys(changes);
  if (fields.length > 1) return `described ${what}`;
  if (changes.type !== undefined) return `made ${what} ${changes.type.replaceAll('_', ' ')}`;
  if (changes.suggested_capacity !== undefined) return `changed the seats of ${what}`;
  if (changes.number !== undefined) return `renumbered ${what}`;
  return `renamed ${what}`;
}

function confirm(context: Context, edit: Of<'confirm'>): EditOutcome {
  const rooms = [...new Set(edit.space_ids)].map((id) => find(context, id));
  const changed = rooms
    .filter((room) => room.reviewed_at === null)
    .map((room): EditSpace => ({ ...room, reviewed_at: context.now, reviewed_by: context.by }));
  return outcome({ changed, summary: `confirmed ${named(rooms)}` });
}

function outcome(given: Partial<EditOutcome> & { summary: string }): EditOutcome {
  return { changed: [], removed: [], deleted: [], heirs: new Map(), ...given };
}

function named(rooms: readonly EditSpace[]): string {
  return rooms.length === 1 ? labelOf(rooms[0]!) : `${rooms.length} rooms`;
}

function find(context: Context, id: string): EditSpace {
  const space = context.spaces.find((one) => one.id === id);
  if (space === undefined)
    throw new EditError('One of these rooms is no longer on this plan; load the plan again.', 'gone');
  return space;
}

function local(context: Context, points: readonly PlanPoint[]): PlanPoint[] {
  const [x0, y0] = context.measures.origin;
  return points.map(([x, y]) => [x - x0, y - y0]);
}

function neighbours(context: Context, without: readonly string[]) {
  return context.spaces
    .filter((space) => !without.includes(space.id) && space.source_polygon.length >= 3)
    .map((space) => ({ label: labelOf(space), polygon: localOf(space, context.measures) }));
}

/** The outlines of the readings a room stands for. */
function claimsOf(space: EditSpace): PlanPoint[][] {
  if (space.read_outlines.length > 0) return space.read_outlines;
  return space.source_key === null || space.source_key.startsWith(HAND) ? [] : [space.source_polygon];
}

const HAND = 'hand-';

function blank(context: Context, given: Pick<EditSpace, 'name' | 'type'> & Partial<EditSpace>): EditSpace {
  const id = context.newId();
  return {
    id,
    source_key: `${HAND}${id.slice(0, 13)}`,
    number: null,
    area_sqft: null,
    dimensions: null,
    bbox: null,
    polygon: [],
    holes: [],
    source_polygon: [],
    source_holes: [],
    read_outlines: [],
    suggested_capacity: null,
    characteristics: {},
    detection_confidence: null,
    manually_edited: true,
    reviewed_at: null,
    reviewed_by: null,
    ...given,
  };
}

/** The room with this outline (local coordinates): everything that follows from it anew, and a person vouches for it. */
function shaped(context: Context, space: EditSpace, shape: Polygon): EditSpace {
  const source = moved(shape, context.measures.origin);
  const after: EditSpace = {
    ...space,
    ...geometryOf(source, context.frame),
    read_outlines: claimsOf(space),
    detection_confidence: null,
    manually_edited: true,
    reviewed_at: space.reviewed_at ?? context.now,
    reviewed_by: space.reviewed_by ?? context.by,
  };
  return { ...after, suggested_capacity: seatsOf(after) };
}

/** Counts of doors, windows and columns of the rooms whose shape changed. */
function withOpenings(context: Context, { changed, removed }: EditOutcome): EditSpace[] {
  const before = new Map(context.spaces.map((space) => [space.id, space]));
  const reshaped = changed.filter(
    (space) =>
      space.detection_confidence === null && before.get(space.id)?.source_polygon !== space.source_polygon,
  );
  if (reshaped.length === 0) return changed;
  const ids = new Set([...changed.map((space) => space.id), ...removed]);
  const standing = [...context.spaces.filter((space) => !ids.has(space.id)), ...changed];
  const fitted = fitOpenings(context.document, standing, context.measures);
  return changed.map((space) =>
    reshaped.includes(space) ? { ...space, characteristics: characteristicsOf(space, fitted) } : space,
  );
}
