// Training data: a look at what the ranking learns from, each row confirmed or excluded with a reason.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { DECISION_EVENTS, type TrainingRow } from '../../../../contract/learning.ts';
import { trainingCountsQuery, trainingDataQuery, useVerifyRow } from '../../api/learning.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Segmented, Select } from '../../ui/field.tsx';
import { Stat, StatRow } from '../../ui/figures.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount, formatDate, humanize } from '../../ui/units.ts';

type State = TrainingRow['state'];

export default function TrainingPage() {
  const [state, setState] = useState<State | 'all'>('open');
  const [event, setEvent] = useState('');
  const [excluding, setExcluding] = useState<TrainingRow | null>(null);
  const counts = useQuery(trainingCountsQuery);
  return (
    <>
      {counts.data ? (
        <StatRow>
          <Stat
            label="Rows"
            value={formatCount(counts.data.rows)}
            note={`${formatCount(counts.data.organizations)} organizations that share`}
          />
          <Stat label="Not looked at" value={formatCount(counts.data.open)} />
          <Stat label="Confirmed" value={formatCount(counts.data.confirmed)} />
          <Stat label="Excluded" value={formatCount(counts.data.excluded)} note="train nothing" />
        </StatRow>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="State"
          value={state}
          onChange={setState}
          options={[
            { value: 'open', label: 'Open' },
            { value: 'confirmed', label: 'Confirmed' },
            { value: 'excluded', label: 'Excluded' },
            { value: 'all', label: 'All' },
          ]}
        />
        <Select
          aria-label="Decision"
          controlSize="sm"
          value={event}
          onChange={(change) => setEvent(change.target.value)}
        >
          <option value="">Every decision</option>
          {DECISION_EVENTS.map((one) => (
            <option key={one} value={one}>
              {EVENTS[one]}
            </option>
          ))}
        </Select>
      </div>
      <Rows
        state={state === 'all' ? undefined : state}
        event={event === '' ? undefined : event}
        onExclude={setExcluding}
      />
      {excluding ? <Exclude row={excluding} onClose={() => setExcluding(null)} /> : null}
    </>
  );
}

const EVENTS: Record<(typeof DECISION_EVENTS)[number], string> = {
  acceptance: 'Accepted',
  bulk_acceptance: 'Accepted with others',
  rejection: 'Rejected',
  swap: 'Swapped',
  skipped: 'Passed over',
  swapped_out: 'Swapped out',
  lock: 'Locked',
  quantity: 'More of it',
  rating: 'Rated',
  scenario: 'Scenario chosen',
};

function Rows({
  state,
  event,
  onExclude,
}: {
  state: State | undefined;
  event: string | undefined;
  onExclude: (row: TrainingRow) => void;
}) {
  const query = useInfiniteQuery(trainingDataQuery({ state, event }));
  const verify = useVerifyRow();
  if (query.isError)
    return (
      <ErrorState
        title="The rows could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <SkeletonLines lines={8} />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0)
    return (
      <EmptyState title="No rows here">
        Decisions on recommendations are collected every hour, of organizations that share them.
      </EmptyState>
    );
  const confirm = (row: TrainingRow) =>
    verify.mutate(
      { id: row.id, decision: 'confirm' },
      { onError: toastProblem('The row was not confirmed') },
    );
  return (
    <>
      <Table
        label="Rows to train on"
        columns={columnsOf(confirm, onExclude)}
        rows={rows}
        rowKey={(row) => row.id}
      />
      {query.hasNextPage ? (
        <div>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}

function columnsOf(
  confirm: (row: TrainingRow) => void,
  exclude: (row: TrainingRow) => void,
): Column<TrainingRow>[] {
  return [
    {
      key: 'decision',
      header: 'Decision',
      cell: (row) => (
        <span className="flex flex-col gap-0.5 py-1">
          <span>
            <span className="font-medium">{EVENTS[row.label.event]}</span> {inWords(row)}
          </span>
          <span className="text-xs text-ink-2">{detailsOf(row)}</span>
          {row.excluded_reason ? (
            <span className="text-xs text-bad">Excluded: {row.excluded_reason}</span>
          ) : null}
        </span>
      ),
    },
    {
      key: 'organization',
      header: 'Organization',
      width: '11rem',
      wideOnly: true,
      cell: (row) => row.organization_name,
    },
    {
      key: 'weight',
      header: 'Weight',
      align: 'right',
      width: '5rem',
      wideOnly: true,
      cell: (row) => row.label.weight,
    },
    {
      key: 'decided',
      header: 'Decided',
      width: '7rem',
      wideOnly: true,
      cell: (row) => formatDate(row.decided_at),
    },
    {
      key: 'state',
      header: <span className="sr-only">Verification</span>,
      align: 'right',
      width: '6.5rem',
      cell: (row) => (
        <span className="inline-flex items-center gap-1">
          {row.state === 'confirmed' ? (
            <Badge tone="good">Confirmed</Badge>
          ) : (
            <IconButton label="Confirm this row" size="sm" onClick={() => confirm(row)}>
              <Check />
            </IconButton>
          )}
          {row.state === 'excluded' ? null : (
            <IconButton label="Exclude this row" size="sm" onClick={() => exclude(row)}>
              <X />
            </IconButton>
          )}
        </span>
      ),
    },
  ];
}

function inWords(row: TrainingRow): string {
  const product = row.product_name ?? 'a product no longer in the catalogue';
  if (row.input.kind === 'pair') return `${product} over ${row.against_name ?? 'another product'}`;
  return row.label.event === 'rating' ? `${product} ${row.label.label === 1 ? 'well' : 'badly'}` : product;
}

function detailsOf(row: TrainingRow): string {
  const { input, label } = row;
  const place =
    input.position === null
      ? 'from outside the list'
      : input.position === 0
        ? 'offered first'
        : `alternative ${input.position} of ${input.alternatives_shown}`;
  return [
    humanize(input.role),
    place,
    `${formatCount(input.candidates)} candidates`,
    ...label.categories.map((one) => humanize(one).toLowerCase()),
  ].join(' · ');
}

function Exclude({ row, onClose }: { row: TrainingRow; onClose: () => void }) {
  const verify = useVerifyRow();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    verify.mutate(
      { id: row.id, decision: 'exclude', reason },
      {
        onSuccess: () => {
          toast('The row trains nothing from now on.');
          onClose();
        },
        onError: toastProblem('The row was not excluded'),
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Exclude this row"
      description={`${EVENTS[row.label.event]} ${inWords(row)}`}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="exclude-row" variant="danger" busy={verify.isPending}>
            Exclude
          </Button>
        </>
      }
    >
      <form id="exclude-row" onSubmit={save}>
        <Field label="Reason" hint="Kept with the row, for example: clicked by mistake.">
          <Input name="reason" required minLength={3} maxLength={300} autoFocus />
        </Field>
      </form>
    </Dialog>
  );
}
