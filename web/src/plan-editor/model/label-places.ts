// What a room's label keeps off on the plan: furniture, open doors, columns. Where it then stands is engine/drawing's to say.
import { type Box, boxAround, isInside } from '../../../../engine/drawing/label_places.ts';
import type { ScenePiece } from './furniture.ts';
import type { Scene, SceneRoom } from './scene.ts';

/** The box around a piece as it stands. */
export function boxOfPiece({ x, y, turn, width, depth }: ScenePiece): Box {
  return boxAround(x, y, width, depth, turn);
}

/** What a label keeps off in one room. */
export interface RoomThings {
  boxes: Box[];
  furnished: boolean;
}

/** Furniture, open doors and columns by the room they stand in; rooms without any are left out. */
export function thingsByRoom(
  rooms: readonly Pick<SceneRoom, 'id' | 'rings'>[],
  pieces: readonly ScenePiece[],
  doors: Scene['doors'],
  columns: Scene['columns'],
): Map<string, RoomThings> {
  const things = new Map<string, RoomThings>();
  const add = (id: string, box: Box, furnished: boolean) => {
    const known = things.get(id);
    if (known) {
      known.boxes.push(box);
      known.furnished ||= furnished;
    } else things.set(id, { boxes: [box], furnished });
  };
  for (const piece of pieces) add(piece.space_id ?? '', boxOfPiece(piece), true);
  for (const door of doors) if (door.swings && door.faces !== null) add(door.faces, swingOf(door), false);
  for (const { x, y, size } of columns) {
    const room = rooms.find((one) => isInside(one.rings, x, y));
    if (room) add(room.id, boxAround(x, y, size, size), false);
  }
  return things;
}

/** The floor an open door sweeps, in front of its opening. */
function swingOf({ x, y, width, leaves, facing, front }: Scene['doors'][number]): Box {
  const reach = leaves > 1 ? width / 2 : width;
  const off = front + reach / 2;
  const level = Math.abs(facing[0]) > Math.abs(facing[1]);
  return boxAround(x + facing[0] * off, y + facing[1] * off, level ? reach : width, level ? width : reach);
}
