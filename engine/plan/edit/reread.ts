// A plan after another reading, of the same file or a revised one: which rooms it has now, and what changed. Pure; ids of
// new rooms come from the caller.
import type { PlanDocument, PlanPoint, PlanSpace } from '../../../contract/plan.ts';
import type { PlanDifferences } from '../../../contract/plan-edits.ts';
import { align } from './align.ts';
import { differencesOf } from './differences.ts';
import { characteristicsOf, geometryOf, seatsOf } from './facts.ts';
import { type SourceFrame, sourceFrame } from './frame.ts';
import { measuresOf } from './measures.ts';
import type { DeletedRoom, EditSpace } from './model.ts';
import { fitOpenings } from './openings.ts';
import { type Reconciled, reconcile } from './reconcile.ts';

export type RereadInput = {
  /** The reading before; null where this is the first. */
  before: PlanDocument | null;
  after: PlanDocument;
  spaces: readonly EditSpace[];
  deleted: readonly DeletedRoom[];
  /** The very same drawing: its coordinates are the same, whatever was found in it. */
  same_file: boolean;
  newId: () => string;
};

export type Reread = {
  /** Every room the plan has now, whole. */
  spaces: EditSpace[];
  removed: string[];
  deleted: DeletedRoom[];
  differences: Omit<PlanDifferences, 'compared_at' | 'previous_file_name'> | null;
};

export function reread(input: RereadInput): Reread {
  const { before, after } = input;
  const frame = sourceFrame(after);
  const placed =
    before === null ? { ...input, moved: false, alignment: null } : moveOver(input, before, frame);
  const same_feet = !placed.moved && before?.scale.feet_per_unit === after.scale.feet_per_unit;
  const matched = reconcile(placed.spaces, placed.deleted, after.spaces);
  const added = matched.added.map((found) => fromReading(blank(input.newId()), found));
  const updated = matched.updated.map((pair) => updatedRoom(pair));
  const kept = keptRooms(matched, after, same_feet ? null : frame);
  const known = new Set([...updated, ...added].map((space) => space.source_key));
  const spaces = [
    ...updated,
    ...added,
    ...kept.map((space) => ({ ...space, source_key: keyOf(space, known) })),
  ];
  return {
    spaces: withOpenings(after, spaces),
    removed: matched.removed.map((space) => space.id),
    deleted: [...placed.deleted],
    differences: before === null ? null : { ...differencesOf(matched, added), alignment: placed.alignment },
  };
}

/** Rooms and deleted rooms in the new drawing's coordinates. */
function moveOver(input: RereadInput, before: PlanDocument, frame: SourceFrame) {
  const { after, spaces, deleted } = input;
  if (input.same_file) return { spaces, deleted, moved: false, alignment: null };
  const old = sourceFrame(before);
  const alignment = align({
    before: before.spaces,
    after: after.spaces,
    scale_before: old.feet_per_unit,
    scale_after: frame.feet_per_unit,
    mirrored: old.flipped !== frame.flipped,
    foot: measuresOf(after, []).foot,
  });
  if (alignment.identity) return { spaces, deleted, moved: false, alignment: null };
  const turn = old.flipped !== frame.flipped;
  const ring = (points: readonly PlanPoint[]): PlanPoint[] => {
    const moved = points.map(alignment.toNew);
    return turn ? moved.reverse() : moved;
  };
  return {
    spaces: spaces.map((space) => ({
      ...space,
      source_polygon: ring(space.source_polygon),
      source_holes: space.source_holes.map(ring),
      read_outlines: space.read_outlines.map(ring),
    })),
    deleted: deleted.map((room) => ({ ...room, outlines: room.outlines.map(ring) })),
    moved: true,
    alignment: alignment.words,
  };
}

function blank(
  id: string,
): Pick<EditSpace, 'id' | 'manually_edited' | 'reviewed_at' | 'reviewed_by' | 'read_outlines'> {
  return { id, manually_edited: false, reviewed_at: null, reviewed_by: null, read_outlines: [] };
}

function fromReading(kept: ReturnType<typeof blank>, found: PlanSpace): EditSpace {
  return {
    ...kept,
    source_key: found.id,
    name: found.name?.slice(0, 255) ?? null,
    number: found.number?.slice(0, 50) ?? null,
    type: found.type,
    area_sqft: found.area_sqft === null ? null : Math.round(found.area_sqft * 100) / 100,
    dimensions: found.dimensions,
    bbox: found.bbox,
    polygon: found.polygon,
    holes: found.holes,
    source_polygon: found.source_polygon,
    source_holes: found.source_holes,
    suggested_capacity: found.suggested_capacity,
    characteristics: found.characteristics,
    detection_confidence: Math.round(found.detection_confidence * 100) / 100,
  };
}

/** A room a person confirmed stays confirmed while the file says the same of it. */
function updatedRoom({ space, found, overlap }: Reconciled['updated'][number]): EditSpace {
  const same =
    overlap > 0.95 && found.name === space.name && found.number === space.number && found.type === space.type;
  const { id, reviewed_at, reviewed_by } = space;
  return fromReading({ ...blank(id), ...(same ? { reviewed_at, reviewed_by } : {}) }, found);
}

/** Rooms edited by hand: outline, name and type as they were; feet follow the scale the plan has now (`frame`, null where it has not changed). */
function keptRooms(matched: Reconciled, after: PlanDocument, frame: SourceFrame | null): EditSpace[] {
  const taken = new Set<string>();
  return [...matched.kept]
    .sort((a, b) => b.overlap - a.overlap)
    .map(({ space, found, overlap }) => {
      const [likest] = found;
      const key = likest !== undefined && overlap >= 0.5 && !taken.has(likest.id) ? likest.id : null;
      if (key !== null) taken.add(key);
      const read = after.spaces.find((one) => one.id === key);
      const moved = {
        ...space,
        ...(frame === null || space.source_polygon.length < 3
          ? {}
          : geometryOf({ outer: space.source_polygon, holes: space.source_holes }, frame)),
        source_key: key,
        // What was read under the present file, so that the next reading knows it again.
        read_outlines: found.length > 0 ? found.map((one) => one.source_polygon) : space.read_outlines,
        detection_confidence:
          space.detection_confidence === null || read === undefined
            ? space.detection_confidence
            : Math.round(read.detection_confidence * 100) / 100,
      };
      return moved.area_sqft === space.area_sqft ? moved : { ...moved, suggested_capacity: seatsOf(moved) };
    });
}

function keyOf(space: EditSpace, known: Set<string | null>): string {
  const key =
    space.source_key === null || known.has(space.source_key)
      ? `hand-${space.id.slice(0, 13)}`
      : space.source_key;
  known.add(key);
  return key;
}

function withOpenings(after: PlanDocument, spaces: EditSpace[]): EditSpace[] {
  const edited = spaces.some((space) => space.manually_edited);
  if (!edited) return spaces;
  const fitted = fitOpenings(after, spaces, measuresOf(after, spaces));
  return spaces.map((space) =>
    space.manually_edited ? { ...space, characteristics: characteristicsOf(space, fitted) } : space,
  );
}
