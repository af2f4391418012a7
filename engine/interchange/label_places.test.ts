import { describe, expect, it } from 'vitest';
import { inPolygon, type Point } from '../geometry/planar.ts';
import { analyzePlan } from '../plan/analyze.ts';
import { samplePlanDxf } from '../plan/generator/sample.ts';
import { scenarioOf } from './bill.ts';
import { floorScenes } from './floor_scene.ts';
import { furnishedSample } from './furnished_sample.ts';
import { placeFinder } from './label_places.ts';

describe('a room’s label', () => {
  it('lies within its room and over no furniture, wherever a place is found', async () => {
    const seed = Math.floor(Math.random() * 1e6);
    const plan = await analyzePlan(samplePlanDxf(seed), { file_name: 'plan.dxf' });
    const document = furnishedSample(seed % 1000, [plan], 2);
    const [scene] = floorScenes(document, scenarioOf(document, null)).scenes;
    if (scene === undefined) throw new Error('the sample has a floor');
    const find = placeFinder(scene);
    let found = 0;
    for (const room of scene.rooms)
      for (const half of [
        [0.4, 0.3],
        [2, 1],
      ] as const) {
        const middle = find(room)(half);
        if (middle === undefined) continue;
        found += 1;
        const [x, y] = middle;
        const corners: Point[] = [-1, 1].flatMap((sx) =>
          [-1, 1].map((sy): Point => [x + sx * half[0], y + sy * half[1]]),
        );
        for (const corner of corners) expect(inPolygon(corner, room.polygon)).toBe(true);
        for (const piece of scene.pieces)
          expect(Math.abs(piece.x - x) < half[0] && Math.abs(piece.y - y) < half[1]).toBe(false);
      }
    expect(found).toBeGreaterThan(scene.rooms.length / 2);
  }, 120_000);

  it('finds nothing larger than its room', async () => {
    const plan = await analyzePlan(samplePlanDxf(3), { file_name: 'plan.dxf' });
    const document = furnishedSample(3, [plan], 1);
    const [scene] = floorScenes(document, undefined).scenes;
    const room = scene?.rooms[0];
    if (scene === undefined || room === undefined) throw new Error('the sample has rooms');
    expect(placeFinder(scene)(room)([500, 500])).toBeUndefined();
  }, 120_000);
});
