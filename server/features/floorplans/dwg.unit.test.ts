import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dwgDatabaseToDxf } from '../../../engine/plan/dwg/to_dxf.ts';
import { readDxfLinework } from '../../../engine/plan/dxf/read.ts';
import { findDwgLibrary } from './dwg.ts';
import { readPlanFile } from './read-file.ts';

const folder = join(
  process.env['OFS_TRIAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'),
  'plans/dwg',
);
const here = findDwgLibrary() !== null && existsSync(folder);
if (!here)
  console.log(
    'The DWG library or the trial drawings are missing (OFS_DWG_MODULE, OFS_TRIAL_DATA): DWG files are not read in this run.',
  );

afterEach(() => vi.unstubAllEnvs());

describe('a DWG without its library', () => {
  it('is refused in one sentence that says how to add it', async () => {
    vi.stubEnv('OFS_DWG_MODULE', '/nowhere/at/all');
    const bytes = new TextEncoder().encode(`AC1032${' '.repeat(500)}`);
    await expect(readPlanFile(bytes, 'level 2.dwg', { options: {} })).rejects.toMatchObject({
      name: 'PlanError',
      code: 'unsupported_format',
      message: expect.stringMatching(
        /^"level 2\.dwg" is a DWG.*npm install --no-save @mlightcad\/libredwg-web.*\.$/,
      ),
    });
  });
});

describe('the database of a DWG', () => {
  const wall = { type: 'LINE', layer: 'A-WALL', startPoint: { x: 0, y: 0 }, endPoint: { x: 10, y: 0 } };
  const database = (entities: unknown[], blocks: unknown[] = []) => ({
    header: { INSUNITS: 4 },
    tables: {
      LAYER: {
        entries: [
          { name: 'A-WALL', handle: '10', frozen: false },
          { name: 'HIDDEN', frozen: true },
        ],
      },
      BLOCK_RECORD: { entries: [{ name: '*Model_Space', entities }, ...blocks] },
    },
  });
  const read = (value: unknown) => readDxfLinework(new TextEncoder().encode(dwgDatabaseToDxf(value)));

  it('becomes the same linework as a DXF: units, layers, blocks turned in radians, closed polylines', () => {
    const door = { name: 'DOOR', basePoint: { x: 0, y: 0 }, entities: [{ ...wall, layer: '0' }] };
    const square = [
      [0, 0],
      [5, 0],
      [5, 5],
      [0, 5],
    ].map(([x, y]) => ({ x, y, bulge: 0 }));
    const linework = read(
      database(
        [
          wall,
          { ...wall, layer: 'HIDDEN' },
          {
            type: 'INSERT',
            layer: 'A-DOOR',
            name: 'DOOR',
            insertionPoint: { x: 1, y: 2 },
            xScale: 1,
            yScale: 1,
            rotation: Math.PI / 2,
          },
          { type: 'LWPOLYLINE', layer: 'A-WALL', flag: 512, vertices: square },
          {
            type: 'TEXT',
            layer: 'T',
            text: 'LOBBY',
            startPoint: { x: 3, y: 3 },
            endPoint: { x: 0, y: 0 },
            textHeight: 1,
            halign: 0,
            valign: 0,
          },
        ],
        [door],
      ),
    );
    expect(linework.units).toBe('mm');
    expect(linework.strokes).toHaveLength(6);
    const [, turned] = linework.strokes;
    expect(turned!.b[0]).toBeCloseTo(1, 9);
    expect(turned!.b[1]).toBeCloseTo(12, 9);
    expect(linework.texts.map(({ value }) => value)).toEqual(['LOBBY']);
  });

  it('may hold anything: what is missing or of the wrong kind is left out', () => {
    const odd = [
      null,
      7,
      {},
      { type: 'ARC' },
      { type: 'HATCH', boundaryPaths: [{ edges: [{ type: 4 }, null] }] },
      { type: 'INSERT', attribs: 'x' },
    ];
    expect(read(database([...odd, wall])).strokes).toHaveLength(1);
  });
});

describe.skipIf(!here)('DWG files', () => {
  it.each(['r14', '2004', '2018'])(
    'of AutoCAD %s are opened, or refused in one sentence as what they are',
    async (version) => {
      const bytes = new Uint8Array(readFileSync(join(folder, `example_${version}.dwg`)));
      const told = await readPlanFile(bytes, 'example.dwg', { options: {} }).then(
        (document) => `${document.source.format} ${document.source.extents.length}`,
        (error: { code: string }) => error.code,
      );
      expect(['dwg 4', 'too_many_entities']).toContain(told);
    },
  );
});
