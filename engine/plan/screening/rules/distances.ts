// How far people walk: travel distance and common path, IBC 2021 Table 1017.2 and Table 1006.2.1.
import type { ComplianceCheck } from '../../../../contract/plan.ts';
import { bySprinklers, listed, makeCheck, middleOf, occupancyOf, type Scene, titleOf } from '../check.ts';

/** Table 1017.2 and Table 1006.2.1: the worst room, and every room beyond the limit. */
export function distances(scene: Scene): ComplianceCheck[] {
  const { storey, ways } = scene;
  const known = scene.exits.some((exit) => exit.is_exit);
  if (!known) {
    return [
      makeCheck(
        storey,
        'travel',
        'needs_input',
        'No exit of this storey is known, so that nothing can be said of the way to it.',
        {
          asks: ['exits'],
        },
      ),
    ];
  }
  const limits = occupancyOf(scene);
  const lost = storey.spaces.filter((_, i) => scene.network.floors[i] && !ways.some((way) => way.room === i));
  return [
    ...worst(
      scene,
      'travel',
      (way) => way.length,
      () => [limits.travel, limits.travel_sprinklered],
    ),
    ...worst(
      scene,
      'common_path',
      (way) => way.common,
      (way) => {
        const few = scene.loads.rooms[way.room]!.occupants <= limits.few;
        return [few ? limits.common_few : limits.common, limits.common_sprinklered];
      },
    ),
    ...(lost.length > 0
      ? [
          makeCheck(
            storey,
            'travel',
            'needs_input',
            `From ${listed(lost.map(titleOf))} no way to an exit was found: no door was read, or it is too narrow to pass.`,
            { subject: 'unreached', place: { at: middleOf(lost[0]!), space: lost[0]! }, asks: ['drawing'] },
          ),
        ]
      : []),
  ];
}

function worst(
  scene: Scene,
  key: 'travel' | 'common_path',
  value: (way: Scene['ways'][number]) => number,
  limitsOf: (way: Scene['ways'][number]) => [number, number],
): ComplianceCheck[] {
  const { storey, answers } = scene;
  const word = key === 'travel' ? 'to the nearest exit' : 'before ways to two exits part';
  const judged = [...scene.ways]
    .map((way) => ({ way, value: value(way), limits: limitsOf(way), space: storey.spaces[way.room]! }))
    .map((one) => ({ ...one, status: bySprinklers(one.value, ...one.limits, answers.sprinklered) }))
    .sort((p, q) => q.value - p.value);
  const shown = judged.filter((one) => one.status !== 'pass');
  const passed = judged.filter((one) => one.status === 'pass');
  const [far] = passed;
  return [
    ...shown.map(({ way, value: feet, limits, space, status }) =>
      makeCheck(
        storey,
        key,
        status,
        `From the far corner of ${titleOf(space)} one walks ${feet.toFixed(0)} ft ${word}; ${limits[0]} ft are allowed, ${limits[1]} ft sprinklered.`,
        {
          subject: space.id,
          place: { at: way.path[0]!, space, path: way.path },
          asks: ['sprinklered'],
          measured: feet,
          required: answers.sprinklered ? limits[1] : limits[0],
          unit: 'ft',
        },
      ),
    ),
    ...(far
      ? [
          makeCheck(
            storey,
            key,
            'pass',
            `${passed.length} ${passed.length === 1 ? 'room keeps' : 'rooms keep'} the limit; the longest is ${far.value.toFixed(0)} ft ${word}, from ${titleOf(far.space)}, where ${answers.sprinklered ? far.limits[1] : far.limits[0]} ft are allowed.`,
            {
              place: { at: far.way.path[0]!, space: far.space, path: far.way.path },
              measured: far.value,
              required: answers.sprinklered ? far.limits[1] : far.limits[0],
              unit: 'ft',
            },
          ),
        ]
      : []),
  ];
}
