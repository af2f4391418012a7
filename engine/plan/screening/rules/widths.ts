// Widths on the way out: corridors, aisles, doors and the way doors swing. IBC 2021 sections 1010, 1018 and 1020,
// ADA 2010 404.2.3.
import type { ComplianceCheck } from '../../../../contract/plan.ts';
import { doorTitle, figure, makeCheck, middleOf, type Scene, titleOf } from '../check.ts';
import { clearLeaf } from '../exits.ts';
import { halfWidth } from '../walk/network.ts';
import type { PlacedDoor } from '../walk/portals.ts';

/** Widths are measured up to this, feet. */
const MOST_HALF = 4;
/** What a drawing's lines leave open, inches. */
const DRAWN = 0.5;

export function corridors(scene: Scene): ComplianceCheck[] {
  const { storey, network, ways, loads } = scene;
  const [wide, few, narrow] = [
    figure(scene, 'corridor', 'width_in'),
    figure(scene, 'corridor', 'few'),
    figure(scene, 'corridor', 'width_few_in'),
  ];
  return storey.spaces.flatMap((space, i) => {
    if (space.type !== 'corridor' || !network.floors[i]) return [];
    if (!network.doors.some((placed) => placed.sides.some((side) => side.space === i))) return [];
    const half = halfWidth(network, i, MOST_HALF);
    const width = half * 24;
    const served = ways.reduce(
      (sum, way) => sum + (way.rooms.includes(i) ? loads.rooms[way.room]!.occupants : 0),
      0,
    );
    const asked = served >= few ? wide : narrow;
    const status = width >= asked - DRAWN ? 'pass' : 'fail';
    const open = status === 'fail' && half <= 0.11;
    return [
      makeCheck(
        storey,
        'corridor',
        open ? 'needs_input' : status,
        `${titleOf(space)} is ${half >= MOST_HALF ? 'at least ' : ''}${width.toFixed(0)} in wide at its narrowest between its doors; it serves about ${served} people, for whom ${asked} in are asked.`,
        {
          subject: space.id,
          place: { at: middleOf(space), space },
          asks: ['drawing'],
          measured: width,
          required: asked,
          unit: 'in',
        },
      ),
    ];
  });
}

/** The way between the doors of an open area; desks are not in a plan's walls, so this is what they leave at most. */
export function aisles(scene: Scene): ComplianceCheck[] {
  const { storey, network } = scene;
  const asked = figure(scene, 'aisle', 'width_in');
  const judged = storey.spaces.flatMap((space, i) => {
    if (
      !['open_office', 'collaboration', 'breakroom', 'meeting_room'].includes(space.type) ||
      !network.floors[i]
    )
      return [];
    const doors = network.doors.filter((placed) => placed.sides.some((side) => side.space === i)).length;
    return doors < 2 ? [] : [{ space, width: network.clearance[i]! * 24 }];
  });
  const tight = judged.filter(({ width }) => width < asked - DRAWN);
  return [
    ...tight.map(({ space, width }) =>
      makeCheck(
        storey,
        'aisle',
        'fail',
        `Between its doors ${titleOf(space)} narrows to ${width.toFixed(0)} in; aisles need ${asked} in.`,
        {
          subject: space.id,
          place: { at: middleOf(space), space },
          measured: width,
          required: asked,
          unit: 'in',
        },
      ),
    ),
    ...(judged.length > tight.length
      ? [
          makeCheck(
            storey,
            'aisle',
            'pass',
            `${judged.length - tight.length} open ${judged.length - tight.length === 1 ? 'area leaves' : 'areas leave'} ${asked} in between their doors, before furniture.`,
          ),
        ]
      : []),
  ];
}

/** Doors that join two rooms or lead out; openings that may be windows and doors of shafts are none. */
function used(scene: Scene): PlacedDoor[] {
  return scene.network.doors.filter((placed, i) => {
    const spaces = placed.sides.map((side) => scene.storey.spaces[side.space]!);
    if (spaces.some((space) => space.type === 'elevator')) return false;
    return spaces.length === 2 || scene.exits.some((exit) => exit.door === i && exit.is_exit);
  });
}

export function doorWidths(scene: Scene): ComplianceCheck[] {
  return (['door_width', 'ada_door_width'] as const).flatMap((key) => {
    const asked = figure(scene, key, 'clear_in');
    const doors = used(scene).map((placed) => ({ placed, clear: clearLeaf(placed.door) }));
    const narrow = doors.flatMap(({ placed, clear }) => {
      if (clear === null || clear >= asked - DRAWN / 2) return [];
      const leaf = clear + (placed.door.evidence === 'opening' ? 0 : figure(scene, key, 'loss_in'));
      return [{ placed, clear, leaf }];
    });
    const unknown = doors.filter(({ clear }) => clear === null).length;
    const good = doors.length - narrow.length - unknown;
    return [
      ...narrow.map(({ placed, clear, leaf }) => {
        const [side] = placed.sides;
        const space = side && scene.storey.spaces[side.space];
        return makeCheck(
          scene.storey,
          key,
          leaf >= asked - DRAWN ? 'needs_input' : 'fail',
          `${doorTitle(scene, placed)}: the ${placed.door.evidence === 'opening' ? 'opening is' : `leaf is ${leaf.toFixed(0)} in wide and leaves`} about ${clear.toFixed(0)} in clear; ${asked} in must stay clear.`,
          {
            subject: placed.door.id,
            place: { at: [placed.door.x, placed.door.y], space, door_id: placed.door.id },
            asks: ['hardware'],
            measured: clear,
            required: asked,
            unit: 'in',
          },
        );
      }),
      ...(good > 0
        ? [
            makeCheck(
              scene.storey,
              key,
              'pass',
              `${good} ${good === 1 ? 'door leaves' : 'doors leave'} ${asked} in or more clear.`,
            ),
          ]
        : []),
    ];
  });
}

/** §1010.1.2.1: from 50 occupants doors open in the direction of egress, out of the room. */
export function doorSwings(scene: Scene): ComplianceCheck[] {
  const { storey, network, loads } = scene;
  const least = figure(scene, 'door_swing', 'occupants');
  return storey.spaces.flatMap((space, i) => {
    const load = loads.rooms[i]!.occupants;
    if (load < least) return [];
    const doors = network.doors.filter(
      (placed) => placed.sides.some((side) => side.space === i) && placed.door.evidence !== 'opening',
    );
    if (doors.length === 0) return [];
    const inward = doors.filter(({ door }) => door.opens_into === space.id);
    const unknown = doors.filter(({ door }) => door.opens_into === undefined);
    const [shown] = [...inward, ...unknown, ...doors];
    const status = inward.length > 0 ? 'fail' : unknown.length > 0 ? 'needs_input' : 'pass';
    const said =
      status === 'fail'
        ? `${inward.length} of ${doors.length} open into it`
        : status === 'pass'
          ? `all ${doors.length} open outward`
          : `the drawing does not show how ${unknown.length} of ${doors.length} open`;
    return [
      makeCheck(
        storey,
        'door_swing',
        status,
        `${titleOf(space)} may hold ${load} people, so that its doors must open outward; ${said}.`,
        {
          subject: space.id,
          place: { at: [shown!.door.x, shown!.door.y], space, door_id: shown!.door.id },
          asks: ['swing', 'furnishing'],
          measured: inward.length,
          required: 0,
          unit: 'doors inward',
        },
      ),
    ];
  });
}
