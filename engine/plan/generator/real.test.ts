// The realistic plans: their truth must be exact whatever is drawn around it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaOf, overlap } from '../../geometry/overlap.ts';
import { boxOf, distance, inPolygon, type Point, type Polygon, polygonArea } from '../../geometry/planar.ts';
import { analyzePlan } from '../analyze.ts';
import { readDxfLinework } from '../dxf/read.ts';
import { difference } from './clip.ts';
import { generatePlan } from './generate.ts';
import { DOOR_STYLES, type GeneratedPlan, LABEL_STYLES, type RealOptions } from './model.ts';
import { scorePlan, truthOf } from './score.ts';
import { writeDxf } from './write_dxf.ts';
import { toPage, writePdf } from './write_pdf.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });
const real = (seed: number, given: Partial<RealOptions> = {}) =>
  generatePlan(seed, { difficulty: 'real', real: given });
const linework = (plan: GeneratedPlan) => readDxfLinework(new TextEncoder().encode(writeDxf(plan)));

describe('realistic plans', () => {
  it('have rooms, walls and openings that fill the building exactly', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const plan = real(seed, { second_storey: false });
        const outlines = plan.rooms.map((room): Polygon => ({ outer: room.polygon.outer, holes: [] }));
        const corridor = plan.rooms.at(-1)!;
        outlines[outlines.length - 1] = corridor.polygon;
        for (const wall of plan.walls)
          for (const room of outlines) expect(overlap(wall, room)).toBeLessThan(1e-6);
        const left = areaOf(difference([plan.footprint], [...outlines, ...plan.walls]));
        const slots =
          plan.doors.reduce((sum, door) => sum + door.width * 1.1, 0) +
          plan.windows.reduce((sum, w) => sum + distance(w.a, w.b) * w.thickness, 0);
        expect(left).toBeLessThanOrEqual(slots + 0.01);
      }),
      { numRuns: 4 },
    );
  });

  it('have rooms that meet along every partition drawn as one line', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const plan = real(seed, { single_wall_share: 0.5 });
        expect(plan.single_walls.length).toBeGreaterThan(0);
        for (const [a, b] of plan.single_walls) {
          const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
          const across: Point = a[0] === b[0] ? [0.01, 0] : [0, 0.01];
          for (const k of [-1, 1]) {
            const p: Point = [middle[0] + k * across[0], middle[1] + k * across[1]];
            expect(plan.rooms.filter((room) => inPolygon(p, room.polygon))).toHaveLength(1);
          }
        }
      }),
      { numRuns: 3 },
    );
  });

  it('show every room by name and number in each way of labelling, leaders pointing into their rooms', () => {
    for (const label_style of LABEL_STYLES) {
      fc.assert(
        fc.property(seeds, (seed) => {
          const plan = generatePlan(seed, {
            difficulty: 'real',
            labels: 'both',
            real: { label_style, outside_labels: true },
          });
          const shown = new Set(linework(plan).texts.map((text) => text.value));
          for (const room of plan.rooms) {
            expect(shown).toContain(room.number);
            expect(shown).toContain(room.name);
            if (room.leader_to) expect(inPolygon(room.leader_to, room.polygon)).toBe(true);
            else expect(inPolygon(room.label_at, room.polygon)).toBe(true);
          }
        }),
        { numRuns: 2 },
      );
    }
  });

  it('draw doors in every style, and none where only gaps are left', () => {
    for (const door_style of DOOR_STYLES) {
      const plan = real(11, { door_style, sliding_share: 0, sheet: false, fittings: false });
      const swings = linework(plan).arcs.filter((arc) => Math.abs(arc.sweep - 90) < 1).length;
      const leaves = plan.doors.filter((door) => door.drawn).reduce((sum, door) => sum + door.leaves, 0);
      expect(swings).toBeGreaterThanOrEqual(leaves);
      expect(leaves > 0).toBe(door_style !== 'gaps');
    }
  });

  it('keep everything drawn within the bounds, on the page too', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const plan = real(seed);
        const box = boxOf(plan.walls.flatMap((wall) => wall.outer));
        expect(box[0]).toBeGreaterThanOrEqual(plan.bounds[0] - 1e-6);
        expect(box[2]).toBeLessThanOrEqual(plan.bounds[2] + 1e-6);
        const page = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(new TextDecoder().decode(writePdf(plan)))!;
        const [x, y] = toPage(plan, [box[2], box[3]]);
        expect(x).toBeLessThan(Number(page[1]));
        expect(y).toBeLessThan(Number(page[2]));
      }),
      { numRuns: 4 },
    );
  });

  it('put a second storey beside the first, its rooms numbered on', () => {
    const plan = real(5, { second_storey: true });
    const numbers = plan.rooms.map((room) => Number(room.number));
    expect(new Set(numbers).size).toBe(numbers.length);
    const storey = (from: number) =>
      boxOf(
        plan.rooms.filter((r) => Math.floor(Number(r.number) / 100) === from).flatMap((r) => r.polygon.outer),
      );
    expect(storey(2)[0]).toBeGreaterThan(storey(1)[2] + 20);
    for (const room of plan.rooms) expect(polygonArea(room.polygon)).toBeGreaterThan(10);
  });

  it('are read: most rooms of drawings with named layers', async () => {
    const total = { rooms: 0, found: 0, wrong: 0 };
    await fc.assert(
      fc.asyncProperty(
        seeds,
        fc.constantFrom('aia' as const, 'words' as const, 'german' as const),
        async (seed, convention) => {
          const plan = generatePlan(seed, { difficulty: 'real', convention });
          const document = await analyzePlan(new TextEncoder().encode(writeDxf(plan)), {
            file_name: 'real.dxf',
          });
          const score = scorePlan(document, truthOf(plan));
          total.rooms += score.rooms;
          total.found += score.found_75;
          total.wrong += score.false_rooms;
        },
      ),
      { numRuns: 10 },
    );
    expect(total.found / total.rooms).toBeGreaterThan(0.85);
    expect(total.wrong / total.rooms).toBeLessThan(0.15);
  });
});
