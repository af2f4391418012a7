// Jobs that run, that failed and that nobody will try again; the last ones can be run again or discarded. Below them the
// events that could not be stored.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AdminJob, EventDeadLetter, JobListQuery } from '../../../../contract/admin.ts';
import { eventDeadLettersQuery, jobsQuery, useDiscard, useReplay, useReplayEvents } from '../../api/admin.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/field.tsx';
import type { Column } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatCount, humanize, UNKNOWN } from '../../ui/units.ts';
import { PagedTable, Section } from './parts.tsx';

type Which = JobListQuery['which'];
const EMPTY: Record<Which, string> = {
  dead: 'No dead letters: every job came to its end.',
  failed: 'No failed jobs are kept.',
  active: 'Nothing runs at the moment.',
};

export default function JobsPage() {
  const [which, setWhich] = useState<Which>('dead');
  const [discarding, setDiscarding] = useState<AdminJob | null>(null);
  const query = useInfiniteQuery(jobsQuery(which));
  const letters = useInfiniteQuery(eventDeadLettersQuery());
  return (
    <>
      <Segmented
        label="Which jobs"
        value={which}
        onChange={setWhich}
        options={[
          { value: 'dead', label: 'Dead letters' },
          { value: 'failed', label: 'Failed' },
          { value: 'active', label: 'Running' },
        ]}
      />
      <PagedTable
        query={query}
        label="Jobs"
        columns={jobColumns(which, setDiscarding)}
        rowKey={(row) => row.id}
        failed="The jobs could not be loaded"
        empty={EMPTY[which]}
      />
      <Section title="Events that could not be stored" note="kept for 90 days">
        {letters.data?.pages[0]?.items.length ? <ReplayEvents /> : null}
        <PagedTable
          query={letters}
          label="Event dead letters"
          columns={LETTER_COLUMNS}
          rowKey={(row) => `${row.received_at} ${row.reason} ${row.payload}`}
          failed="The events could not be loaded"
          empty="None: every event was stored."
        />
      </Section>
      {discarding ? <Discard job={discarding} onClose={() => setDiscarding(null)} /> : null}
    </>
  );
}

function ReplayEvents() {
  const replay = useReplayEvents();
  return (
    <p className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
      <Button
        size="sm"
        busy={replay.isPending}
        onClick={() =>
          replay.mutate(undefined, {
            onSuccess: ({ stored, refused }) =>
              toast(
                stored === 0
                  ? `Nothing was stored: all ${formatCount(refused)} are refused as before`
                  : `${formatCount(stored)} stored${refused > 0 ? `, ${formatCount(refused)} refused again` : ''}`,
              ),
            onError: toastProblem('The events were not stored'),
          })
        }
      >
        Store again
      </Button>
      Reads them by today’s rules; each counts once, on the day it happened.
    </p>
  );
}

function Replay({ job }: { job: AdminJob }) {
  const replay = useReplay();
  return (
    <Button
      size="sm"
      busy={replay.isPending}
      onClick={() =>
        replay.mutate(job.id, {
          onSuccess: ({ queue }) => toast(`Queued again: ${humanize(queue).toLowerCase()}`),
          onError: toastProblem('It was not queued'),
        })
      }
    >
      Run again
    </Button>
  );
}

function jobColumns(which: Which, discard: (job: AdminJob) => void): readonly Column<AdminJob>[] {
  const all: Column<AdminJob>[] = [
    {
      key: 'queue',
      header: 'Job',
      cell: (row) => (
        <div className="md:min-w-36">
          <p className="font-medium">{humanize(row.queue)}</p>
          {Object.entries(row.subject).map(([name, id]) => (
            <p key={name} className="font-mono text-xs text-ink-3">
              {humanize(name.replace(/_id$/, ''))} {id.slice(0, 8)}
            </p>
          ))}
          <p className="mt-1 text-ink-2 [overflow-wrap:anywhere] md:hidden">{row.error ?? UNKNOWN}</p>
        </div>
      ),
    },
    {
      key: 'error',
      header: 'Reason',
      wideOnly: true,
      cell: (row) => (
        <p className="max-w-100 min-w-40 text-ink-2 [overflow-wrap:anywhere]">{row.error ?? UNKNOWN}</p>
      ),
    },
    {
      key: 'attempts',
      header: 'Tries',
      align: 'right',
      wideOnly: true,
      cell: (row) => formatCount(row.attempts),
    },
    { key: 'created', header: 'Queued', wideOnly: true, cell: (row) => formatAgo(row.created_at) },
  ];
  if (which === 'dead')
    all.push({
      key: 'actions',
      header: <span className="sr-only">Actions</span>,
      align: 'right',
      cell: (row) => (
        <div className="flex justify-end gap-1.5 max-md:flex-col">
          <Replay job={row} />
          <Button size="sm" variant="quiet" onClick={() => discard(row)}>
            Discard
          </Button>
        </div>
      ),
    });
  return all;
}

const LETTER_COLUMNS: readonly Column<EventDeadLetter>[] = [
  { key: 'stream', header: 'Stream', cell: (row) => humanize(row.stream) },
  { key: 'reason', header: 'Reason', cell: (row) => <p className="max-w-90 min-w-40">{row.reason}</p> },
  {
    key: 'payload',
    header: 'Event',
    wideOnly: true,
    cell: (row) => <p className="max-w-80 truncate font-mono text-xs text-ink-3">{row.payload}</p>,
  },
  { key: 'received', header: 'Received', cell: (row) => formatAgo(row.received_at) },
];

function Discard({ job, onClose }: { job: AdminJob; onClose: () => void }) {
  const discard = useDiscard();
  return (
    <Dialog
      open
      onClose={onClose}
      title="Discard this job?"
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            busy={discard.isPending}
            onClick={() =>
              discard.mutate(job.id, {
                onSuccess: () => {
                  toast('Discarded');
                  onClose();
                },
                onError: toastProblem('It was not discarded'),
              })
            }
          >
            Discard
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">
        {humanize(job.queue)} will not be run again. This cannot be taken back.
      </p>
    </Dialog>
  );
}
