// What would bring a credit over its threshold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CREDIT_RULES, type CreditItem, creditFor } from './credits.ts';
import { type LiftLine, liftsFor } from './lifts.ts';

const rule = (id: string) => CREDIT_RULES.find((one) => one.id === id)!;
const item = (sku: string, dollars: number, certifications: string[] = [], maker = sku): CreditItem => ({
  product_id: sku,
  sku,
  name: sku,
  manufacturer: maker,
  certifications,
  cost_cents: dollars * 100,
});

describe('swaps that reach a credit', () => {
  it('take the case of $60,000 at 7.6.2 and $20,000 at 7.6.1 over three quarters with one line', () => {
    const lines: LiftLine[] = [
      { key: 'a', item: item('A', 60_000, ['BIFMA e3 7.6.2']), options: [] },
      {
        key: 'b',
        item: item('B', 20_000, ['BIFMA e3 7.6.1']),
        options: [item('B2', 20_000, ['BIFMA e3 7.6.2'])],
      },
      { key: 'c', item: item('C', 20_000), options: [item('C2', 20_000, ['BIFMA e3 7.6.1'])] },
    ];
    const found = liftsFor(rule('leed_v4_1_low_emitting_furniture'), lines);
    expect(found.before.measures[0]!.value).toBe(70);
    expect(found.before.passed).toBe(false);
    expect(found.after.passed).toBe(true);
    expect(found.lifts).toHaveLength(1);
  });

  it('are true: made one after the other they give the result told, and each brings it nearer', () => {
    const certificates = [[], ['BIFMA e3 7.6.1'], ['BIFMA e3 7.6.2'], ['BIFMA e3 7.6.3'], ['EPD']];
    const line = fc.record({
      cost: fc.integer({ min: 100, max: 50_000 }),
      own: fc.constantFrom(...certificates),
      options: fc.array(
        fc.record({ cost: fc.integer({ min: 100, max: 50_000 }), own: fc.constantFrom(...certificates) }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 14 }),
        fc.constantFrom(...CREDIT_RULES),
        (rows, credit) => {
          const lines = rows.map(
            (row, at): LiftLine => ({
              key: String(at),
              item: item(`P${at}`, row.cost, row.own),
              options: row.options.map((option, n) => item(`P${at}.${n}`, option.cost, option.own, `M${n}`)),
            }),
          );
          const { lifts, after } = liftsFor(credit, lines);
          const chosen = lines.map((one) => lifts.find((lift) => lift.key === one.key)?.option ?? one.item);
          expect(creditFor(credit, chosen)).toEqual(after);
          expect(new Set(lifts.map((lift) => lift.key)).size).toBe(lifts.length);
          for (const [at, lift] of lifts.entries())
            expect(lift.reached).toBeGreaterThan(at === 0 ? 0 : lifts[at - 1]!.reached);
        },
      ),
    );
  });
});
