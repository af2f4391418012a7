/** Files of every kind as a client gets them: no cost and no margin in any, whatever the writer. */
import * as xlsx from '@e965/xlsx';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXPORT_FORMATS, type ExportFormat } from '../../../contract/exports.ts';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import { furnishedSample } from '../../../engine/interchange/furnished_sample.ts';
import { forAudience } from '../../../engine/interchange/project/audience.ts';
import { analyzePlan } from '../../../engine/plan/analyze.ts';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { FORMATS } from './formats.ts';

let document: ProjectDocument;
/** What a dealer pays, item by item and in all. */
let secret: string[];

beforeAll(async () => {
  const seed = Math.floor(Math.random() * 1e6);
  const plan = await analyzePlan(samplePlanDxf(seed), { file_name: 'plan.dxf' });
  document = furnishedSample(seed % 1000, [plan], 1);
  // Costs no coordinate, area or price of a file can be by chance.
  const amount = (millions: number, index: number) => millions * 1_000_000 + index + 0.17;
  for (const [at, { items, internal }] of document.scenarios.entries()) {
    if (internal) internal.cost = amount(93, at);
    for (const [index, item] of items.entries())
      if (item.internal)
        Object.assign(item.internal, {
          unit_cost: amount(91, at * 100_000 + index),
          total_cost: amount(92, at * 100_000 + index),
        });
  }
  secret = document.scenarios
    .flatMap(({ items, internal }) => [
      internal?.cost,
      ...items.flatMap((item) => [item.internal?.unit_cost, item.internal?.total_cost]),
    ])
    .flatMap((cost) => (cost === undefined || cost === null ? [] : cost.toFixed(2)));
}, 60_000);

async function bytesOf(format: ExportFormat, audience: 'client' | 'dealer'): Promise<Buffer> {
  const { load, parts } = FORMATS[format];
  const { write } = await load();
  const options = {
    scenario_id: null,
    parts,
    dialect: 'generic',
    paper: 'Letter',
    units: 'imperial',
  } as const;
  const written = await write(forAudience(document, audience), options, { onProgress: () => undefined });
  return Buffer.from(written.bytes);
}

/** What a person can read of a file, figures without separators. */
async function textOf(format: ExportFormat, bytes: Buffer): Promise<string> {
  if (format === 'pdf') {
    const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
    const pages: string[] = [];
    for (let n = 1; n <= pdf.numPages; n++) {
      const { items } = await (await pdf.getPage(n)).getTextContent();
      pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    }
    return pages.join(' ').replace(/(\d),(?=\d{3})/g, '$1');
  }
  if (format === 'xlsx') {
    const book = xlsx.read(bytes);
    const cells = book.SheetNames.flatMap((name) => Object.values(book.Sheets[name] ?? {}));
    return cells
      .map((cell) => (cell as { v?: unknown }).v)
      .map((value) => (typeof value === 'number' ? value.toFixed(2) : String(value)))
      .join(' ');
  }
  return bytes.toString('latin1');
}

const holds = (text: string, cost: string) => text.includes(cost);

describe('a file for the client', () => {
  it.each(EXPORT_FORMATS)(
    'of the kind %s holds no cost and no margin',
    async (format) => {
      expect(secret.length).toBeGreaterThan(3);
      const text = await textOf(format, await bytesOf(format, 'client'));
      expect(secret.filter((cost) => holds(text, cost))).toEqual([]);
      if (format !== 'glb') expect(text).not.toMatch(/"(internal|unit_cost|[a-z_]*margin[a-z_]*)"/);
    },
    60_000,
  );

  it.each(['json', 'xlsx'] as const)(
    'unlike one of the kind %s for the dealer',
    async (format) => {
      const text = await textOf(format, await bytesOf(format, 'dealer'));
      expect(secret.filter((cost) => holds(text, cost)).length).toBeGreaterThan(3);
    },
    60_000,
  );
});
