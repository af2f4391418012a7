// The drawing is opened by another library than the one that wrote it, and read back by our own reader.
import imported, { type DxfParser } from 'dxf-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanDocument } from '../../../contract/plan.ts';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import { overlap } from '../../geometry/overlap.ts';
import { analyzePlan } from '../../plan/analyze.ts';
import { samplePlanDxf } from '../../plan/generator/sample.ts';
import { floorOfPlan, furnishedSample } from '../furnished_sample.ts';
import { LAYERS, write } from './write.ts';

/** The package is CommonJS; its types say otherwise. */
const Parser = imported as unknown as new () => DxfParser;
const parse = (bytes: Uint8Array) => new Parser().parseSync(new TextDecoder().decode(bytes));

const seed = Math.floor(Math.random() * 1e6);
const options = { scenario_id: null, parts: ['furniture'], dialect: 'generic', paper: 'Letter' } as const;
const tools = { onProgress: () => undefined };
let plan: PlanDocument;
let project: ProjectDocument;

beforeAll(async () => {
  plan = await analyzePlan(samplePlanDxf(seed), { file_name: `plan ${seed}.dxf` });
  project = furnishedSample(seed, [plan]);
});

const draw = (units: 'imperial' | 'metric', document = project) =>
  write(document, { ...options, units }, tools);

describe.each([
  ['imperial', 1],
  ['metric', 304.8],
] as const)('a furnished floor as DXF, %s', (units, unit) => {
  it('opens in an independent reader, with AIA layers and a block for every product', () => {
    const { bytes, left_out } = draw(units);
    const read = parse(bytes);
    expect(left_out).toEqual([]);
    expect(Object.keys(read?.tables.layer.layers ?? {})).toEqual(expect.arrayContaining(Object.keys(LAYERS)));
    expect(read?.header['$INSUNITS']).toBe(units === 'imperial' ? 2 : 4);
    const items = project.scenarios.find((one) => one.type === 'balanced')?.items ?? [];
    const placed = items.flatMap((item) => item.placements ?? []);
    const inserts = (read?.entities ?? []).filter((entity) => entity.type === 'INSERT');
    expect(inserts).toHaveLength(placed.length);
    expect(inserts.length).toBeGreaterThan(10);
    const products = new Set(items.filter((item) => item.placements).map((item) => item.sku));
    const blocks = Object.keys(read?.blocks ?? {}).filter((name) => name.startsWith('FURN-'));
    expect(blocks).toHaveLength(products.size);
    for (const insert of inserts) expect(insert).toMatchObject({ layer: 'I-FURN' });
    const first = inserts[0] as unknown as { position: { x: number; y: number } };
    const place = placed[0]!;
    expect(first.position.x / unit).toBeCloseTo(place.x, 4);
    expect(first.position.y / unit).toBeCloseTo(place.y, 4);
  });

  it('is read back by the plan reader with the same rooms', async () => {
    const again = await analyzePlan(draw(units).bytes, { file_name: 'out.dxf' });
    expect(again.scale.feet_per_unit).toBeCloseTo(1 / unit, 6);
    expect(again.spaces.length).toBe(plan.spaces.length);
    for (const room of plan.spaces) {
      const best = Math.max(
        ...again.spaces.map((found) =>
          overlap(
            { outer: room.polygon, holes: room.holes },
            {
              outer: found.source_polygon.map(([x, y]) => [x / unit, y / unit]),
              holes: found.source_holes.map((hole) =>
                hole.map(([x, y]): [number, number] => [x / unit, y / unit]),
              ),
            },
          ),
        ),
      );
      expect({ room: room.number, fits: best >= 0.98 }).toEqual({ room: room.number, fits: true });
    }
    const numbers = (document: PlanDocument) => document.spaces.map((space) => space.number).sort();
    expect(numbers(again)).toEqual(numbers(plan));
  });
});

describe('rooms that meet without a wall between them', () => {
  it('are parted by a line over the opening, and read back as they were', async () => {
    const divided = structuredClone(project);
    const spaces = divided.floors[0]!.spaces;
    const square = spaces
      .filter(({ polygon, holes }) => polygon.length === 4 && holes.length === 0)
      .sort((a, b) => (b.area_sqft ?? 0) - (a.area_sqft ?? 0))[0]!;
    const xs = square.polygon.map(([x]) => x);
    const ys = square.polygon.map(([, y]) => y);
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const wide = x1 - x0 > y1 - y0;
    const half = (upper: boolean): [number, number][] => {
      const [a, b] = wide ? [x0, x1] : [y0, y1];
      const [from, to] = upper ? [(a + b) / 2, b] : [a, (a + b) / 2];
      const [l, r, d, u] = wide ? [from, to, y0, y1] : [x0, x1, from, to];
      return [
        [l, d],
        [r, d],
        [r, u],
        [l, u],
      ];
    };
    const other = structuredClone(square);
    Object.assign(other, { id: `${square.id.slice(0, -3)}fff`, number: '9901', polygon: half(true) });
    square.polygon = half(false);
    spaces.push(other);
    const { bytes } = draw('imperial', divided);
    const lines = (parse(bytes)?.entities ?? []).filter((entity) => entity.layer === 'A-WALL-HEAD');
    expect(lines.length).toBeGreaterThan(0);
    const again = await analyzePlan(bytes, { file_name: 'out.dxf' });
    for (const room of [square, other]) {
      const best = Math.max(
        ...again.spaces.map((found) =>
          overlap({ outer: room.polygon, holes: [] }, { outer: found.polygon, holes: found.holes }),
        ),
      );
      expect(best).toBeGreaterThanOrEqual(0.98);
    }
  });
});

describe('several floors', () => {
  it('stand side by side without touching, those without scale are told, none at all is refused', async () => {
    const unscaled = { ...floorOfPlan(plan, seed + 1), level_name: 'Attic' };
    unscaled.spaces = unscaled.spaces.map((space) => ({ ...space, polygon: [] }));
    const two = furnishedSample(seed, [plan, plan]);
    const { bytes, left_out } = draw('imperial', { ...two, floors: [...two.floors, unscaled] });
    expect(left_out).toMatchObject([{ what: 'Attic' }]);
    const read = parse(bytes);
    const walls = (read?.entities ?? []).filter((entity) => entity.layer === 'A-WALL');
    const xs = walls.flatMap((wall) =>
      (wall as unknown as { vertices: { x: number }[] }).vertices.map((v) => v.x),
    );
    const sorted = xs.sort((a, b) => a - b);
    const gap = Math.max(...sorted.slice(1).map((x, i) => x - sorted[i]!));
    expect(gap).toBeGreaterThan(25);
    expect(() => draw('imperial', { ...project, floors: [unscaled] })).toThrow(/drawn to scale/);
  });

  it('names and numbers never become codes of the file', () => {
    const named = structuredClone(project);
    named.floors[0]!.spaces[0]!.name = 'A\n0\nEOF\n%%c "x"';
    const read = parse(draw('imperial', named).bytes);
    const texts = (read?.entities ?? []).filter((entity) => entity.type === 'TEXT');
    expect(texts.length).toBeGreaterThan(plan.spaces.length);
    expect(JSON.stringify(texts)).toContain('A 0 EOF');
  });
});
