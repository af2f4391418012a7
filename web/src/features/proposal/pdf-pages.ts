// Pages of a PDF as pictures: pdf.js and its worker are loaded when a proposal is first looked at, from our own files.
import type { PDFDocumentProxy } from 'pdfjs-dist';

export interface OpenPdf {
  pages: number;
  /** Width over height of a page, counted from 1. */
  shapeOf(page: number): Promise<number>;
  /** Draws a page into a canvas, `width` CSS pixels wide. */
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<void>;
  close(): void;
}

export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const [pdfjs, worker] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default;
  const task = pdfjs.getDocument({ data: bytes });
  const pdf: PDFDocumentProxy = await task.promise;
  return {
    pages: pdf.numPages,
    async shapeOf(page) {
      const { width, height } = (await pdf.getPage(page)).getViewport({ scale: 1 });
      return width / height;
    },
    async draw(page, canvas, width) {
      const found = await pdf.getPage(page);
      const dots = width * Math.min(2, devicePixelRatio);
      const viewport = found.getViewport({ scale: dots / found.getViewport({ scale: 1 }).width });
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      await found.render({ canvas, viewport }).promise;
    },
    close: () => void task.destroy(),
  };
}
