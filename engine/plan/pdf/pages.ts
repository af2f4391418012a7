// Says of each page of a PDF what it seems to be, and which is most like a floor plan.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { distance } from '../../geometry/planar.ts';
import { PlanError } from '../errors.ts';
import type { Linework, Text } from '../linework.ts';
import { parallelPairs, repeatedLines } from '../pairing.ts';
import { readPage, turnOf } from './page.ts';

export type PageNote = {
  page: number;
  /** What is printed as the sheet's title, or null. */
  title: string | null;
  /** The sheet's number, or null. */
  sheet: string | null;
  looks_like_plan: boolean;
};

/** Pages looked at; a set of drawings has its plans among the first. */
const MOST_PAGES = 40;
/** Lines of a page that are looked at for walls. */
const MOST_LINES = 8000;
/** A page with less than this share of the best page's wall-like line work is no plan. */
const PLAN_SHARE = 0.3;
/** Wall-like line work that makes a plan at all, points. */
const LEAST_WALLS = 1500;

/** The pages in order and the number of the one that is most like a plan. */
export async function describePages(
  document: PDFDocumentProxy,
): Promise<{ pages: PageNote[]; best: number }> {
  const found: { note: PageNote; walls: number }[] = [];
  for (let page = 1; page <= Math.min(document.numPages, MOST_PAGES); page++) {
    const linework = await readQuietly(document, page);
    const walls = linework ? wallWork(linework) : 0;
    const title = linework ? titleOf(linework) : null;
    const named = title !== null && NOT_A_PLAN.test(title) && !/\bPLAN\b/i.test(title);
    found.push({
      note: { page, title, sheet: linework ? sheetOf(linework) : null, looks_like_plan: false },
      walls: named ? walls * 0.3 : walls,
    });
  }
  const most = Math.max(...found.map(({ walls }) => walls));
  for (const { note, walls } of found)
    note.looks_like_plan = walls >= LEAST_WALLS && walls >= PLAN_SHARE * most;
  const best = found.find(({ walls }) => walls === most)?.note.page ?? 1;
  return { pages: found.map(({ note }) => note), best };
}

/** A page that cannot be read is none to choose. */
async function readQuietly(document: PDFDocumentProxy, page: number): Promise<Linework | null> {
  try {
    const proxy = await document.getPage(page);
    const linework = await readPage(proxy, turnOf(proxy).upright);
    proxy.cleanup();
    return linework;
  } catch (error) {
    if (error instanceof PlanError) return null;
    throw error;
  }
}

/**
 * Length of the lines that run in pairs at a wall's distance and are no hatching or table, in points; a door swing counts
 * as much as a wall of two inches.
 */
function wallWork(linework: Linework): number {
  const lines = linework.strokes
    .filter((stroke) => stroke.arc < 0 && stroke.origin.role !== 'hatch' && distance(stroke.a, stroke.b) > 6)
    .slice(0, MOST_LINES);
  const pairs = parallelPairs(lines, 1.2, 14);
  const repeated = repeatedLines(lines, pairs, 0.3);
  const paired = new Set<number>();
  for (const { i, j, gap, overlap } of pairs) {
    if (repeated.has(i) || repeated.has(j) || overlap < 2 * gap) continue;
    paired.add(i).add(j);
  }
  const walls = [...paired].reduce((sum, i) => sum + Math.min(400, distance(lines[i]!.a, lines[i]!.b)), 0);
  const swings = linework.arcs.filter((arc) => arc.sweep > 70 && arc.sweep < 110 && arc.radius > 8).length;
  return walls + 144 * Math.min(swings, 60);
}

const TITLE =
  /\b(?:PLAN|PLANS|ELEVATIONS?|SECTIONS?|DETAILS?|SCHEDULES?|NOTES|LEGEND|INDEX|COVER|DIAGRAMS?|SPECIFICATIONS?|LEVEL|FLOOR|STOREY|STORY|GRUNDRISS|SCHNITT|ANSICHT)\b/i;
const NOT_A_PLAN =
  /\b(?:ELEVATIONS?|SECTIONS?|DETAILS?|SCHEDULES?|NOTES|LEGEND|INDEX|COVER|SPECIFICATIONS?|CEILING|ROOF|SITE|SCHNITT|ANSICHT)\b/i;
const SHEET = /^[A-Z]{1,3}[-. ]?\d{1,3}(?:[.-]\d{1,3})?[A-Z]?$/;

/** The largest text that reads like a drawing's title. */
function titleOf(linework: Linework): string | null {
  const titles = linework.texts.filter((text) => TITLE.test(text.value) && text.value.length <= 60);
  return largest(titles)?.value ?? null;
}

/** The largest sheet number in the right or lower margin. */
function sheetOf(linework: Linework): string | null {
  const xs = linework.strokes.flatMap((stroke) => [stroke.a[0], stroke.b[0]]);
  const ys = linework.strokes.flatMap((stroke) => [stroke.a[1], stroke.b[1]]);
  const [x0, x1] = [low(xs), high(xs)];
  const [y0, y1] = [low(ys), high(ys)];
  const margin = linework.texts.filter(
    ({ value, centre }) =>
      SHEET.test(value) && (centre[0] > x1 - 0.15 * (x1 - x0) || centre[1] < y0 + 0.15 * (y1 - y0)),
  );
  return largest(margin)?.value ?? null;
}

function largest(texts: readonly Text[]): Text | undefined {
  return texts.reduce<Text | undefined>(
    (best, text) => (!best || text.height > best.height + 0.1 ? text : best),
    undefined,
  );
}

function low(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

function high(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

/** Which page was read and which others there are, in one sentence each. */
export function pageWarning(
  list: readonly PageNote[],
  page: number,
  pages: number,
): { code: string; message: string } {
  const words = list
    .slice(0, 12)
    .map(({ page: number, sheet, title, looks_like_plan }) => {
      const name =
        [sheet, title].filter(Boolean).join(' ') || (looks_like_plan ? 'a plan without title' : 'no title');
      return `${number} ${name}`;
    })
    .join('; ');
  return {
    code: 'several_pages',
    message: `The PDF has ${pages} pages; page ${page} was read because it looks most like a plan. Choose another if that is wrong: ${words}${list.length > 12 ? '; …' : ''}.`,
  };
}
