// Where one is signed in, and what happened to the account lately.
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Session } from '../../../../contract/accounts.ts';
import { sessionsQuery, useEndOtherSessions, useEndSession } from '../../api/security.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatDate } from '../../ui/units.ts';
import { AuditTable } from './audit-table.tsx';
import { deviceName } from './device.ts';
import { Section } from './section.tsx';

type Row = z.infer<typeof Session>;

export default function SessionsPage() {
  const sessions = useQuery(sessionsQuery);
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  if (sessions.isPending) return <SkeletonLines lines={5} />;
  if (sessions.isError)
    return (
      <ErrorState
        title="Your sessions did not load"
        error={sessions.error}
        onRetry={() => void sessions.refetch()}
      />
    );
  const columns: Column<Row>[] = [
    {
      key: 'device',
      header: 'Device',
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-2">
          {deviceName(row.user_agent)} {row.is_current ? <Badge tone="accent">this one</Badge> : null}
        </span>
      ),
    },
    { key: 'place', header: 'Network', wideOnly: true, cell: (row) => row.ip_address ?? 'unknown' },
    { key: 'seen', header: 'Last seen', cell: (row) => formatAgo(row.last_seen_at) },
    { key: 'begun', header: 'Signed in', wideOnly: true, cell: (row) => formatDate(row.created_at) },
    {
      key: 'end',
      header: '',
      align: 'right',
      cell: (row) =>
        row.is_current ? null : (
          <Button
            size="sm"
            aria-label={`End the session on ${deviceName(row.user_agent)}`}
            onClick={() => end.mutate(row.id, { onError: toastProblem('The session was not ended') })}
          >
            End
          </Button>
        ),
    },
  ];
  const others = sessions.data.filter((row) => !row.is_current).length;
  return (
    <>
      <Section
        title="Open sessions"
        text="The network is kept without its last part, so it tells the provider, not the place."
      >
        <Table label="Open sessions" columns={columns} rows={sessions.data} rowKey={(row) => row.id} />
        {others > 0 ? (
          <Button
            className="self-start"
            busy={endOthers.isPending}
            onClick={() =>
              endOthers.mutate(undefined, {
                onSuccess: ({ ended }) => toast(`${ended} ${ended === 1 ? 'session' : 'sessions'} ended.`),
                onError: toastProblem('The sessions were not ended'),
              })
            }
          >
            End all others
          </Button>
        ) : null}
      </Section>
      <Section title="What happened to your account">
        <AuditTable base="/auth" />
      </Section>
    </>
  );
}
