import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlanDocument } from '../../../contract/plan.ts';
import type { Point } from '../../geometry/planar.ts';
import { analyzePlan } from '../analyze.ts';
import { PlanError } from '../errors.ts';
import { generatePlan } from '../generator/generate.ts';
import { scorePlan, truthOf } from '../generator/score.ts';
import { toPage, writePdf } from '../generator/write_pdf.ts';
import { arcThrough } from './arcs.ts';

const read = (bytes: Uint8Array, page?: number) =>
  analyzePlan(bytes, { file_name: 'plan.pdf', ...(page ? { page } : {}) });

describe('vector PDF plans', () => {
  it('give nearly all rooms, their names and the scale of the note', async () => {
    const total = { rooms: 0, found_75: 0, found_90: 0, false_rooms: 0, named: 0 };
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
        const plan = generatePlan(seed, { labels: 'both' });
        const document = PlanDocument.parse(await read(writePdf(plan)));
        const onPage = (p: Point) => toPage(plan, p);
        const truth = truthOf(plan).map((room, i) => {
          const { outer, holes } = plan.rooms[i]!.polygon;
          return {
            ...room,
            polygon: { outer: outer.map(onPage), holes: holes.map((hole) => hole.map(onPage)) },
          };
        });
        const score = scorePlan(document, truth);
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += score[key];
        expect(document.scale.feet_per_unit).toBeCloseTo(1 / 9, 6);
        expect(document.source.units).toBe('pt');
      }),
      { numRuns: 6 },
    );
    expect(total.found_75 / total.rooms).toBeGreaterThanOrEqual(0.92);
    expect(total.found_90 / total.rooms).toBeGreaterThanOrEqual(0.75);
    expect(total.false_rooms / total.rooms).toBeLessThanOrEqual(0.05);
    expect(total.named / total.rooms).toBeGreaterThanOrEqual(0.9);
  });

  it('give rooms but no areas where the sheet names no scale', async () => {
    const document = await read(writePdf(generatePlan(11, { labels: 'both' }), false));
    expect(document.scale.feet_per_unit).toBeNull();
    expect(document.spaces.length).toBeGreaterThan(10);
    expect(document.spaces.every((space) => space.area_sqft === null)).toBe(true);
  });

  it('say which pages there are', async () => {
    await expect(read(writePdf(generatePlan(11)), 3)).rejects.toMatchObject({ code: 'bad_page' });
  });

  it('that are damaged give a plan or a clear refusal', async () => {
    const whole = writePdf(generatePlan(12, { width_ft: 92, depth_ft: 64 }));
    const hits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(hits, fc.boolean(), async (changes, cut) => {
        const copy = whole.slice(0, cut ? whole.length - (changes[0]![0] % whole.length) : whole.length);
        for (const [at, value] of changes) copy[8 + ((at * 7919) % Math.max(1, copy.length - 8))] = value;
        await read(copy).then(
          (document) => PlanDocument.parse(document),
          (error: unknown) => expect(error).toBeInstanceOf(PlanError),
        );
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

describe('arcs in paths', () => {
  it('are found from points on a circle and not from others', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 6, noNaN: true }),
        fc.integer({ min: 40, max: 200 }),
        (radius, from, sweep) => {
          const points = Array.from({ length: 12 }, (_, i): Point => {
            const angle = from + ((sweep * Math.PI) / 180) * (i / 11);
            return [3 + radius * Math.cos(angle), 7 + radius * Math.sin(angle)];
          });
          const arc = arcThrough(points)!;
          expect(arc.radius).toBeCloseTo(radius, 3);
          expect(arc.sweep).toBeCloseTo(sweep, 3);
        },
      ),
    );
    expect(
      arcThrough([
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 0],
      ]),
    ).toBeNull();
  });
});
