// Doors and windows as openings in the walls between rooms: how they lie, how deep the wall is, which way a door opens.
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { areaOf, nearestOn } from './geometry.ts';
import type { SceneRoom } from './scene.ts';

/** An opening in a wall, in axes of its own: `along` the wall, and `facing` out of it towards a room. */
export interface SceneOpening {
  id: string;
  x: number;
  y: number;
  along: PlanPoint;
  facing: PlanPoint;
  width: number;
  /** From the opening's middle to the wall's face on the side it faces, and to the face behind. */
  front: number;
  back: number;
  /** Whether a door leaf is drawn; it opens into the room it faces and hangs where `along` begins. */
  swings: boolean;
  /** The room it faces, or null for outside. */
  faces: string | null;
  /** Leaves that share its width. */
  leaves: number;
}
/** `unit`: a foot in units of the scene. None where no room is near. */
export function openings(
  id: string,
  at: PlanPoint | null,
  width: number,
  connects: readonly string[],
  ids: Map<string, string>,
  rooms: ReadonlyMap<string, SceneRoom>,
  swings: boolean,
  unit: number,
  outlines: readonly PlanRing[],
): SceneOpening[] {
  if (!at) return [];
  const near = (room: SceneRoom) => ({ room, near: nearestOn(room.rings, at[0], at[1]) });
  const told = connects.map((key) => rooms.get(ids.get(key) ?? '')).filter((room) => room !== undefined);
  const reachable = 2 * unit;
  // After a cut or a merge the rooms that were read are no longer those beside the opening.
  const stale = told.length < connects.length || told.some((room) => !isNear(room, at, reachable));
  const sides = (stale ? [...rooms.values()].filter((room) => isNear(room, at, reachable)) : told)
    .map(near)
    .filter((side): side is { room: SceneRoom; near: NonNullable<typeof side.near> } => side.near !== null)
    .filter((side) => !stale || side.near.distance <= reachable)
    .sort((a, b) => areaOf(a.room.rings[0] ?? []) - areaOf(b.room.rings[0] ?? []));
  const first = sides[0];
  if (!first) return [];
  const along = first.near.along;
  const normal: PlanPoint = [-along[1], along[0]];
  const towards = (first.room.label.x - at[0]) * normal[0] + (first.room.label.y - at[1]) * normal[1];
  const sign = towards < 0 ? -1 : 1;
  const behind = sides[1]?.near ?? nearestOn(outlines, at[0], at[1]);
  const reach = (distance: number) => Math.min(Math.max(distance, 0.2 * unit), 1.6 * unit);
  return [
    {
      id,
      x: at[0],
      y: at[1],
      along,
      width,
      facing: [normal[0] * sign, normal[1] * sign],
      front: reach(first.near.distance),
      back: reach(behind?.distance ?? first.near.distance),
      swings,
      faces: first.room.id,
      leaves: 1,
    },
  ];
}

/** The door as the drawing hangs it, where that was read. */
export function hung(
  opening: SceneOpening,
  hinge: PlanPoint | null,
  opensInto: string | null | undefined,
  idOf: (key: string) => string | undefined,
): SceneOpening {
  const into = opensInto ? idOf(opensInto) : opensInto;
  const { along, facing, front, back, x, y } = opening;
  const turned: SceneOpening =
    into === undefined || into === opening.faces
      ? opening
      : { ...opening, facing: [-facing[0], -facing[1]], front: back, back: front, faces: into };
  if (!hinge || (hinge[0] - x) * along[0] + (hinge[1] - y) * along[1] <= 0) return turned;
  return { ...turned, along: [-along[0], -along[1]] };
}

/** Whether a point lies in the room's box or no further than `reach` from it. */
function isNear({ box }: SceneRoom, [x, y]: PlanPoint, reach: number): boolean {
  return x >= box.min_x - reach && x <= box.max_x + reach && y >= box.min_y - reach && y <= box.max_y + reach;
}
