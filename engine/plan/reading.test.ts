// What drawings from offices hold beside rooms and doors, and how sure the reader is of what it makes of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap } from '../geometry/overlap.ts';
import { type Point, polygonArea, simplifyRing } from '../geometry/planar.ts';
import { analyzePlan } from './analyze.ts';
import { confidenceOf, doubtsOf } from './confidence.ts';
import { makeFrame } from './frame.ts';
import { fitWeights, type Sample, samplesOf } from './generator/calibrate.ts';
import { generatePlan } from './generator/generate.ts';
import type { PlanOptions, RealOptions } from './generator/model.ts';
import { type Score, scorePlan, truthOf } from './generator/score.ts';
import { writeDxf } from './generator/write_dxf.ts';
import { layerRole } from './layers.ts';
import { emptyLinework, type Origin } from './linework.ts';
import { findTreads } from './treads.ts';
import { voidTexts } from './voids.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });

async function scoreOf(seed: number, options: Partial<PlanOptions>): Promise<Score> {
  const plan = generatePlan(seed, options);
  const document = await analyzePlan(new TextEncoder().encode(writeDxf(plan)), { file_name: 'plan.dxf' });
  return scorePlan(document, truthOf(plan));
}

/** Shares over the plans of some seeds: found at IoU 0.75, false, with the right name and number. */
async function sharesOf(options: Partial<PlanOptions>, runs = 4) {
  const total = { rooms: 0, found_75: 0, false_rooms: 0, named: 0 };
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const score = await scoreOf(seed, { width_ft: 110, depth_ft: 72, ...options });
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += score[key];
    }),
    { numRuns: runs },
  );
  return {
    found: total.found_75 / total.rooms,
    wrong: total.false_rooms / total.rooms,
    named: total.named / total.rooms,
  };
}

const real = (options: Partial<RealOptions>): Partial<PlanOptions> => ({
  difficulty: 'real',
  convention: 'aia',
  labels: 'both',
  real: { in_block: false, second_storey: false, ...options },
});

describe('rooms of drawings as offices send them', () => {
  it('walls drawn with one line, on a layer that says nothing, divide rooms', async () => {
    const shares = await sharesOf(real({ single_wall_share: 0.6 }));
    expect(shares.found).toBeGreaterThan(0.92);
    expect(shares.wrong).toBeLessThan(0.06);
  });

  it('restroom stalls and stair treads belong to their rooms', async () => {
    const shares = await sharesOf(real({ fittings: true, overhead: true }));
    expect(shares.found).toBeGreaterThan(0.95);
    expect(shares.wrong).toBeLessThan(0.05);
  });

  it('labels outside the building find their room along the leader', async () => {
    const shares = await sharesOf(real({ outside_labels: true, tag_boxes: true }));
    expect(shares.named).toBeGreaterThan(0.92);
  });

  it('legend, title block and walls to be taken down add no rooms', async () => {
    const shares = await sharesOf(real({ sheet: true, demolition: true }));
    expect(shares.found).toBeGreaterThan(0.95);
    expect(shares.wrong).toBeLessThan(0.04);
  });

  it('on one layer for everything most rooms are found', async () => {
    const shares = await sharesOf({ convention: 'none', difficulty: 'plain', labels: 'both' });
    expect(shares.found).toBeGreaterThan(0.92);
    expect(shares.wrong).toBeLessThan(0.08);
  });
});

describe('layers', () => {
  it.each(['A-WALL-DEMO', 'A-WALL-D', 'Walls to be demolished', 'ABBRUCH_WAND', 'xref$0$A-WALL-DEMO'])(
    '%s holds what is taken down, no walls',
    (name) => expect(layerRole(name)).toBe('ignored'),
  );
  it.each(['A-WALL', 'A-WALL-FULL', 'Walls', 'WAENDE', 'xref$0$A-WALL'])('%s holds walls', (name) =>
    expect(layerRole(name)).toBe('wall'),
  );
});

describe('what is no wall or floor', () => {
  it('treads are told from walls by their spacing, whatever way they run', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 20 }),
        fc.double({ min: 0.75, max: 1.2, noNaN: true }),
        fc.double({ min: 0, max: 3.1, noNaN: true }),
        (count, going, angle) => {
          const turn = ([x, y]: Point): Point => [
            x * Math.cos(angle) - y * Math.sin(angle),
            x * Math.sin(angle) + y * Math.cos(angle),
          ];
          const flight = Array.from({ length: count }, (_, i) => ({
            a: turn([0, i * going]),
            b: turn([4, i * going]),
          }));
          const walls = [0, 0.5, 12, 12.5].map((x) => ({ a: turn([20 + x, 0]), b: turn([20 + x, 30]) }));
          const treads = findTreads([...flight, ...walls]);
          expect([...treads].sort((p, q) => p - q)).toEqual(flight.map((_, i) => i));
        },
      ),
    );
  });

  it('texts that say so mark a void', () => {
    const origin: Origin = { layer: 'text', role: 'label', symbol: -1 };
    const linework = emptyLinework();
    for (const value of ['OPEN TO BELOW', 'Void', 'OPEN OFFICE', 'BELOW', 'LOBBY BELOW', 'STORAGE'])
      linework.texts.push({ value, anchor: [0, 0], centre: [0, 0], height: 1, width: 5, origin });
    expect(voidTexts(linework, makeFrame(linework, 1))).toHaveLength(4);
  });
});

describe('outlines', () => {
  it('keep their corners when points of one corner nearly coincide', () => {
    const noise = fc.double({ min: -0.009, max: 0.009, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(noise, noise), { minLength: 12, maxLength: 12 }),
        fc.nat({ max: 11 }),
        (noises, start) => {
          const corners: Point[] = [
            [0, 0],
            [7, 0],
            [7, 4],
            [0, 4],
          ];
          const ring = noises.map(([dx, dy], i): Point => {
            const [x, y] = corners[Math.floor(i / 3)]!;
            return [x + dx, y + dy];
          });
          const turned = [...ring.slice(start), ...ring.slice(0, start)];
          const simple = simplifyRing(turned, 0.02);
          expect(simple.length).toBeGreaterThanOrEqual(4);
          expect(polygonArea({ outer: simple, holes: [] })).toBeGreaterThan(27);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('overlap themselves wholly even where a copy is off by less than a hair', () => {
    const hair = fc.double({ min: -1e-9, max: 1e-9, noNaN: true });
    fc.assert(
      fc.property(fc.array(hair, { minLength: 16, maxLength: 16 }), (off) => {
        const ring: Point[] = [
          [0, 0],
          [3, 0],
          [3, 1],
          [6, 1],
          [6, 5],
          [2, 5],
          [2, 3],
          [0, 3],
        ];
        const copy = ring.map(([x, y], i): Point => [x + off[2 * i]!, y + off[2 * i + 1]!]);
        expect(overlap({ outer: ring, holes: [] }, { outer: copy, holes: [] })).toBeGreaterThan(0.999);
      }),
    );
  });
});

describe('confidence', () => {
  it('is higher where outlines are right, and says in words what speaks against the others', () => {
    const samples: Sample[] = [];
    fc.assert(
      fc.property(seeds, (seed) => {
        samples.push(...samplesOf(seed * 10));
      }),
      { numRuns: 8 },
    );
    const mean = (wanted: boolean) => {
      const own = samples.filter(({ right }) => right === wanted);
      return own.reduce((sum, { features }) => sum + confidenceOf(features), 0) / Math.max(1, own.length);
    };
    expect(mean(true)).toBeGreaterThan(0.93);
    if (samples.filter(({ right }) => !right).length >= 5) expect(mean(false)).toBeLessThan(mean(true) - 0.1);
    const calm = samples.find(({ features }) => confidenceOf(features) >= 0.98)!.features;
    expect(confidenceOf({ ...calm, printed_area_off: 1 })).toBeLessThan(confidenceOf(calm));
    expect(doubtsOf({ ...calm, printed_area_off: 1 }).join()).toContain('area printed');
    expect(confidenceOf({ ...calm, line_share: 1, open_share: 1 })).toBeLessThan(0.9);
  });

  it('is fitted so that what is said is what comes true', () => {
    const base = samplesOf(40)[0]!.features;
    const clean = Object.fromEntries(Object.keys(base).map((key) => [key, key === 'base' ? 1 : 0]));
    const samples = Array.from({ length: 400 }, (_, i): Sample => {
      const open_share = i % 2;
      const right = open_share === 0 ? i % 20 !== 0 : i % 5 === 1;
      return { features: { ...(clean as typeof base), open_share }, right };
    });
    const weights = fitWeights(samples);
    const chance = (open: number) => 1 / (1 + Math.exp(-(weights.base + weights.open_share * open)));
    const share = (open: number) => {
      const own = samples.filter(({ features }) => features.open_share === open);
      return own.filter(({ right }) => right).length / own.length;
    };
    expect(chance(0)).toBeCloseTo(share(0), 1);
    expect(chance(1)).toBeCloseTo(share(1), 1);
  });
});
