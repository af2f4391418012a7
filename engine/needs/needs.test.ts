/** Bills of needs in the words of the trade: counts come from the brief, the room or a rule, and say which. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRODUCT_SUBCATEGORIES } from '../../contract/catalog.ts';
import { BillOfNeeds, type Need } from '../../contract/needs.ts';
import { SPACE_TYPES } from '../../contract/plan.ts';
import { DEFAULT_KIT_RULES, kitRules } from './kits.ts';
import { needsFor } from './needs.ts';
import { type NeedSpace, shareOut } from './rooms.ts';

const open = (id: string, area: number, capacity?: number): NeedSpace => ({
  id,
  name: `Open office ${id}`,
  type: 'open_office',
  area_sqft: area,
  suggested_capacity: capacity ?? null,
});
const office = (id: string, area = 120): NeedSpace => ({
  id,
  name: 'Office',
  number: id,
  type: 'private_office',
  area_sqft: area,
});
const meeting = (id: string, capacity: number): NeedSpace => ({
  id,
  name: `Room ${id}`,
  type: 'meeting_room',
  area_sqft: capacity * 28,
  suggested_capacity: capacity,
});
const of = (needs: readonly Need[], role: string) => needs.filter((need) => need.role === role);
const total = (needs: readonly Need[], role: string) =>
  of(needs, role).reduce((a, need) => a + need.quantity, 0);

describe('counts of the brief', () => {
  it('shares the desks out over the open offices by what they hold and quotes the sentence', () => {
    const { needs, notes } = needsFor({
      brief: { workstation_count: 30 },
      evidence: [{ path: 'workstation_count', value: 30, turn: 0, quote: 'room for 30 workstations' }],
      spaces: [open('a', 3000), open('b', 1500)],
    });
    expect(of(needs, 'desk').map((need) => need.quantity)).toEqual([20, 10]);
    expect(total(needs, 'task_chair')).toBe(30);
    expect(of(needs, 'desk')[0]?.evidence[0]).toMatchObject({
      kind: 'brief',
      quote: 'room for 30 workstations',
      turn: 0,
    });
    expect(notes).toEqual([]);
  });

  it('people without a private office need a desk in open space', () => {
    const { needs } = needsFor({
      brief: { employee_count: 22 },
      spaces: [open('a', 3000), office('1'), office('2')],
    });
    expect(of(needs, 'desk').map((need) => [need.space_id, need.quantity])).toEqual([
      ['a', 20],
      ['1', 1],
      ['2', 1],
    ]);
  });

  it('tells honestly how many desks the plan cannot hold', () => {
    const { needs, notes } = needsFor({ brief: { workstation_count: 100 }, spaces: [open('a', 1100)] });
    expect(total(needs, 'desk')).toBe(20);
    expect(notes).toContainEqual(
      expect.objectContaining({ code: 'desks_short', severity: 'shortfall', needed: 100, available: 20 }),
    );
  });

  it('furnishes the offices that are asked for, names the spare ones, and counts the missing ones', () => {
    const spare = needsFor({ brief: { private_offices: 1 }, spaces: [office('1', 100), office('2', 160)] });
    expect(of(spare.needs, 'desk').map((need) => need.space_id)).toEqual(['2']);
    expect(spare.notes[0]?.message).toContain('Office 1');
    const short = needsFor({ brief: { meeting_rooms: 3 }, spaces: [meeting('m', 6)] });
    expect(short.notes).toContainEqual(
      expect.objectContaining({ code: 'meeting_rooms_short', needed: 3, available: 1 }),
    );
    const none = needsFor({ brief: { private_offices: 0 }, spaces: [office('1')] });
    expect(none.needs).toEqual([]);
  });

  it('booths that have no room become freestanding ones', () => {
    const { needs } = needsFor({
      brief: { workstation_count: 40, phone_booths: 3 },
      spaces: [open('a', 4000), { id: 'p', type: 'phone_booth', area_sqft: 25 }],
    });
    expect(total(needs, 'phone_booth')).toBe(2);
    expect(total(needs, 'booth_surface')).toBe(1);
  });
});

describe('what the brief wants and refuses', () => {
  it('sit-stand desks replace fixed ones', () => {
    const { needs } = needsFor({
      brief: { workstation_count: 10, special_requirements: ['standing_desks'] },
      spaces: [open('a', 1000)],
    });
    expect(of(needs, 'desk')).toHaveLength(1);
    expect(of(needs, 'desk')[0]).toMatchObject({ requires: ['height_adjustable'], quantity: 10 });
  });

  it('a twentieth of the desks is accessible, taken off the ordinary ones', () => {
    const { needs } = needsFor({
      brief: { workstation_count: 41, special_requirements: ['wheelchair_access'] },
      spaces: [open('a', 5000)],
    });
    expect(total(needs, 'accessible_desk')).toBe(3);
    expect(total(needs, 'desk')).toBe(38);
    expect(total(needs, 'task_chair')).toBe(41);
  });

  it('nothing of an excluded topic is in the bill, and the note says so', () => {
    fc.assert(
      fc.property(
        fc.subarray([
          'lounge_seating',
          'phone_booths',
          'storage_per_person',
          'breakroom',
          'collaboration_zones',
          'reception',
        ] as const),
        (excluded) => {
          const { needs } = needsFor({
            brief: { workstation_count: 20, excluded, special_requirements: ['acoustic_privacy'] },
            spaces: SPACE_TYPES.map((type, i) => ({
              id: `s${i}`,
              type,
              area_sqft: 1500,
              suggested_capacity: 10,
            })),
          });
          for (const need of needs) {
            for (const word of excluded) expect(need.topics).not.toContain(word);
          }
        },
      ),
    );
    const { notes } = needsFor({
      brief: { excluded: ['breakroom'] },
      spaces: [{ id: 'b', type: 'breakroom', area_sqft: 400 }],
    });
    expect(notes.map((n) => n.code)).toContain('excluded');
  });

  it('asks which room a training room is, and furnishes it once a room is named so', () => {
    const asked = needsFor({ brief: { special_requirements: ['training_room'] }, spaces: [meeting('m', 6)] });
    expect(asked.notes.map((n) => n.code)).toContain('training_room_without_room');
    const named = needsFor({
      brief: { special_requirements: ['training_room'] },
      spaces: [{ ...meeting('m', 20), name: 'Training' }],
    });
    expect(total(named.needs, 'training_chair')).toBe(20);
    expect(of(named.needs, 'meeting_table')).toEqual([]);
  });
});

describe('without a brief, without a plan', () => {
  it('furnishes rooms by their capacity', () => {
    const { needs } = needsFor({
      spaces: [open('a', 900, 12), meeting('m', 8), { id: 'w', type: 'restroom', area_sqft: 80 }],
    });
    expect(total(needs, 'desk')).toBe(12);
    expect(total(needs, 'meeting_chair')).toBe(8);
    expect(of(needs, 'desk')[0]?.evidence.map((e) => e.kind)).toEqual(['capacity', 'rule']);
    expect(needs.some((need) => need.space_id === 'w')).toBe(false);
  });

  it('counts a project without a plan from the brief alone', () => {
    const { needs, notes } = needsFor({
      brief: { workstation_count: 24, private_offices: 3, meeting_rooms: 4, phone_booths: 2 },
      spaces: [],
    });
    expect(total(needs, 'desk')).toBe(27);
    expect(total(needs, 'guest_chair')).toBe(6);
    expect(total(needs, 'phone_booth')).toBe(2);
    expect(of(needs, 'meeting_table').reduce((a, need) => a + need.groups, 0)).toBe(4);
    expect(notes.map((n) => n.code)).toContain('meeting_mix_assumed');
    expect(new Set(needs.map((need) => need.key)).size).toBe(needs.length);
  });

  it('asks instead of inventing when nothing is known', () => {
    const empty = needsFor({ spaces: [] });
    expect(empty.needs).toEqual([]);
    expect(empty.notes[0]).toMatchObject({ code: 'nothing_to_count', severity: 'question' });
  });
});

describe('the kit table', () => {
  it('names only subcategories of the catalogue, and every row has its source', () => {
    const known = new Set<string>(Object.values(PRODUCT_SUBCATEGORIES).flat());
    for (const rule of DEFAULT_KIT_RULES) {
      expect(
        rule.subcategories.filter((name) => !known.has(name)),
        rule.id,
      ).toEqual([]);
      expect(rule.source, rule.id).not.toBe('');
    }
    expect(new Set(DEFAULT_KIT_RULES.map((rule) => rule.id)).size).toBe(DEFAULT_KIT_RULES.length);
  });

  it('an organization replaces, silences and adds rows', () => {
    const pedestal = DEFAULT_KIT_RULES.find((rule) => rule.id === 'open.pedestal')!;
    const rules = [
      { ...pedestal, per: 2 },
      { ...DEFAULT_KIT_RULES.find((rule) => rule.id === 'open.power_module')!, enabled: false },
      {
        ...pedestal,
        id: 'own.footrest',
        role: 'footrest',
        label: 'Footrests',
        subcategories: ['footrest'],
        per: 5,
      },
    ];
    const { needs } = needsFor({ brief: { workstation_count: 10 }, spaces: [open('a', 1000)], rules });
    expect(total(needs, 'pedestal')).toBe(5);
    expect(total(needs, 'footrest')).toBe(2);
    expect(of(needs, 'power_module')).toEqual([]);
    expect(() => kitRules([{ ...pedestal, per: 0 }])).toThrow(/above zero/);
  });

  it('whatever the rooms, keys are unique, desks never exceed the brief, and the bill has its published shape', () => {
    const space = fc.record({
      id: fc.uuid(),
      type: fc.constantFrom(...SPACE_TYPES),
      area_sqft: fc.option(fc.integer({ min: 5, max: 6000 })),
      suggested_capacity: fc.option(fc.integer({ min: 0, max: 80 })),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(space, { maxLength: 30, selector: (s) => s.id }),
        fc.integer({ min: 0, max: 300 }),
        (spaces, desks) => {
          const bill = needsFor({
            brief: { workstation_count: desks, special_requirements: ['phone_booths', 'lockers'] },
            spaces,
          });
          BillOfNeeds.parse(bill);
          expect(new Set(bill.needs.map((need) => need.key)).size).toBe(bill.needs.length);
          const placed = bill.programme
            .filter((room) => room.kit === 'open_office')
            .reduce((a, room) => a + room.workstations, 0);
          expect(placed).toBeLessThanOrEqual(desks);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('sharing out is whole, complete and within the caps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 60 })), {
          minLength: 1,
          maxLength: 20,
        }),
        (count, pairs) => {
          const caps = pairs.map(([, cap]) => cap);
          const shares = shareOut(
            count,
            pairs.map(([weight]) => weight),
            caps,
          );
          expect(shares.reduce((a, b) => a + b, 0)).toBe(
            Math.min(
              count,
              caps.reduce((a, b) => a + b, 0),
            ),
          );
          for (const [index, share] of shares.entries()) expect(share).toBeLessThanOrEqual(caps[index]!);
        },
      ),
    );
  });
});
