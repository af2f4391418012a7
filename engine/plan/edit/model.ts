// A room as corrections see it: every stored column that a correction can change, and so an undo must put back.
import type { PlanPoint, SpaceType } from '../../../contract/plan.ts';

export type EditSpace = {
  id: string;
  source_key: string | null;
  name: string | null;
  number: string | null;
  type: SpaceType;
  area_sqft: number | null;
  dimensions: { width_ft: number; length_ft: number; height_ft?: number | undefined } | null;
  bbox: [number, number, number, number] | null;
  polygon: PlanPoint[];
  holes: PlanPoint[][];
  source_polygon: PlanPoint[];
  source_holes: PlanPoint[][];
  /** Outlines of the readings that this room stands for, where a person changed its shape. */
  read_outlines: PlanPoint[][];
  suggested_capacity: number | null;
  characteristics: Record<string, unknown>;
  detection_confidence: number | null;
  manually_edited: boolean;
  /** RFC 3339; null while nobody has found the room right. */
  reviewed_at: string | null;
  reviewed_by: string | null;
};

/** A room a person deleted: rooms read there again stay away. */
export type DeletedRoom = { id: string; label: string; outlines: PlanPoint[][] };

/** "Open office 210", "210", or what kind of room it is. */
export function labelOf(space: Pick<EditSpace, 'name' | 'number' | 'type'>): string {
  const said = [space.name, space.number].filter((part) => part !== null && part !== '');
  return said.length > 0 ? said.join(' ') : `unnamed ${space.type.replaceAll('_', ' ')}`;
}
