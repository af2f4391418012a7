/** The choice: proven best within the limits, the same every time, and able to say why. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CandidateProduct, Scenario } from '../../contract/choice.ts';
import type { Need } from '../../contract/needs.ts';
import { needsFor } from '../needs/needs.ts';
import { CandidateIndex, candidatesFor, holds, piecesFor, tablePlaces } from './candidates.ts';
import { type ChoiceInput, solveChoice } from './choose.ts';
import { greedyChoice, keepsLimits, objectiveOf } from './greedy.ts';
import { solver } from './milp.ts';
import { solveModel } from './model.ts';
import { SCENARIO_POINTS } from './points.ts';
import { collectionOf, problemOf } from './problem.ts';
import { sampleNeeds, sampleProducts } from './sample_products.ts';
import { carbonFor, cohesionCost, worthOf } from './worth.ts';

const chair = (sku: string, price: number, more: Partial<CandidateProduct> = {}): CandidateProduct => ({
  id: sku,
  sku,
  name: `Chair ${sku}`,
  category: 'seating',
  subcategory: 'task_chair',
  brand: 'Northmark',
  collection: 'Arc',
  specifications: { dimensions: { width_in: 26, depth_in: 26, height_in: 40 } },
  sustainability: {},
  list_price_cents: price * 200,
  unit_price_cents: price * 100,
  in_stock: true,
  lead_time_days: 14,
  moq: 1,
  ...more,
});

const needChairs = (quantity: number, key = 'room:task_chair'): Need => ({
  ...sampleNeeds(1, 1)[0]!,
  key,
  role: 'task_chair',
  label: 'Task chairs',
  quantity,
  select: { subcategories: ['task_chair'], categories: ['seating'], keywords: ['chair'] },
  priority: 'essential',
});

describe('proof', () => {
  it('finds the best of all choices: the objective equals that of trying every one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (seed, tightness) => {
          const needs = sampleNeeds(seed, 4, 2).map((need) => ({ ...need, priority: 'standard' as const }));
          const products = sampleProducts(seed, 4).map((p) => ({ ...p, moq: 1 }));
          const free = problemOf({ needs, products, uniform: false });
          const total = (pick: (costs: number[]) => number) =>
            free.lines.reduce((a, line) => a + pick(line.candidates.map((c) => c.cost_cents)), 0);
          const low = total((costs) => Math.min(...costs));
          const max = Math.floor(low + tightness * (total((costs) => Math.max(...costs)) - low));
          const input: ChoiceInput = { needs, products, uniform: false, limits: { max_total_cents: max } };
          const { scenarios } = await solveChoice(input, { scenarios: ['balanced'], rel_gap: 0 });
          const proof = scenarios[0]!.proof;
          expect(proof.objective!).toBeCloseTo(bestByTrying(input, max), 5);
          expect(proof.bound!).toBeGreaterThanOrEqual(proof.objective! - 1e-6);
          expect(Math.round(scenarios[0]!.furniture_total * 100)).toBeLessThanOrEqual(max);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('limits hold in every scenario, the gap is proven, and the same input gives the same answer', async () => {
    const products = sampleProducts(7, 30);
    const needs = sampleNeeds(8, 24);
    const open = await solveChoice({ needs, products, uniform: false });
    const [cheap, , best] = open.scenarios;
    const limits = {
      max_total_cents: Math.round(50 * (cheap!.furniture_total + best!.furniture_total)),
      max_lead_time_days: 40,
      max_carbon_kg: 0.95 * best!.carbon_kg + 2000,
    };
    const input: ChoiceInput = { needs, products, uniform: false, limits };
    const result = await solveChoice(input);
    expect(result.infeasibility).toBeNull();
    for (const scenario of result.scenarios) {
      Scenario.parse(scenario);
      expect(scenario.furniture_total * 100).toBeLessThanOrEqual(limits.max_total_cents + 1e-6);
      expect(scenario.carbon_kg).toBeLessThanOrEqual(limits.max_carbon_kg + 0.1);
      expect(scenario.max_lead_time_days).toBeLessThanOrEqual(40);
      expect(scenario.proof.gap!).toBeLessThanOrEqual(1e-3);
    }
    expect(await solveChoice(input)).toEqual(result);
    const totals = result.scenarios.map((s) => s.furniture_total);
    expect(totals[0]!).toBeLessThanOrEqual(totals[1]!);
    expect(totals[1]!).toBeLessThanOrEqual(totals[2]! + 1e-6);
    expect(result.scenarios[2]!.quality_score).toBeGreaterThan(result.scenarios[0]!.quality_score);
  });
});

describe('against the greedy choice', () => {
  it('is never worse, and its objective is that of the choice it hands over', async () => {
    const highs = await solver();
    for (const seed of [1, 2, 3]) {
      const problem = problemOf({
        needs: sampleNeeds(seed, 18),
        products: sampleProducts(seed, 15),
        uniform: false,
      });
      const low = problem.lines.reduce(
        (a, line) => a + Math.min(...line.candidates.map((c) => c.cost_cents)),
        0,
      );
      const goal = { point: SCENARIO_POINTS.balanced, target_cents: Math.round(1.2 * low) };
      const limits = { max_total_cents: Math.round(1.4 * low) };
      const choice = solveModel(highs, problem, limits, goal, { rel_gap: 1e-4 });
      const greedy = greedyChoice(problem, limits, goal)!;
      expect(keepsLimits(problem, choice.chosen!, limits)).toBe(true);
      expect(objectiveOf(problem, choice.chosen!, goal)).toBeCloseTo(choice.proof.objective!, 6);
      expect(choice.proof.objective!).toBeGreaterThanOrEqual(objectiveOf(problem, greedy, goal) - 1e-9);
    }
  });
});

describe('limits that cannot be met', () => {
  it('names the smallest set of limits to relax and the value each has to reach', async () => {
    const products = [chair('A', 400, { lead_time_days: 40 }), chair('B', 900, { lead_time_days: 10 })];
    const budget = { max_total_cents: 5000_00 };
    const both = await solveChoice({
      needs: [needChairs(10)],
      products,
      limits: { ...budget, max_lead_time_days: 20 },
    });
    expect(both.scenarios.every((s) => s.items.length === 0 && s.proof.status === 'infeasible')).toBe(true);
    const sets = both.infeasibility!.relaxations.map((r) => r.limits.map((l) => [l.kind, l.to]));
    expect(sets).toEqual([[['budget', '$9,000']], [['lead_time', '40 days']]]);
    expect(both.infeasibility!.relaxations[1]!.gives).toContain('$4,000');
    expect(both.infeasibility!.relaxations.map((r) => r.relief)).toEqual([
      { max_total: 9000 },
      { max_lead_time_days: 40 },
    ]);
  });

  it('counts what is locked at its own price', async () => {
    const products = [chair('A', 100), chair('B', 900)];
    const input: ChoiceInput = {
      needs: [needChairs(10)],
      products,
      locked: [{ need_key: 'room:task_chair', product_id: 'B' }],
      limits: { max_total_cents: 2000_00 },
    };
    const { infeasibility } = await solveChoice(input);
    expect(infeasibility!.relaxations[0]!.relief).toEqual({ max_total: 9000 });
    const again = await solveChoice({ ...input, limits: { max_total_cents: 9000_00 } });
    expect(again.infeasibility).toBeNull();
  });

  it('says so when two limits have to give together, and which brand would help', async () => {
    const products = [
      chair('A', 900, { brand: 'Lumen', lead_time_days: 40 }),
      chair('B', 100, { lead_time_days: 90 }),
    ];
    const result = await solveChoice({
      needs: [needChairs(1)],
      products,
      limits: { allowed_brands: ['Northmark'], max_lead_time_days: 30 },
    });
    expect(result.infeasibility!.without_product[0]!.label).toBe('Task chairs');
    const sets = result.infeasibility!.relaxations.map((r) =>
      r.limits.map((l) => `${l.kind}:${l.to}`).join(' '),
    );
    expect(sets).toEqual(['lead_time:90 days']);
    const pair = await solveChoice({
      needs: [needChairs(1)],
      products: products.slice(0, 1),
      limits: { allowed_brands: ['Northmark'], max_lead_time_days: 30 },
    });
    expect(pair.infeasibility!.relaxations.map((r) => r.limits.map((l) => l.to))).toEqual([
      ['40 days', 'also Lumen'],
    ]);
  });

  it('what the catalogue does not sell is left out with the reason, not called infeasible', async () => {
    const standing = {
      ...needChairs(3, 'room:desk'),
      label: 'Sit-stand desks',
      requires: ['height_adjustable'],
    };
    const { scenarios, infeasibility } = await solveChoice({
      needs: [needChairs(2), standing],
      products: [chair('A', 400)],
    });
    expect(infeasibility).toBeNull();
    expect(scenarios[1]!.items.map((item) => item.sku)).toEqual(['A']);
    expect(scenarios[1]!.left_out[0]!.why).toContain('height adjustable');
  });
});

describe('rules of the order', () => {
  it('a minimum order is met over the whole project or the product is not chosen', async () => {
    const bulk = chair('BULK', 100, { moq: 10 });
    const plain = chair('PLAIN', 500);
    const few = await solveChoice(
      { needs: [needChairs(4)], products: [bulk, plain] },
      { scenarios: ['conservative'] },
    );
    expect(few.scenarios[0]!.items[0]!.sku).toBe('PLAIN');
    const needs = [needChairs(4, 'a:chair'), needChairs(6, 'b:chair')];
    const many = await solveChoice(
      { needs, products: [bulk, plain], uniform: false },
      { scenarios: ['conservative'] },
    );
    expect(many.scenarios[0]!.items.map((item) => item.sku)).toEqual(['BULK', 'BULK']);
  });

  it('locked items stay, rejected ones do not come back, and rooms of a type share one product', async () => {
    const products = sampleProducts(3, 12);
    const bill = needsFor({
      brief: { private_offices: 3 },
      spaces: [1, 2, 3].map((n) => ({ id: `o${n}`, type: 'private_office' as const, area_sqft: 130 })),
    });
    const first = await solveChoice({ needs: bill.needs, products }, { scenarios: ['balanced'] });
    const chairs = (items: { role: string; sku: string }[]) =>
      items.filter((i) => i.role === 'guest_chair').map((i) => i.sku);
    expect(new Set(chairs(first.scenarios[0]!.items)).size).toBe(1);
    const rejected = first.scenarios[0]!.items.find((item) => item.role === 'desk')!.product_id;
    const locked = { need_key: 'o2:guest_chair', product_id: 'guest_chair-11' };
    const again = await solveChoice(
      {
        needs: bill.needs,
        products,
        locked: [locked],
        rejected: [{ need_key: null, product_id: rejected }],
        limits: { max_lead_time_days: 56 },
      },
      { scenarios: ['balanced'] },
    );
    const items = again.scenarios[0]!.items;
    expect(items.find((item) => item.need_key === 'o2:guest_chair')).toMatchObject({
      product_id: 'guest_chair-11',
      locked: true,
    });
    expect(items.some((item) => item.product_id === rejected)).toBe(false);
  });

  it('pieces of several places are counted room by room', () => {
    const table = {
      ...chair('T', 1),
      category: 'tables',
      subcategory: 'meeting_table',
      specifications: { seats: 6 },
    };
    const need = { ...needChairs(16), measure: 'seats' as const, groups: 4 };
    expect(piecesFor(need, table)).toBe(4);
    expect(piecesFor({ ...need, groups: 1 }, table)).toBe(3);
    expect(tablePlaces(96, 48)).toBe(8);
  });

  it('a product of an unknown category is found by its words, and a higher BIFMA level includes the lower', () => {
    const foreign = chair('F', 10, { category: 'Chairs', subcategory: null, name: 'Swivel chair' });
    const index = new CandidateIndex([foreign]);
    expect(candidatesFor(index, needChairs(1), {}).products).toHaveLength(1);
    const level = chair('L', 1, { sustainability: { certifications: ['BIFMA LEVEL 3'] } });
    expect(holds(level, 'BIFMA LEVEL 2')).toBe(true);
    expect(holds(level, 'BIFMA LEVEL 4')).toBe(false);
  });
});

describe('explanations', () => {
  it('quotes the brief, measured facts and the rank, and gives true differences for the alternatives', async () => {
    const products = sampleProducts(5, 10);
    const bill = needsFor({
      brief: { workstation_count: 12 },
      evidence: [{ path: 'workstation_count', value: 12, turn: 0, quote: '12 desks for the design team' }],
      spaces: [{ id: 's', name: 'Studio', type: 'open_office', area_sqft: 1200 }],
    });
    const { scenarios } = await solveChoice({ needs: bill.needs, products }, { scenarios: ['balanced'] });
    const item = scenarios[0]!.items.find((i) => i.role === 'task_chair')!;
    expect(item.reasoning).toContain('“12 desks for the design team”');
    expect(item.reasoning).toContain('Studio');
    expect(item.reasoning).toMatch(new RegExp(`Rank ${item.rank} of ${item.candidates}`));
    expect(item.alternatives.length).toBeGreaterThanOrEqual(2);
    expect(item.alternatives.length).toBeLessThanOrEqual(5);
    for (const alternative of item.alternatives) {
      const product = products.find((p) => p.id === alternative.product_id)!;
      expect(alternative.price_diff).toBeCloseTo((12 * product.unit_price_cents) / 100 - item.total_price, 6);
      expect(alternative.lead_time_diff_days).toBe(product.lead_time_days - item.lead_time_days);
    }
  });

  it('is surer of a clear winner than of a near tie', async () => {
    const well = chair('WELL', 400, {
      specifications: { warranty_years: 12, features: ['lumbar_support', 'castors'] },
      preference: 1,
    });
    const poor = chair('POOR', 405, { lead_time_days: 60, in_stock: false, preference: -1 });
    const twin = { ...well, id: 'TWIN', sku: 'TWIN' };
    const confidence = async (products: CandidateProduct[]) =>
      (await solveChoice({ needs: [needChairs(5)], products }, { scenarios: ['balanced'] })).scenarios[0]!
        .items[0]!.confidence_score;
    expect(await confidence([well, poor])).toBeGreaterThan(await confidence([well, twin]));
    expect(await confidence([well, twin])).toBeCloseTo(0.5, 1);
  });

  it('tells what changed between scenarios: the differences add up to the difference of the totals', async () => {
    const { scenarios } = await solveChoice({
      needs: sampleNeeds(4, 30),
      products: sampleProducts(9, 20),
      uniform: false,
    });
    const [conservative, balanced, aggressive] = scenarios;
    expect(balanced!.trade_offs).toEqual([]);
    for (const scenario of [conservative!, aggressive!]) {
      const changed = scenario.trade_offs.reduce((a, row) => a + row.price_diff, 0);
      expect(changed).toBeCloseTo(scenario.furniture_total - balanced!.furniture_total, 2);
      expect(scenario.trade_offs.length).toBeGreaterThan(0);
    }
  });
});

/** The best objective over all choices within a money limit, by trying every one. */
function bestByTrying(input: ChoiceInput, max: number): number {
  const problem = problemOf(input);
  const point = SCENARIO_POINTS.balanced;
  let best = Number.NEGATIVE_INFINITY;
  const walk = (at: number, worth: number, cost: number, used: Set<string>): void => {
    if (cost > max) return;
    const line = problem.lines[at];
    if (!line) {
      const fees = [...used].reduce((a, key) => a + cohesionCost(problem, key.split('|')[0]!, point), 0);
      best = Math.max(best, point.price_weight + worth - fees);
      return;
    }
    for (const candidate of line.candidates) {
      expect(carbonFor(candidate)).toBeGreaterThanOrEqual(0);
      const key = `${line.area}|${collectionOf(candidate.product)}`;
      walk(
        at + 1,
        worth + worthOf(problem, line, candidate, point),
        cost + candidate.cost_cents,
        line.visible ? new Set([...used, key]) : used,
      );
    }
  };
  walk(0, 0, 0, new Set());
  return best;
}
