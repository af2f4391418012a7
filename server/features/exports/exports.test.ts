// Exports over HTTP: files that agree with the bill, projects out and in again, orders taken over and back, and who gets what.
import * as xlsx from '@e965/xlsx';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Export, SifImport } from '../../../contract/exports.ts';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import type { BudgetScenario } from '../../../contract/recommendations.ts';
import { canonical } from '../../../engine/interchange/project/ids.ts';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let dana: Person;
let victor: Person;
let eve: Person;
let project: string;
let recommendation: string;
let later_ms = 0;

const HOUR = 3_600_000;
const cents = (amount: number) => Math.round(amount * 100);

beforeAll(async () => {
  t = await openTestApp({}, () => new Date(Date.now() + later_ms));
  await t.join('Root');
  [dana, victor, eve] = [await t.join('Dana'), await t.join('Victor'), await t.join('Eve')];
  await setType(dana.organization_id, 'dealer');
  await setType(victor.organization_id, 'corporate');
  await setType(eve.organization_id, 'dealer');
  await t.app.features.catalog.seedGenerated({ seed: 5, count: 250 });
  project = (await dana.post('/projects', { name: 'Exported', organization_id: dana.organization_id })).body
    .id;
  const plan = await dana.upload(`/projects/${project}/floor-plans`, 'plan.dxf', samplePlanDxf(412));
  await until(
    () => dana.get(`/floor-plans/${plan.body.id}`),
    (answer) => answer.body.status === 'analyzed',
  );
  const conversation = await dana.post(`/projects/${project}/conversations`);
  await dana.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We are 14 people: 12 workstations with lockers, 1 meeting room. Budget up to $250,000.',
  });
  const made = await dana.post(`/projects/${project}/recommendations`, {});
  recommendation = made.body.id;
  const chosen = await until(
    () => dana.get(`/recommendations/${recommendation}`),
    ({ body }) => body.items.length > 0,
  );
  expect(chosen.body.items.length).toBeGreaterThan(3);
  await dana.post(`/projects/${project}/collaborators`, { email: victor.email, role: 'viewer' });
}, 120_000);
afterAll(() => t.close());

const setType = (organization: string, type: string) =>
  t.app.deps.postgres.asSystem(async (tx) => {
    await tx
      .updateTable('organizations')
      .set({ type, dealer_confirmed_at: type === 'dealer' ? new Date() : null })
      .where('id', '=', organization)
      .execute();
  });

async function exported(who: Person, body: object, of = project): Promise<Export> {
  const started = await who.post(`/projects/${of}/exports`, body);
  expect(started).toMatchObject({ status: 202 });
  const done = await until(
    () => who.get(`/exports/${started.body.id}`),
    (answer) => ['ready', 'failed'].includes(answer.body.status),
  );
  expect(done.body).toMatchObject({ status: 'ready', error: null, progress_pct: 100 });
  return done.body;
}

/** Made once in this run: for questions that any file of its kind answers. */
const kept = new Map<string, Promise<Export>>();
function one(body: { format: string; audience?: string }): Promise<Export> {
  const key = JSON.stringify(body);
  const found = kept.get(key) ?? exported(dana, body);
  kept.set(key, found);
  return found;
}
const CLIENT = { format: 'json' };
const DEALER = { format: 'json', audience: 'dealer' };
const ORDER = { format: 'sif', audience: 'dealer' };

async function fileOf(who: Person, { id, file_size_bytes }: Export): Promise<Buffer> {
  const answer = await t.server.inject({
    method: 'GET',
    url: `/api/v1/exports/${id}/file`,
    headers: { cookie: who.cookie },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.rawPayload.length).toBe(file_size_bytes);
  return answer.rawPayload;
}

async function scenarioNow(): Promise<BudgetScenario> {
  const { body } = await dana.get(`/projects/${project}/budget-scenarios`);
  return body.items.find((one: BudgetScenario) => one.type === 'balanced');
}

const furniture = (scenario: BudgetScenario) =>
  cents(scenario.lines.find((line) => line.key === 'furniture')?.amount ?? Number.NaN);

/** Where two values differ, for a message that a person can read. */
function firstDifference(one: unknown, other: unknown, path = ''): string | undefined {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return Object.is(one, other) ? undefined : `${path}: ${String(one)} and ${String(other)}`;
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const at = (value: object) => (value as Record<string, unknown>)[key];
    const found = firstDifference(at(one), at(other), `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe('a project as a file', () => {
  it('is a workbook whose totals are the scenario’s to the cent', async () => {
    const made = await exported(dana, { format: 'xlsx', audience: 'dealer' });
    expect(made).toMatchObject({ has_cost: true, file_name: 'Exported (internal).xlsx' });
    expect(made.left_out.length).toBeGreaterThan(0);
    const book = xlsx.read(await fileOf(dana, made));
    const lines: Record<string, number>[] = xlsx.utils.sheet_to_json(book.Sheets['Lines'] as xlsx.WorkSheet, {
      range: 3,
    });
    const scenario = await scenarioNow();
    const total = lines.reduce((sum, line) => sum + cents(line['Total'] ?? 0), 0);
    expect(total).toBe(furniture(scenario));
    const cost = lines.reduce((sum, line) => sum + cents(line['Cost total'] ?? 0), 0);
    expect(cost).toBe(cents(scenario.internal?.cost ?? Number.NaN));
  });

  it('goes out as JSON, into another project and out again as the same', async () => {
    const first = await one(DEALER);
    const bytes = await fileOf(dana, first);
    const before = JSON.parse(bytes.toString()) as ProjectDocument;
    const taken = await dana.upload(
      `/projects/import?organization_id=${dana.organization_id}`,
      'project.json',
      new Uint8Array(bytes),
    );
    expect(taken.status).toBe(201);
    expect(taken.body).toMatchObject({ missing_products: [], repriced_products: [], name: 'Exported' });
    expect(taken.body.project_id).not.toBe(project);
    const second = await exported(dana, { format: 'json', audience: 'dealer' }, taken.body.project_id);
    const after = JSON.parse((await fileOf(dana, second)).toString()) as ProjectDocument;
    expect(firstDifference(canonical(after), canonical(before))).toBeUndefined();
    expect(canonical(after)).toEqual(canonical(before));
    expect(before.floors[0]?.spaces.length).toBeGreaterThan(2);
    expect(before.floors[0]?.file.content_base64).not.toBeNull();
    // It lives: its lines can be changed like any.
    const scenario = after.scenarios.find((one) => one.type === 'balanced');
    const [item] = scenario?.items ?? [];
    const changed = await dana.patch(`/recommendations/${after.recommendation?.id}/items/${item?.id}`, {
      status: 'rejected',
    });
    expect(changed.status).toBe(200);
    expect(changed.body.effect.price_diff).toBeLessThan(0);
  });

  it('keeps the lines of products that this catalogue lacks, as they were described', async () => {
    const bytes = await fileOf(dana, await one(CLIENT));
    const before = JSON.parse(bytes.toString()) as ProjectDocument;
    const sku = before.scenarios[0]?.items[0]?.sku ?? '';
    const foreign = bytes.toString().replaceAll(JSON.stringify(sku), '"ELSEWHERE-1"');
    const taken = await dana.upload('/projects/import?name=From+elsewhere', 'project.json', foreign);
    expect(taken.status).toBe(201);
    expect(taken.body.missing_products).toMatchObject([{ sku: 'ELSEWHERE-1' }]);
    const again = await exported(dana, { format: 'json', parts: ['versions'] }, taken.body.project_id);
    const after = JSON.parse((await fileOf(dana, again)).toString()) as ProjectDocument;
    expect(after.project.name).toBe('From elsewhere');
    const totals = (document: ProjectDocument) =>
      document.scenarios.map((one) => [
        one.total_cost,
        one.items.reduce((sum, item) => sum + cents(item.total_price), 0),
      ]);
    expect(totals(after)).toEqual(totals(before));
    expect(after.products.find((one) => one.sku === 'ELSEWHERE-1')).toMatchObject({ in_catalogue: false });
  });

  it('is refused where it is no project of ours, in a sentence', async () => {
    for (const [bytes, why] of [
      ['{"format":"ofs-project","version":9}', /version 9/],
      ['not json', /not valid JSON/],
      ['{}', /no exported project/],
    ] as const) {
      const answer = await dana.upload('/projects/import', 'x.json', bytes);
      expect(answer.status).toBe(422);
      expect(answer.body.detail).toMatch(why);
    }
    const foreign = await dana.upload(
      `/projects/import?organization_id=${eve.organization_id}`,
      'project.json',
      new Uint8Array(await fileOf(dana, await one(CLIENT))),
    );
    expect(foreign.status).toBe(404);
  });

  it('leaves out what was turned down, and says so', async () => {
    const { body } = await dana.get(`/recommendations/${recommendation}?scenario=balanced`);
    const [item] = body.items;
    await dana.patch(`/recommendations/${recommendation}/items/${item.id}`, { status: 'rejected' });
    const made = await exported(dana, { format: 'json' });
    const document = JSON.parse((await fileOf(dana, made)).toString()) as ProjectDocument;
    expect(JSON.stringify(document.scenarios)).not.toContain(item.id);
    expect(made.left_out.map((one) => one.what)).toContain('Lines of “Balanced” that were turned down');
    await dana.patch(`/recommendations/${recommendation}/items/${item.id}`, { status: 'proposed' });
  });

  it('names parts and formats that there are', async () => {
    const wrong = await dana.post(`/projects/${project}/exports`, { format: 'xlsx', parts: ['pages'] });
    expect(wrong).toMatchObject({ status: 400 });
    expect((await dana.post(`/projects/${project}/exports`, { format: 'doc' })).status).toBe(400);
  });
});

describe('an order file', () => {
  const sifOf = async () => (await fileOf(dana, await one(ORDER))).toString('latin1');
  const read = async (text: string) => {
    const answer = await dana.upload(
      `/projects/${project}/sif-imports`,
      'order.sif',
      Buffer.from(text, 'latin1'),
    );
    expect(answer.status).toBe(201);
    return answer.body as SifImport;
  };

  it('differs in nothing from the bill it was written from', async () => {
    const { report } = await read(await sifOf());
    expect(report.differences).toEqual([]);
    expect(report.matched).toBeGreaterThan(0);
    expect(report.problems.filter((one) => one.severity === 'error')).toEqual([]);
  });

  it('changes the bill only when a person says so, and back', async () => {
    const text = await sifOf();
    const before = await scenarioNow();
    const [head, ...records] = text.split('\r\n\r\n');
    // The first record goes, the second is ordered once less or more, a lamp of the catalogue comes.
    const counted = (records[1] ?? '').replace(
      /QT=(\d+)/,
      (_all, n) => `QT=${Number(n) > 1 ? Number(n) - 1 : 1}`,
    );
    const sku = (await dana.get('/products?category=accessories&limit=50')).body.items.find(
      (one: { sku: string }) => !text.includes(one.sku),
    ).sku;
    const added = `PN=${sku}\r\nPD=Added by hand\r\nMC=OFS\r\nQT=3\r\nPL=10.00\r\n`;
    const order = await read([head, counted, ...records.slice(2), added].join('\r\n\r\n'));
    expect(order.report.counts.added).toBe(1);
    expect(order.report.counts.removed + order.report.counts.quantity).toBeGreaterThan(0);
    expect(await scenarioNow()).toEqual(before);

    const apply = (body: object) => dana.post(`/sif-imports/${order.id}/apply`, body);
    expect((await apply({ differences: [order.report.differences.length] })).body.detail).toMatch(
      /no difference \d+/,
    );
    const applied = await apply({ kinds: ['added', 'removed', 'quantity'] });
    expect(applied.status).toBe(200);
    expect(applied.body).toMatchObject({ status: 'applied', outcome: { added: 1 } });
    const again = await read([head, counted, ...records.slice(2), added].join('\r\n\r\n'));
    expect(again.report.counts).toMatchObject({ added: 0, removed: 0, quantity: 0 });
    const after = await scenarioNow();
    expect(furniture(after)).not.toBe(furniture(before));
    expect((await dana.post(`/sif-imports/${order.id}/apply`, {})).status).toBe(409);

    const undone = await dana.post(`/sif-imports/${order.id}/undo`);
    expect(undone.body.status).toBe('undone');
    expect(furniture(await scenarioNow())).toBe(furniture(before));
    expect((await read(text)).report.differences).toEqual([]);
  });

  it('is taken over line by line', async () => {
    const [head, ...records] = (await sifOf()).split('\r\n\r\n');
    const order = await read([head, ...records.slice(2)].join('\r\n\r\n'));
    const { counts, differences } = order.report;
    const changes = counts.added + counts.removed + counts.quantity;
    expect(changes).toBeGreaterThan(1);
    const place = differences.findIndex(({ kind }) => kind === 'removed' || kind === 'quantity');
    const applied = await dana.post(`/sif-imports/${order.id}/apply`, { differences: [place] });
    expect(applied.body.outcome.left_out).toContainEqual(
      expect.objectContaining({ what: 'Differences that were not chosen', count: changes - 1 }),
    );
    const left = (await read([head, ...records.slice(2)].join('\r\n\r\n'))).report.differences;
    expect(left.map(({ detail }) => detail)).not.toContain(differences[place]?.detail);
    expect(left).toHaveLength(differences.length - 1);
    expect((await dana.post(`/sif-imports/${order.id}/undo`)).body.status).toBe('undone');
  });

  it('is not applied to a bill that has changed since it was read', async () => {
    const order = await read((await sifOf()).replace(/QT=\d+/, 'QT=77'));
    const { body } = await dana.get(`/recommendations/${recommendation}?scenario=balanced`);
    const change = { path: `/recommendations/${recommendation}/items/${body.items.at(-1).id}` };
    await dana.patch(change.path, { status: 'rejected' });
    const refused = await dana.post(`/sif-imports/${order.id}/apply`, {});
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toMatch(/changed since/);
    await dana.patch(change.path, { status: 'proposed' });
  });

  it('changes no bill that was agreed, neither forward nor back, until the project is open again', async () => {
    const set = async (status: string) => {
      expect((await dana.patch(`/projects/${project}`, { status })).body.status).toBe(status);
    };
    const [head, ...records] = (await sifOf()).split('\r\n\r\n');
    const order = await read([head, ...records.slice(1)].join('\r\n\r\n'));
    expect(order.report.counts.removed + order.report.counts.quantity).toBe(1);
    const was = (await dana.get(`/projects/${project}`)).body.status;
    if (was === 'draft') await set('in_progress');
    await set('approved');
    const agreed = await scenarioNow();
    const refused = await dana.post(`/sif-imports/${order.id}/apply`, {});
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toMatch(/is approved.*back to in progress/);
    expect(await scenarioNow()).toEqual(agreed);
    expect((await read(await sifOf())).report.differences).toEqual([]);

    await set('in_progress');
    expect((await dana.post(`/sif-imports/${order.id}/apply`, {})).body.status).toBe('applied');
    await set('approved');
    const taken = await scenarioNow();
    const back = await dana.post(`/sif-imports/${order.id}/undo`);
    expect(back.status).toBe(409);
    expect(await scenarioNow()).toEqual(taken);
    await set('in_progress');
    expect((await dana.post(`/sif-imports/${order.id}/undo`)).body.status).toBe('undone');
  });

  it('of another kind is refused in a sentence', async () => {
    const answer = await dana.upload(`/projects/${project}/sif-imports`, 'x.sif', '%PDF-1.7 …');
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toMatch(/SIF/);
  });
});

describe('who gets an export', () => {
  it('a viewer gets documents for the client, without cost, and no order files', async () => {
    const internal = await one(DEALER);
    expect((await victor.get(`/exports/${internal.id}`)).status).toBe(404);
    expect((await victor.get(`/exports/${internal.id}/file`)).status).toBe(404);
    const refused = await victor.post(`/projects/${project}/exports`, { format: 'xlsx', audience: 'dealer' });
    expect(refused.status).toBe(403);
    const own = await exported(victor, { format: 'json' });
    expect(own.has_cost).toBe(false);
    expect((await fileOf(victor, own)).toString()).not.toMatch(/"(internal|unit_cost|[a-z_]*margin[a-z_]*)"/);
    const seen = (await victor.get(`/projects/${project}/exports`)).body.items as Export[];
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((one) => one.audience === 'client')).toBe(true);
    expect((await victor.get(`/projects/${project}/sif-imports`)).status).toBe(403);
    expect((await victor.upload(`/projects/${project}/sif-imports`, 'x.sif', 'PN=1')).status).toBe(403);
  });

  it('an editor outside the trade gets no cost even in the dealer’s document', async () => {
    await dana.patch(`/projects/${project}/collaborators/${victor.user_id}`, { role: 'editor' });
    const made = await exported(victor, { format: 'json', audience: 'dealer' });
    expect(made.has_cost).toBe(false);
    expect((await fileOf(victor, made)).toString()).not.toMatch(/"unit_cost"/);
    const internal = await one(DEALER);
    expect((await victor.get(`/exports/${internal.id}`)).status).toBe(404);
    await dana.patch(`/projects/${project}/collaborators/${victor.user_id}`, { role: 'viewer' });
  });

  it('another tenant with the right ids finds nothing', async () => {
    const made = await one(CLIENT);
    const order = (await dana.get(`/projects/${project}/sif-imports`)).body.items[0].id;
    for (const path of [
      `/projects/${project}/exports`,
      `/exports/${made.id}`,
      `/exports/${made.id}/file`,
      `/projects/${project}/sif-imports`,
      `/sif-imports/${order}`,
    ])
      expect({ path, status: (await eve.get(path)).status }).toEqual({ path, status: 404 });
    for (const [path, body] of [
      [`/projects/${project}/exports`, { format: 'json' }],
      [`/exports/${made.id}/links`, {}],
      [`/sif-imports/${order}/apply`, {}],
      [`/sif-imports/${order}/undo`, undefined],
    ] as const)
      expect({ path, status: (await eve.post(path, body)).status }).toEqual({ path, status: 404 });
    expect((await eve.upload(`/projects/${project}/sif-imports`, 'x.sif', 'PN=1')).status).toBe(404);
    expect((await eve.delete(`/exports/${made.id}`)).status).toBe(404);
    expect((await t.anonymous.get(`/exports/${made.id}/file`)).status).toBe(401);
  });

  it('whoever has a signed link, until it ends; forged ones are refused', async () => {
    const made = await exported(dana, { format: 'sif' });
    const other = await one(CLIENT);
    const { url } = (await dana.post(`/exports/${made.id}/links`, { hours: 1 })).body as { url: string };
    expect((await t.anonymous.get(url)).status).toBe(200);
    const flipped = url.replace(/signature=(.)/, (_all, one) => `signature=${one === 'A' ? 'B' : 'A'}`);
    const longer = url.replace(/expires=(\d+)/, (_all, at) => `expires=${Number(at) + 3600}`);
    for (const forged of [flipped, longer, url.replace(made.id, other.id)])
      expect((await t.anonymous.get(forged)).status).toBe(404);
    later_ms = 2 * HOUR;
    expect((await t.anonymous.get(url)).status).toBe(404);
    later_ms = 0;
    expect((await dana.delete(`/exports/${made.id}`)).status).toBe(204);
    expect((await t.anonymous.get(url)).status).toBe(404);
  });

  it('a link to a file with costs lives a day at most', async () => {
    const made = await one(ORDER);
    const { body } = await dana.post(`/exports/${made.id}/links`, { hours: 700 });
    expect(Date.parse(body.expires_at) - Date.now()).toBeLessThan(25 * HOUR);
  });
});

describe('how the files of an organization look', () => {
  const path = () => `/organizations/${dana.organization_id}/branding`;
  const logo = (kind: 'png' | 'jpeg') =>
    sharp({ create: { width: 1400, height: 500, channels: 3, background: '#b03a2e' } })
      [kind]()
      .toBuffer();
  const textOf = async (bytes: Buffer) => {
    const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
    const pages: string[] = [];
    for (let n = 1; n <= pdf.numPages; n += 1) {
      const { items } = await (await pdf.getPage(n)).getTextContent();
      pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    }
    const size = (await pdf.getPage(1)).view.slice(2).map(Math.round);
    return { pages, text: pages.join(' '), size };
  };

  it('is changed by those who manage it, and shows in its files', async () => {
    const changed = await dana.patch(path(), {
      primary_color: '#7A1F5C',
      footer_line: 'Dana and partners & friends, Example Street 1',
      paper: 'A4',
    });
    expect(changed.body).toMatchObject({ primary_color: '#7a1f5c', paper: 'A4', logo: null });
    const withLogo = await dana.upload(`${path()}/logo`, 'logo.png', new Uint8Array(await logo('png')));
    expect(withLogo.status).toBe(200);
    const stored = await sharp(Buffer.from(withLogo.body.logo.split(',')[1], 'base64')).metadata();
    expect([stored.format, (stored.width ?? 0) <= 900, (stored.height ?? 0) <= 400]).toEqual([
      'png',
      true,
      true,
    ]);

    const made = await fileOf(dana, await exported(dana, { format: 'pdf', parts: ['cover', 'approval'] }));
    const { pages, size } = await textOf(made);
    expect(pages).toHaveLength(2);
    expect(size).toEqual([595, 842]);
    expect(pages.slice(1).every((text) => text.includes('Dana and partners & friends'))).toBe(true);
    expect(made.includes('/Subtype /Image')).toBe(true);
    expect((await dana.delete(`${path()}/logo`)).body.logo).toBeNull();
  });

  it('takes pictures for what they are, not for what they are called', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const [name, bytes] of [
      ['logo.png', svg],
      ['logo.png', 'not a picture'],
      ['logo.png', new Uint8Array((await logo('png')).subarray(0, 300))],
      ['logo.jpg', new Uint8Array(Buffer.from('GIF89a...'))],
    ] as const) {
      const refused = await dana.upload(`${path()}/logo`, name, bytes);
      expect(refused.status).toBe(415);
    }
    const large = await dana.upload(`${path()}/logo`, 'logo.png', new Uint8Array(5 * 1024 * 1024 + 1));
    expect(large.status).toBe(413);
    expect((await dana.patch(path(), { primary_color: 'red' })).status).toBe(400);
  });

  it('is no other tenant’s business', async () => {
    expect((await eve.get(path())).status).toBe(404);
    expect((await eve.patch(path(), { paper: 'A4' })).status).toBe(404);
    expect((await eve.upload(`${path()}/logo`, 'logo.png', new Uint8Array(await logo('png')))).status).toBe(
      404,
    );
    expect((await eve.delete(`${path()}/logo`)).status).toBe(404);
  });
});

it('deletes files whose time is over and keeps the record of them', async () => {
  const made = await one(CLIENT);
  const keys = () =>
    t.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('exports').select('file_key').where('id', '=', made.id).executeTakeFirstOrThrow(),
    );
  const stored = async (key: string | null) => (await t.app.deps.files.stat(key ?? '')) !== undefined;
  const { file_key } = await keys();
  expect(await stored(file_key)).toBe(true);
  expect(await t.app.features.exports.expire(new Date(Date.parse(made.expires_at) + 1))).toBeGreaterThan(0);
  expect(await stored(file_key)).toBe(false);
  expect((await dana.get(`/exports/${made.id}`)).body.status).toBe('expired');
  expect((await dana.get(`/exports/${made.id}/file`)).status).toBe(404);
});

it('writes who exported, downloaded, applied and imported into the audit log', async () => {
  const rows = await t.app.deps.postgres.asSystem((tx) =>
    tx.selectFrom('audit_log').select(['action', 'actor_id']).where('project_id', '=', project).execute(),
  );
  const actions = new Set(rows.map((row) => row.action));
  for (const action of [
    'export.created',
    'export.downloaded',
    'export.link_created',
    'export.downloaded_by_link',
    'export.deleted',
    'order_file.read',
    'order_file.applied',
    'order_file.undone',
  ])
    expect(actions).toContain(action);
});
