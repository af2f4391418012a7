// Occupants, ways out, exits, how far apart and how wide they are: IBC 2021 sections 303 and 1004 to 1007.
import type { ComplianceCheck } from '../../../../contract/plan.ts';
import { distance, type Point } from '../../../geometry/planar.ts';
import { figure, listed, makeCheck, middleOf, occupancyOf, type Scene, titleOf } from '../check.ts';
import { clearWidth } from '../exits.ts';
import { reachesExit } from '../walk/rooms.ts';

export function occupantLoad(scene: Scene): ComplianceCheck[] {
  const { loads, storey } = scene;
  if (loads.total === 0) return [];
  const rooms = storey.spaces.flatMap((space, i) =>
    loads.rooms[i]!.factor.assembly ? [`${titleOf(space)} ${loads.rooms[i]!.occupants}`] : [],
  );
  const measure =
    storey.total_area_sqft === null
      ? 'rooms added up, as no outline was traced'
      : 'to the outside of the outer walls';
  return [
    makeCheck(
      storey,
      'occupant_load',
      'pass',
      `The storey is taken to hold ${loads.total} people: ${Math.round(loads.business_gross).toLocaleString('en-US')} sq ft business at 150 gross (${measure})${rooms.length > 0 ? `, and for gatherings ${listed(rooms)}` : ''}.`,
      { measured: loads.total, unit: 'people' },
    ),
  ];
}

export function smallAssembly(scene: Scene): ComplianceCheck[] {
  const { storey, loads } = scene;
  const rooms = storey.spaces
    .map((space, i) => ({ space, load: loads.rooms[i]! }))
    .filter(({ load }) => load.factor.assembly);
  const [people, area] = [
    figure(scene, 'small_assembly', 'occupants'),
    figure(scene, 'small_assembly', 'area_sqft'),
  ];
  const large = rooms.filter(({ load }) => load.occupants >= people && load.area >= area);
  const small = rooms.length - large.length;
  const answered = scene.answers.occupancy !== undefined;
  return [
    ...(small > 0
      ? [
          makeCheck(
            storey,
            'small_assembly',
            'pass',
            `${small} ${small === 1 ? 'room' : 'rooms'} for gatherings ${small === 1 ? 'holds' : 'hold'} fewer than ${people} people or ${small === 1 ? 'is' : 'are'} under ${area} sq ft, and ${small === 1 ? 'stays' : 'stay'} in the occupancy of the storey.`,
          ),
        ]
      : []),
    ...large.map(({ space, load }) =>
      makeCheck(
        storey,
        'small_assembly',
        answered ? 'pass' : 'needs_input',
        `${titleOf(space)} may hold ${load.occupants} people on ${Math.round(load.area)} sq ft: from ${people} people and ${area} sq ft it is group A.${answered ? ` The storey is screened as group ${scene.answers.occupancy}, as answered.` : ''}`,
        {
          subject: space.id,
          place: { at: middleOf(space), space },
          asks: ['occupancy'],
          measured: load.occupants,
          required: people,
          unit: 'people',
        },
      ),
    ),
  ];
}

function needed(load: number, one: number): number {
  return load > 1000 ? 4 : load > 500 ? 3 : load > one ? 2 : 1;
}

/** Rooms with more people than one way out is for: ways that lead on to an exit, how far apart, how wide. */
export function roomExits(scene: Scene): ComplianceCheck[] {
  const { storey, network, loads } = scene;
  const one = occupancyOf(scene).one_exit;
  const exits = scene.exits.filter((exit) => exit.is_exit).map((exit) => exit.door);
  const crowded = storey.spaces.flatMap((space, i) => {
    const load = loads.rooms[i]!.occupants;
    return load > one && network.floors[i] ? [{ space, i, load }] : [];
  });
  const small = loads.rooms.filter(({ occupants }) => occupants > 0).length - crowded.length;
  const summary =
    small > 0
      ? [
          makeCheck(
            storey,
            'room_exits',
            'pass',
            `${small} rooms hold ${one} people or fewer each: one way out is enough for them.`,
          ),
        ]
      : [];
  return [
    ...summary,
    ...crowded.flatMap(({ space, i, load }) => {
      const own = network.doors.flatMap((placed, door) =>
        placed.sides.some((side) => side.space === i) ? [door] : [],
      );
      const leading = own.filter((door) => reachesExit(network, exits, i, door));
      const ways = leading.length + network.open.filter((side) => side.spaces.includes(i)).length;
      const asked = needed(load, one);
      const place = { at: middleOf(space), space };
      const unknown = exits.length === 0;
      const status = unknown ? 'needs_input' : ways >= asked ? 'pass' : 'fail';
      return [
        makeCheck(
          storey,
          asked > 2 ? 'many_exits' : 'room_exits',
          status,
          `${titleOf(space)} may hold ${load} people, which needs ${asked} ways out; ${ways} ${ways === 1 ? 'leads' : 'lead'} to an exit.`,
          {
            subject: space.id,
            place,
            asks: ['exits', 'furnishing'],
            measured: ways,
            required: asked,
            unit: 'ways out',
          },
        ),
        ...(leading.length >= 2
          ? [apart(scene, leading, longest(space.polygon), titleOf(space), { subject: space.id, place })]
          : []),
        ...(leading.length > 0
          ? [widthFor(scene, leading, load, titleOf(space), { subject: space.id, place })]
          : []),
      ];
    }),
  ];
}

export function storeyExits(scene: Scene): ComplianceCheck[] {
  const { storey, loads, exits } = scene;
  if (loads.total === 0) return [];
  const real = exits.filter((exit) => exit.is_exit);
  const doors = real.map((exit) => exit.door);
  const asked = Math.max(
    loads.total > occupancyOf(scene).one_exit ? 2 : 1,
    needed(loads.total, occupancyOf(scene).one_exit),
  );
  const doubtful = exits.filter((exit) => !exit.is_exit && exit.by === 'drawing').length;
  const enough = real.length >= asked;
  const maybe =
    doubtful > 0 ? ` ${doubtful} more ${doubtful === 1 ? 'opening' : 'openings'} may be one.` : '';
  const count = makeCheck(
    storey,
    'storey_exits',
    enough
      ? 'pass'
      : real.length + doubtful >= asked || real.every((exit) => exit.by === 'drawing')
        ? 'needs_input'
        : 'fail',
    `${loads.total} people need ${asked} ${asked === 1 ? 'exit' : 'exits'}; ${real.length} ${real.length === 1 ? 'was' : 'were'} found.${maybe}`,
    { asks: ['exits', 'ground_floor'], measured: real.length, required: asked, unit: 'exits' },
  );
  if (real.length === 0) return [count];
  return [
    count,
    ...(asked >= 2 && real.length >= 2 ? [apart(scene, doors, scene.diagonal, 'The storey', {})] : []),
    widthFor(scene, doors, loads.total, 'The storey', {}),
  ];
}

type About = { subject?: string; place?: { at: Point; space: Scene['storey']['spaces'][number] } };

/** §1007.1.1: the two ways out farthest apart, against the longest diagonal. */
function apart(
  scene: Scene,
  doors: readonly number[],
  diagonal: number,
  what: string,
  about: About,
): ComplianceCheck {
  const at = doors.map((door) => scene.network.nodes[scene.network.door_node[door]!]!);
  let best: [Point, Point] = [at[0]!, at[0]!];
  at.forEach((p, i) => {
    for (const q of at.slice(i + 1)) if (distance(p, q) > distance(...best)) best = [p, q];
  });
  const found = distance(...best);
  const [half, third] = [
    figure(scene, 'separation', 'share') * diagonal,
    figure(scene, 'separation', 'share_sprinklered') * diagonal,
  ];
  const { sprinklered } = scene.answers;
  const status =
    found >= half
      ? 'pass'
      : found < third
        ? 'fail'
        : sprinklered === undefined
          ? 'needs_input'
          : sprinklered
            ? 'pass'
            : 'fail';
  return makeCheck(
    scene.storey,
    'separation',
    status,
    `${what}: two ways out stand ${found.toFixed(0)} ft apart; half the ${diagonal.toFixed(0)} ft diagonal is ${half.toFixed(0)} ft, a third (sprinklered) ${third.toFixed(0)} ft.`,
    {
      ...about,
      place: { at: best[0], ...(about.place ? { space: about.place.space } : {}), path: best },
      asks: ['sprinklered'],
      measured: found,
      required: sprinklered ? third : half,
      unit: 'ft',
    },
  );
}

/** §1005.3.2 and §1005.5: width for everybody, and for half of it when the widest way is lost. */
function widthFor(
  scene: Scene,
  doors: readonly number[],
  load: number,
  what: string,
  about: About,
): ComplianceCheck {
  const widths = doors.map((door) => clearWidth(scene.network.doors[door]!.door));
  const known = widths.filter((width) => width !== null);
  const all = known.reduce((sum, width) => sum + width, 0);
  const asked = load * figure(scene, 'egress_width', 'inches_per_occupant');
  const left = doors.length > 1 ? all - Math.max(...known, 0) : all;
  const half = doors.length > 1 ? asked * figure(scene, 'egress_width', 'remaining_share') : 0;
  const enough = all >= asked && left >= half;
  const unknown = known.length < widths.length;
  return makeCheck(
    scene.storey,
    'egress_width',
    enough ? 'pass' : unknown ? 'needs_input' : 'fail',
    `${what}: ${load} people need ${asked.toFixed(0)} in of doors; ${all.toFixed(0)} in clear ${doors.length > 1 ? `were found, ${left.toFixed(0)} in with the widest lost (${half.toFixed(0)} in asked)` : 'was found'}.`,
    { ...about, asks: ['hardware'], measured: all, required: asked, unit: 'in' },
  );
}

/** The longest distance of two corners. */
export function longest(points: readonly Point[]): number {
  let best = 0;
  points.forEach((p, i) => {
    for (const q of points.slice(i + 1)) best = Math.max(best, distance(p, q));
  });
  return best;
}
