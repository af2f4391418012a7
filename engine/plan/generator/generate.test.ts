import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlanDocument } from '../../../contract/plan.ts';
import { overlap } from '../../geometry/overlap.ts';
import { analyzePlan } from '../analyze.ts';
import { generatePlan } from './generate.ts';
import { CONVENTIONS } from './model.ts';
import { samplePlan, samplePlanDxf } from './sample.ts';
import { scorePlan, truthOf } from './score.ts';
import { writeDxf } from './write_dxf.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('generated plans', () => {
  it('are the same for the same seed and differ between seeds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        expect(writeDxf(generatePlan(seed))).toBe(writeDxf(generatePlan(seed)));
        expect(writeDxf(generatePlan(seed))).not.toBe(writeDxf(generatePlan(seed + 1)));
      }),
      { numRuns: 5 },
    );
  });

  it('have true rooms that do not overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const { rooms } = generatePlan(seed);
        for (let i = 0; i < rooms.length; i++) {
          for (let j = i + 1; j < rooms.length; j++) {
            expect(overlap(rooms[i]!.polygon, rooms[j]!.polygon)).toBeLessThan(1e-6);
          }
        }
      }),
      { numRuns: 4 },
    );
  });
});

describe('reading generated plans', () => {
  const named = CONVENTIONS.filter((convention) => convention !== 'none');
  for (const convention of named) {
    it(`finds nearly all rooms with ${convention} layers, whatever else is drawn`, async () => {
      const total = { rooms: 0, found_75: 0, found_90: 0, false_rooms: 0 };
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
          const plan = generatePlan(seed, { convention });
          const score = scorePlan(
            await analyzePlan(bytes(writeDxf(plan)), { file_name: 'plan.dxf' }),
            truthOf(plan),
          );
          for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += score[key];
        }),
        { numRuns: 6 },
      );
      expect(total.found_75 / total.rooms).toBeGreaterThanOrEqual(0.95);
      expect(total.found_90 / total.rooms).toBeGreaterThanOrEqual(0.9);
      expect(total.false_rooms / total.rooms).toBeLessThanOrEqual(0.05);
    });
  }

  it('is not misled by a wrong unit in the header', async () => {
    for (const unit of ['in', 'mm', 'm', 'ft'] as const) {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
          const plan = generatePlan(seed, { convention: 'aia', unit, wrong_header: true, dimensions: true });
          const document = await analyzePlan(bytes(writeDxf(plan)), { file_name: 'plan.dxf' });
          const feet = { in: 1 / 12, mm: 1 / 304.8, m: 1 / 0.3048, ft: 1 }[unit];
          expect(document.scale.feet_per_unit! / feet).toBeCloseTo(1, 1);
          expect(document.warnings.map((w) => w.code)).toContain('header_units_wrong');
        }),
        { numRuns: 2 },
      );
    }
  });
});

describe('the sample plan', () => {
  it('is a small office that is read without a mistake', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), async (seed) => {
        const plan = samplePlan(seed);
        const document = PlanDocument.parse(
          await analyzePlan(samplePlanDxf(seed), { file_name: 'sample.dxf' }),
        );
        expect(document.dimensions.total_area_sqft).toBeGreaterThan(9_000);
        expect(document.dimensions.total_area_sqft).toBeLessThan(12_000);
        const score = scorePlan(document, truthOf(plan));
        expect(score.rooms).toBeGreaterThan(25);
        expect(score.found_90).toBe(score.rooms);
        expect(score.named).toBe(score.rooms);
        expect(score.false_rooms).toBe(0);
      }),
      { numRuns: 4 },
    );
  });
});
