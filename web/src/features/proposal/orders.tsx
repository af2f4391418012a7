// Order files (SIF) against the bill: what is different, and taking it over only when a person says so.
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { SIF_DIALECTS, type SifDialect, type SifImport } from '../../../../contract/exports.ts';
import type { Project } from '../../../../contract/projects.ts';
import { sifImportsQuery, useReadOrder } from '../../api/exports.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatCount } from '../../ui/units.ts';
import { DIALECT_LABELS } from './formats.ts';
import { OrderDifferences } from './order-differences.tsx';

export function OrderFiles({ project }: { project: Project }) {
  const files = useQuery(sifImportsQuery(project.id));
  const read = useReadOrder(project.id);
  const input = useRef<HTMLInputElement>(null);
  const [dialect, setDialect] = useState<SifDialect>('generic');
  const [open, setOpen] = useState<string | null>(null);
  const choose = (file: File) =>
    read.mutate(
      { file, dialect },
      {
        onSuccess: (found) => setOpen(found.id),
        onError: toastProblem('The order file was not read'),
      },
    );
  return (
    <PanelSection title="Compare an order file" note="SIF; the bill changes only when you say so.">
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <Field label="Written as">
          <Select value={dialect} onChange={(event) => setDialect(event.target.value as SifDialect)}>
            {SIF_DIALECTS.map((one) => (
              <option key={one} value={one}>
                {DIALECT_LABELS[one]}
              </option>
            ))}
          </Select>
        </Field>
        <input
          ref={input}
          type="file"
          accept=".sif,.txt,text/plain"
          aria-label="Order file"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) choose(file);
            event.target.value = '';
          }}
        />
        <Button busy={read.isPending} onClick={() => input.current?.click()}>
          Choose an order file
        </Button>
      </div>
      {files.isPending ? (
        <SkeletonLines lines={2} />
      ) : files.isError ? (
        <ErrorState
          title="The order files could not be loaded"
          error={files.error}
          onRetry={() => void files.refetch()}
        />
      ) : files.data.length === 0 ? null : (
        <ul className="divide-y divide-hairline border-y border-hairline">
          {files.data.map((order) => (
            <li key={order.id} className="py-3">
              <OrderHead
                order={order}
                open={open === order.id}
                onToggle={() => setOpen(open === order.id ? null : order.id)}
              />
              {open === order.id ? <OrderReport project={project} order={order} /> : null}
            </li>
          ))}
        </ul>
      )}
    </PanelSection>
  );
}

const LOOK = {
  read: { tone: 'neutral', label: 'Compared' },
  applied: { tone: 'good', label: 'Taken over' },
  undone: { tone: 'neutral', label: 'Taken back' },
} as const;

function OrderHead({ order, open, onToggle }: { order: SifImport; open: boolean; onToggle: () => void }) {
  const { report, status } = order;
  const found = Object.values(report.counts).reduce((sum, count) => sum + count, 0);
  return (
    <div className="flex items-start gap-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <span className="min-w-0 break-all">{order.file_name}</span>
          <Badge tone={LOOK[status].tone}>{LOOK[status].label}</Badge>
        </p>
        <p className="text-xs text-ink-3">
          {formatCount(report.records)} {report.records === 1 ? 'record' : 'records'},{' '}
          {found === 0
            ? 'no differences'
            : `${formatCount(found)} ${found === 1 ? 'difference' : 'differences'}`}
          , {formatAgo(order.created_at)}
        </p>
      </div>
      <Button size="sm" aria-expanded={open} onClick={onToggle}>
        {open ? 'Hide' : 'Report'}
      </Button>
    </div>
  );
}

function OrderReport({ project, order }: { project: Project; order: SifImport }) {
  const { report, outcome } = order;
  return (
    <div className="mt-3 flex flex-col gap-4 text-sm">
      {report.differences.length === 0 ? (
        <p className="text-ink-2">The file and the bill agree in every line.</p>
      ) : (
        <OrderDifferences key={order.status} project={project} order={order}>
          <Notes order={order} />
        </OrderDifferences>
      )}
      {report.differences.length === 0 ? <Notes order={order} /> : null}
      {outcome === null || outcome.left_out.length === 0 ? null : (
        <ul className="list-disc pl-5 text-ink-2">
          {outcome.left_out.map((one) => (
            <li key={`${one.what} ${one.why}`}>
              {one.what}
              {one.count === undefined || one.count === 1 ? '' : ` (${formatCount(one.count)})`}: {one.why}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What of the file was not understood: kept and told, with its lines. */
function Notes({ order: { report } }: { order: SifImport }) {
  const { unknown_codes, problems, problem_count } = report;
  return (
    <>
      {unknown_codes.length === 0 ? null : (
        <details>
          <summary className="cursor-pointer text-ink-2">
            {unknown_codes.length === 1 ? 'One code is' : `${unknown_codes.length} codes are`} not known
          </summary>
          <ul className="mt-1 pl-4 text-ink-2">
            {unknown_codes.map((one) => (
              <li key={one.code} className="break-all">
                <span className="font-mono text-ink">{one.code}</span>,{' '}
                {one.count === 1 ? 'once' : `${formatCount(one.count)} times, first`} in line {one.first_line}
                : {one.example}
              </li>
            ))}
          </ul>
        </details>
      )}
      {problem_count === 0 ? null : (
        <details>
          <summary className="cursor-pointer text-ink-2">
            {problem_count === 1 ? 'One remark' : `${problem_count} remarks`} on the file
          </summary>
          <ul className="mt-1 pl-4 text-ink-2">
            {problems.map((one) => (
              <li key={`${one.line} ${one.message}`} className={one.severity === 'error' ? 'text-bad' : ''}>
                Line {one.line}: {one.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
