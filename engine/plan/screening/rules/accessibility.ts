// Floor for a wheelchair: turning circles, clear floor, the accessible route and its passing spaces. ADA 2010 sections
// 304, 305 and 403; room at doors is in approach.ts.
import type { ComplianceCheck } from '../../../../contract/plan.ts';
import { inRing, type Point } from '../../../geometry/planar.ts';
import { figure, listed, makeCheck, middleOf, type Scene, titleOf } from '../check.ts';
import { circleRing, fitRectangle, largestCircle } from '../walk/fit.ts';
import { Floor } from '../walk/floor.ts';
import { halfWidth } from '../walk/network.ts';
import { alongPath } from '../walk/vector.ts';

const DRAWN = 0.5;
const TURNING_TYPES = ['restroom', 'breakroom', 'meeting_room'];
const CLEAR_FLOOR_TYPES = ['restroom', 'phone_booth'];

/** The room with its columns and with the fixtures read in it. */
export function furnished(scene: Scene, room: number): { floor: Floor; fixtures: number } | null {
  const bare = scene.network.floors[room];
  if (!bare) return null;
  const space = scene.storey.spaces[room]!;
  const inside = scene.storey.fixtures.filter(({ ring }) => inRing(middle(ring), space.polygon));
  const floor = new Floor(
    { outer: space.polygon, holes: bare.polygon.holes },
    inside.map(({ ring }) => ring),
    bare.open,
  );
  return { floor, fixtures: inside.length };
}

function middle(ring: readonly Point[]): Point {
  return [ring.reduce((s, p) => s + p[0], 0) / ring.length, ring.reduce((s, p) => s + p[1], 0) / ring.length];
}

export function turning(scene: Scene): ComplianceCheck[] {
  const { storey } = scene;
  const asked = figure(scene, 'turning', 'circle_in');
  return storey.spaces.flatMap((space, i) => {
    if (!TURNING_TYPES.includes(space.type)) return [];
    const found = furnished(scene, i);
    if (!found) return [];
    const circle = largestCircle(found.floor);
    const across = (circle?.radius ?? 0) * 24;
    const fits = across >= asked - DRAWN;
    const blind = fits && space.type === 'restroom' && found.fixtures === 0;
    const hopeless = !fits && across < 36;
    const among = found.fixtures > 0 ? `between walls and ${found.fixtures} fixtures` : 'between its walls';
    return [
      makeCheck(
        storey,
        'turning',
        fits ? (blind ? 'needs_input' : 'pass') : hopeless ? 'fail' : 'needs_input',
        `The largest circle ${among} of ${titleOf(space)} is ${across.toFixed(0)} in across; ${asked} in are asked${blind ? ', and no fixtures were read in it' : fits ? '' : ', or a T of 60 in'}.`,
        {
          subject: space.id,
          place: circle
            ? {
                at: circle.centre,
                space,
                polygon: circleRing({ centre: circle.centre, radius: Math.min(circle.radius, asked / 24) }),
              }
            : { at: middleOf(space), space },
          asks: blind ? ['drawing'] : ['furnishing'],
          measured: across,
          required: asked,
          unit: 'in',
        },
      ),
    ];
  });
}

export function clearFloor(scene: Scene): ComplianceCheck[] {
  const { storey } = scene;
  const [width, length] = [
    figure(scene, 'clear_floor', 'width_in'),
    figure(scene, 'clear_floor', 'length_in'),
  ];
  return storey.spaces.flatMap((space, i) => {
    if (!CLEAR_FLOOR_TYPES.includes(space.type)) return [];
    const found = furnished(scene, i);
    if (!found) return [];
    const ring = fitRectangle(found.floor, width / 12, length / 12);
    const blind = ring !== null && space.type === 'restroom' && found.fixtures === 0;
    return [
      makeCheck(
        storey,
        'clear_floor',
        ring ? (blind ? 'needs_input' : 'pass') : 'fail',
        `${ring ? `${width} × ${length} in of clear floor fit` : `No ${width} × ${length} in of clear floor fit`} in ${titleOf(space)}${found.fixtures > 0 ? ' beside its fixtures' : blind ? ', but no fixtures were read in it' : ''}.`,
        {
          subject: space.id,
          place: { at: ring ? middle(ring) : middleOf(space), space, ...(ring ? { polygon: ring } : {}) },
          asks: ['drawing'],
        },
      ),
    ];
  });
}

/** 403.5.1 along the ways people really take: each room whose floor is too narrow, and the rest in one line. */
export function accessibleRoute(scene: Scene): ComplianceCheck[] {
  const { storey, network, ways } = scene;
  if (ways.length === 0) return [];
  const [asked, least] = [
    figure(scene, 'accessible_route', 'width_in'),
    figure(scene, 'accessible_route', 'narrow_in'),
  ];
  const exempt = (room: number) => ['mechanical', 'storage'].includes(storey.spaces[room]!.type);
  const narrow = new Map<number, (typeof ways)[number]>();
  for (const way of ways) {
    for (const room of way.rooms) {
      const width = network.clearance[room]! * 24;
      if (width < asked - DRAWN && !exempt(room) && !narrow.has(room)) narrow.set(room, way);
    }
  }
  const touched = ways.filter((way) => way.rooms.some((room) => narrow.has(room))).length;
  return [
    ...[...narrow].map(([room, way]) => {
      const space = storey.spaces[room]!;
      const width = network.clearance[room]! * 24;
      return makeCheck(
        storey,
        'accessible_route',
        width >= least - DRAWN ? 'needs_input' : 'fail',
        `The way through ${titleOf(space)} narrows to ${width.toFixed(0)} in; ${asked} in are asked, ${least} in over at most 24 in of length.`,
        {
          subject: space.id,
          place: { at: middleOf(space), space, path: way.path },
          asks: ['drawing'],
          measured: width,
          required: asked,
          unit: 'in',
        },
      );
    }),
    ...(ways.length > touched
      ? [
          makeCheck(
            storey,
            'accessible_route',
            'pass',
            `The ways out of ${ways.length - touched} rooms are ${asked} in wide or more, doors apart.`,
          ),
        ]
      : []),
  ];
}

const STEP = 4;

/** 403.5.3: where a corridor is under 60 in wide, how far one goes without room for two wheelchairs to pass. */
export function passingSpaces(scene: Scene): ComplianceCheck[] {
  const { storey, network, ways } = scene;
  const [space_in, every] = [figure(scene, 'passing', 'space_in'), figure(scene, 'passing', 'every_ft')];
  const radius = space_in / 24;
  const slim = storey.spaces.flatMap((space, i) =>
    space.type === 'corridor' && network.floors[i] && halfWidth(network, i, radius) < radius - DRAWN / 24
      ? [i]
      : [],
  );
  const corridors = storey.spaces.filter((space) => space.type === 'corridor').length;
  if (slim.length === 0) {
    return corridors === 0
      ? []
      : [
          makeCheck(
            storey,
            'passing',
            'pass',
            `Every corridor is ${space_in} in wide or more between its doors, so that wheelchairs can pass anywhere.`,
          ),
        ];
  }
  let worst = { length: 0, path: [] as Point[], room: slim[0]! };
  for (const way of ways.filter((one) => one.rooms.some((room) => slim.includes(room)))) {
    const floors = way.rooms.map((room) => network.floors[room]!);
    let from = 0;
    for (let s = 0; s <= way.length; s += STEP) {
      const { point, heading } = alongPath(way.path, s);
      const free = [0, 0.75, -0.75, 1.5, -1.5].some((off) => {
        const p: Point = [point[0] - heading[1] * off, point[1] + heading[0] * off];
        return floors.some((floor) => floor.contains(p) && floor.room(p, radius) >= radius - DRAWN / 24);
      });
      if (free) from = s;
      else if (s - from > worst.length) {
        const piece = [
          from,
          ...Array.from({ length: Math.ceil((s - from) / STEP) }, (_, i) =>
            Math.min(s, from + (i + 1) * STEP),
          ),
        ];
        worst = {
          length: s - from,
          path: piece.map((t) => alongPath(way.path, t).point),
          room: way.rooms.find((r) => slim.includes(r))!,
        };
      }
    }
  }
  const space = storey.spaces[worst.room]!;
  return [
    makeCheck(
      storey,
      'passing',
      worst.length <= every ? 'pass' : 'fail',
      `${listed(slim.map((i) => titleOf(storey.spaces[i]!)))} ${slim.length === 1 ? 'is' : 'are'} under ${space_in} in wide; the longest way without a passing space is about ${worst.length.toFixed(0)} ft, ${every} ft are allowed.`,
      {
        place: {
          at: worst.path[0] ?? middleOf(space),
          space,
          ...(worst.path.length > 1 ? { path: worst.path } : {}),
        },
        measured: worst.length,
        required: every,
        unit: 'ft',
      },
    ),
  ];
}
