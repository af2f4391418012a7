/**
 * A fictional project on plans that were really read, with pieces standing in its rooms: for tests and benchmarks of
 * drawings and models. The pieces are spread over the rooms, not laid out.
 */
import type { PlanDocument } from '../../contract/plan.ts';
import type {
  DocumentFloor,
  DocumentItem,
  DocumentSpace,
  ProjectDocument,
} from '../../contract/project-document.ts';
import { inRing, type Ring } from '../geometry/planar.ts';
import { sampleDocument } from './project/sample.ts';

const PIECES_A_LINE = 3;

/** The floor of a document that was read from a drawing; ids follow from the number. */
export function floorOfPlan(plan: PlanDocument, number: number): DocumentFloor {
  const id = (n: number) =>
    `7c0a0000-0000-4000-8000-${((number % 1000) * 1_000_000 + n).toString(16).padStart(12, '0')}`;
  return {
    id: id(0),
    level_name: `Level ${number}`,
    file: {
      name: plan.source.file,
      format: plan.source.format,
      bytes: 1000,
      sha256: null,
      content_base64: null,
    },
    scale: null,
    feet_per_unit: plan.scale.feet_per_unit,
    plan,
    spaces: plan.spaces.map(
      (space, n): DocumentSpace => ({
        id: id(n + 1),
        source_key: space.id,
        name: space.name,
        number: space.number,
        type: space.type,
        area_sqft: space.area_sqft,
        dimensions: space.dimensions,
        bbox: space.bbox,
        polygon: space.polygon,
        holes: space.holes,
        source_polygon: space.source_polygon,
        source_holes: space.source_holes,
        suggested_capacity: space.suggested_capacity,
        characteristics: space.characteristics,
        detection_confidence: space.detection_confidence,
        manually_edited: false,
        reviewed: false,
      }),
    ),
  };
}

/** One floor for every plan; `lines` items a room, each with up to three pieces. */
export function furnishedSample(seed: number, plans: readonly PlanDocument[], lines = 2): ProjectDocument {
  const floors = plans.map((plan, n) => floorOfPlan(plan, n + 1));
  const document = sampleDocument({ seed, rooms: 40, lines_per_room: lines * 4 });
  const rooms = floors.flatMap((floor) => floor.spaces);
  return {
    ...document,
    floors,
    scenarios: document.scenarios.map((scenario) => {
      const items = rooms.flatMap((space, r) =>
        Array.from({ length: lines }, (_, l) => {
          const from = scenario.items[(r * lines + l) % scenario.items.length]!;
          return placed(document, from, space, r * lines + l);
        }),
      );
      return { ...scenario, items };
    }),
  };
}

function placed(
  document: ProjectDocument,
  item: DocumentItem,
  space: DocumentSpace,
  serial: number,
): DocumentItem {
  const product = document.products.find((one) => one.sku === item.sku);
  const [x = 0, y = 0, width = 0, depth = 0] = space.bbox ?? [];
  const placements: NonNullable<DocumentItem['placements']> = [];
  for (let k = 1; k < 400 && placements.length < PIECES_A_LINE; k++) {
    // Halton points: spread evenly, the same for the same piece.
    const at: [number, number] = [
      x + width * halton(serial * 7 + k, 2),
      y + depth * halton(serial * 7 + k, 3),
    ];
    if (!inRing(at, space.polygon as Ring) || space.holes.some((hole) => inRing(at, hole as Ring))) continue;
    placements.push({
      x: at[0],
      y: at[1],
      rotation_deg: (k % 4) * 90,
      width_ft: (product?.width_in ?? 24) / 12,
      depth_ft: (product?.depth_in ?? 24) / 12,
      mounted: false,
    });
  }
  const quantity = Math.max(1, placements.length);
  return {
    ...item,
    id: `8d0b0000-0000-4000-8000-${serial.toString(16).padStart(12, '0')}`,
    space_id: space.id,
    quantity,
    total_price: Math.round(item.unit_price * quantity * 100) / 100,
    placements: placements.length === 0 ? null : placements,
  };
}

function halton(index: number, base: number): number {
  let [value, share] = [0, 1];
  for (let i = index; i > 0; i = Math.floor(i / base)) {
    share /= base;
    value += share * (i % base);
  }
  return value;
}
