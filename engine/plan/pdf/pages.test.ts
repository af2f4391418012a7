import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlanDocument } from '../../../contract/plan.ts';
import { distance, type Point } from '../../geometry/planar.ts';
import { analyzePlan } from '../analyze.ts';
import { generatePlan } from '../generator/generate.ts';
import { writePdf } from '../generator/write_pdf.ts';
import { emptyLinework, type Origin } from '../linework.ts';
import { findPolylineArcs } from './polyline_arcs.ts';
import { readPdfLinework } from './read.ts';

/** The drawing operators of a one-page PDF of the generator. */
function contentOf(pdf: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(pdf);
  return /stream\n([\s\S]*?)\nendstream/.exec(text)![1]!;
}

/** A PDF with one page per content, each as large as an ARCH E sheet. */
function pdfOf(contents: readonly string[]): Uint8Array {
  const pages = contents.map((_, i) => `${4 + 2 * i} 0 R`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.join(' ')}] /Count ${contents.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...contents.flatMap((content, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 3456 2592] /Contents ${5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

const text = (value: string, x: number, y: number, size: number) =>
  `BT /F1 ${size} Tf ${x} ${y} Td (${value}) Tj ET`;

/** A schedule: a ruled table full of words. */
const TABLE = [
  text('DOOR SCHEDULE', 200, 900, 24),
  ...Array.from({ length: 40 }, (_, i) => `100 ${100 + i * 18} m 1200 ${100 + i * 18} l S`),
  ...Array.from({ length: 12 }, (_, i) => `${100 + i * 100} 100 m ${100 + i * 100} 802 l S`),
  text('A-601', 3300, 60, 20),
].join('\n');

describe('a PDF of several pages', () => {
  const plan = generatePlan(31, { labels: 'both', width_ft: 120, depth_ft: 70 });
  const sheet = `${contentOf(writePdf(plan))}\n${text('FIRST FLOOR PLAN', 200, 40, 20)}\n${text('A-101', 3300, 60, 20)}`;
  const bytes = pdfOf([TABLE, sheet, TABLE]);

  it('opens at the page most like a plan and names the pages, so that a person can choose', async () => {
    const document = PlanDocument.parse(await analyzePlan(bytes, { file_name: 'set.pdf' }));
    expect(document.source).toMatchObject({ page: 2, pages: 3 });
    expect(document.source.page_list).toMatchObject([
      { page: 1, title: 'DOOR SCHEDULE', sheet: 'A-601', looks_like_plan: false },
      { page: 2, title: 'FIRST FLOOR PLAN', sheet: 'A-101', looks_like_plan: true },
      { page: 3, looks_like_plan: false },
    ]);
    const warning = document.warnings.find(({ code }) => code === 'several_pages');
    expect(warning?.message).toContain('page 2 was read');
    expect(warning?.message).toContain('DOOR SCHEDULE');
    expect(document.spaces.length).toBeGreaterThan(0.9 * plan.rooms.length);
  });

  it('opens at the page that is asked for', async () => {
    const document = await analyzePlan(bytes, { file_name: 'set.pdf', page: 1 });
    expect(document.source.page).toBe(1);
    expect(document.warnings.map(({ code }) => code)).not.toContain('several_pages');
  });
});

describe('printed dimensions', () => {
  /** A plan without scale note whose dimension lines show their lengths, at `points` to the foot. */
  function dimensioned(points: number, lie: number): Uint8Array {
    const lengths = [12, 17.5, 9, 24, 31];
    const lines = lengths.flatMap((feet, i) => {
      const [x0, x1, y] = [200, 200 + feet * points, 1800 + i * 40];
      const inches = Math.round((feet * lie - Math.floor(feet * lie)) * 12);
      return [
        `${x0} ${y} m ${x1} ${y} l S ${x0} ${y - 6} m ${x0} ${y + 6} l S ${x1} ${y - 6} m ${x1} ${y + 6} l S`,
        text(`${Math.floor(feet * lie)}'-${inches}"`, (x0 + x1) / 2 - 12, y + 3, 8),
      ];
    });
    const content = contentOf(writePdf(generatePlan(33, { labels: 'both' }), false));
    return pdfOf([`${content}\n0.3 w\n${lines.join('\n')}`]);
  }

  it('vote on the scale of a sheet', async () => {
    const document = await analyzePlan(dimensioned(9, 1), { file_name: 'plan.pdf' });
    const cue = document.scale.cues.find(({ kind }) => kind === 'dimension_text');
    expect(cue?.feet_per_unit).toBeCloseTo(1 / 9, 3);
  });

  it('alone are not believed, for one hint may be wrong', async () => {
    const document = await analyzePlan(dimensioned(9, 2), { file_name: 'plan.pdf' });
    const kinds = new Set(document.scale.cues.map(({ kind }) => kind));
    if (kinds.size < 2) expect(document.scale.feet_per_unit).toBeNull();
    expect(document.scale.feet_per_unit ?? 2 / 9).not.toBeCloseTo(1 / 9, 3);
  });
});

describe('areas that a drawing fills', () => {
  /** A sheet of hatched squares with numbers, a wall round all of them and none between. */
  const squares = Array.from({ length: 6 }, (_, i) => {
    const x = 300 + i * 150;
    const hatch = Array.from(
      { length: 30 },
      (__, k) => `${x - 40} ${500 + k * 5} m ${x + 190} ${500 + k * 5} l S`,
    );
    return `q ${x} 500 m ${x + 150} 500 l ${x + 150} 650 l ${x} 650 l h W n 0.1 w ${hatch.join(' ')} Q ${text(String(101 + i), x + 60, 570, 10)}`;
  });
  const wall = '1.4 w 300 500 900 150 re S 294 494 912 162 re S';
  const more = Array.from({ length: 12 }, (_, i) => `${300 + i * 20} 800 m ${310 + i * 20} 860 l S`).join(
    ' ',
  );
  const bytes = pdfOf([`${squares.join('\n')}\n${wall}\n${more}`]);

  it('are taken for rooms, or left out for measuring', async () => {
    const filled = await readPdfLinework(bytes, 1);
    const bare = await readPdfLinework(bytes, 1, { ignore_fills: true });
    expect(filled.linework.shapes.filter((shape) => shape.origin.role === 'area')).toHaveLength(6);
    expect(bare.linework.shapes.filter((shape) => shape.filled)).toHaveLength(0);
  });
});

describe('arcs broken into short lines', () => {
  it('are found again, whatever their rounding, and straight runs are not arcs', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 7, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 6, noNaN: true }),
        fc.integer({ min: 8, max: 40 }),
        (radius, from, pieces) => {
          const rounded = (v: number) => Math.round(v / 0.06) * 0.06;
          const points = Array.from({ length: pieces + 1 }, (_, i): Point => {
            const angle = from + (Math.PI / 2) * (i / pieces);
            return [rounded(100 + radius * Math.cos(angle)), rounded(100 + radius * Math.sin(angle))];
          }).filter((p, i, all) => i === 0 || distance(p, all[i - 1]!) > 0);
          const linework = emptyLinework();
          const origin: Origin = { layer: 'pen', role: 'unknown', symbol: -1 };
          const add = (a: Point, b: Point) => {
            linework.strokes.push({ a, b, origin, weight: 1, arc: -1 });
          };
          for (let i = 1; i < points.length; i++) add(points[i - 1]!, points[i]!);
          for (let i = 0; i < 8; i++) add([i * 5, 0], [i * 5 + 5, 0]);
          findPolylineArcs(linework);
          if (radius / pieces < 0.35) return;
          expect(linework.arcs).toHaveLength(1);
          expect(Math.abs(linework.arcs[0]!.radius / radius - 1)).toBeLessThan(0.05);
          expect(linework.strokes.slice(-8).every((stroke) => stroke.arc < 0)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
