// A price list in, a report out: what was read, created, changed, and each refused line with its reason.
import { Upload } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { ImportReport } from '../../../../contract/catalog.ts';
import { useImportCatalog } from '../../api/catalog.ts';
import { Button } from '../../ui/button.tsx';
import { download, toCsv } from '../../ui/csv.ts';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Stat, StatRow } from '../../ui/figures.tsx';
import { ErrorState, Progress } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { formatBytes, formatCount } from '../../ui/units.ts';

export function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const load = useImportCatalog();
  const [file, setFile] = useState<File | null>(null);
  const close = () => {
    if (load.isPending) return;
    load.reset();
    setFile(null);
    onClose();
  };
  const report = load.data;
  return (
    <Dialog
      open={open}
      onClose={close}
      size="lg"
      title="Import products"
      description="CSV, JSON, JSON Lines or SIF. Rows with a known sku are changed, others are created; importing the same file again changes nothing."
      footer={
        report ? (
          <>
            <Button
              onClick={() => {
                load.reset();
                setFile(null);
              }}
            >
              Import another file
            </Button>
            <Button variant="primary" onClick={close}>
              Done
            </Button>
          </>
        ) : (
          <>
            <Button variant="quiet" onClick={close} disabled={load.isPending}>
              Cancel
            </Button>
            <Button
              variant="primary"
              busy={load.isPending}
              disabled={!file}
              onClick={() => file && load.mutate(file)}
            >
              Import
            </Button>
          </>
        )
      }
    >
      {report ? (
        <Report report={report} />
      ) : (
        <div className="flex flex-col gap-3">
          <FilePick file={file} disabled={load.isPending} onPick={setFile} />
          {load.isPending ? (
            <Progress label="Reading the file" note="A row is written whole or not at all." />
          ) : null}
          {load.isError ? <ErrorState title="The file was not imported" error={load.error} /> : null}
        </div>
      )}
    </Dialog>
  );
}

function FilePick({
  file,
  disabled,
  onPick,
}: {
  file: File | null;
  disabled: boolean;
  onPick: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped && !disabled) onPick(dropped);
      }}
      className={cx(
        'flex min-h-28 cursor-pointer flex-col items-center justify-center gap-1.5 rounded-lg border border-dashed p-4 text-center text-sm',
        'has-focus-visible:outline-2 has-focus-visible:outline-accent',
        over ? 'border-accent bg-accent-wash' : 'border-control hover:bg-hover',
      )}
    >
      <Upload aria-hidden="true" className="size-5 text-ink-3" />
      {file ? (
        <>
          <span className="font-medium">{file.name}</span>
          <span className="text-ink-3">{formatBytes(file.size)}. Choose another file</span>
        </>
      ) : (
        <>
          <span className="font-medium">Choose a file or drop it here</span>
          <span className="text-ink-3">
            Columns carry our names: sku, name, category, list_price, lead_time_days
          </span>
        </>
      )}
      <input
        ref={input}
        id={id}
        type="file"
        accept=".csv,.json,.jsonl,.ndjson,.sif"
        className="sr-only"
        disabled={disabled}
        onChange={(event) => {
          const picked = event.target.files?.[0];
          if (picked) onPick(picked);
        }}
      />
    </label>
  );
}

function Report({ report }: { report: ImportReport }) {
  const { rejected } = report;
  const unchanged = report.read - report.created - report.updated - rejected.length;
  return (
    <div className="flex flex-col gap-5">
      <StatRow>
        <Stat label="Rows read" value={formatCount(report.read)} />
        <Stat label="Created" value={formatCount(report.created)} />
        <Stat label="Changed" value={formatCount(report.updated)} />
        <Stat label="As before" value={formatCount(Math.max(0, unchanged))} />
        <Stat label="Refused" value={formatCount(rejected.length)} />
      </StatRow>
      {rejected.length > 0 ? (
        <section>
          <header className="mb-2 flex items-baseline gap-3">
            <h3 className="text-sm font-medium">Refused rows</h3>
            <Button
              size="sm"
              className="ml-auto"
              onClick={() =>
                download(
                  'refused-rows.csv',
                  toCsv(
                    ['line', 'reason'],
                    rejected.map((row) => [row.line, row.reason]),
                  ),
                )
              }
            >
              Download as CSV
            </Button>
          </header>
          <div className="max-h-80 overflow-y-auto">
            <Table
              label="Refused rows"
              columns={[
                { key: 'line', header: 'Line', width: '4rem', cell: (row) => formatCount(row.line) },
                { key: 'reason', header: 'Why, and what to do', cell: (row) => row.reason },
              ]}
              rows={rejected.slice(0, 500)}
              rowKey={(row) => `${row.line}:${row.reason}`}
            />
          </div>
          {rejected.length > 500 ? (
            <p className="mt-2 text-xs text-ink-3">
              The first 500 of {formatCount(rejected.length)}; the CSV holds all.
            </p>
          ) : null}
        </section>
      ) : (
        <p className="text-sm text-ink-2">Every row was taken.</p>
      )}
    </div>
  );
}
