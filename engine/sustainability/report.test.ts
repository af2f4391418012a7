/** Sustainability: totals weighted as they should be, unknowns told, credits with their arithmetic. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SustainabilityReport } from '../../contract/sustainability.ts';
import { carbonOf } from './carbon.ts';
import { CREDIT_RULES, type CreditItem, creditFor } from './credits.ts';
import { type SustainabilityItem, sustainabilityFor } from './report.ts';

const rule = (id: string) => CREDIT_RULES.find((entry) => entry.id === id)!;
const line = (
  sku: string,
  dollars: number,
  certifications: string[],
  manufacturer = 'Northmark',
): CreditItem => ({
  product_id: sku,
  sku,
  name: sku,
  manufacturer,
  certifications,
  cost_cents: dollars * 100,
});
const item = (
  key: string,
  quantity: number,
  sustainability: NonNullable<SustainabilityItem['product']['sustainability']>,
  more: Partial<SustainabilityItem['product']> = {},
): SustainabilityItem => ({
  item_key: key,
  space_id: key.split(':')[0]!,
  quantity,
  unit_price_cents: 100_00,
  product: {
    id: key,
    sku: key,
    name: key,
    category: 'seating',
    subcategory: 'guest_chair',
    sustainability,
    ...more,
  },
});

describe('low-emitting furniture', () => {
  const lowEmitting = rule('leed_v4_1_low_emitting_furniture');

  it('$60k at 7.6.2 and $20k at 7.6.1 of $100k count $70k and fail', () => {
    const result = creditFor(lowEmitting, [
      line('A', 60_000, ['BIFMA e3 7.6.2']),
      line('B', 20_000, ['BIFMA e3 7.6.1']),
      line('C', 20_000, ['BIFMA LEVEL 3']),
    ]);
    expect(result.passed).toBe(false);
    expect(result.measures[0]).toMatchObject({
      numerator: 70_000,
      denominator: 100_000,
      value: 70,
      threshold: 75,
    });
    expect(result.missing_certificates.map((row) => row.sku)).toEqual(['B', 'C']);
  });

  it('$70k at 7.6.2 and $10k at 7.6.1 of $100k count $75k and pass', () => {
    const result = creditFor(lowEmitting, [
      line('A', 70_000, ['GREENGUARD Gold']),
      line('B', 10_000, ['BIFMA e3 7.6.1']),
      line('C', 20_000, []),
    ]);
    expect(result.passed).toBe(true);
    expect(result.measures[0]).toMatchObject({ numerator: 75_000, denominator: 100_000 });
    expect(result.points).toBe(0);
    expect(result.note).toContain('Furniture alone never earns');
  });

  it('7.6.3 counts 125 %, never more than the whole', () => {
    const better = creditFor(lowEmitting, [
      line('A', 60_000, ['BIFMA e3 7.6.2, 7.6.3']),
      line('B', 40_000, []),
    ]);
    expect(better.measures[0]!.numerator).toBe(75_000);
    expect(better.passed).toBe(true);
    expect(creditFor(lowEmitting, [line('A', 10, ['7.6.3'])]).measures[0]!.value).toBe(100);
    expect(creditFor(lowEmitting, []).passed).toBe(false);
  });
});

describe('environmental product declarations', () => {
  it('counts different products and their makers', () => {
    const interiors = rule('leed_v4_1_epd_option_1_interiors');
    const lines = Array.from({ length: 10 }, (_, i) => line(`P${i}`, 100, ['EPD'], `Maker ${i % 3}`));
    expect(creditFor(interiors, lines)).toMatchObject({ passed: true, points: 1 });
    expect(creditFor(interiors, [...lines.slice(0, 9), lines[0]!]).passed).toBe(false);
    expect(
      creditFor(
        interiors,
        lines.map((l) => ({ ...l, manufacturer: 'One' })),
      ).measures[1],
    ).toMatchObject({ value: 1, met: false });
    expect(creditFor(rule('leed_v4_1_epd_option_1'), lines).passed).toBe(false);
  });
});

describe('carbon', () => {
  it('takes the product’s own figure, else an average of its kind, else says missing', () => {
    expect(
      carbonOf({ category: 'seating', sustainability: { carbon_footprint_kg: 50, certifications: ['EPD'] } }),
    ).toEqual({ kg: 50, quality: 'measured_epd' });
    expect(carbonOf({ category: 'seating', sustainability: { carbon_footprint_kg: 50 } }).quality).toBe(
      'declared',
    );
    expect(carbonOf({ category: 'seating', subcategory: 'task_chair' })).toEqual({
      kg: 81,
      quality: 'category_average',
    });
    expect(carbonOf({ category: 'desks', subcategory: 'bench_desk', specifications: { seats: 4 } }).kg).toBe(
      400,
    );
    expect(carbonOf({ category: 'accessories', subcategory: 'wall_clock' })).toEqual({
      kg: null,
      quality: 'missing',
    });
  });
});

describe('report', () => {
  it('weights content by mass and number, not by lines', () => {
    const report = sustainabilityFor({
      items: [
        item('a:heavy', 1, { recycled_content_pct: 50 }, { specifications: { weight_lbs: 90 } }),
        item('a:light', 1, { recycled_content_pct: 10 }, { specifications: { weight_lbs: 10 } }),
        item('b:silent', 50, {}, { specifications: { weight_lbs: 500 } }),
      ],
    });
    expect(report.recycled_content_pct).toBe(46);
    expect(report.recyclable_pct).toBeNull();
    expect(report.by_space.map((space) => [space.space_id, space.recycled_content_pct])).toEqual([
      ['a', 46],
      ['b', null],
    ]);
  });

  it('grades the data and does not hide what is missing', () => {
    const measured = { carbon_footprint_kg: 10, certifications: ['EPD'] };
    expect(
      sustainabilityFor({ items: [item('a:1', 9, measured), item('a:2', 1, {})] }).totals.data_quality_grade,
    ).toBe('A');
    const half = sustainabilityFor({ items: [item('a:1', 1, measured), item('a:2', 1, {})] });
    expect(half.totals.data_quality_grade).toBe('D');
    expect(half.totals.carbon_quality).toMatchObject({ measured_epd_pct: 50, missing_pct: 50 });
    expect(half.carbon_footprint_kg).toBe(10);
  });

  it('compares targets with what is there', () => {
    const report = sustainabilityFor({
      items: [item('a:1', 2, { carbon_footprint_kg: 30, recycled_content_pct: 40, certifications: ['FSC'] })],
      targets: {
        max_carbon_kg: 50,
        min_recycled_content_pct: 40,
        min_recyclable_pct: 80,
        certifications: ['FSC', 'Declare'],
      },
    });
    expect(report.targets.map((row) => row.met)).toEqual([false, true, false, true, false]);
  });

  it('spaces add up to the project, and the report has its published shape', () => {
    const facts = fc.record({
      carbon_footprint_kg: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
      recycled_content_pct: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
      recyclable_pct: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 40 }), facts), {
          maxLength: 30,
        }),
        (rows) => {
          const items = rows.map(([space, quantity, s], i) => item(`${space}:${i}`, quantity, s));
          const report = sustainabilityFor({ items });
          SustainabilityReport.parse(report);
          const sum = report.by_space.reduce((a, space) => a + space.carbon_footprint_kg, 0);
          expect(sum).toBeCloseTo(report.carbon_footprint_kg, 6);
          for (const pct of [report.recycled_content_pct, report.recyclable_pct]) {
            if (pct !== null) expect(pct).toBeGreaterThanOrEqual(0);
            if (pct !== null) expect(pct).toBeLessThanOrEqual(100);
          }
        },
      ),
    );
  });
});
