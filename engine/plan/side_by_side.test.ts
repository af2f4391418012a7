import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../geometry/planar.ts';
import { analyzePlan } from './analyze.ts';
import { generatePlan } from './generator/generate.ts';
import { scorePlan, truthOf } from './generator/score.ts';
import { writeDxf } from './generator/write_dxf.ts';
import { storeysOf } from './side_by_side.ts';

describe('storeys beside each other', () => {
  it('are told apart by the space between them, in any direction and number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 5, max: 40 }),
        fc.boolean(),
        (count, rooms, upright) => {
          const boxes = Array.from({ length: count }, (_, s) =>
            Array.from({ length: rooms }, (_, i): Box => {
              const [x, y] = [(i % 8) * 11, Math.floor(i / 8) * 13];
              const [dx, dy] = upright ? [0, s * 120] : [s * 130, 0];
              return [x + dx, y + dy, x + dx + 10, y + dy + 12];
            }),
          ).flat();
          const found = storeysOf(boxes.reverse());
          expect(found.map((storey) => storey.rooms)).toEqual(Array(count).fill(rooms));
        },
      ),
    );
  });

  it('are all read, with a warning that says how many there are', async () => {
    const plan = generatePlan(77, { difficulty: 'real', convention: 'aia', real: { second_storey: true } });
    const document = await analyzePlan(new TextEncoder().encode(writeDxf(plan)), { file_name: 'two.dxf' });
    const warning = document.warnings.find((w) => w.code === 'several_storeys');
    expect(warning?.message).toMatch(/2 plans beside each other/);
    expect(scorePlan(document, truthOf(plan)).found_75).toBeGreaterThan(0.85 * plan.rooms.length);
    const one = generatePlan(77, { difficulty: 'real', convention: 'aia', real: { second_storey: false } });
    const single = await analyzePlan(new TextEncoder().encode(writeDxf(one)), { file_name: 'one.dxf' });
    expect(single.warnings.map((w) => w.code)).not.toContain('several_storeys');
  });
});
