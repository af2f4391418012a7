// Real drawings that are not part of the project; where they are missing the suite says so and is skipped.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overlap } from '../geometry/overlap.ts';
import { analyzePlan } from './analyze.ts';
import { scorePlan, type Truth } from './generator/score.ts';

const folder = join(
  process.env['OFS_TRIAL_DATA'] ?? join(import.meta.dirname, '../../../shared/data'),
  'plans',
);
const present = existsSync(folder);
if (!present)
  console.log('Trial plans are missing (OFS_TRIAL_DATA): the tests on real drawings are skipped.');

type TruthFile = { truth: { number: string; name: string; rings: [number, number][][] }[] };

function officeTruth(): Truth[] {
  const file = JSON.parse(
    readFileSync(join(folder, 'office/officeA_Level1.truth.json'), 'utf8'),
  ) as TruthFile;
  const scaled = (ring: [number, number][]) => ring.map(([x, y]): [number, number] => [x * 1000, y * 1000]);
  return file.truth.map(({ number, name, rings }) => ({
    number,
    name,
    polygon: { outer: scaled(rings[0]!), holes: rings.slice(1).map(scaled) },
  }));
}

describe.skipIf(!present)('real drawings', () => {
  for (const name of ['officeA_Level1.dxf', 'officeA_Level1_gaps.dxf']) {
    it(`${name}: 95 % of the rooms at IoU 0.75, 88 % at 0.9, names right, areas within 1 %`, async () => {
      const document = await analyzePlan(readFileSync(join(folder, 'office', name)), { file_name: name });
      const score = scorePlan(document, officeTruth());
      expect(score.found_75 / score.rooms).toBeGreaterThanOrEqual(0.95);
      expect(score.found_90 / score.rooms).toBeGreaterThanOrEqual(0.88);
      expect(score.named / score.rooms).toBeGreaterThanOrEqual(0.95);
      expect(score.false_rooms / score.rooms).toBeLessThanOrEqual(0.05);
      expect(score.median_area_error).toBeLessThan(0.01);
      expect(document.source.units).toBe('mm');
    });
  }

  for (const [ignore_fills, least] of [
    [false, 91],
    [true, 85],
  ] as const) {
    it(`the facility plan ${ignore_fills ? 'without' : 'with'} its own fills: at least ${least} of 97 rooms at IoU 0.5`, async () => {
      const { rooms } = JSON.parse(readFileSync(join(folder, 'cmu/truth_floor2.json'), 'utf8')) as {
        rooms: { polygon: [number, number][] }[];
      };
      const document = await analyzePlan(readFileSync(join(folder, 'cmu/Newell-Simon_GIS-2.pdf')), {
        file_name: 'facility.pdf',
        ignore_fills,
      });
      const found = rooms.filter(({ polygon }) =>
        document.spaces.some(
          (space) =>
            overlap(
              { outer: polygon, holes: [] },
              { outer: space.source_polygon, holes: space.source_holes },
            ) >= 0.5,
        ),
      );
      expect(found.length).toBeGreaterThanOrEqual(least);
      expect(document.spaces.length - found.length).toBeLessThanOrEqual(16);
      expect(document.scale.feet_per_unit).toBeNull();
    });
  }

  it('the house: inches, although its header says millimetres, and its rooms by name', async () => {
    const document = await analyzePlan(readFileSync(join(folder, 'dxf/floorplan.dxf')), {
      file_name: 'floorplan.dxf',
    });
    expect(document.scale.feet_per_unit).toBeCloseTo(1 / 12, 6);
    expect(document.warnings.map((w) => w.code)).toContain('header_units_wrong');
    const area = (name: string) => document.spaces.find((s) => s.name === name)?.area_sqft ?? 0;
    expect(Math.abs(area('MASTER BEDROOM') / (13.67 * 14) - 1)).toBeLessThan(0.03);
    expect(Math.abs(area('BEDROOM 2') / (13.5 * 11) - 1)).toBeLessThan(0.03);
    expect(Math.abs(area('BEDROOM 3') / (11.5 * 13) - 1)).toBeLessThan(0.03);
    expect(Math.abs(area('2 CAR GARAGE') / (21.17 * 20.83) - 1)).toBeLessThan(0.03);
  });
});
