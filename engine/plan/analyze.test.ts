import { describe, expect, it } from 'vitest';
import { PlanDocument, type PlanErrorCode } from '../../contract/plan.ts';
import { analyzePlan } from './analyze.ts';
import { toBinaryDxf } from './dxf/binary_fixture.ts';
import { PlanError } from './errors.ts';
import { generatePlan } from './generator/generate.ts';
import { samplePlan, samplePlanDxf } from './generator/sample.ts';
import { writeDxf } from './generator/write_dxf.ts';
import { sniffFormat } from './sniff.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string | Uint8Array, options: Partial<Parameters<typeof analyzePlan>[1]> = {}) =>
  analyzePlan(typeof text === 'string' ? bytes(text) : text, { file_name: 'plan.dxf', ...options });

async function refusal(promise: Promise<unknown>): Promise<PlanError> {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(PlanError);
  return error as PlanError;
}

function dxf(entities: string[], blocks: string[] = []): string {
  const pairs = [
    '0',
    'SECTION',
    '2',
    'BLOCKS',
    ...blocks,
    '0',
    'ENDSEC',
    '0',
    'SECTION',
    '2',
    'ENTITIES',
    ...entities,
    '0',
    'ENDSEC',
    '0',
    'EOF',
  ];
  return `${pairs.join('\n')}\n`;
}
const line = (x0: number, y0: number, x1: number, y1: number, layer = 'A-WALL') => [
  '0',
  'LINE',
  '8',
  layer,
  '10',
  `${x0}`,
  '20',
  `${y0}`,
  '11',
  `${x1}`,
  '21',
  `${y1}`,
];
const box = (x0: number, y0: number, x1: number, y1: number, layer?: string) => [
  ...line(x0, y0, x1, y0, layer),
  ...line(x1, y0, x1, y1, layer),
  ...line(x1, y1, x0, y1, layer),
  ...line(x0, y1, x0, y0, layer),
];
/** Two rooms of 10 × 12 ft in inches with 6 in walls, no door, no other hint at the scale. */
const twoRooms = [...box(0, 0, 258, 156), ...box(6, 6, 126, 150), ...box(132, 6, 252, 150)];

describe('what a file is', () => {
  it('is told by its content', () => {
    expect(sniffFormat(samplePlanDxf(1))).toBe('dxf');
    expect(sniffFormat(toBinaryDxf(dxf(twoRooms)))).toBe('dxf');
    expect(sniffFormat(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('png');
    expect(sniffFormat(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpg');
    expect(sniffFormat(bytes('AC1032 drawing'))).toBe('dwg');
    expect(sniffFormat(bytes('%PDF-1.7\n'))).toBe('pdf');
    expect(sniffFormat(bytes('hello'))).toBeNull();
    expect(sniffFormat(bytes('999\nmade by hand\n  0\nSECTION\n'))).toBe('dxf');
  });
});

describe('files that cannot be read', () => {
  const sample = new TextDecoder().decode(samplePlanDxf(1));
  const array = [
    '0',
    'INSERT',
    '8',
    '0',
    '2',
    'A',
    '10',
    '0',
    '20',
    '0',
    '70',
    '30000',
    '71',
    '30000',
    '44',
    '1',
    '45',
    '1',
  ];
  const insert = (name: string) => ['0', 'INSERT', '8', '0', '2', name, '10', '0', '20', '0'];
  const block = (name: string, body: string[]) => [
    '0',
    'BLOCK',
    '8',
    '0',
    '2',
    name,
    '10',
    '0',
    '20',
    '0',
    ...body,
    '0',
    'ENDBLK',
    '8',
    '0',
  ];
  const doubling = Array.from({ length: 23 }, (_, i) =>
    block(`B${i}`, i === 22 ? line(0, 0, 1, 1) : [...insert(`B${i + 1}`), ...insert(`B${i + 1}`)]),
  ).flat();
  const scribble = Array.from({ length: 3000 }, (_, i) =>
    line((i * 7919) % 1000, (i * 104729) % 1000, (i * 15485863) % 1000, (i * 32452843) % 1000),
  ).flat();
  const cases: [string, Uint8Array, PlanErrorCode, RegExp][] = [
    ['an empty file', new Uint8Array(), 'empty_drawing', /empty/],
    ['a DWG named .dxf', bytes('AC1032\0\0\0\0\0\0 drawing'), 'unsupported_format', /DWG/],
    [
      'a PNG of its first bytes only',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]),
      'malformed',
      /cannot be opened as a picture/,
    ],
    ['a text file', bytes('Dear all,'), 'unknown_format', /whatever its name says/],
    [
      'a DXF cut off in its entities',
      bytes(sample.slice(0, sample.length * 0.7)),
      'truncated',
      /ends inside its ENTITIES section/,
    ],
    [
      'a DXF with text where a group code should be',
      bytes(sample.replace('\r\nLINE\r\n', '\r\nLINE\r\nnonsense\r\n')),
      'malformed',
      /group code/,
    ],
    [
      'a DXF without lines',
      bytes(dxf(['0', 'TEXT', '8', '0', '10', '0', '20', '0', '40', '1', '1', 'Hello'])),
      'empty_drawing',
      /no visible lines/,
    ],
    [
      'an array of a block with 900 million copies',
      bytes(dxf(array, block('A', line(0, 0, 1, 1)))),
      'too_many_entities',
      /arrays/,
    ],
    ['blocks that double 22 times', bytes(dxf(insert('B0'), doubling)), 'too_many_entities', /blocks/],
    ['walls that cross a million times', bytes(dxf(scribble)), 'too_many_entities', /cross each other/],
    [
      'a block that contains itself',
      bytes(dxf(insert('A'), block('A', insert('A')))),
      'malformed',
      /contains itself/,
    ],
  ];
  for (const [name, file, code, words] of cases) {
    it(`${name}: ${code}`, async () => {
      const error = await refusal(read(file));
      expect(error.code).toBe(code);
      expect(error.message).toMatch(words);
    });
  }

  it('a cancelled analysis stops', async () => {
    const controller = new AbortController();
    const error = await refusal(
      read(samplePlanDxf(1), {
        signal: controller.signal,
        onProgress: (done) => done > 0.3 && controller.abort(),
      }),
    );
    expect(error.code).toBe('cancelled');
  });
});

describe('scale', () => {
  it('is not guessed: one hint gives no areas but a question', async () => {
    const document = PlanDocument.parse(await read(dxf(twoRooms)));
    expect(document.scale.feet_per_unit).toBeNull();
    expect(document.spaces).toHaveLength(2);
    for (const space of document.spaces) {
      expect(space.area_sqft).toBeNull();
      expect(space.polygon).toEqual([]);
      expect(space.source_polygon).toHaveLength(4);
    }
    expect(document.dimensions.total_area_sqft).toBeNull();
    expect(document.warnings.find((w) => w.code === 'unknown_scale')?.question).toMatch(/known distance/);
  });

  it('follows a known distance', async () => {
    const document = await read(dxf(twoRooms), { known: '0,0,258,0=21 ft 6 in' });
    expect(document.scale.method).toBe('user');
    expect(document.spaces.map((s) => s.area_sqft)).toEqual([120, 120]);
    expect(document.spaces[0]!.dimensions).toEqual({ width_ft: 10, length_ft: 12 });
  });

  it('follows a stated unit', async () => {
    const document = await read(dxf(twoRooms), { scale: '1 unit = 1 in' });
    expect(document.spaces.map((s) => s.area_sqft)).toEqual([120, 120]);
  });

  it('refuses what it cannot read', async () => {
    expect((await refusal(read(dxf(twoRooms), { scale: 'rather large' }))).code).toBe('bad_scale');
    expect((await refusal(read(dxf(twoRooms), { known: '1,2,3=5' }))).code).toBe('bad_scale');
    expect((await refusal(read(dxf(twoRooms), { known: '1,1,1,1=5 ft' }))).code).toBe('bad_scale');
  });
});

describe('the document', () => {
  it('is the same from a binary and an ASCII file, and from an exploded and a nested drawing', async () => {
    const strip = async (file: Uint8Array | string) => ({ ...(await read(file)), took_ms: 0 });
    const ascii = writeDxf(generatePlan(5, { convention: 'aia', width_ft: 92, depth_ft: 64 }));
    expect(await strip(toBinaryDxf(ascii))).toEqual(await strip(ascii));
    const nested = dxf(
      ['0', 'INSERT', '8', '0', '2', 'OUTER', '10', '0', '20', '0'],
      [
        ...['0', 'BLOCK', '8', '0', '2', 'INNER', '10', '0', '20', '0', ...twoRooms, '0', 'ENDBLK', '8', '0'],
        ...[
          '0',
          'BLOCK',
          '8',
          '0',
          '2',
          'OUTER',
          '10',
          '5',
          '20',
          '0',
          '0',
          'INSERT',
          '8',
          '0',
          '2',
          'INNER',
          '10',
          '5',
          '20',
          '0',
          '0',
          'ENDBLK',
          '8',
          '0',
        ],
      ],
    );
    expect((await strip(nested)).spaces).toEqual((await strip(dxf(twoRooms))).spaces);
  });

  it('names doors, their rooms, windows and daylight', async () => {
    const plan = samplePlan(3);
    const document = await read(samplePlanDxf(3));
    const corridor = document.spaces.find((s) => s.type === 'corridor')!;
    for (const room of plan.rooms.filter((r) => r.type === 'private_office')) {
      const space = document.spaces.find((s) => s.number === room.number)!;
      expect(space.type).toBe('private_office');
      expect(space.suggested_capacity).toBeGreaterThan(0);
      expect(
        document.doors.some((d) => d.connects.includes(space.id) && d.connects.includes(corridor.id)),
      ).toBe(true);
      expect(space.characteristics.windows).toBeGreaterThan(0);
      expect(space.characteristics.natural_light).not.toBe('none');
    }
    expect(corridor.characteristics.windows).toBe(0);
    const drawn = plan.doors.filter((door) => door.drawn);
    expect(document.doors.filter((d) => d.evidence === 'swing')).toHaveLength(drawn.length);
    for (const door of document.doors) expect(door.width_ft).toBeGreaterThan(2.4);
    expect(document.windows).toHaveLength(plan.windows.length);
    expect(document.columns.length).toBeGreaterThanOrEqual(plan.columns.length);
  });

  it('labels its checks as screening and says what only the user knows', async () => {
    const { compliance } = await read(samplePlanDxf(2));
    expect(compliance.label).toBe('screening');
    expect(compliance.checks.length).toBeGreaterThan(0);
    for (const check of compliance.checks)
      if (check.status === 'needs_input') expect(check.needs?.length).toBeGreaterThan(0);
  });
});
