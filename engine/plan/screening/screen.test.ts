import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComplianceCheck, PlanDocument } from '../../../contract/plan.ts';
import { analyzePlan } from '../analyze.ts';
import { samplePlanDxf } from '../generator/sample.ts';
import { answersFor, changeAnswers } from './answers.ts';
import { screenDocument } from './document.ts';
import { RULES } from './figures.data.ts';
import { storeyOf, unscaledDocument } from './sample_document.ts';
import { screen, sourceMap } from './screen.ts';
import type { Answers, ScreenDoor, ScreenSpace, Storey } from './types.ts';
import { rect, rowStorey } from './walk/sample_storey.ts';

function space(
  id: string,
  type: ScreenSpace['type'],
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): ScreenSpace {
  return { id, name: null, number: id, type, polygon: rect(x0, y0, x1, y1) as [number, number][], holes: [] };
}
function door(
  id: string,
  x: number,
  y: number,
  connects: string[],
  more: Partial<ScreenDoor> = {},
): ScreenDoor {
  return { id, x, y, width_ft: 3, evidence: 'swing', connects, leaf_count: 1, ...more };
}
function only(checks: readonly ComplianceCheck[], section: string, subject?: string): ComplianceCheck {
  const found = checks.filter(
    (check) => check.section === section && (!subject || check.id?.endsWith(`:${subject}`)),
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** A hall for gatherings of 60 × 20 ft (80 people) beside a corridor that leads out at both ends. */
function hall(doors: ScreenDoor[], type: ScreenSpace['type'] = 'meeting_room'): Storey {
  return storeyOf(
    [space('hall', type, 0, 0, 60, 20), space('corridor', 'corridor', 0, 20.5, 60, 26.5)],
    [door('west', -0.25, 23.5, ['corridor']), door('east', 60.25, 23.5, ['corridor']), ...doors],
  );
}

describe('ways out of a full room', () => {
  it('must be two from 50 people', () => {
    const one = screen(hall([door('a', 10, 20.25, ['hall', 'corridor'])])).checks;
    expect(only(one, '1006.2.1', 'hall')).toMatchObject({ status: 'fail', measured: 1, required: 2 });
    const two = screen(
      hall([door('a', 10, 20.25, ['hall', 'corridor']), door('b', 50, 20.25, ['hall', 'corridor'])]),
    );
    expect(only(two.checks, '1006.2.1', 'hall').status).toBe('pass');
    expect(two.loads.find((load) => load.space_id === 'hall')).toMatchObject({
      occupants: 80,
      sqft_per_occupant: 15,
    });
  });

  it('do not count a closet’s door', () => {
    const storey = hall([
      door('a', 10, 20.25, ['hall', 'corridor']),
      door('b', 60.25, 10, ['hall', 'closet']),
    ]);
    const closet = { ...storey, spaces: [...storey.spaces, space('closet', 'storage', 60.5, 5, 70, 15)] };
    expect(only(screen(closet).checks, '1006.2.1', 'hall')).toMatchObject({ status: 'fail', measured: 1 });
  });

  it.each([
    [8, {}, 'fail'],
    [25, {}, 'needs_input'],
    [25, { sprinklered: true }, 'pass'],
    [25, { sprinklered: false }, 'fail'],
    [36, {}, 'pass'],
  ] as [number, Answers, string][])('stand %i ft apart with answers %o: %s', (apart, answers, status) => {
    const storey = hall([
      door('a', 5, 20.25, ['hall', 'corridor']),
      door('b', 5 + apart, 20.25, ['hall', 'corridor']),
    ]);
    const check = only(screen(storey, answers).checks, '1007.1.1', 'hall');
    expect(check.status).toBe(status);
    expect(check.measured).toBeCloseTo(apart, 1);
    expect(check.asks).toEqual(status === 'needs_input' ? ['sprinklered'] : []);
  });

  it.each([
    ['hall', 'fail'],
    ['corridor', 'pass'],
    [undefined, 'needs_input'],
  ] as const)('swing outward: into %s is %s', (opens_into, status) => {
    const doors = ['a', 'b'].map((id, i) =>
      door(id, 10 + i * 40, 20.25, ['hall', 'corridor'], { opens_into }),
    );
    expect(only(screen(hall(doors)).checks, '1010.1.2.1', 'hall').status).toBe(status);
  });
});

describe('the way to the exits', () => {
  const long = (length: number): Storey =>
    storeyOf([space('hall', 'corridor', 0, 0, length, 6)], [door('out', -0.25, 3, ['hall'])]);

  it.each([
    [150, {}, 'pass'],
    [250, {}, 'needs_input'],
    [250, { sprinklered: true }, 'pass'],
    [250, { sprinklered: false }, 'fail'],
    [250, { sprinklered: true, occupancy: 'A' }, 'fail'],
    [320, {}, 'fail'],
  ] as [number, Answers, string][])('of %i ft with answers %o: %s', (length, answers, status) => {
    const { checks, routes } = screen(long(length), answers);
    const check = only(checks, 'Table 1017.2');
    expect(check.status).toBe(status);
    expect(routes[0]!.length_ft).toBeGreaterThan(length);
    expect(routes[0]!.length_ft).toBeLessThan(length + 5);
    expect(check.where!.path!.length).toBeGreaterThan(1);
  });

  it('waits for the exits where none is known, and takes the user’s word for them', () => {
    const inner = storeyOf(
      [space('a', 'open_office', 0, 0, 40, 40)],
      [door('d', 20, 0, ['a'], { evidence: 'opening' })],
    );
    expect(only(screen(inner).checks, 'Table 1017.2')).toMatchObject({
      status: 'needs_input',
      asks: ['exits'],
    });
    const marked = screen(inner, { exits: { d: true } });
    expect(only(marked.checks, 'Table 1017.2').status).toBe('pass');
    expect(marked.exits).toMatchObject([{ door_id: 'd', is_exit: true, by: 'user' }]);
  });

  it('leads to stairs above the ground, and past them at the level of discharge', () => {
    const storey = storeyOf(
      [space('a', 'open_office', 0, 0, 40, 40), space('s', 'stair', 40.5, 0, 50, 20)],
      [door('d', 20, -0.25, ['a']), door('t', 40.25, 10, ['a', 's'])],
    );
    const exits = (answers: Answers) =>
      screen(storey, answers)
        .exits.filter((exit) => exit.is_exit)
        .map((exit) => exit.door_id);
    expect(exits({}).sort()).toEqual(['d', 't']);
    expect(exits({ ground_floor: true })).toEqual(['d']);
    expect(exits({ ground_floor: false })).toEqual(['t']);
    expect(exits({ stairs_enclosed: false })).toEqual(['d']);
  });
});

describe('widths', () => {
  it.each([
    [30, 'fail'],
    [33, 'needs_input'],
    [36, 'pass'],
  ])('of a %i in leaf: %s', (inches, status) => {
    const storey = hall([door('a', 10, 20.25, ['hall', 'corridor'], { width_ft: inches / 12 })]);
    const about = status === 'pass' ? undefined : 'a';
    const checks = screen(storey).checks.filter((check) => check.section === '404.2.3');
    if (about) expect(only(checks, '404.2.3', 'a').status).toBe(status);
    else expect(checks.map((check) => check.status)).toEqual(['pass']);
  });

  it('of corridors depend on how many people they serve', () => {
    const storey = (offices: number): Storey =>
      rowStorey({
        widths: Array.from({ length: offices }, () => 20),
        depth: 20,
        corridor: 40 / 12,
        wall: 0.5,
        bands: 1,
        doors_at: [0.5],
      });
    const statuses = (offices: number) =>
      screen(storey(offices))
        .checks.filter((check) => check.section === '1020.3')
        .map((check) => [check.status, check.required]);
    expect(statuses(2)).toContainEqual(['pass', 36]);
    expect(statuses(24).some(([status, required]) => status === 'fail' && required === 44)).toBe(true);
    const served = screen(storey(24), {}, { corridor: { width_in: 38 } }).checks.filter(
      (check) => check.section === '1020.3',
    );
    expect(served.every((check) => check.status === 'pass')).toBe(true);
  });
});

describe('floor for a wheelchair', () => {
  const restroom = (taken: number): Storey => ({
    ...storeyOf([space('rr', 'restroom', 0, 0, 9, 12)], [door('d', 4.5, -0.25, ['rr'])]),
    fixtures: [{ name: 'LAV', ring: rect(9 - taken, 0, 9, 12) as [number, number][] }],
  });

  it('turns where the fixtures leave 60 in', () => {
    expect(only(screen(restroom(3.9)).checks, '304.3', 'rr')).toMatchObject({ status: 'pass' });
    const tight = only(screen(restroom(4.3)).checks, '304.3', 'rr');
    expect(tight).toMatchObject({ status: 'needs_input', required: 60 });
    expect(tight.measured).toBeCloseTo(56.4, 0);
    expect(tight.where!.polygon!.length).toBeGreaterThan(8);
  });

  it('is not said to be free where no fixtures were read in a restroom', () => {
    const bare = { ...restroom(1), fixtures: [] };
    expect(only(screen(bare).checks, '304.3', 'rr')).toMatchObject({
      status: 'needs_input',
      asks: ['drawing'],
    });
  });

  it.each([
    [10, 'fail'],
    [20, 'pass'],
  ])('beside a latch of %i in: %s', (inches, status) => {
    const edge = 20 - 3 - inches / 12;
    const storey = storeyOf(
      [space('a', 'private_office', 0, 0, 20, 5.2), space('b', 'corridor', 0, 5.7, 20, 12)],
      [
        door('out', -0.25, 9, ['b']),
        door('d', edge + 1.5, 5.45, ['a', 'b'], { opens_into: 'a', hinge: { x: edge, y: 5.2 } }),
      ],
    );
    const checks = screen(storey, { door_closers: false }).checks.filter(
      (check) => check.section === '404.2.4.1',
    );
    const found = checks.find((check) => check.id === 'door_approach:d');
    if (status === 'pass') expect(found).toBeUndefined();
    else expect(found).toMatchObject({ status: 'fail', required: 18 });
  });
});

describe('what crosses into the plan document', () => {
  it('gives places in the file’s own coordinates too', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 400, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 })),
        (scale, angle, [dx, dy]) => {
          const to = ([x, y]: readonly [number, number]): [number, number] => [
            (x * Math.cos(angle) - y * Math.sin(angle)) * scale + dx,
            (x * Math.sin(angle) + y * Math.cos(angle)) * scale + dy,
          ];
          const ring = rect(3, 4, 40, 22) as [number, number][];
          const map = sourceMap([{ polygon: ring, source_polygon: ring.map(to) }])!;
          const [x, y] = map([17, 90]);
          expect(x).toBeCloseTo(to([17, 90])[0], 3);
          expect(y).toBeCloseTo(to([17, 90])[1], 3);
        },
      ),
    );
  });

  it('measures nothing at unknown scale', () => {
    const { checks } = screenDocument(...unscaledDocument());
    expect(checks.length).toBeGreaterThan(10);
    for (const check of checks) {
      expect(check).toMatchObject({ status: 'needs_input', asks: ['scale'], where: null });
      expect(check.measured).toBeUndefined();
    }
  });

  it('reads a whole drawing: doors hang, routes lead out, each check names where it stands', async () => {
    const seed = Math.floor(Math.random() * 1e6);
    const document = await analyzePlan(samplePlanDxf(seed), { file_name: 'sample.dxf' });
    const swinging = document.doors.filter((one) => one.evidence === 'swing');
    expect(swinging.filter((one) => one.opens_into !== undefined && one.hinge).length).toBeGreaterThan(
      swinging.length * 0.8,
    );
    for (const one of swinging) {
      if (!one.hinge || one.x === null || one.hinge.x === null) continue;
      expect(Math.hypot(one.hinge.x - one.x, one.hinge.y! - one.y!)).toBeLessThan(one.width_ft! / 2 + 1.2);
      if (one.opens_into) expect(one.connects).toContain(one.opens_into);
    }
    const { checks, routes } = document.compliance;
    expect(routes!.length).toBeGreaterThan(document.spaces.length / 2);
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length);
    for (const check of checks) {
      expect(check.code).toMatch(/^(IBC 2021|ADA 2010)$/);
      expect(check.detail).toMatch(/\.$/);
      if (check.status === 'needs_input') expect(check.needs!.length).toBeGreaterThan(0);
    }
  });
});

describe('rooms of any shape', () => {
  const at = fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -30, max: 30 }));
  const ring = fc.array(at, { minLength: 3, maxLength: 10 });
  const types = fc.constantFrom(
    'open_office',
    'corridor',
    'restroom',
    'stair',
    'phone_booth',
    'meeting_room',
  );

  it('are screened without failing, with finite figures only', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(ring, types), { minLength: 1, maxLength: 4 }),
        fc.array(at, { maxLength: 6 }),
        ring,
        (rooms, doors, shape) => {
          const storey: Storey = {
            ...storeyOf(
              rooms.map(([polygon, type], i) => ({
                ...space(`s${i}`, type as ScreenSpace['type'], 0, 0, 1, 1),
                polygon,
                holes: i === 1 ? [shape] : [],
              })),
              doors.map(([x, y], i) =>
                door(`d${i}`, x, y, ['s0'], {
                  opens_into: 's0',
                  hinge: { x: y, y: x },
                  width_ft: i % 3 ? 3 : null,
                }),
              ),
            ),
            columns: [{ x: 1, y: 2, width_ft: 2 }],
            fixtures: [{ name: 'WC', ring: shape }],
            outlines: [shape],
          };
          const result = screen(storey, { exits: { d0: true, d1: true } });
          JSON.stringify(result, (key, value) => {
            if (typeof value === 'number') expect(Number.isFinite(value), key).toBe(true);
            return value;
          });
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('the page on screening', () => {
  it('lists every rule that is screened', () => {
    const page = readFileSync(new URL('../../../docs/screening.md', import.meta.url), 'utf8');
    for (const rule of Object.values(RULES))
      expect(page).toMatch(
        new RegExp(`${rule.code.slice(0, 3)} ${rule.section.replaceAll('.', '[.]')}[ ,|]`),
      );
  });
});

describe('answers about doors', () => {
  const plan = (doors: [string, number][]): Pick<PlanDocument, 'doors' | 'source' | 'scale'> => ({
    doors: doors.map(([id, x]) => ({
      id,
      x,
      y: 0,
      source_x: x * 12,
      source_y: 0,
      width_ft: 3,
      connects: [],
    })),
    source: { format: 'dxf', file: 'a.dxf', units: 'in', extents: [0, 0, 1200, 600] },
    scale: { feet_per_unit: 1 / 12, method: 'user', confidence: 1, cues: [] },
  });

  it('stay with the door when another reading numbers it otherwise', () => {
    const first = plan([
      ['door-1', 10],
      ['door-2', 50],
    ]);
    const { answers } = changeAnswers(first, {}, { exits: { 'door-2': true }, sprinklered: false });
    const second = plan([
      ['door-1', 50.3],
      ['door-2', 10],
      ['door-3', 80],
    ]);
    expect(answersFor(second, answers)).toEqual({ sprinklered: false, exits: { 'door-1': true } });
    expect(answersFor(plan([['door-1', 10]]), answers)).toEqual({ sprinklered: false });
    const back = changeAnswers(second, answers, { exits: { 'door-1': null }, sprinklered: null });
    expect(back.answers).toEqual({});
    expect(changeAnswers(first, {}, { exits: { 'door-7': true } }).unknown).toEqual(['door-7']);
  });
});
