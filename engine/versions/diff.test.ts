import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffStates } from './diff.ts';
import type { ProjectState, Row } from './state.ts';

const SQUARE = [
  [0, 0],
  [10, 0],
  [10, 12],
  [0, 12],
];
const room = (id: string, more: Row = {}): Row => ({
  id,
  floor_plan_id: 'f',
  number: id,
  name: null,
  type: 'private_office',
  area_sqft: 120,
  polygon: SQUARE,
  holes: [],
  ...more,
});
const piece = (x: number, y: number, rotation_deg = 0) => ({ x, y, rotation_deg, width_ft: 2, depth_ft: 2 });
const line = (id: string, space_id: string, more: Row = {}): Row => ({
  id,
  space_id,
  scenario_id: 's',
  product_id: 'p',
  need_key: `${space_id}:chair`,
  quantity: 1,
  unit_price: 100.1,
  total_price: 100.1,
  placement: [piece(1, 1)],
  status: 'proposed',
  ...more,
});
const state = (more: Partial<ProjectState> = {}): ProjectState => ({
  format: 2,
  project: { name: 'Quay', requirements: { employee_count: 60 } },
  project_terms: null,
  floor_plans: [],
  spaces: [room('a'), room('b')],
  recommendation: null,
  budget_scenarios: [{ id: 's', name: 'Balanced', type: 'balanced', total_cost: 100.1, currency: 'USD' }],
  recommendation_items: [line('1', 'a')],
  item_snapshots: [],
  sustainability_metrics: [],
  products: { p: { sku: 'CH-1', name: 'Chair' }, q: { sku: 'CH-2', name: 'Stool' } },
  ...more,
});

describe('two states', () => {
  it('that are the same differ in nothing, wherever an outline begins', () => {
    const turned = [...SQUARE.slice(2), ...SQUARE.slice(0, 2)];
    const diff = diffStates(state(), state({ spaces: [room('b'), room('a', { polygon: turned })] }));
    expect(diff).toMatchObject({ words: [], brief: [], placements: [] });
    expect(diff.spaces).toEqual({ added: [], removed: [], changed: [] });
    expect(diff.bill.lines).toEqual([]);
  });

  it('tell rooms that came, went and changed, and in what', () => {
    const wider = SQUARE.map(([x = 0, y = 0]) => [x * 1.5, y]);
    const diff = diffStates(
      state(),
      state({ spaces: [room('a', { polygon: wider, area_sqft: 180, type: 'meeting_room' }), room('c')] }),
    );
    expect(diff.spaces.changed[0]?.fields).toEqual(['type', 'area', 'outline']);
    expect(diff.spaces.added.map(({ id }) => id)).toEqual(['c']);
    expect(diff.spaces.removed.map(({ id }) => id)).toEqual(['b']);
    expect(diff.words).toContain('a: private office → meeting room, 120 sq ft → 180 sq ft, another outline.');
  });

  it('know a room read anew by its number, unless two bear it', () => {
    expect(
      diffStates(state(), state({ spaces: [room('x', { number: 'a' }), room('b')] })).spaces,
    ).toMatchObject({
      added: [],
      removed: [],
    });
    const twice = [room('x', { number: 'a' }), room('y', { number: 'a' }), room('b')];
    expect(diffStates(state(), state({ spaces: twice })).spaces.added).toHaveLength(2);
  });

  it('tell pieces that moved, turned, came and went', () => {
    const kinds = (before: unknown[], after: unknown[]) =>
      diffStates(
        state({ recommendation_items: [line('1', 'a', { placement: before })] }),
        state({ recommendation_items: [line('9', 'a', { placement: after })] }),
      ).placements.map(({ kind }) => kind);
    expect(kinds([piece(1, 1)], [piece(1, 1, 360)])).toEqual([]);
    expect(kinds([piece(1, 1)], [piece(1, 1, 90)])).toEqual(['turned']);
    expect(kinds([piece(1, 1), piece(5, 5)], [piece(5, 5), piece(2, 1)])).toEqual(['moved']);
    expect(kinds([piece(1, 1)], [piece(1, 1), piece(3, 3)])).toEqual(['added']);
    expect(kinds([piece(1, 1), piece(3, 3)], [piece(3, 3)])).toEqual(['removed']);
  });

  it('tell lines by quantity, price and total; another product for one need is one changed line', () => {
    const after = state({
      recommendation_items: [line('2', 'a', { quantity: 2, unit_price: 90, total_price: 180 })],
    });
    expect(diffStates(state(), after).bill.lines).toMatchObject([
      { kind: 'changed', fields: ['quantity', 'price', 'total'], room: 'a' },
    ]);
    const swapped = diffStates(
      state(),
      state({ recommendation_items: [line('3', 'a', { product_id: 'q' })] }),
    );
    expect(swapped.bill.lines).toMatchObject([
      { kind: 'changed', fields: ['description'], before: { sku: 'CH-1' }, after: { sku: 'CH-2' } },
    ]);
    const refused = diffStates(
      state(),
      state({ recommendation_items: [line('1', 'a', { status: 'rejected' })] }),
    );
    expect(refused.bill.lines).toMatchObject([{ kind: 'removed', after: null }]);
  });

  it('tell fields of the brief by their path; an empty field is as a missing one', () => {
    const project = { name: 'Quay', requirements: { employee_count: 64, notes: [] }, tags: [] };
    expect(diffStates(state(), state({ project })).brief).toEqual([
      { path: 'requirements.employee_count', before: 60, after: 64 },
    ]);
  });

  it('read backwards, what came has gone and what changed has changed', () => {
    const rooms = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 });
    const of = (ids: string[]) =>
      state({ spaces: ids.map((id) => room(id)), recommendation_items: ids.map((id) => line(id, id)) });
    fc.assert(
      fc.property(rooms, rooms, (one, two) => {
        const [there, back] = [diffStates(of(one), of(two)), diffStates(of(two), of(one))];
        const ids = (all: { id: string }[]) => all.map(({ id }) => id).sort();
        expect(ids(there.spaces.added)).toEqual(ids(back.spaces.removed));
        expect(there.bill.lines.filter(({ kind }) => kind === 'added')).toHaveLength(
          back.bill.lines.filter(({ kind }) => kind === 'removed').length,
        );
      }),
    );
  });
});
