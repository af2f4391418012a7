// How long each kind of data is kept, and the runs that carry it out: days are changed in place, a trial run only counts.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  RetentionPolicy,
  RetentionRun,
  UpdateRetentionPolicyRequest,
} from '../../../../contract/retention.ts';
import {
  retentionPoliciesQuery,
  retentionRunsQuery,
  useStartRetentionRun,
  useUpdateRetentionPolicy,
} from '../../api/retention.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Field, Input } from '../../ui/field.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatCount, formatDate, humanize } from '../../ui/units.ts';

export default function RetentionPage() {
  const policies = useQuery(retentionPoliciesQuery);
  const [edited, setEdited] = useState<RetentionPolicy | null>(null);
  if (policies.isPending) return <SkeletonLines lines={7} />;
  if (policies.isError)
    return (
      <ErrorState
        title="The policies could not be read"
        error={policies.error}
        onRetry={() => void policies.refetch()}
      />
    );
  return (
    <>
      <ul className="border-t border-hairline">
        {policies.data.map((policy) => (
          <PolicyRow key={policy.name} policy={policy} onEdit={() => setEdited(policy)} />
        ))}
      </ul>
      <Runs />
      {edited ? <PolicyDialog policy={edited} onClose={() => setEdited(null)} /> : null}
    </>
  );
}

/** "after 2 years", "after 90 days": what people say for a number of days. */
export function inWords(days: number): string {
  if (days % 365 === 0) return days === 365 ? '1 year' : `${days / 365} years`;
  return `${formatCount(days)} days`;
}

function stepsOf(policy: RetentionPolicy): string {
  const steps = [
    policy.archive_after_days === null ? null : `cold storage after ${inWords(policy.archive_after_days)}`,
    policy.aggregate_after_days === null ? null : `summed up after ${inWords(policy.aggregate_after_days)}`,
    policy.delete_after_days === null ? null : `deleted after ${inWords(policy.delete_after_days)}`,
    policy.samples_kept === null ? null : `${formatCount(policy.samples_kept)} samples stay`,
  ].filter((step) => step !== null);
  if (steps.length === 0) return 'Kept.';
  const text = steps.join(', ');
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

function PolicyRow({ policy, onEdit }: { policy: RetentionPolicy; onEdit: () => void }) {
  const fixed = STEPS.every(({ key }) => policy[key] === null);
  return (
    <li className="flex items-start gap-4 border-b border-hairline py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {humanize(policy.name)}
          {policy.enabled ? null : <Badge tone="warn">Switched off</Badge>}
        </p>
        <p className="text-sm text-ink-2">{stepsOf(policy)}</p>
        <p className="text-xs text-ink-3">{policy.description}</p>
      </div>
      {fixed ? null : (
        <Button size="sm" onClick={onEdit} aria-label={`Change ${humanize(policy.name)}`}>
          Change
        </Button>
      )}
    </li>
  );
}

const STEPS = [
  { key: 'archive_after_days', label: 'Cold storage after, days' },
  { key: 'aggregate_after_days', label: 'Summed up after, days' },
  { key: 'delete_after_days', label: 'Deleted after, days' },
  { key: 'samples_kept', label: 'Samples kept' },
] as const;

function PolicyDialog({ policy, onClose }: { policy: RetentionPolicy; onClose: () => void }) {
  const update = useUpdateRetentionPolicy();
  const [draft, setDraft] = useState<UpdateRetentionPolicyRequest>({});
  const changed = Object.keys(draft).length > 0;
  const save = () =>
    update.mutate(
      { name: policy.name, change: draft },
      { onSuccess: onClose, onError: toastProblem('The policy was not changed') },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={humanize(policy.name)}
      description={policy.description}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={!changed} busy={update.isPending} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (changed) save();
        }}
      >
        {STEPS.filter(({ key }) => policy[key] !== null).map(({ key, label }) => (
          <Field key={key} label={label}>
            <Input
              type="number"
              min={key === 'samples_kept' ? 0 : 1}
              max={key === 'samples_kept' ? 1000 : 36_500}
              defaultValue={policy[key] ?? ''}
              onChange={(event) => {
                const days = event.target.valueAsNumber;
                setDraft(({ [key]: _, ...rest }) =>
                  Number.isInteger(days) && days !== policy[key] ? { ...rest, [key]: days } : rest,
                );
              }}
            />
          </Field>
        ))}
        <div className="sm:col-span-2">
          <Checkbox
            label="Carried out every day"
            checked={draft.enabled ?? policy.enabled}
            onChange={(event) => {
              const enabled = event.target.checked;
              setDraft(({ enabled: _, ...rest }) =>
                enabled === policy.enabled ? rest : { ...rest, enabled },
              );
            }}
          />
        </div>
        <button type="submit" className="sr-only" tabIndex={-1}>
          Save
        </button>
      </form>
    </Dialog>
  );
}

const RUN_TONE: Record<RetentionRun['status'], Tone> = {
  running: 'accent',
  done: 'good',
  failed: 'bad',
  stopped: 'warn',
};

type ReportRow = RetentionRun['policies'][number];
const REPORT_COLUMNS: readonly Column<ReportRow>[] = [
  {
    key: 'name',
    header: 'Policy',
    cell: (row) => (
      <>
        {humanize(row.name)}
        {row.error ? <span className="block text-xs text-bad">{row.error}</span> : null}
      </>
    ),
  },
  ...(['matched', 'held', 'archived', 'aggregated', 'deleted'] as const).map((key) => ({
    key,
    header: {
      matched: 'Due',
      held: 'On hold',
      archived: 'Cold',
      aggregated: 'Summed up',
      deleted: 'Deleted',
    }[key],
    align: 'right' as const,
    wideOnly: key === 'aggregated' || key === 'archived',
    cell: (row: ReportRow) => formatCount(row[key]),
  })),
];

function Runs() {
  const runs = useQuery(retentionRunsQuery);
  const start = useStartRetentionRun();
  const [asked, setAsked] = useState(false);
  const begin = (dryRun: boolean) =>
    start.mutate(dryRun, {
      onSuccess: () => setAsked(false),
      onError: toastProblem('The run was not started'),
    });
  const running = runs.data?.some((run) => run.status === 'running') ?? false;
  return (
    <section className="flex flex-col gap-3">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto text-lg font-semibold">Runs</h2>
        <Button
          size="sm"
          disabled={running}
          busy={start.isPending && start.variables}
          onClick={() => begin(true)}
        >
          Count what is due
        </Button>
        <Button size="sm" variant="danger" disabled={running} onClick={() => setAsked(true)}>
          Carry out now
        </Button>
      </header>
      <p className="text-sm text-ink-2">
        The policies are carried out every day at 02:30 UTC. Counting changes nothing.
      </p>
      {runs.isPending ? <SkeletonLines lines={3} /> : null}
      {runs.isError ? (
        <ErrorState
          title="The runs could not be read"
          error={runs.error}
          onRetry={() => void runs.refetch()}
        />
      ) : null}
      {runs.data?.length === 0 ? <p className="text-sm text-ink-3">There has been no run yet.</p> : null}
      {runs.data?.map((run, index) => (
        <details key={run.id} open={index === 0} className="border-t border-hairline pt-2">
          <summary className="flex cursor-pointer flex-wrap items-center gap-2 py-1 text-sm">
            <span>{formatDate(run.started_at)}</span>
            <span className="text-ink-3">{formatAgo(run.started_at)}</span>
            <Badge tone={RUN_TONE[run.status]}>{humanize(run.status)}</Badge>
            {run.dry_run ? <Badge>Counted only</Badge> : null}
          </summary>
          <Table
            label={`Run of ${formatDate(run.started_at)}`}
            columns={REPORT_COLUMNS}
            rows={run.policies}
            rowKey={(row) => row.name}
          />
        </details>
      ))}
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        title="Carry out the policies now?"
        size="sm"
        footer={
          <>
            <Button variant="quiet" onClick={() => setAsked(false)}>
              Cancel
            </Button>
            <Button variant="danger" busy={start.isPending} onClick={() => begin(false)}>
              Carry out
            </Button>
          </>
        }
      >
        <p className="text-sm">
          What is due is moved, summed up or deleted. What is deleted cannot be brought back; what is under a
          legal hold stays.
        </p>
      </Dialog>
    </section>
  );
}
