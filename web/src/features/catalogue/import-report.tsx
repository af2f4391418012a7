// What an import did: sums, and each refused row with its reason.
import { Download } from 'lucide-react';
import type { CatalogImportWithPreview } from '../../../../contract/catalog-imports.ts';
import { rejectedCsvAddress } from '../../api/catalog-imports.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Stat, StatRow } from '../../ui/figures.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Table } from '../../ui/table.tsx';
import { formatCount } from '../../ui/units.ts';

const STATES = {
  completed: { label: 'Done', tone: 'good' },
  cancelled: { label: 'Cancelled', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
} as const;

export function ImportReport({ one, onAnother }: { one: CatalogImportWithPreview; onAnother: () => void }) {
  const state = STATES[one.status as keyof typeof STATES] ?? STATES.failed;
  return (
    <div className="flex max-w-200 flex-col gap-6">
      <div className="flex flex-wrap items-center gap-3">
        <Badge tone={state.tone}>{state.label}</Badge>
        {one.note ? <p className="text-sm text-ink-2">{one.note}</p> : null}
      </div>
      {one.error ? (
        <p role="alert" className="rounded-md bg-bad-wash px-3 py-2 text-sm">
          {one.error}
        </p>
      ) : null}
      <StatRow>
        <Stat label="Rows read" value={formatCount(one.read)} />
        <Stat label="Created" value={formatCount(one.created)} />
        <Stat label="Changed" value={formatCount(one.updated)} />
        <Stat label="As before" value={formatCount(one.unchanged)} />
        <Stat label="Refused" value={formatCount(one.rejected_count)} />
      </StatRow>
      {one.rejected_count > 0 ? (
        <section>
          <header className="mb-2 flex items-baseline gap-3">
            <h2 className="text-lg font-semibold">Refused rows</h2>
            <a
              href={rejectedCsvAddress(one.id)}
              download
              className={`${buttonClass('secondary', 'sm')} ml-auto`}
            >
              <Download aria-hidden="true" />
              All as CSV
            </a>
          </header>
          <div className="max-h-96 overflow-y-auto">
            <Table
              label="Refused rows"
              columns={[
                { key: 'line', header: 'Line', width: '4rem', cell: (row) => formatCount(row.line) },
                { key: 'reason', header: 'Why, and what to do', cell: (row) => row.reason },
              ]}
              rows={one.rejected}
              rowKey={(row) => `${row.line}:${row.reason}`}
            />
          </div>
          {one.rejected_count > one.rejected.length ? (
            <p className="mt-2 text-xs text-ink-3">
              The first {formatCount(one.rejected.length)} of {formatCount(one.rejected_count)}; the CSV holds
              all.
            </p>
          ) : null}
        </section>
      ) : null}
      <div className="flex gap-2">
        <ButtonLink to="/catalogue" variant="primary">
          To the catalogue
        </ButtonLink>
        <Button onClick={onAnother}>Import another file</Button>
      </div>
    </div>
  );
}
