// How much is kept in files and by whom, and which migrations both databases have had.
import { useQuery } from '@tanstack/react-query';
import type { AdminMigration, StorageShare } from '../../../../contract/admin.ts';
import { migrationsQuery, storageQuery } from '../../api/admin.ts';
import { Badge } from '../../ui/badge.tsx';
import { Stat, StatRow } from '../../ui/figures.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { formatBytes, formatCount, formatDate } from '../../ui/units.ts';
import { Section, Wide } from './parts.tsx';

const SHARE_COLUMNS: readonly Column<StorageShare>[] = [
  { key: 'organization', header: 'Organization', cell: (row) => row.organization },
  { key: 'files', header: 'Files', align: 'right', cell: (row) => formatCount(row.files) },
  { key: 'hot', header: 'At hand', align: 'right', cell: (row) => formatBytes(row.hot_bytes) },
  { key: 'cold', header: 'Archived', align: 'right', cell: (row) => formatBytes(row.cold_bytes) },
];

const STORES: Record<AdminMigration['store'], string> = { postgres: 'PostgreSQL', clickhouse: 'ClickHouse' };

function Applied({ at }: { at: string | null }) {
  if (at === null) return <Badge tone="warn">Pending</Badge>;
  return <span className="whitespace-nowrap">{formatDate(at)}</span>;
}

const MIGRATION_COLUMNS: readonly Column<AdminMigration>[] = [
  {
    key: 'version',
    header: 'Version',
    cell: (row) => (
      <>
        <span className="tabular-nums">{row.version}</span>
        <p className="text-xs text-ink-3 md:hidden">{STORES[row.store]}</p>
        <div className="mt-0.5 text-xs text-ink-3 md:hidden">
          <Applied at={row.applied_at} />
        </div>
      </>
    ),
  },
  {
    key: 'store',
    header: 'Store',
    wideOnly: true,
    cell: (row) => STORES[row.store],
  },
  { key: 'description', header: 'What it does', cell: (row) => row.description },
  {
    key: 'applied',
    header: 'Applied',
    wideOnly: true,
    align: 'right',
    cell: (row) => <Applied at={row.applied_at} />,
  },
];

export default function StoragePage() {
  return (
    <>
      <Storage />
      <Migrations />
    </>
  );
}

function Storage() {
  const { data, error, refetch } = useQuery(storageQuery);
  if (error)
    return <ErrorState title="The files could not be counted" error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={4} />;
  return (
    <Section title="Files" note={data.mode === 's3' ? 'in the bucket' : 'on this machine’s disk'}>
      <StatRow>
        <Stat
          label="Files"
          value={formatCount(data.files)}
          {...(data.more ? { note: 'only the first ones were counted' } : {})}
        />
        <Stat label="At hand" value={formatBytes(data.hot_bytes)} />
        <Stat label="Archived" value={formatBytes(data.cold_bytes)} />
      </StatRow>
      {data.shares.length === 0 ? null : (
        <Wide>
          <Table
            label="Files by organization"
            columns={SHARE_COLUMNS}
            rows={data.shares}
            rowKey={(row) => row.organization_id ?? row.organization}
          />
        </Wide>
      )}
    </Section>
  );
}

function Migrations() {
  const { data, error, refetch } = useQuery(migrationsQuery);
  if (error)
    return (
      <ErrorState title="The migrations could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  if (!data) return <SkeletonLines lines={4} />;
  return (
    <Section title="Migrations" note={`${data.items.length} in both databases, newest first`}>
      <Wide>
        <Table
          label="Migrations"
          columns={MIGRATION_COLUMNS}
          rows={data.items}
          rowKey={(row) => `${row.store} ${row.version}`}
        />
      </Wide>
    </Section>
  );
}
