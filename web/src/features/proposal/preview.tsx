// The pages of a proposal before it is downloaded: made, then shown one below the other, each drawn when it comes in sight.
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Export } from '../../../../contract/exports.ts';
import { exportBytes, exportFileUrl } from '../../api/exports.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState, Progress, Skeleton } from '../../ui/states.tsx';
import { type OpenPdf, openPdf } from './pdf-pages.ts';

export function PreviewDialog({ made, onClose }: { made: Export; onClose: () => void }) {
  const ready = made.status === 'ready';
  return (
    <Dialog
      open
      size="lg"
      onClose={onClose}
      title="Proposal"
      description={ready ? made.file_name : undefined}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {ready ? (
            <a className={buttonClass('primary')} href={exportFileUrl(made.id)} download>
              <Download aria-hidden="true" />
              Download
            </a>
          ) : null}
        </>
      }
    >
      {ready ? (
        <Pages id={made.id} />
      ) : made.status === 'failed' || made.status === 'expired' ? (
        <p className="text-sm text-bad">{made.error ?? 'Its time is over and the file is deleted.'}</p>
      ) : (
        <Progress
          label="Making the proposal"
          value={made.progress_pct}
          note={made.progress_note ?? undefined}
        />
      )}
    </Dialog>
  );
}

function Pages({ id }: { id: string }) {
  const file = useQuery({
    queryKey: ['export-pages', id],
    queryFn: () => exportBytes(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const bytes = file.data;
  useEffect(() => {
    if (bytes === undefined) return;
    let opened: OpenPdf | undefined;
    let gone = false;
    // The worker takes the bytes it is given: it gets a copy.
    openPdf(bytes.slice()).then(
      (one) => {
        if (gone) one.close();
        else {
          opened = one;
          setPdf(one);
        }
      },
      (error) => setTrouble(error),
    );
    return () => {
      gone = true;
      opened?.close();
    };
  }, [bytes]);
  const error = file.error ?? trouble;
  if (error !== null)
    return <ErrorState title="The pages cannot be shown here; download the file" error={error} />;
  if (pdf === null) return <Skeleton className="h-96" />;
  return (
    <ol className="flex flex-col gap-4">
      {Array.from({ length: pdf.pages }, (_, n) => n + 1).map((page) => (
        <li key={page}>
          <PdfPage pdf={pdf} page={page} />
        </li>
      ))}
    </ol>
  );
}

const LETTER = 612 / 792;

function PdfPage({ pdf, page }: { pdf: OpenPdf; page: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shape, setShape] = useState(LETTER);
  useEffect(() => {
    const here = canvas.current;
    if (here === null) return;
    let drawn = false;
    let gone = false;
    void pdf.shapeOf(page).then((found) => {
      if (!gone) setShape(found);
    });
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting || drawn) return;
        drawn = true;
        // A page that cannot be drawn stays empty; the file is still there to be downloaded.
        pdf.draw(page, here, here.clientWidth).catch(() => undefined);
      },
      { rootMargin: '600px' },
    );
    seen.observe(here);
    return () => {
      gone = true;
      seen.disconnect();
    };
  }, [pdf, page]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={`Page ${page} of ${pdf.pages}`}
      className="w-full border border-line bg-[#ffffff]"
      style={{ aspectRatio: shape }}
    />
  );
}
