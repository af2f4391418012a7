// A catalogue file comes in: the file, its columns with a look at its rows, the price list, the job, the report. Which
// import is on screen is in the address, so that a reload loses nothing.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft, Upload } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { CatalogImport, CatalogImportWithPreview } from '../../../../contract/catalog-imports.ts';
import { useMe } from '../../api/accounts.ts';
import {
  catalogImportQuery,
  catalogImportsQuery,
  useCancelImport,
  useUploadCatalogFile,
} from '../../api/catalog-imports.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { TextLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Progress, SkeletonLines } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatBytes, formatCount, humanize } from '../../ui/units.ts';
import { ImportMapping } from './import-mapping.tsx';
import { ImportReport } from './import-report.tsx';

export default function ImportPage() {
  const search = useSearch({ from: '/inside/catalogue/import' }) as Record<string, unknown>;
  const id = typeof search['id'] === 'string' ? search['id'] : null;
  const me = useMe();
  const navigate = useNavigate();
  const open = (next: string | undefined) => void navigate({ to: '/catalogue/import', search: { id: next } });
  return (
    <Page
      title="Import products"
      note="CSV, JSON, JSON Lines or SIF. Products with a known sku are changed, others created; the same file again changes nothing."
      actions={
        <TextLink to="/catalogue" className="text-sm">
          <ArrowLeft className="mr-1 inline size-3.5" aria-hidden="true" />
          Catalogue
        </TextLink>
      }
    >
      {!me.is_admin ? (
        <EmptyState title="For administrators">
          Only an administrator of the platform changes the catalogue.
        </EmptyState>
      ) : id ? (
        <OneImport key={id} id={id} onAnother={() => open(undefined)} />
      ) : (
        <Start onMade={open} />
      )}
    </Page>
  );
}

function Start({ onMade }: { onMade: (id: string) => void }) {
  const upload = useUploadCatalogFile();
  const earlier = useQuery(catalogImportsQuery());
  return (
    <div className="flex max-w-200 flex-col gap-6">
      <FilePick
        disabled={upload.isPending}
        onPick={(file) => upload.mutate(file, { onSuccess: (made) => onMade(made.id) })}
      />
      {upload.isPending ? (
        <Progress label="Sending the file" note="Nothing of the catalogue changes yet." />
      ) : null}
      {upload.isError ? <ErrorState title="The file was not taken" error={upload.error} /> : null}
      {earlier.data && earlier.data.items.length > 0 ? (
        <section>
          <h2 className="mb-2 text-lg font-semibold">Earlier imports</h2>
          <Table
            label="Earlier imports"
            columns={[
              {
                key: 'file',
                header: 'File',
                cell: (row: CatalogImport) => (
                  <TextLink to="/catalogue/import" search={{ id: row.id }}>
                    {row.file_name ?? 'Without a name'}
                  </TextLink>
                ),
              },
              { key: 'status', header: 'State', cell: (row) => <Badge>{humanize(row.status)}</Badge> },
              { key: 'when', header: 'When', wideOnly: true, cell: (row) => formatAgo(row.started_at) },
              { key: 'read', header: 'Rows', align: 'right', cell: (row) => formatCount(row.read) },
              {
                key: 'rejected',
                header: 'Refused',
                align: 'right',
                cell: (row) => formatCount(row.rejected_count),
              },
            ]}
            rows={earlier.data.items}
            rowKey={(row) => row.id}
          />
        </section>
      ) : null}
    </div>
  );
}

function FilePick({ disabled, onPick }: { disabled: boolean; onPick: (file: File) => void }) {
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
        'flex min-h-36 cursor-pointer flex-col items-center justify-center gap-1.5 rounded-lg border border-dashed p-4 text-center text-sm',
        'has-focus-visible:outline-2 has-focus-visible:outline-accent',
        over ? 'border-accent bg-accent-wash' : 'border-control hover:bg-hover',
      )}
    >
      <Upload aria-hidden="true" className="size-5 text-ink-3" />
      <span className="font-medium">Choose a file or drop it here</span>
      <span className="text-ink-3">
        Your own column names are fine: they are recognised, and you confirm them next
      </span>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.sif"
        className="sr-only"
        disabled={disabled}
        onChange={(event) => {
          const picked = event.target.files?.[0];
          if (picked) onPick(picked);
          event.target.value = '';
        }}
      />
    </label>
  );
}

function OneImport({ id, onAnother }: { id: string; onAnother: () => void }) {
  const { data, error, isPending, refetch } = useQuery(catalogImportQuery(id));
  const client = useQueryClient();
  const over = data?.status === 'completed' || data?.status === 'cancelled';
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: ['products'] });
  }, [over, client]);
  if (isPending) return <SkeletonLines lines={6} />;
  if (error || !data)
    return <ErrorState title="The import could not be loaded" error={error} onRetry={() => void refetch()} />;
  return (
    <div className="flex flex-col gap-5">
      <p className="text-sm text-ink-2">
        <strong className="font-medium text-ink">{data.file_name ?? 'A file'}</strong>
        {data.file_size_bytes === null ? '' : `, ${formatBytes(data.file_size_bytes)}`}
        {data.format ? `, ${data.format.toUpperCase()}` : ''}
      </p>
      {data.same_file ? (
        <p className="rounded-md bg-warn-wash px-3 py-2 text-sm">
          This very file was imported{' '}
          {data.same_file.finished_at ? formatAgo(data.same_file.finished_at) : 'before'}:{' '}
          {formatCount(data.same_file.created)} created, {formatCount(data.same_file.updated)} changed.
        </p>
      ) : null}
      {data.status === 'mapping' && data.preview ? (
        <ImportMapping one={data} preview={data.preview} onAnother={onAnother} />
      ) : data.status === 'queued' || data.status === 'running' ? (
        <Running one={data} />
      ) : (
        <ImportReport one={data} onAnother={onAnother} />
      )}
    </div>
  );
}

function Running({ one }: { one: CatalogImportWithPreview }) {
  const cancel = useCancelImport(one.id);
  const speed = one.rows_per_second === null ? '' : `, ${formatCount(one.rows_per_second)} a second`;
  return (
    <div className="flex max-w-160 flex-col gap-3">
      <Progress
        label={one.status === 'queued' ? 'Waiting for its turn' : 'Importing'}
        value={one.progress_pct}
        note={`${formatCount(one.read)} rows read${speed}; ${formatCount(one.rejected_count)} refused`}
      />
      <div>
        <Button
          busy={cancel.isPending}
          onClick={() => cancel.mutate(undefined, { onError: toastProblem('The import goes on') })}
        >
          Cancel
        </Button>
      </div>
      <p className="text-xs text-ink-3">
        A row is written whole or not at all. You may leave this page; the import goes on.
      </p>
    </div>
  );
}
