import { WebIO } from '@gltf-transform/core';
import { validateBytes } from 'gltf-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanDocument } from '../../../contract/plan.ts';
import { analyzePlan } from '../../plan/analyze.ts';
import { samplePlanDxf } from '../../plan/generator/sample.ts';
import { furnishedSample } from '../furnished_sample.ts';
import { write, writeProduct } from './write.ts';

const options = {
  scenario_id: null,
  parts: ['furniture'],
  dialect: 'generic',
  paper: 'Letter',
  units: 'imperial',
} as const;
const tools = { onProgress: () => undefined };
let plan: PlanDocument;

beforeAll(async () => {
  const seed = Math.floor(Math.random() * 1e6);
  plan = await analyzePlan(samplePlanDxf(seed), { file_name: `plan ${seed}.dxf` });
});

describe('a furnished floor as glTF', () => {
  it('is valid by the official validator, without errors or warnings', async () => {
    const { bytes } = await write(furnishedSample(3, [plan, plan]), options, tools);
    const report = (await validateBytes(bytes)) as {
      issues: { numErrors: number; numWarnings: number; messages: object[] };
    };
    expect(report.issues.messages.slice(0, 3)).toEqual([]);
    expect(report.issues.numErrors + report.issues.numWarnings).toBe(0);
  });

  it('uses one mesh a product however often it stands, and 500 pieces stay far under 20 MB', async () => {
    const document = furnishedSample(5, [plan], 8);
    const items = document.scenarios.find((one) => one.is_selected)?.items ?? [];
    const pieces = items.flatMap((item) => item.placements ?? []);
    expect(pieces.length).toBeGreaterThan(500);
    const { bytes } = await write(document, options, tools);
    expect(bytes.length).toBeLessThan(20 * 1024 * 1024);
    const root = (await new WebIO().readBinary(bytes)).getRoot();
    const placed = root.listNodes().filter((node) => node.getExtras()['sku'] !== undefined);
    expect(placed).toHaveLength(pieces.length);
    const skus = new Set(items.filter((item) => item.placements).map((item) => item.sku));
    expect(root.listMeshes().filter((mesh) => skus.has(mesh.getName()))).toHaveLength(skus.size);
  });

  it('stands where the plan says, in metres', async () => {
    const document = furnishedSample(7, [plan]);
    const { bytes } = await write(document, options, tools);
    const root = (await new WebIO().readBinary(bytes)).getRoot();
    for (const item of document.scenarios.find((one) => one.is_selected)?.items ?? []) {
      const nodes = root.listNodes().filter((node) => node.getExtras()['item_id'] === item.id);
      const at = nodes.map((node) => node.getTranslation());
      for (const place of item.placements ?? [])
        expect(at.some(([x, , z]) => Math.hypot(x - place.x * 0.3048, z + place.y * 0.3048) < 1e-4)).toBe(
          true,
        );
    }
  });
});

describe('one product as glTF', () => {
  it.each([
    ['rectangular', 20 + Math.random() * 80, 105],
    ['round', 40, 40],
    ['almost round', 40 + Math.random(), 40.5],
  ])(
    '%s, it fills its outside dimensions in metres, stands on the floor, and is valid',
    async (_, width_in, depth_in) => {
      const product = {
        sku: 'T-1',
        name: 'A table',
        category: 'tables',
        subcategory: 'meeting_table',
        width_in,
        depth_in,
        height_in: 25 + Math.random() * 15,
        seats: 4,
      };
      const bytes = await writeProduct(product);
      if (bytes === undefined) throw new Error('nothing was written');
      const report = (await validateBytes(bytes)) as { issues: { messages: object[] } };
      expect(report.issues.messages).toEqual([]);
      const mesh = (await new WebIO().readBinary(bytes)).getRoot().listMeshes()[0];
      const ends = mesh?.listPrimitives().map((part) => part.getAttribute('POSITION'));
      const low = [0, 1, 2].map((axis) => Math.min(...(ends ?? []).map((one) => one?.getMin([])[axis] ?? 0)));
      const high = [0, 1, 2].map((axis) =>
        Math.max(...(ends ?? []).map((one) => one?.getMax([])[axis] ?? 0)),
      );
      const inches = high.map((value, axis) => (value - (low[axis] ?? 0)) / 0.0254);
      expect(inches[0]).toBeCloseTo(product.width_in, 2);
      expect(inches[1]).toBeCloseTo(product.height_in, 2);
      expect(inches[2]).toBeCloseTo(product.depth_in, 2);
      expect(low[1]).toBeCloseTo(0, 6);
    },
  );

  it('is not made up where a dimension is unknown', async () => {
    const facts = { sku: 'U', name: 'U', category: 'tables', subcategory: null, seats: null };
    expect(await writeProduct({ ...facts, width_in: 20, depth_in: null, height_in: 30 })).toBeUndefined();
  });
});
