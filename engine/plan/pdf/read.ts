// PDF bytes to linework: opens the file and reads the page asked for, or the one that looks most like a plan.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Point } from '../../geometry/planar.ts';
import { PlanError } from '../errors.ts';
import type { Linework } from '../linework.ts';
import { readPage, turnOf } from './page.ts';
import { describePages, type PageNote, pageWarning } from './pages.ts';

export type PdfRead = {
  linework: Linework;
  /** Upright coordinates back to PDF user space. */
  toFile: (p: Point) => Point;
  page: number;
  pages: number;
  /** What the pages seem to be, where there are several. */
  page_list?: PageNote[];
};

/** Linework of a page (unless told, the one most like a plan) in points, y up, as the page is viewed. */
export async function readPdfLinework(
  bytes: Uint8Array,
  wanted: number | undefined,
  options: { ignore_fills?: boolean } = {},
): Promise<PdfRead> {
  const document = await open(bytes);
  try {
    const pages = document.numPages;
    if (wanted !== undefined && (!Number.isInteger(wanted) || wanted < 1 || wanted > pages)) {
      throw new PlanError(
        'bad_page',
        `The PDF has ${pages} ${pages === 1 ? 'page' : 'pages'} but page ${wanted} was asked for; choose one of them.`,
      );
    }
    const described = pages > 1 ? await describePages(document) : null;
    const page = wanted ?? described?.best ?? 1;
    const proxy = await document.getPage(page);
    const turn = turnOf(proxy);
    const linework = await readPage(proxy, turn.upright, options.ignore_fills);
    if (wanted === undefined && described) linework.notes.push(pageWarning(described.pages, page, pages));
    return {
      linework,
      toFile: turn.toFile,
      page,
      pages,
      ...(described ? { page_list: described.pages } : {}),
    };
  } catch (error) {
    // What the PDF library throws of a damaged page is said in our words; our own errors pass.
    if (error instanceof PlanError || !isOfPdf(error)) throw error;
    throw new PlanError('malformed', 'A page of the PDF is damaged and cannot be read; export it again.');
  } finally {
    await document.loadingTask.destroy();
  }
}

/** The library's own exceptions: their class names are not exported as one type. */
function isOfPdf(error: unknown): boolean {
  return error instanceof Error && (/Exception$/.test(error.name) || /\bpdf\b/i.test(error.stack ?? ''));
}

async function open(bytes: Uint8Array) {
  try {
    return await getDocument({
      data: new Uint8Array(bytes),
      verbosity: 0,
      useSystemFonts: false,
      disableFontFace: true,
      stopAtErrors: false,
    }).promise;
  } catch (error) {
    const words = error instanceof Error ? error.message : 'unreadable';
    if (/password/i.test(words))
      throw new PlanError(
        'malformed',
        'The PDF is locked with a password; save it without one and upload it again.',
      );
    throw new PlanError(
      'malformed',
      `The PDF cannot be opened (${words.slice(0, 80).replace(/\.$/, '')}); export it again.`,
    );
  }
}
