// What a stranger's browser, file or letter meets: headers and cookies on every kind of answer, the policy of the built
// page, other sites, files that are not what they say, the time a sign-in takes, formulas in what goes to spreadsheets.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { ROOT } from '../../server/config.ts';
import { openTestApp, type Person, type TestApp, until } from '../harness/app.ts';

let t: TestApp;
let admin: Person;
let ada: Person;
let project: string;

beforeAll(async () => {
  t = await openTestApp({ PUBLIC_URL: 'https://furnish.example', MAX_UPLOAD_MB: '8' });
  admin = await t.join('Admin');
  ada = await t.join('Ada');
  project = (await ada.post('/projects', { name: 'Mill Lane' })).body.id;
});
afterAll(() => t.close());

const built = existsSync(join(ROOT, 'web', 'dist', 'index.html'));

describe('every kind of answer', () => {
  it('carries the headers that keep a browser safe and tells nothing of what runs here', async () => {
    const plan = await ada.upload(`/projects/${project}/floor-plans`, 'plan.dxf', samplePlanDxf(1));
    const kinds: [string, Person | TestApp['anonymous'], number][] = [
      ['/auth/me', ada, 200],
      [`/projects/${project}`, ada, 200],
      [`/floor-plans/${plan.body.id}/file`, ada, 200],
      ['/admin/audit-log.csv', admin, 200],
      ['/projects', t.anonymous, 401],
      ['/admin/users', ada, 403],
      ['/nothing/here', ada, 404],
      ['/projects/%00', ada, 400],
      ['/auth/providers', t.anonymous, 200],
    ];
    for (const [path, who, status] of kinds) {
      const { headers, status: found } = await who.get(path);
      expect({ path, status: found }).toEqual({ path, status });
      expect({ path, policy: headers['content-security-policy'] }).toEqual({
        path,
        policy: expect.not.stringMatching(/unsafe-(inline|eval)/),
      });
      expect(headers['content-security-policy']).toBeDefined();
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['strict-transport-security']).toMatch(/max-age=31536000/);
      expect(headers['referrer-policy']).toBe('same-origin');
      expect({ path, kept: headers['cache-control'] }).toEqual({
        path,
        kept: expect.stringMatching(/no-store|private/),
      });
      for (const name of ['server', 'x-powered-by', 'via', 'access-control-allow-origin'])
        expect(headers[name]).toBeUndefined();
    }
  });

  it('sets cookies that scripts, other sites and plain connections do not get', async () => {
    const answer = await t.server.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { host: 'furnish.example' },
      payload: { email: ada.email, password: ada.password },
    });
    const cookies = [answer.headers['set-cookie'] ?? []].flat();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; Secure/);
      expect(cookie).toMatch(/; SameSite=Lax/);
      expect(cookie).not.toMatch(/; Domain=/);
    }
  });
});

describe('the page of the web app', () => {
  it.skipIf(!built)('runs and styles only what is ours, by a policy without unsafe-inline', async () => {
    const [one, two] = [await t.anonymous.get('/api/../'), await t.server.inject({ url: '/projects' })];
    expect(one.status).toBeLessThan(500);
    const page = two.body;
    const policy = String(two.headers['content-security-policy']);
    const directives = Object.fromEntries(
      policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
    );
    expect(policy).not.toMatch(/unsafe|\*|http:|https:/);
    expect(directives['script-src']).toEqual(["'self'"]);
    expect(directives['script-src-attr']).toEqual(["'none'"]);
    expect(directives['style-src-attr']).toEqual(["'none'"]);
    expect(directives['object-src']).toEqual(["'none'"]);
    expect(directives['base-uri']).toEqual(["'none'"]);
    expect(directives['frame-ancestors']).toEqual(["'none'"]);
    const nonce = /<meta name="style-nonce" content="([^"]+)"/.exec(page)?.[1];
    expect(directives['style-src']).toEqual(["'self'", `'nonce-${nonce}'`]);
    const again = await t.server.inject({ url: '/projects' });
    expect(/style-nonce" content="([^"]+)"/.exec(again.body)?.[1]).not.toBe(nonce);
    expect(two.headers['cache-control']).toBe('no-store');
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i);
    for (const [, attributes, inside] of page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect(attributes).toMatch(/src="\//);
      expect(inside).toBe('');
    }
  });

  it.skipIf(!built)('hands out nothing beside it', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/.env',
      '/.git/config',
      '/assets/%00',
      '//etc/passwd',
    ]) {
      const answer = await t.server.inject({ url: path });
      expect(answer.body).not.toMatch(/"dependencies"|\[core\]|root:/);
      expect(answer.statusCode).toBeLessThan(500);
    }
  });
});

describe('another site', () => {
  it('may neither read answers nor write with our cookie', async () => {
    const preflight = await t.server.inject({
      method: 'OPTIONS',
      url: '/api/v1/projects',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'https://furnish.example.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ] as Record<string, string>[]) {
      const answer = await ada.post('/projects', { name: 'x' }, headers);
      expect({ headers, status: answer.status }).toEqual({ headers, status: 403 });
    }
    const own = await ada.post('/projects', { name: 'x' }, { origin: 'https://furnish.example' });
    expect(own.status).toBe(201);
  });
});

describe('a body', () => {
  it('of brackets within brackets is refused before anything walks it', async () => {
    for (const nested of [
      '['.repeat(60_000) + ']'.repeat(60_000),
      `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`,
    ])
      for (const [url, payload] of [
        ['/api/v1/events', `{"events":[${nested}]}`],
        ['/api/v1/projects', `{"name":"x","requirements":{"a":${nested}}}`],
        ['/api/v1/auth/login', nested],
      ] as const) {
        const headers = { cookie: ada.cookie, 'content-type': 'application/json' };
        const answer = await t.server.inject({ method: 'POST', url, headers, payload });
        expect({ url, status: answer.statusCode, told: answer.json().detail }).toEqual({
          url,
          status: 400,
          told: expect.stringMatching(/nested deeper than 64 levels/),
        });
      }
  });
});

/** A PNG that says it has so many pixels, and little else. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(8 + data.length + 4);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), 8 + data.length);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(Math.min(20_000_000, Math.ceil(width / 8 + 1) * height)), {
    level: 9,
  });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';

/** A page whose content unfolds to `megabytes`, with a script that would run when it opens. */
function pdfBomb(megabytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, '0 0 m 9 9 l S '), { level: 9 });
  return Buffer.concat([
    Buffer.from(
      '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n' +
        '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
        '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n' +
        `4 0 obj<</Length ${packed.length}/Filter/FlateDecode>>stream\n`,
      'latin1',
    ),
    packed,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF', 'latin1'),
  ]);
}

describe('a file', () => {
  const refused = [413, 415, 422];

  it('is judged by what it holds, whatever it is called', async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), gzipSync(Buffer.alloc(5_000_000))]);
    for (const [path, name, bytes] of [
      ['floor-plans', 'plan.dxf', png.subarray(0, 60)],
      ['floor-plans', 'plan.svg', SVG],
      ['floor-plans', 'plan.dxf', SVG],
      ['floor-plans', 'plan.html', '<html><script>alert(1)</script>'],
      ['floor-plans', 'plan.dxf', zip],
      ['floor-plans', 'plan.dxf', gzipSync(Buffer.alloc(30_000_000))],
      ['renders?name=x', 'view.png', SVG],
      ['renders?name=x', 'view.png', zip],
    ] as const) {
      const answer = await ada.upload(`/projects/${project}/${path}`, name, bytes);
      // A plan or an order that cannot be read may be taken in and then said to be unreadable.
      const read =
        answer.status === 201 && path === 'floor-plans'
          ? (
              await until(
                () => ada.get(`/floor-plans/${answer.body.id}`),
                (one) => ['analyzed', 'failed'].includes(one.body.status),
              )
            ).body.status
          : answer.status;
      expect({ path, name, read }).toEqual({
        path,
        name,
        read: expect.toSatisfy(
          (one: unknown) => one === 'failed' || [400, ...refused].includes(one as number),
        ),
      });
    }
    for (const bytes of [SVG, zip, hugePng(60_000, 60_000)]) {
      const logo = await ada.upload(`/organizations/${ada.organization_id}/branding/logo`, 'logo.png', bytes);
      expect(refused).toContain(logo.status);
    }
  });

  it('that unfolds into more than it may is refused or ended, and the service goes on', async () => {
    const begun = performance.now();
    const picture = await ada.upload(`/projects/${project}/renders?name=x`, 'x.png', hugePng(40_000, 40_000));
    expect(refused).toContain(picture.status);
    for (const [name, bytes] of [
      ['bomb.png', hugePng(90_000, 90_000)],
      ['bomb.pdf', pdfBomb(250)],
    ] as const) {
      const sent = await ada.upload(`/projects/${project}/floor-plans`, name, bytes);
      if (sent.status !== 201) expect(refused).toContain(sent.status);
      else {
        const read = await until(
          () => ada.get(`/floor-plans/${sent.body.id}`),
          (one) => ['analyzed', 'failed'].includes(one.body.status),
          100,
        );
        expect({ name, status: read.body.status }).toEqual({ name, status: 'failed' });
        const file = await ada.get(`/floor-plans/${sent.body.id}/file`);
        // Whatever script it carries does not run from our address.
        expect(file.headers['content-security-policy']).toMatch(/default-src 'none'; sandbox/);
        expect(file.headers['content-disposition']).toMatch(/^attachment/);
      }
    }
    expect((await ada.get('/auth/me')).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(110_000);
  }, 150_000);

  it('keeps a name that leads nowhere and breaks no header', async () => {
    for (const name of [
      '../../../etc/passwd.dxf',
      '..\\..\\boot.dxf',
      'a\u0000b.dxf',
      '<img src=x>.dxf',
      `${'n'.repeat(400)}.dxf`,
    ]) {
      const sent = await ada.upload(`/projects/${project}/floor-plans`, name, samplePlanDxf(2));
      expect([201, 400]).toContain(sent.status);
      if (sent.status !== 201) continue;
      expect(sent.body.file_name ?? sent.body.original_name ?? '').not.toMatch(/[/\\\0\r\n]/);
      const file = await ada.get(`/floor-plans/${sent.body.id}/file`);
      expect(file.status).toBe(200);
      expect(String(file.headers['content-disposition'])).not.toMatch(/[\r\n\0]|\.\.[/\\]/);
      await ada.delete(`/floor-plans/${sent.body.id}`);
    }
  }, 150_000);
});

describe('signing in', () => {
  it('takes as long for an address nobody has as for a wrong password', async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    const people = [ada, admin, await t.join('Bo'), await t.join('Cy'), await t.join('Di')];
    const took = async (email: string) => {
      const begun = performance.now();
      const answer = await t.anonymous.post('/auth/login', { email, password: 'not this password at all' });
      expect(answer.status).toBe(401);
      return performance.now() - begun;
    };
    // By turns, so that what else the machine does meets both alike; five wrong passwords an account are not slowed.
    for (let round = 0; round < 5; round += 1)
      for (const [index, person] of people.entries()) {
        const nobody = `nobody.${round}.${index}@example.com`;
        if ((round + index) % 2 === 0) known.push(await took(person.email));
        unknown.push(await took(nobody));
        if ((round + index) % 2 === 1) known.push(await took(person.email));
      }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('what goes to a spreadsheet', () => {
  it('runs nothing: the audit log as CSV', async () => {
    const signed = await t.server.inject({
      method: 'POST',
      url: '/api/v1/auth/register',
      payload: {
        email: '+cmd@example.com',
        password: 'a long enough password',
        first_name: '=1+1',
        last_name: '@SUM(1)',
      },
    });
    expect(signed.statusCode).toBe(201);
    const csv = String((await admin.get('/admin/audit-log.csv')).body);
    expect(csv).toContain("'+cmd@example.com");
    for (const row of csv.split('\r\n'))
      for (const cell of row.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/))
        expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r]/);
  });
});

it('nothing here calls another address but the doors that are known', () => {
  const doors = readDoors();
  expect(doors).toEqual(['server/features/webhooks/send.ts', 'server/platform/tracing-export.ts']);
});

/** Sources of the service that make requests by hand: images of products, for instance, are never fetched. */
function readDoors(): string[] {
  const found: string[] = [];
  for (const file of sources(join(ROOT, 'server')).concat(sources(join(ROOT, 'engine')))) {
    const text = readFileSync(file, 'utf8');
    if (/(?<![\w.])fetch\(|from 'undici'|request as https?Request|https?\.(get|request)\(/.test(text))
      found.push(file.slice(ROOT.length + 1));
  }
  return found.sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
}
