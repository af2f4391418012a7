// Which doors are exits of the storey: doors to the outside and of stairs as drawn, or as the user has marked them.
import type { ScreeningExit } from '../../../contract/plan.ts';
import { RULES } from './figures.data.ts';
import type { Answers, ScreenDoor, Storey } from './types.ts';
import type { PlacedDoor } from './walk/portals.ts';

/** Exits and doors that might be some; `door` is the index among the storey's doors. */
export type ExitDoor = ScreeningExit & { door: number };

export function exitDoors(storey: Storey, doors: readonly PlacedDoor[], answers: Answers): ExitDoor[] {
  return doors.flatMap((placed, i): ExitDoor[] => {
    const kind = kindOf(storey, placed);
    const marked = answers.exits?.[placed.door.id];
    if (kind === null && marked === undefined) return [];
    const clear = clearWidth(placed.door);
    return [
      {
        door: i,
        door_id: placed.door.id,
        kind: kind ?? 'other',
        is_exit: marked ?? drawnExit(kind ?? 'other', placed, answers),
        by: marked === undefined ? 'drawing' : 'user',
        clear_width_in: clear === null ? null : Math.round(clear * 10) / 10,
        space_id:
          placed.sides.map((side) => storey.spaces[side.space]!).find((s) => s.type !== 'stair')?.id ?? null,
      },
    ];
  });
}

function kindOf(storey: Storey, { sides, outside }: PlacedDoor): ScreeningExit['kind'] | null {
  const stairs = sides.filter((side) => storey.spaces[side.space]!.type === 'stair').length;
  if (sides.length === 2 && stairs === 1) return 'stair';
  if (sides.length === 1 && stairs === 0) return outside ? 'exterior' : 'other';
  return null;
}

/** A bare opening to the outside may be a window; at ground level the stair comes down to the doors, above it they are no way out. */
function drawnExit(kind: ScreeningExit['kind'], placed: PlacedDoor, answers: Answers): boolean {
  if (kind === 'stair') return answers.ground_floor !== true && answers.stairs_enclosed !== false;
  return kind === 'exterior' && placed.door.evidence !== 'opening' && answers.ground_floor !== false;
}

/** Inches free when its leaves are open, null where the width is not known. */
export function clearWidth(door: ScreenDoor): number | null {
  if (door.width_ft === null) return null;
  const leaves = door.evidence === 'opening' ? 0 : (door.leaf_count ?? 1);
  return Math.max(0, door.width_ft * 12 - leaves * RULES.door_width.figures.loss_in);
}

/** Inches free when one leaf is open. */
export function clearLeaf(door: ScreenDoor): number | null {
  if (door.width_ft === null) return null;
  if (door.evidence === 'opening') return door.width_ft * 12;
  const leaves = door.leaf_count ?? (door.width_ft > 4.6 ? 2 : 1);
  return (door.width_ft * 12) / leaves - RULES.ada_door_width.figures.loss_in;
}
