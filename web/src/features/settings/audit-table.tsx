// Security events in a table, filtered by kind and time, with the rest on request and as CSV.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditEvent } from '../../../../contract/accounts.ts';
import { path } from '../../api/client.ts';
import { auditQuery } from '../../api/security.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { formatDate, humanize } from '../../ui/units.ts';

const DAY_MS = 86_400_000;
const PERIODS = [
  { value: '', label: 'Any time' },
  { value: '1', label: 'Last day' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
];

/** "account.signed_in" as people say it: Signed in. */
function actionText(action: string): string {
  const [kind = '', what = ''] = action.split('.');
  const words = humanize(what).toLowerCase();
  const subject = kind === 'api_token' ? 'API token' : humanize(kind);
  if (kind !== 'account') return `${subject} ${words}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a row tells beside ids, which mean nothing to a reader. */
function detailText(detail: AuditEvent['detail']): string {
  const { before, after } = detail;
  const moved = typeof before === 'string' && typeof after === 'string';
  const told = Object.entries(detail)
    .filter(
      ([name, value]) =>
        !(moved && (name === 'before' || name === 'after')) &&
        !/(^|_)ids?$/.test(name) &&
        value !== null &&
        value !== false &&
        typeof value !== 'object',
    )
    .map(([name, value]) => {
      const words = humanize(name).toLowerCase();
      if (value === true) return words;
      if (name === 'resource_type') return `on ${String(value)}`;
      return `${words} ${name.endsWith('_at') ? formatDate(String(value)) : String(value)}`;
    });
  return [...(moved ? [`${humanize(before)} → ${humanize(after)}`] : []), ...told].join(', ');
}

const when = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' });

interface AuditTableProps {
  /** /auth, /organizations/:id or /admin. */
  base: string;
  /** The kinds offered in the filter; without them there is none, and no file. */
  kinds?: readonly string[] | undefined;
}
export function AuditTable({ base, kinds }: AuditTableProps) {
  const [action, setAction] = useState('');
  const [period, setPeriod] = useState('');
  const [from, setFrom] = useState<string | undefined>(undefined);
  const filter = { action: action || undefined, from };
  const events = useInfiniteQuery(auditQuery(base, filter));
  const columns: Column<AuditEvent>[] = [
    {
      key: 'when',
      header: 'When',
      cell: (row) => <span className="md:whitespace-nowrap">{when.format(new Date(row.created_at))}</span>,
    },
    {
      key: 'what',
      header: 'What',
      cell: (row) => (
        <>
          {actionText(row.action)}
          {base === '/auth' ? null : (
            <span className="block text-xs break-all text-ink-3 md:hidden">{row.actor_email}</span>
          )}
        </>
      ),
    },
    ...(base === '/auth'
      ? []
      : [
          {
            key: 'who',
            header: 'Who',
            wideOnly: true,
            cell: (row: AuditEvent) => (
              <span className="break-all">{row.actor_email ?? 'nobody signed in'}</span>
            ),
          },
        ]),
    { key: 'detail', header: 'Details', wideOnly: true, cell: (row) => detailText(row.detail) },
    { key: 'network', header: 'Network', wideOnly: true, cell: (row) => row.ip_address ?? '' },
  ];
  const rows = events.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex flex-col gap-4">
      {kinds ? (
        <div className="flex flex-wrap items-end gap-3">
          <Field label="Kind" className="min-w-44">
            <Select value={action} onChange={(event) => setAction(event.target.value)}>
              <option value="">All</option>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {humanize(kind)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Time" className="min-w-36">
            <Select
              value={period}
              onChange={(event) => {
                const days = Number(event.target.value);
                setPeriod(event.target.value);
                setFrom(days > 0 ? new Date(Date.now() - days * DAY_MS).toISOString() : undefined);
              }}
            >
              {PERIODS.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <a
            className={`${buttonClass('secondary')} ml-auto`}
            href={path(`${base}/audit-log.csv`, filter)}
            download
          >
            Save as CSV
          </a>
        </div>
      ) : null}
      {events.isPending ? <SkeletonLines lines={6} /> : null}
      {events.isError ? (
        <ErrorState
          title="The events did not load"
          error={events.error}
          onRetry={() => void events.refetch()}
        />
      ) : null}
      {events.isSuccess && rows.length === 0 ? (
        <EmptyState title="Nothing happened">No event fits the filter.</EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <Table label="Security events" columns={columns} rows={rows} rowKey={(row) => row.id} />
      ) : null}
      {events.hasNextPage ? (
        <Button
          className="self-start"
          busy={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          Show earlier
        </Button>
      ) : null}
    </div>
  );
}
