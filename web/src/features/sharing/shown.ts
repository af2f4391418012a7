// What a link shows, in the shapes the drawing takes. Feet; the scene's y runs downwards.
import type { SharedProject } from '../../../../contract/sharing.ts';
import { PIECE_KINDS, type ScenePiece } from '../../plan-editor/model/furniture.ts';
import type { DrawnSpace } from '../../plan-editor/model/scene.ts';

type SharedSpace = SharedProject['floors'][number]['spaces'][number];

export function roomOf(space: SharedSpace): DrawnSpace {
  return space as unknown as DrawnSpace;
}

export function piecesOf(shared: SharedProject): ScenePiece[] {
  return shared.items.flatMap((item) =>
    item.placements
      .filter(({ mounted }) => !mounted)
      .map((place, index) => ({
        key: `${item.id}-${index}`,
        item_id: item.id,
        space_id: item.space_id,
        x: place.x,
        y: -place.y,
        turn: -place.rotation_deg,
        width: place.width_ft,
        depth: place.depth_ft,
        kind: PIECE_KINDS[item.category] ?? 'other',
        label: item.name,
      })),
  );
}
