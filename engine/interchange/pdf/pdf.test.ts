import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanDocument } from '../../../contract/plan.ts';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import { analyzePlan } from '../../plan/analyze.ts';
import { samplePlanDxf } from '../../plan/generator/sample.ts';
import { billOf, scenarioOf } from '../bill.ts';
import { furnishedSample } from '../furnished_sample.ts';
import { forAudience } from '../project/audience.ts';
import { sampleDocument } from '../project/sample.ts';
import { clean } from './type.ts';
import { money } from './words.ts';
import { write } from './write.ts';

const PARTS = [
  'cover',
  'brief',
  'plan',
  'views',
  'items',
  'scenarios',
  'budget',
  'roi',
  'sustainability',
  'assumptions',
  'approval',
];
const options = {
  scenario_id: null,
  parts: PARTS,
  dialect: 'generic',
  paper: 'Letter',
  units: 'imperial',
} as const;
const tools = { onProgress: () => undefined };
let plan: PlanDocument;
let document: ProjectDocument;
/** All parts, for the dealer. */
let whole: Uint8Array;

interface Tag {
  role?: string;
  alt?: string;
  children?: Tag[];
}

type Items = Awaited<
  ReturnType<
    Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>['getTextContent']
  >
>['items'];

function linesOf(items: Items, height: number): string[] {
  const lines = new Map<number, string>();
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    const y = Math.round(item.transform[5]);
    if (y > 46 && y < height - 46) lines.set(y, `${lines.get(y) ?? ''} ${item.str}`.trim());
  }
  return [...lines].sort(([a], [b]) => b - a).map(([, line]) => line);
}

/** The file as another library reads it. */
async function read(bytes: Uint8Array) {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const pages = [];
  const tags: Tag[] = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n);
    const { items } = await page.getTextContent();
    const tree = (await page.getStructTree()) as Tag | null;
    if (tree !== null) tags.push(tree);
    pages.push({
      /** Texts of the lines between head and foot, from the top. */
      lines: linesOf(items, page.view[3] ?? 0),
      size: page.view.slice(2).map(Math.round),
      text: items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''),
    });
  }
  const all = (tag: Tag): Tag[] => [tag, ...(tag.children ?? []).flatMap(all)];
  return {
    pages,
    text: pages.map((page) => page.text).join('\n'),
    tags: tags.flatMap(all),
    outline: (await pdf.getOutline()) as { title: string; items: { title: string }[] }[],
    info: (await pdf.getMetadata()).info as Record<string, unknown>,
  };
}

beforeAll(async () => {
  const seed = Math.floor(Math.random() * 1e6);
  plan = await analyzePlan(samplePlanDxf(seed), { file_name: `plan ${seed}.dxf` });
  document = furnishedSample(seed % 1000, [plan], 1);
  whole = (await write(document, options, tools)).bytes;
}, 60_000);

describe('a proposal as PDF', () => {
  it('holds the scenario to the cent, every room, and pages that are numbered', async () => {
    const { pages, text } = await read(whole);
    const scenario = scenarioOf(document, null);
    if (scenario === undefined) throw new Error('the sample has scenarios');
    expect(pages[0]?.text).toContain(money(scenario.total_cost, scenario.currency));
    for (const line of scenario.lines) expect(text).toContain(money(line.amount, scenario.currency));
    for (const line of billOf(document, scenario).lines)
      expect(text).toContain(money(line.item.total_price, scenario.currency));
    for (const space of plan.spaces) expect(text).toContain(clean(space.number ?? space.name ?? ''));
    pages.slice(1).forEach((page, n) => {
      expect(page.text).toContain(`${n + 2} / ${pages.length}`);
    });
  });

  it('is tagged, has bookmarks, a title and a language', async () => {
    const { tags, outline, info } = await read(whole);
    expect(Buffer.from(whole).toString('latin1')).toContain('/Marked true');
    expect(info['Title']).toContain(document.project.name);
    expect(info['Language']).toBe('en-US');
    const roles = new Set(tags.map((tag) => tag.role));
    for (const role of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'Figure']) expect(roles).toContain(role);
    for (const figure of tags.filter((tag) => tag.role === 'Figure')) expect(figure.alt).toBeTruthy();
    expect(outline.map((one) => one.title)).toContain('Budget');
    const rooms = outline.find((one) => one.title === 'Furniture by space');
    expect(rooms?.items.length).toBe(
      new Set(billOf(document, scenarioOf(document, null)!).lines.map((line) => line.item.space_id)).size,
    );
  });

  it('gives a client neither cost nor margin; a dealer sees both', async () => {
    const cost = document.scenarios.find((one) => one.is_selected)?.internal;
    if (cost === undefined) throw new Error('the sample has costs');
    const inside = await read(whole);
    expect(inside.text).toContain(money(cost.cost, 'USD'));
    expect(inside.text).toContain('Margin');
    const outside = await read((await write(forAudience(document, 'client'), options, tools)).bytes);
    expect(outside.text).not.toMatch(/margin/i);
    expect(outside.text).not.toMatch(/internal/i);
    expect(outside.text).not.toContain(money(cost.cost, 'USD'));
    const open = new Set(
      document.scenarios.flatMap((one) => one.items).flatMap((item) => [item.unit_price, item.total_price]),
    );
    for (const item of document.scenarios.flatMap((one) => one.items)) {
      const unit = item.internal?.unit_cost;
      if (unit === undefined || unit === null || open.has(unit)) continue;
      expect(outside.text).not.toMatch(
        new RegExp(`(?<![\\d,])${money(unit, 'USD').replace(/[$.]/g, '\\$&')}`),
      );
    }
  });

  it('keeps to the paper and the units asked for, and to the parts chosen', async () => {
    const a4 = await read(
      (await write(document, { ...options, paper: 'A4', units: 'metric', parts: ['plan'] }, tools)).bytes,
    );
    for (const { size } of a4.pages) expect([...size].sort((a, b) => a - b)).toEqual([595, 842]);
    expect(a4.text).toMatch(/Scale 1:\d+/);
    expect(a4.text).not.toContain('sq ft');
    expect(a4.outline).toHaveLength(1);
    const letter = await read((await write(document, { ...options, parts: ['plan'] }, tools)).bytes);
    for (const { size } of letter.pages) expect([...size].sort((a, b) => a - b)).toEqual([612, 792]);
    expect(letter.text).toMatch(/Scale (\d+\/)?\d+″ = /);
  });

  it('is broken by no text, and says what it could not draw', async () => {
    const hostile = sampleDocument({ seed: 4, rooms: 3 });
    const words = `\u0007\u202eאבג שלום ${'Ünendlich'.repeat(80)} 🪑👩🏽‍💻 \ud800 \u0000 (\\) <</Type>> %PDF`;
    hostile.project.name = words.slice(0, 255);
    hostile.project.description = `${words}\n\n${words}`;
    hostile.project.client = { name: words.slice(0, 255) };
    for (const space of hostile.floors[0]?.spaces ?? []) space.name = words.slice(0, 255);
    for (const product of hostile.products) product.name = words.slice(0, 255);
    for (const item of hostile.scenarios.flatMap((one) => one.items)) item.reasoning = words.repeat(5);
    hostile.organization!.branding.logo = 'data:image/png;base64,AAAA';
    const { bytes, left_out } = await write(hostile, options, tools);
    const { text } = await read(bytes);
    const total = scenarioOf(hostile, null)!.total_cost;
    expect(text).toContain(money(total, 'USD'));
    expect(left_out.map((one) => one.what).join('\n')).toMatch(/Characters the typeface does not have.*🪑/u);
    expect(left_out.map((one) => one.what)).toContain('Logo');
  });

  it('is written without a recommendation too, and tells which parts are missing', async () => {
    const { bytes, left_out } = await write(
      { ...document, scenarios: [], recommendation: null },
      options,
      tools,
    );
    const { outline } = await read(bytes);
    expect(outline.map((one) => one.title)).not.toContain('Budget');
    expect(left_out.map((one) => one.what)).toContain('budget');
  });

  it('tells every price, the totals, or none, in the reasons too', async () => {
    const parts = ['cover', 'items', 'scenarios', 'budget', 'roi', 'assumptions', 'approval'];
    const client = forAudience(document, 'client');
    const reasoning =
      '2 × Desk for OFFICE 105. The brief says “two desks”. 60 × 30 × 29 in; cable management; $1,234 each, 43 % under the middle price; 10 days; FSC. Rank 3 of 9 on merit, price aside, chosen over Bench, the first: $2,098 less over the 6 rooms it is for.';
    const priced = {
      ...client,
      scenarios: client.scenarios.map((one) => ({
        ...one,
        items: one.items.map((item) => ({ ...item, reasoning })),
      })),
    };
    const scenario = scenarioOf(priced, null);
    const total = money(scenario?.total_cost ?? 0, scenario?.currency ?? 'USD');
    const text = async (prices: 'lines' | 'totals' | 'none') =>
      (await read((await write(priced, { ...options, parts, prices }, tools)).bytes)).text;
    const each = money(scenario?.items[0]?.unit_price ?? 0, scenario?.currency ?? 'USD');
    const [lines, totals, none] = [await text('lines'), await text('totals'), await text('none')];
    expect(lines).toContain(total);
    expect(lines).toContain(each);
    expect(totals).toContain(total);
    // A total may hold the same digits within it.
    expect(totals).not.toMatch(/(?<![\d,])1,234(?!\.\d|\d)/);
    expect(totals).not.toContain('Each');
    for (const one of [lines, totals, none]) {
      expect(one).toMatch(/cable management/i);
      expect(one).not.toContain('Rank 3');
    }
    expect(/.{0,30}\p{Sc}\s?\d.{0,20}/u.exec(none)?.[0]).toBeUndefined();
  });

  it('tells what a credit counts in money, and only its share where no prices were asked for', async () => {
    const credit = {
      rule_id: 'low-emitting',
      rule_version: '1',
      name: 'Low-emitting furniture',
      passed: true,
      points: 1,
      measures: [
        {
          label: 'Share of the furniture',
          numerator: 157_957,
          denominator: 208_757,
          value: 75.7,
          threshold: 75,
          unit: '% of cost',
          met: true,
        },
      ],
      missing_certificates: [],
      note: 'A note.',
      source: 'the rule',
    };
    const sustainability = {
      overall_score: 70,
      carbon_footprint_kg: 1000,
      recycled_content_pct: 30,
      recyclable_pct: 60,
      certifications_achieved: [],
      leed_points: 1,
      report: { credits: [credit] },
    };
    const rated = { ...document, scenarios: document.scenarios.map((one) => ({ ...one, sustainability })) };
    const text = async (prices: 'lines' | 'none') =>
      (await read((await write(rated, { ...options, parts: ['sustainability'], prices }, tools)).bytes)).text;
    expect(await text('lines')).toMatch(/\$157,957\.00[\s\S]*\$208,757\.00/);
    const none = await text('none');
    expect(none).toContain('75.7 %');
    expect(none).not.toMatch(/157[,.]?957|208[,.]?757|\p{Sc}/u);
  });

  it('leaves no heading and no head of a table at the end of a page without what follows', async () => {
    for (const lines of [1, 2, 3]) {
      const several = furnishedSample(lines, [plan], lines);
      const { pages } = await read(
        (await write(forAudience(several, 'client'), { ...options, parts: ['items', 'scenarios'] }, tools))
          .bytes,
      );
      expect(pages.length).toBeGreaterThan(2);
      const rooms = new Set(plan.spaces.map(({ number, name }) => [number, name].filter(Boolean).join(' ')));
      for (const { lines: found } of pages) {
        const last = found.at(-1) ?? '';
        expect(last).not.toMatch(/^Product .*Total$/);
        expect(last).not.toMatch(/^Change Times/);
        for (const room of rooms) expect(last.startsWith(`${room} $`)).toBe(false);
      }
    }
  });

  it('begins short parts below one another, and never one on the cover', async () => {
    const parts = ['cover', 'scenarios', 'budget', 'assumptions', 'approval'];
    const { pages, outline } = await read((await write(document, { ...options, parts }, tools)).bytes);
    expect(outline).toHaveLength(parts.length);
    expect(pages.length).toBeLessThan(parts.length);
    expect(pages[0]?.text).not.toContain('Per person');
    expect(pages.at(-1)?.lines[0]).toBe('Approval');
  });

  it('says one day, and areas with as many decimals as their neighbours', async () => {
    const asked = structuredClone(document);
    asked.brief.brief = { max_lead_time_days: 1, area_sqft: 5274.3 };
    const { bytes } = await write(asked, { ...options, units: 'metric', parts: ['brief', 'plan'] }, tools);
    const { text } = await read(bytes);
    expect(text).toMatch(/Lead time, at most\s*1 day(?!s)/);
    expect(text).toMatch(/Area\s*490\.0 m\u00b2/);
    expect(text).not.toMatch(/[^\d.,]\d+ m\u00b2/);
  });

  it('states no return where no saving is known', async () => {
    const none = {
      ...document,
      scenarios: document.scenarios.map((one) => ({
        ...one,
        roi_analysis: {
          ...(one.roi_analysis as object),
          benefits: ((one.roi_analysis as { benefits?: object[] } | null)?.benefits ?? []).map((benefit) => ({
            ...benefit,
            annual: 0,
            missing: ['rent'],
          })),
        },
      })),
    };
    const { bytes } = await write(none as ProjectDocument, { ...options, parts: ['roi'] }, tools);
    const { text } = await read(bytes);
    expect(text.replace(/\s+/g, ' ')).toContain('no return is stated');
    expect(text).not.toContain('Net present value');
  });
});
