// Placed furniture of a recommendation as shapes of the scene (feet, y downwards).
import type { RecommendationItem } from '../../../../contract/recommendations.ts';

export interface ScenePiece {
  key: string;
  item_id: string;
  space_id: string | null;
  /** Middle of the footprint. */
  x: number;
  y: number;
  /** Degrees, clockwise on screen. */
  turn: number;
  width: number;
  depth: number;
  kind: 'seat' | 'table' | 'storage' | 'screen' | 'other';
  label: string;
}

/** How a product's category is drawn on the plan. */
export const PIECE_KINDS: Readonly<Record<string, ScenePiece['kind']>> = {
  seating: 'seat',
  lounge: 'seat',
  desks: 'table',
  tables: 'table',
  conference: 'table',
  storage: 'storage',
  acoustic: 'screen',
};

function isPlacement(value: unknown): value is {
  x: number;
  y: number;
  rotation_deg?: number;
  width_ft: number;
  depth_ft: number;
  mounted?: boolean;
} {
  if (typeof value !== 'object' || value === null) return false;
  const placement = value as Record<string, unknown>;
  return ['x', 'y', 'width_ft', 'depth_ft'].every((key) => typeof placement[key] === 'number');
}

interface PlacedAt {
  x: number;
  y: number;
  rotation_deg?: number | undefined;
  width_ft: number;
  depth_ft: number;
}

/** The pieces of one product at their places. */
export function piecesAt(
  item_id: string,
  space_id: string | null,
  product: { name: string; category: string; subcategory: string | null },
  places: readonly PlacedAt[],
): ScenePiece[] {
  const seat = /chair|stool|seat/.test(product.subcategory ?? '');
  const kind = seat ? 'seat' : (PIECE_KINDS[product.category] ?? 'other');
  return places.map((place, index) => ({
    key: `${item_id}-${index}`,
    item_id,
    space_id,
    x: place.x,
    y: -place.y,
    turn: -(place.rotation_deg ?? 0),
    width: place.width_ft,
    depth: place.depth_ft,
    kind,
    label: product.name,
  }));
}

/** Pieces that stand on the floor; what stands on, under or above another piece is not drawn. */
export function makePieces(items: readonly RecommendationItem[]): ScenePiece[] {
  return items.flatMap((item) => {
    if (item.status === 'rejected' || !Array.isArray(item.placement)) return [];
    const places = item.placement.filter(isPlacement).filter((place) => !place.mounted);
    return piecesAt(item.id, item.space_id, item.product, places);
  });
}
