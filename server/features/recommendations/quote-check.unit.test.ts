// What a saved quote is warned of, by the day it is looked at.
import { describe, expect, it } from 'vitest';
import { type QuoteCheck, warningsOf } from './quote-check.ts';
import type { ItemRow } from './sql/items.ts';

const row = (more: Partial<ItemRow> = {}) =>
  ({
    product_name: 'Task chair',
    product_status: 'active',
    successor_sku: null,
    unit_list_price: 3796,
    list_price: 3796,
    quoted_at: new Date('2026-11-01T12:00:00Z'),
    quoted_lead_time_days: 20,
    lead_time_days: 20,
    ...more,
  }) as unknown as ItemRow;
const check = (more: Partial<QuoteCheck> = {}): QuoteCheck => ({
  now: new Date('2026-11-20T12:00:00Z'),
  price_valid_days: 30,
  delivery_date: null,
  max_lead_time_days: null,
  ...more,
});
const codes = (item: ItemRow, at: QuoteCheck) => warningsOf(item, at).map((one) => one.code);

describe('a saved line', () => {
  it('is not warned of while price, time and product are what they were', () => {
    expect(codes(row(), check({ max_lead_time_days: 20, delivery_date: '2026-12-11' }))).toEqual([]);
  });

  it('says what the price was and is', () => {
    expect(warningsOf(row({ list_price: 4251.5 }), check())).toEqual([
      {
        code: 'price_changed',
        message: 'The list price was 3,796.00 when quoted and is 4,251.50 now; reprice to take it over.',
      },
    ]);
  });

  it('is old once prices no longer hold', () => {
    expect(codes(row(), check({ price_valid_days: 18 }))).toEqual(['price_stale']);
    expect(codes(row(), check({ price_valid_days: 19 }))).toEqual([]);
  });

  it('is late where it takes longer than the brief allows, also after it was priced anew', () => {
    const slow = { lead_time_days: 140, quoted_lead_time_days: 140 };
    expect(warningsOf(row(slow), check({ max_lead_time_days: 90 }))).toEqual([
      { code: 'late', message: 'Takes 140 days; the brief allows 90.' },
    ]);
  });

  it('is late by one day, and not on the day itself', () => {
    expect(codes(row(), check({ delivery_date: '2026-12-10' }))).toEqual([]);
    expect(codes(row(), check({ delivery_date: '2026-12-09' }))).toEqual(['late']);
  });

  it('names the successor of what is no longer sold', () => {
    const [gone] = warningsOf(row({ product_status: 'discontinued', successor_sku: 'TC-2' }), check());
    expect(gone).toMatchObject({ code: 'discontinued', message: expect.stringContaining('TC-2') });
  });
});
