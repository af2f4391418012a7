// Puts desks, chairs, tables, toilets and low partitions into generated rooms; they are noise for the room finder.
import { boxOf, distance, distanceToRing, inPolygon, type Point } from '../../geometry/planar.ts';
import type { GeneratedPlan, PlanOptions, TrueDoor, TrueRoom } from './model.ts';
import type { Random } from './random.ts';

type Furnished = Pick<GeneratedPlan, 'furniture' | 'partitions'>;

export function furnish(
  rooms: readonly TrueRoom[],
  doors: readonly TrueDoor[],
  options: PlanOptions,
  random: Random,
): Furnished {
  const furnished: Furnished = { furniture: [], partitions: [] };
  for (const room of rooms) {
    if (room.type === 'restroom') placeToilets(room, furnished);
    if (room.type === 'open_office') placeDesks(room, doors, options, furnished, random);
    if (!options.furniture) continue;
    if (room.type === 'private_office') {
      furnished.furniture.push(
        { kind: 'desk', at: room.label_at, angle: 0 },
        { kind: 'chair', at: [room.label_at[0], room.label_at[1] + 2.5], angle: 0 },
      );
    }
    if (room.type === 'meeting_room') placeTable(room, furnished);
  }
  return furnished;
}

function placeToilets(room: TrueRoom, into: Furnished): void {
  const box = boxOf(room.polygon.outer);
  for (let x = box[0] + 1.5; x < box[2] - 1.5; x += 3)
    into.furniture.push({ kind: 'toilet', at: [x, (box[1] + box[3]) / 2 + 2], angle: 0 });
}

function placeTable(room: TrueRoom, into: Furnished): void {
  const [x, y] = room.label_at;
  into.furniture.push({ kind: 'table', at: [x, y], angle: 0 });
  for (const dx of [-3, 0, 3])
    for (const dy of [-3, 3])
      into.furniture.push({ kind: 'chair', at: [x + dx, y + dy], angle: dy > 0 ? 0 : 180 });
}

function placeDesks(
  room: TrueRoom,
  doors: readonly TrueDoor[],
  options: PlanOptions,
  into: Furnished,
  random: Random,
): void {
  const box = boxOf(room.polygon.outer);
  const free = (p: Point) =>
    inPolygon(p, room.polygon) &&
    distanceToRing(p, room.polygon.outer) > 3 &&
    room.polygon.holes.every((hole) => distanceToRing(p, hole) > 3) &&
    doors.every((door) => distance(door.hinge, p) > 7);
  const low = random.chance(0.7);
  for (let x = box[0] + 4; x < box[2] - 4; x += 6.5) {
    for (let y = box[1] + 4; y < box[3] - 4; y += 8) {
      if (!free([x, y]) || !free([x + 5, y])) continue;
      if (options.furniture)
        into.furniture.push(
          { kind: 'desk', at: [x + 2.5, y], angle: 0 },
          { kind: 'chair', at: [x + 2.5, y + 2.2], angle: 0 },
        );
      if (options.partitions && low)
        into.partitions.push(
          [
            [x, y - 1.6],
            [x + 5.5, y - 1.6],
          ],
          [
            [x, y - 1.6],
            [x, y + 2],
          ],
        );
    }
  }
}
