// Small storeys and documents for the tests of the screening.
import { boxOf } from '../../geometry/planar.ts';
import type { DocumentRoom, screenDocument } from './document.ts';
import type { ScreenDoor, ScreenSpace, Storey } from './types.ts';
import { rect } from './walk/sample_storey.ts';

/** A storey of these rooms, with an outline half a foot outside them. */
export function storeyOf(spaces: ScreenSpace[], doors: ScreenDoor[]): Storey {
  const [x0, y0, x1, y1] = boxOf(spaces.flatMap((space) => space.polygon));
  const outline = rect(x0 - 0.5, y0 - 0.5, x1 + 0.5, y1 + 0.5) as [number, number][];
  return {
    spaces,
    doors,
    columns: [],
    fixtures: [],
    outlines: [outline],
    total_area_sqft: (x1 - x0 + 1) * (y1 - y0 + 1),
    toSource: (p) => p,
  };
}

/** A reading with one room, whose scale nobody knows. */
export function unscaledDocument(): Parameters<typeof screenDocument> {
  const room: DocumentRoom = {
    id: 'space-1',
    name: null,
    number: '101',
    type: 'open_office',
    polygon: [],
    holes: [],
    source_polygon: rect(0, 0, 100, 100) as [number, number][],
  };
  const document: Parameters<typeof screenDocument>[0] = {
    scale: { feet_per_unit: null, method: 'unknown', confidence: 0, cues: [] },
    doors: [],
    columns: [],
    dimensions: {
      total_area_sqft: null,
      usable_area_sqft: null,
      area_standard: '',
      outlines: [],
      source_outlines: [],
    },
  };
  return [document, [room]];
}
