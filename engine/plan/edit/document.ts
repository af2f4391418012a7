// The plan document as corrected by hand: the rooms as they stand, with the doors, windows and columns that belong to them.
import type { PlanDocument, PlanSpace, SpaceCharacteristics } from '../../../contract/plan.ts';
import { areaOf } from '../../geometry/overlap.ts';
import { NOT_USABLE } from '../document.ts';
import { EditError } from './errors.ts';
import { localOf, moved } from './facts.ts';
import { measuresOf } from './measures.ts';
import type { EditSpace } from './model.ts';
import { fitOpenings } from './openings.ts';
import { join, subtract } from './overlay.ts';

/** A reading with the corrections in it; the reading itself where nothing was corrected. */
export function correctedDocument(document: PlanDocument, spaces: readonly EditSpace[]): PlanDocument {
  const byKey = new Map(spaces.map((space) => [space.source_key, space]));
  const known = new Set(document.spaces.map((space) => space.id));
  const ordered = [
    ...document.spaces.flatMap((space) => byKey.get(space.id) ?? []),
    ...spaces.filter((space) => !known.has(space.source_key ?? '')),
  ];
  const read = new Map(document.spaces.map((space) => [space.id, space]));
  const measures = measuresOf(document, spaces);
  const fitted = fitOpenings(document, spaces, measures);
  const added = addedArea(document, spaces);
  const total = document.dimensions.total_area_sqft;
  const usable = spaces.reduce(
    (sum, space) => sum + (NOT_USABLE.includes(space.type) ? 0 : (space.area_sqft ?? 0)),
    0,
  );
  return {
    ...document,
    ...fitted,
    spaces: ordered.map((space) => planSpace(space, read.get(space.source_key ?? ''))),
    dimensions: {
      ...document.dimensions,
      total_area_sqft: total === null ? null : round1(total + added),
      usable_area_sqft: total === null ? null : round1(usable),
    },
  };
}

function planSpace(space: EditSpace, read: PlanSpace | undefined): PlanSpace {
  const facts = space.characteristics as Partial<SpaceCharacteristics>;
  return {
    id: space.source_key ?? space.id,
    name: space.name,
    number: space.number,
    type: space.type,
    area_sqft: space.area_sqft,
    dimensions: space.dimensions,
    bbox: space.bbox,
    polygon: space.polygon,
    source_polygon: space.source_polygon,
    holes: space.holes,
    source_holes: space.source_holes,
    suggested_capacity: space.suggested_capacity,
    characteristics: {
      ...read?.characteristics,
      ...facts,
      natural_light: facts.natural_light ?? 'none',
      windows: facts.windows ?? 0,
      doors: facts.doors ?? 0,
      columns: facts.columns ?? [],
    },
    // A person vouches for what a person drew.
    detection_confidence:
      space.detection_confidence === null ? 1 : (read?.detection_confidence ?? space.detection_confidence),
  };
}

/** Square feet of rooms a person drew outside the outline that was read; 0 at unknown scale. */
export function addedArea(document: PlanDocument, spaces: readonly EditSpace[]): number {
  const scale = document.scale.feet_per_unit;
  const drawn = spaces.filter(
    (space) => space.detection_confidence === null && space.source_polygon.length >= 3,
  );
  if (scale === null || drawn.length === 0) return 0;
  const measures = measuresOf(document, spaces);
  const shift = [-measures.origin[0], -measures.origin[1]] as const;
  const outlines = document.dimensions.source_outlines.map((outer) => moved({ outer, holes: [] }, shift));
  try {
    const outside = join(drawn.map((space) => localOf(space, measures))).flatMap((room) =>
      subtract(room, outlines),
    );
    const area = areaOf(outside) * scale * scale;
    return area < 1 ? 0 : Math.round(area * 100) / 100;
  } catch (error) {
    if (error instanceof EditError) return 0;
    throw error;
  }
}

function round1(value: number): number {
  return Number(value.toFixed(1));
}
