import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { type Answer, openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let ada: Person;
let project: string;
const plan = () => samplePlanDxf(Math.floor(Math.random() * 1e6));

beforeAll(async () => {
  t = await openTestApp({ MAX_UPLOAD_MB: '8' });
  ada = await t.join('Ada');
});
afterAll(() => t.close());

async function newProject(): Promise<string> {
  project = (await ada.post('/projects', { name: 'Plans' })).body.id;
  return project;
}

const settled = (answer: Answer) => ['analyzed', 'failed'].includes(answer.body.status);

async function readPlan(bytes: Uint8Array | string, name = 'plan.dxf') {
  const uploaded = await ada.upload(`/projects/${await newProject()}/floor-plans`, name, bytes);
  expect(uploaded.status).toBe(201);
  return await until(() => ada.get(`/floor-plans/${uploaded.body.id}`), settled);
}

async function nothingIsLeft(): Promise<void> {
  expect((await ada.get(`/projects/${project}/floor-plans`)).body.items).toEqual([]);
  const kept: string[] = [];
  for await (const file of t.app.deps.files.list('floor-plans/')) kept.push(file.key);
  const known = await t.app.deps.postgres.asSystem((tx) =>
    tx.selectFrom('floor_plans').select('file_url').execute(),
  );
  expect(kept.sort()).toEqual(known.map((row) => row.file_url).sort());
}

describe('uploading a floor plan', () => {
  it('reads it by a job into rooms with areas, and keeps the file as it was sent', async () => {
    const bytes = plan();
    const read = await readPlan(bytes, '../../etc/Büro „A“.dxf');
    expect(read.body).toMatchObject({
      status: 'analyzed',
      file_format: 'dxf',
      progress_pct: 100,
      file_name: 'Büro „A“.dxf',
      processing_error: null,
    });
    expect(read.body.space_count).toBeGreaterThan(15);
    const spaces = (await ada.get(`/floor-plans/${read.body.id}/spaces`)).body.items;
    expect(spaces).toHaveLength(read.body.space_count);
    for (const space of spaces) {
      expect(space.area_sqft).toBeGreaterThan(0);
      expect(space.polygon.length).toBeGreaterThanOrEqual(3);
      expect(space.detection_confidence).toBeGreaterThan(0);
    }
    const document = (await ada.get(`/floor-plans/${read.body.id}/analysis`)).body;
    expect(document.spaces.map((space: { id: string }) => space.id).sort()).toEqual(
      spaces.map((space: { source_key: string }) => space.source_key).sort(),
    );
    const file = await t.server.inject({
      url: `/api/v1/floor-plans/${read.body.id}/file`,
      headers: { cookie: ada.cookie },
    });
    expect(Buffer.compare(file.rawPayload, Buffer.from(bytes))).toBe(0);
    expect(file.headers['content-disposition']).toMatch(/^attachment/);
    expect(
      (await ada.get(`/projects/${project}`)).body.steps.find(
        (step: { step: string }) => step.step === 'plan',
      ).state,
    ).toBe('done');
  });

  it('keeps what a person said of a room when the file is read again', async () => {
    const read = await readPlan(plan());
    const [space] = (await ada.get(`/floor-plans/${read.body.id}/spaces`)).body.items;
    const edited = await ada.patch(
      `/spaces/${space.id}`,
      { name: 'War room', type: 'meeting_room' },
      { 'if-match': `"${space.revision}"` },
    );
    expect(edited.body).toMatchObject({ name: 'War room', type: 'meeting_room', manually_edited: true });
    const stale = await ada.patch(
      `/spaces/${space.id}`,
      { name: 'Mine' },
      { 'if-match': `"${space.revision}"` },
    );
    expect(stale.status).toBe(412);
    expect((await ada.post(`/floor-plans/${read.body.id}/analysis`, {})).status).toBe(202);
    await until(
      () => ada.get(`/floor-plans/${read.body.id}`),
      (answer) => answer.body.status === 'analyzed',
    );
    expect((await ada.get(`/spaces/${space.id}`)).body).toMatchObject({
      id: space.id,
      name: 'War room',
      type: 'meeting_room',
    });
  });

  it('takes the scale from a known distance', async () => {
    const read = await readPlan(plan());
    const document = (await ada.get(`/floor-plans/${read.body.id}/analysis`)).body;
    const [x0, y0, x1] = document.source.extents;
    await ada.post(`/floor-plans/${read.body.id}/analysis`, { known: `${x0},${y0},${x1},${y0}=200 ft` });
    const again = await until(() => ada.get(`/floor-plans/${read.body.id}`), settled);
    expect(again.body.feet_per_unit).toBeCloseTo(200 / (x1 - x0), 6);
    const nonsense = await ada.post(`/floor-plans/${read.body.id}/analysis`, { known: 'about so long' });
    expect(nonsense.status).toBe(202);
    const failed = await until(() => ada.get(`/floor-plans/${read.body.id}`), settled);
    expect(failed.body.status).toBe('failed');
    expect(failed.body.processing_error).toMatch(/known|distance/i);
  });
});

describe('files that cannot be a plan', () => {
  const refused: [string, string, () => Uint8Array | string, number, RegExp][] = [
    ['a truncated DXF', 'cut.dxf', () => plan().slice(0, 20_000), 422, /ends in the middle/],
    [
      'a PNG named .dxf',
      'photo.dxf',
      () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      415,
      /it is a PNG image/,
    ],
    [
      'a packed DXF',
      'bomb.dxf',
      () => gzipSync(Buffer.alloc(4_000_000, '0\nSECTION\n')),
      415,
      /not a floor plan/,
    ],
    [
      'a zip',
      'plan.zip',
      () => Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]),
      415,
      /not a floor plan/,
    ],
    ['a script', 'plan.dxf', () => '<script>alert(1)</script>', 415, /not a floor plan/],
    ['an empty file', 'plan.dxf', () => '', 422, /is empty/],
    [
      'a file over the limit',
      'huge.dxf',
      () => Buffer.concat([Buffer.from('0\nSECTION\n'), Buffer.alloc(9 * 1024 * 1024, '0\n')]),
      413,
      /larger than 8 MB/,
    ],
  ];

  it.each(refused)(
    '%s gets one clear sentence and leaves nothing behind',
    async (_what, name, bytes, status, sentence) => {
      const answer = await ada.upload(`/projects/${await newProject()}/floor-plans`, name, bytes());
      expect(answer.status).toBe(status);
      expect(answer.body.detail).toMatch(sentence);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      await nothingIsLeft();
    },
  );

  it('a form without a file, and a body that is no form', async () => {
    const path = `/projects/${await newProject()}/floor-plans`;
    expect((await ada.post(path, { file: 'x' })).status).toBe(415);
    await nothingIsLeft();
  });

  it('a drawing whose blocks explode without end is refused, or ended by its limits', async () => {
    const blocks = Array.from(
      { length: 12 },
      (_, i) =>
        `0\nBLOCK\n2\nB${i}\n70\n0\n10\n0\n20\n0\n${Array.from({ length: 10 }, (_, k) => `0\nINSERT\n2\n${i === 11 ? 'LEAF' : `B${i + 1}`}\n10\n${k}\n20\n0\n`).join('')}0\nENDBLK\n`,
    ).join('');
    const leaf =
      '0\nBLOCK\n2\nLEAF\n70\n0\n10\n0\n20\n0\n0\nLINE\n8\nA-WALL\n10\n0\n20\n0\n11\n5\n21\n5\n0\nENDBLK\n';
    const bomb = `0\nSECTION\n2\nBLOCKS\n${leaf}${blocks}0\nENDSEC\n0\nSECTION\n2\nENTITIES\n0\nINSERT\n2\nB0\n10\n0\n20\n0\n0\nENDSEC\n0\nEOF\n`;
    const answer = await ada.upload(`/projects/${await newProject()}/floor-plans`, 'bomb.dxf', bomb);
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toMatch(/too many|more than/i);
    await nothingIsLeft();
  });
});
