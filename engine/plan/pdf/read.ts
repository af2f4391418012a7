// PDF bytes to linework: opens the file and reads the page asked for, or the one that looks most like a plan.
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { ScaleCue } from '../../../contract/plan.ts';
import { ArrangementTooLarge } from '../../geometry/arrangement.ts';
import type { Point } from '../../geometry/planar.ts';
import { PlanError } from '../errors.ts';
import type { Linework } from '../linework.ts';
import { RASTER } from '../raster/limits.data.ts';
import type { RasterOptions } from '../raster/read.ts';
import { readPage, turnOf } from './page.ts';
import { describePages, type PageNote, pageWarning } from './pages.ts';
import { readScan, ScannedPage } from './scans.ts';

export type PdfRead = {
  linework: Linework;
  /** Upright coordinates back to PDF user space. */
  toFile: (p: Point) => Point;
  page: number;
  pages: number;
  /** What the pages seem to be, where there are several. */
  page_list?: PageNote[];
  /** Of a scanned page: feet per point for thresholds, and what the picture's reader saw of the scale. */
  guess?: number;
  cues?: ScaleCue[];
};

/** Linework of a page (unless told, the one most like a plan) in points, y up, as the page is viewed. */
export async function readPdfLinework(
  bytes: Uint8Array,
  wanted: number | undefined,
  options: RasterOptions & { ignore_fills?: boolean } = {},
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
    const read = await pageOrScan(proxy, turn, options);
    const { linework } = read;
    if (wanted === undefined && described) linework.notes.push(pageWarning(described.pages, page, pages));
    return {
      ...read,
      page,
      pages,
      ...(described ? { page_list: described.pages } : {}),
    };
  } catch (error) {
    // What the PDF library throws of a damaged page is said in our words; our own errors pass.
    if (error instanceof ArrangementTooLarge)
      throw new PlanError(
        'too_many_entities',
        'The lines of the PDF page lie upon each other more often than those of a plan can; export it without hatching.',
      );
    if (error instanceof PlanError || !isOfPdf(error)) throw error;
    throw new PlanError('malformed', 'A page of the PDF is damaged and cannot be read; export it again.');
  } finally {
    await document.loadingTask.destroy();
  }
}

async function pageOrScan(
  proxy: PDFPageProxy,
  turn: ReturnType<typeof turnOf>,
  options: RasterOptions & { ignore_fills?: boolean },
): Promise<Pick<PdfRead, 'linework' | 'toFile' | 'guess' | 'cues'>> {
  try {
    return {
      linework: await readPage(proxy, turn.upright, options.ignore_fills),
      toFile: turn.toFile,
    };
  } catch (error) {
    if (error instanceof ScannedPage) return await readScan(proxy, error, turn, options);
    throw error;
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
      // Pictures as plain pixels; larger ones are left out before they are decoded.
      isOffscreenCanvasSupported: false,
      isImageDecoderSupported: false,
      maxImageSize: RASTER.whole_pixels,
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
