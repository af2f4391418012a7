// Room to work a door from a wheelchair (ADA 2010 404.2.4.1, Table 404.2.4.1): on each side one of the approaches of
// the table must find free floor. It needs to know where the door hangs and which way it swings.
import type { ComplianceCheck } from '../../../../contract/plan.ts';
import type { Point } from '../../../geometry/planar.ts';
import { doorTitle, figure, listed, makeCheck, type Scene, titleOf } from '../check.ts';
import { isFree } from '../walk/fit.ts';
import type { Floor } from '../walk/floor.ts';
import type { DoorSide, PlacedDoor } from '../walk/portals.ts';
import { furnished } from './accessibility.ts';

/** What lines of a drawing leave open, feet. */
const DRAWN = 0.04;
const EXEMPT = ['mechanical', 'storage', 'elevator', 'stair'];

type Approach = { depth: number; latch: number; hinge: number };

export function doorApproaches(scene: Scene): ComplianceCheck[] {
  const { storey, network } = scene;
  const floors = new Map<number, Floor | null>();
  const floorOf = (room: number) => {
    if (!floors.has(room)) floors.set(room, furnished(scene, room)?.floor ?? null);
    return floors.get(room)!;
  };
  const leaves = network.doors.filter(
    ({ door, sides }) =>
      sides.length > 0 &&
      door.evidence !== 'opening' &&
      door.width_ft !== null &&
      !sides.some((side) => EXEMPT.includes(storey.spaces[side.space]!.type)) &&
      (sides.length === 2 || scene.exits.some((exit) => exit.door_id === door.id && exit.is_exit)),
  );
  const shown = leaves.filter(({ door }) => door.opens_into !== undefined && door.hinge);
  const checks: ComplianceCheck[] = [];
  let good = 0;
  for (const placed of shown) {
    const tight = placed.sides.flatMap((side) => {
      const floor = floorOf(side.space);
      const pull = placed.door.opens_into === storey.spaces[side.space]!.id;
      if (!floor) return [];
      const judged = judge(scene, placed, side, pull, floor);
      return judged.status === 'pass' ? [] : [{ side, pull, ...judged }];
    });
    if (tight.length === 0) {
      good++;
      continue;
    }
    const worst = tight.find((one) => one.status === 'fail') ?? tight[0]!;
    const space = storey.spaces[worst.side.space]!;
    const { detail, measured, required } = shortfall(
      scene,
      placed,
      worst.side,
      worst.pull,
      floorOf(worst.side.space)!,
    );
    checks.push(
      makeCheck(
        storey,
        'door_approach',
        worst.status,
        `${doorTitle(scene, placed)}: to ${worst.pull ? 'pull' : 'push'} it from ${titleOf(space)}, ${detail}; coming from a side does not fit either.`,
        {
          subject: placed.door.id,
          place: { at: [placed.door.x, placed.door.y], space, door_id: placed.door.id, polygon: worst.front },
          asks: ['door_closers'],
          measured,
          required,
          unit: 'in',
        },
      ),
    );
  }
  if (good > 0)
    checks.push(
      makeCheck(
        storey,
        'door_approach',
        'pass',
        `${good} ${good === 1 ? 'door has' : 'doors have'} free floor to be worked from both sides.`,
      ),
    );
  const hidden = leaves.length - shown.length;
  if (hidden > 0) {
    const names = leaves
      .filter((placed) => !shown.includes(placed))
      .map(({ sides }) => titleOf(storey.spaces[sides[0]!.space]!));
    checks.push(
      makeCheck(
        storey,
        'door_approach',
        'needs_input',
        `The drawing does not show how ${hidden} ${hidden === 1 ? 'door hangs' : 'doors hang'}: at ${listed([...new Set(names)])}.`,
        { subject: 'unseen', asks: ['swing'] },
      ),
    );
  }
  return checks;
}

function judge(scene: Scene, placed: PlacedDoor, side: DoorSide, pull: boolean, floor: Floor) {
  const closers = scene.answers.door_closers;
  const fits = (withCloser: boolean) =>
    approaches(scene, pull, withCloser).some((approach) => isFree(floor, area(placed, side, approach)));
  const front = area(placed, side, approaches(scene, pull, closers ?? false)[0]!);
  const status = fits(closers ?? true)
    ? 'pass'
    : closers === undefined && fits(false)
      ? 'needs_input'
      : 'fail';
  return { status, front } as const;
}

/** What the front approach lacks: floor beside the latch, or depth where even the doorway's own width is not free. */
function shortfall(scene: Scene, placed: PlacedDoor, side: DoorSide, pull: boolean, floor: Floor) {
  const front = approaches(scene, pull, scene.answers.door_closers ?? false)[0]!;
  const most = (asked: number, of: (inches: number) => Approach) => {
    let found = 0;
    for (let inches = 1; inches < asked; inches++)
      if (isFree(floor, area(placed, side, of(inches)))) found = inches;
    return found;
  };
  const straight = isFree(floor, area(placed, side, { ...front, latch: 0 }));
  if (straight && front.latch > 0) {
    const measured = most(front.latch, (latch) => ({ ...front, latch }));
    return {
      measured,
      required: front.latch,
      detail: `about ${measured} in are free beside its latch ${front.depth} in deep, and ${front.latch} in are asked`,
    };
  }
  const measured = most(front.depth, (depth) => ({ depth, latch: 0, hinge: 0 }));
  return {
    measured,
    required: front.depth,
    detail: `the floor before it is free about ${measured} in deep, and ${front.depth} in are asked`,
  };
}

/** The three approaches of the table, the front one first; inches. */
function approaches(scene: Scene, pull: boolean, closer: boolean): Approach[] {
  const f = (name: Parameters<typeof figure<'door_approach'>>[2]) => figure(scene, 'door_approach', name);
  if (pull) {
    return [
      { depth: f('pull_front_depth'), latch: f('pull_front_latch'), hinge: 0 },
      { depth: f('pull_hinge_depth'), latch: f('pull_hinge_latch'), hinge: 0 },
      {
        depth: closer ? f('pull_latch_depth_closer') : f('pull_latch_depth'),
        latch: f('pull_latch_latch'),
        hinge: 0,
      },
    ];
  }
  return [
    { depth: f('push_front_depth'), latch: closer ? f('push_front_latch_closer') : 0, hinge: 0 },
    { depth: closer ? f('push_front_depth') : f('push_hinge_depth'), latch: 0, hinge: f('push_hinge_hinge') },
    { depth: closer ? f('push_front_depth') : f('push_latch_depth'), latch: f('push_latch_latch'), hinge: 0 },
  ];
}

/** The floor an approach takes on one side of a door, feet; a little less, for the drawing's lines. */
function area({ door }: PlacedDoor, side: DoorSide, { depth, latch, hinge }: Approach): Point[] {
  const across: Point = [-side.into[1], side.into[0]];
  const to = door.hinge
    ? (door.hinge.x - side.at[0]) * across[0] + (door.hinge.y - side.at[1]) * across[1]
    : 0;
  const away = to > 0 ? -1 : 1;
  const width = door.width_ft ?? 3;
  const leaf = width / (door.leaf_count ?? 1);
  const [hung, free] = [-width / 2 - hinge / 12 + DRAWN, leaf - width / 2 + latch / 12 - DRAWN];
  const corner = (s: number, t: number): Point => [
    side.at[0] + across[0] * away * s + side.into[0] * t,
    side.at[1] + across[1] * away * s + side.into[1] * t,
  ];
  const ring = [
    corner(hung, DRAWN),
    corner(free, DRAWN),
    corner(free, depth / 12 - DRAWN),
    corner(hung, depth / 12 - DRAWN),
  ];
  const [a, b, c] = ring as [Point, Point, Point];
  const turn = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);
  return turn < 0 ? ring.reverse() : ring;
}
