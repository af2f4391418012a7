/** Budgets add up to the cent, and the return shows hard savings without help from soft ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BudgetBreakdown, RoiAnalysis } from '../../contract/budget.ts';
import { toNumber } from '../money.ts';
import { budgetFor, furnitureBudget, furnitureWithin } from './budget.ts';
import { DEFAULT_RATES } from './rates.ts';
import { roiFor } from './roi.ts';

const items = [
  { quantity: 10, unit_list_price: 1000, unit_price: 427.5 },
  { quantity: 3, unit_list_price: 333.33, unit_price: 199.99 },
];

describe('budget lines', () => {
  it('list, sell and every line on top add up to the total', () => {
    const budget = budgetFor({
      items,
      rates: { tax_pct: 6.25 },
      brief_budget: { target: 6000, max: 7000 },
      people: 10,
      area_sqft: 1000,
    });
    BudgetBreakdown.parse(budget);
    expect(budget.furniture_list).toBe(10_999.99);
    expect(budget.furniture_sell).toBe(4874.97);
    expect(Object.fromEntries(budget.lines.map((line) => [line.key, line.amount]))).toEqual({
      furniture: 4874.97,
      freight: 195,
      installation: 487.5,
      design: 97.5,
      project_management: 97.5,
      contingency: 287.62,
      tax: 316.87,
    });
    expect(budget.total_cost).toBe(6356.96);
    expect(budget.variance_from_target_pct).toBe(5.95);
    expect(budget.within_max).toBe(true);
    expect(budget.per_person).toBe(635.7);
    expect(budget.per_sqft).toBe(6.36);
    expect(budget.discount_pct).toBe(55.68);
  });

  it('knows no target, people or area that nobody gave', () => {
    const budget = budgetFor({ items: [] });
    expect(budget).toMatchObject({
      total_cost: 0,
      target: null,
      variance_from_target_pct: null,
      within_max: null,
      per_person: null,
    });
  });

  it('furniture within an all-in amount fills it to the cent and never breaks it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900_000_00 }),
        fc.integer({ min: 0, max: 12 }),
        fc.boolean(),
        (total, tax, services) => {
          const rates = { ...DEFAULT_RATES, tax_pct: tax, tax_services: services };
          const cost = (net: number) =>
            budgetFor({ items: [{ quantity: 1, unit_list_price: 0, unit_price: toNumber(net) }], rates })
              .total_cost;
          const net = furnitureWithin(total, rates);
          expect(cost(net)).toBeLessThanOrEqual(toNumber(total));
          expect(cost(net + 1)).toBeGreaterThan(toNumber(total));
        },
      ),
    );
  });

  it('a range gives a hard maximum and three targets in order', () => {
    const { max_total_cents: max, targets } = furnitureBudget({
      min: 500_000,
      max: 750_000,
      target: 600_000,
    });
    expect(max).toBe(targets.aggressive);
    expect(targets.conservative!).toBeLessThan(targets.balanced!);
    expect(targets.balanced!).toBeLessThan(targets.aggressive!);
    expect(furnitureBudget(undefined)).toEqual({
      max_total_cents: null,
      targets: { conservative: null, balanced: null, aggressive: null },
    });
  });
});

describe('return on investment', () => {
  const space = { area_before_sqft: 20_000, area_after_sqft: 15_000, rent_per_sqft: 40 };

  it('counts nothing that nobody has said, and names it', () => {
    const roi = roiFor({ investment_cents: 600_000_00 });
    RoiAnalysis.parse(roi);
    expect(roi).toMatchObject({
      annual_savings: 0,
      annual_soft_benefits: 0,
      payback_months: null,
      roi_3_year: -600_000,
    });
    expect(roi.notes[0]).toContain('rent');
    expect(roi.benefits.every((benefit) => benefit.annual === 0)).toBe(true);
  });

  it('5,000 sq ft released at $40 pay $600,000 back in three years', () => {
    const roi = roiFor({ investment_cents: 600_000_00, inputs: { ...space, discount_rate_pct: 0 } });
    expect(roi).toMatchObject({
      annual_savings: 200_000,
      payback_months: 36,
      roi_3_year: 0,
      roi_5_year: 400_000,
      roi_5_year_pct: 66.67,
    });
    const discounted = roiFor({ investment_cents: 600_000_00, inputs: { ...space, discount_rate_pct: 10 } });
    expect(discounted.roi_5_year).toBe(158_157.35);
  });

  it('soft benefits never touch the hard figures', () => {
    const hard = roiFor({ investment_cents: 600_000_00, inputs: space });
    const soft = roiFor({
      investment_cents: 600_000_00,
      inputs: {
        ...space,
        headcount: 100,
        loaded_salary: 90_000,
        productivity_pct: { value: 1, source: 'own pilot' },
      },
    });
    expect(soft.annual_savings).toBe(hard.annual_savings);
    expect(soft.payback_months).toBe(hard.payback_months);
    expect(soft.sensitivity).toEqual(hard.sensitivity);
    expect(soft.annual_soft_benefits).toBe(90_000);
    expect(soft.payback_months_with_soft!).toBeLessThan(soft.payback_months!);
    expect(soft.assumptions.find((a) => a.key === 'productivity_pct')?.source).toBe('own pilot');
  });

  it('the three largest inputs are those whose fifth more or less moves the five-year figure most', () => {
    const roi = roiFor({
      investment_cents: 600_000_00,
      inputs: { ...space, repair_before: 5000, repair_after: 1000 },
    });
    expect(roi.sensitivity.map((row) => row.key)).toEqual([
      'area_before_sqft',
      'area_after_sqft',
      'rent_per_sqft',
    ]);
    const up = roiFor({
      investment_cents: 600_000_00,
      inputs: { ...space, repair_before: 5000, repair_after: 1000, rent_per_sqft: 48 },
    });
    expect(roi.sensitivity[2]!.roi_5_year_high).toBe(up.roi_5_year);
    for (const row of roi.sensitivity) {
      expect(Math.min(row.roi_5_year_low, row.roi_5_year_high)).toBeLessThan(roi.roi_5_year);
      expect(Math.max(row.roi_5_year_low, row.roi_5_year_high)).toBeGreaterThan(roi.roi_5_year);
    }
  });

  it('refuses what cannot be', () => {
    expect(() => roiFor({ investment_cents: 1, inputs: { rent_per_sqft: -1 } })).toThrow(/zero or more/);
    expect(() => roiFor({ investment_cents: 1, inputs: { happiness: 1 } })).toThrow(/no input/);
  });
});
