// The platform at a glance: is every store well, how much is there, what waits.
import { useQuery } from '@tanstack/react-query';
import type { AdminOverview } from '../../../../contract/admin.ts';
import { overviewQuery } from '../../api/admin.ts';
import { Badge } from '../../ui/badge.tsx';
import { Stat, StatRow } from '../../ui/figures.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { formatAgo, formatBytes, formatCount, humanize, UNKNOWN } from '../../ui/units.ts';
import { Section, Wide } from './parts.tsx';

type Store = AdminOverview['stores'][number];
type Queue = AdminOverview['queues'][number];

const STORES: Record<Store['name'], string> = {
  postgres: 'PostgreSQL',
  clickhouse: 'ClickHouse',
  kv: 'Redis or memory',
  files: 'Files',
  schema: 'Schema',
  jobs: 'Job queue',
};

/** A store answers; a schema has every migration of this program, or not. */
function stateOf({ name, state }: Store): string {
  if (name === 'schema') return state === 'ok' ? 'Up to date' : 'Behind';
  return state === 'ok' ? 'Answers' : 'Failing';
}

/** Seconds in the largest unit that fits. */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}

const STORE_COLUMNS: readonly Column<Store>[] = [
  { key: 'name', header: 'Store', cell: (row) => STORES[row.name] },
  {
    key: 'state',
    header: 'State',
    cell: (row) => <Badge tone={row.state === 'ok' ? 'good' : 'bad'}>{stateOf(row)}</Badge>,
  },
  { key: 'mode', header: 'Kind', cell: (row) => (row.mode === null ? UNKNOWN : humanize(row.mode)) },
  { key: 'version', header: 'Version', wideOnly: true, cell: (row) => row.version?.split(' ')[0] ?? UNKNOWN },
  {
    key: 'size',
    header: 'On disk',
    align: 'right',
    cell: (row) => (
      <span className="whitespace-nowrap">
        {row.size_bytes === null ? UNKNOWN : formatBytes(row.size_bytes)}
      </span>
    ),
  },
];

const QUEUE_COLUMNS: readonly Column<Queue>[] = [
  { key: 'name', header: 'Queue', cell: (row) => humanize(row.name) },
  { key: 'queued', header: 'Waiting', align: 'right', cell: (row) => formatCount(row.queued) },
  { key: 'active', header: 'Running', align: 'right', cell: (row) => formatCount(row.active) },
  { key: 'failed', header: 'Failed', align: 'right', cell: (row) => formatCount(row.failed) },
  {
    key: 'oldest',
    header: 'Oldest waits',
    align: 'right',
    wideOnly: true,
    cell: (row) => (row.queued === 0 ? UNKNOWN : formatSeconds(row.oldest_seconds)),
  },
];

export default function AdminOverviewPage() {
  const { data, error, refetch } = useQuery(overviewQuery);
  if (error && !data)
    return (
      <ErrorState title="The overview could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  if (!data) return <SkeletonLines lines={8} />;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
        <Badge tone={data.status === 'ok' ? 'good' : 'bad'}>
          {data.status === 'ok' ? 'Ready' : 'Not ready'}
        </Badge>
        Version {data.version} on Node {data.node.replace('v', '')}, started {formatAgo(data.started_at)}
      </p>
      {data.counts === null ? null : (
        <StatRow>
          <Stat label="People" value={formatCount(data.counts.users)} />
          <Stat label="Signed in" value={formatCount(data.counts.sessions)} note="sessions in force" />
          <Stat label="Organizations" value={formatCount(data.counts.organizations)} />
          <Stat label="Projects" value={formatCount(data.counts.projects)} />
          <Stat label="Floor plans" value={formatCount(data.counts.floor_plans)} />
          <Stat label="Products" value={formatCount(data.counts.products)} />
        </StatRow>
      )}
      <Section title="Stores">
        <Wide>
          <Table label="Stores" columns={STORE_COLUMNS} rows={data.stores} rowKey={(row) => row.name} />
        </Wide>
      </Section>
      <Section title="Job queues">
        <Wide>
          <Table label="Job queues" columns={QUEUE_COLUMNS} rows={data.queues} rowKey={(row) => row.name} />
        </Wide>
      </Section>
      <Events events={data.events} />
    </>
  );
}

function Events({ events }: { events: AdminOverview['events'] }) {
  if (events === null)
    return (
      <Section title="Events on their way">
        <p className="text-sm text-ink-2">The event queue does not answer.</p>
      </Section>
    );
  const waiting = events.unit === 'bytes' ? formatBytes(events.pending) : formatCount(events.pending);
  return (
    <Section
      title="Events on their way"
      note={events.mode === 'redis' ? 'through Redis' : 'through the journal'}
    >
      <StatRow>
        <Stat label="Waiting" value={waiting} />
        <Stat label="Oldest" value={events.pending === 0 ? UNKNOWN : formatSeconds(events.lag_seconds)} />
        <Stat label="In the outbox" value={formatCount(events.outbox)} />
        <Stat label="Dead letters" value={formatCount(events.dead_letters)} />
      </StatRow>
      {events.last_error === null ? null : (
        <p className="text-sm text-bad">The last insert failed: {events.last_error}</p>
      )}
    </Section>
  );
}
