// Ranking models: which is live and why, whether it still fits what people decide, every version, and the way back.
import { useQuery } from '@tanstack/react-query';
import type { DriftWatch, RankingModel, RankingOverview } from '../../../../contract/learning.ts';
import { rankingQuery, useMakeLive, useTrainRanking } from '../../api/learning.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Stat, StatRow } from '../../ui/figures.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatCount, formatDate, formatPercent, UNKNOWN } from '../../ui/units.ts';

export default function ModelsPage() {
  const query = useQuery(rankingQuery);
  if (query.isError)
    return (
      <ErrorState
        title="The models could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <SkeletonLines lines={8} />;
  const live = query.data.models.find((model) => model.status === 'live');
  return (
    <>
      <Live overview={query.data} live={live} />
      {query.data.drift ? <Drift drift={query.data.drift} /> : null}
      {live && live.moved.length > 0 ? <Moved model={live} /> : null}
      <Versions models={query.data.models} />
    </>
  );
}

const score = (value: number | null | undefined) =>
  value === null || value === undefined ? UNKNOWN : value.toFixed(3);

function Live({ overview, live }: { overview: RankingOverview; live: RankingModel | undefined }) {
  const train = useTrainRanking();
  const run = overview.runs[0];
  const busy = run?.status === 'queued' || run?.status === 'running';
  const { candidate, live: before } = live?.comparison ?? {};
  const against = live?.comparison?.live_version ?? 'the fixed ranking';
  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-60 flex-1">
          <h2 className="flex items-center gap-2 text-lg font-semibold">
            {live ? live.version : 'Fixed ranking'}
            <Badge tone="good">Live</Badge>
          </h2>
          <p className="mt-1 max-w-160 text-sm text-ink-2">
            {live
              ? live.decision
              : `No model is live. One goes live when it foresees ${overview.margin.rows} new decisions or more better than the fixed ranking, by ${overview.margin.log_loss} in log-loss.`}
          </p>
        </div>
        <Button
          variant="primary"
          busy={busy || train.isPending}
          onClick={() =>
            train.mutate(undefined, {
              onSuccess: () => toast('Training has begun.'),
              onError: toastProblem('Training did not begin'),
            })
          }
        >
          Train now
        </Button>
      </div>
      {live ? (
        <StatRow>
          <Stat
            label="Decisions"
            value={formatCount(live.rows)}
            note={`${formatCount(live.organizations)} organizations`}
          />
          <Stat
            label="Log-loss"
            value={score(candidate?.log_loss)}
            note={`${score(before?.log_loss)} for ${against}`}
          />
          <Stat label="NDCG" value={score(candidate?.ndcg)} note={`${score(before?.ndcg)} for ${against}`} />
          <Stat
            label="Calibration error"
            value={formatPercent(candidate?.ece == null ? null : 100 * candidate.ece, 1)}
            note="of held-out decisions"
          />
        </StatRow>
      ) : null}
      {run ? (
        <p className="text-sm text-ink-2" role="status">
          {busy ? 'A training run is under way.' : lastRun(run, live)}
        </p>
      ) : null}
    </section>
  );
}

/** A run that made the live model has nothing to add to it. */
function lastRun(run: RankingOverview['runs'][number], live: RankingModel | undefined): string {
  const when = `Last run ${formatAgo(run.finished_at ?? run.started_at)}`;
  return run.model_id !== null && run.model_id === live?.id
    ? `${when}.`
    : `${when}: ${run.note ?? run.status}`;
}

const STATES: Record<'steady' | 'watch' | 'alert' | 'too_few', { label: string; tone: Tone }> = {
  steady: { label: 'Steady', tone: 'good' },
  watch: { label: 'Watch', tone: 'warn' },
  alert: { label: 'Alert', tone: 'bad' },
  too_few: { label: 'Too few', tone: 'neutral' },
};

function Drift({ drift }: { drift: DriftWatch }) {
  const { acceptance } = drift;
  const share = (value: number | null) => formatPercent(value === null ? null : 100 * value);
  const columns: Column<DriftWatch['features'][number]>[] = [
    { key: 'label', header: 'Feature', cell: (row) => row.label },
    {
      key: 'psi',
      header: 'Stability index',
      align: 'right',
      cell: (row) => row.psi.toFixed(3),
      width: '9rem',
    },
    {
      key: 'state',
      header: 'State',
      width: '6rem',
      cell: (row) => <Badge tone={STATES[row.state].tone}>{STATES[row.state].label}</Badge>,
    },
  ];
  return (
    <section className="flex flex-col gap-4 border-t border-hairline pt-6">
      <div>
        <h2 className="text-lg font-semibold">Drift</h2>
        <p className="mt-1 max-w-160 text-sm text-ink-2">
          {formatCount(drift.rows)} decisions since {formatDate(drift.since)} against{' '}
          {formatCount(drift.reference_rows)} the live model was trained on. An index under 0.1 is steady,
          from 0.25 it is another population.
        </p>
      </div>
      {drift.alerts.length > 0 ? (
        <ul role="alert" className="flex flex-col gap-1 rounded-md bg-bad-wash p-3 text-sm">
          {drift.alerts.map((alert) => (
            <li key={alert}>{alert}</li>
          ))}
        </ul>
      ) : null}
      <StatRow>
        <Stat
          label="Accepted lately"
          value={share(acceptance.recent)}
          note={`of ${formatCount(acceptance.recent_rows)} decisions`}
        />
        <Stat
          label="Accepted in training"
          value={share(acceptance.before)}
          note={`of ${formatCount(acceptance.before_rows)} decisions`}
        />
        <Stat
          label="Acceptance"
          size="md"
          value={<Badge tone={STATES[acceptance.state].tone}>{STATES[acceptance.state].label}</Badge>}
        />
      </StatRow>
      {drift.features.length > 0 ? (
        <div className="max-w-140">
          <Table
            label="Drift by feature"
            columns={columns}
            rows={drift.features}
            rowKey={(row) => row.feature}
          />
        </div>
      ) : (
        <p className="text-sm text-ink-2">
          At least 100 decisions on both sides are needed to compare features.
        </p>
      )}
    </section>
  );
}

function Moved({ model }: { model: RankingModel }) {
  const columns: Column<RankingModel['moved'][number]>[] = [
    { key: 'sentence', header: 'What changed', cell: (row) => row.sentence },
    { key: 'before', header: 'Before', align: 'right', width: '5rem', cell: (row) => signed(row.before) },
    { key: 'after', header: 'Now', align: 'right', width: '5rem', cell: (row) => signed(row.after) },
  ];
  return (
    <section className="flex flex-col gap-3 border-t border-hairline pt-6">
      <h2 className="text-lg font-semibold">What moved with {model.version}</h2>
      <div className="max-w-180">
        <Table
          label="Features that moved"
          columns={columns}
          rows={model.moved}
          rowKey={(row) => row.feature}
        />
      </div>
    </section>
  );
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

const STATUS_TONES: Record<RankingModel['status'], Tone> = {
  live: 'good',
  retired: 'neutral',
  rejected: 'neutral',
  withdrawn: 'warn',
};
const STATUS_LABELS: Record<RankingModel['status'], string> = {
  live: 'Live',
  retired: 'Was live',
  rejected: 'Not better',
  withdrawn: 'Withdrawn',
};

function Versions({ models }: { models: readonly RankingModel[] }) {
  const makeLive = useMakeLive();
  const back = (model: RankingModel) =>
    makeLive.mutate(model.id, {
      onSuccess: () => toast(`${model.version} is live again.`),
      onError: toastProblem(`${model.version} was not made live`),
    });
  const columns: Column<RankingModel>[] = [
    {
      key: 'version',
      header: 'Version',
      cell: (row) => (
        <span className="flex flex-col gap-0.5 py-1">
          <span className="flex items-center gap-2">
            <span className="font-medium">{row.version}</span>
            <Badge tone={STATUS_TONES[row.status]}>{STATUS_LABELS[row.status]}</Badge>
          </span>
          <span className="text-xs text-ink-2">{row.decision}</span>
        </span>
      ),
    },
    {
      key: 'trained',
      header: 'Trained',
      width: '7rem',
      wideOnly: true,
      cell: (row) => formatDate(row.trained_at),
    },
    {
      key: 'rows',
      header: 'Decisions',
      align: 'right',
      width: '6rem',
      wideOnly: true,
      cell: (row) => formatCount(row.rows),
    },
    {
      key: 'loss',
      header: 'Log-loss',
      align: 'right',
      width: '5.5rem',
      wideOnly: true,
      cell: (row) => score(row.comparison?.candidate.log_loss),
    },
    {
      key: 'ndcg',
      header: 'NDCG',
      align: 'right',
      width: '5rem',
      wideOnly: true,
      cell: (row) => score(row.comparison?.candidate.ndcg),
    },
    {
      key: 'action',
      header: <span className="sr-only">Action</span>,
      align: 'right',
      width: '7rem',
      cell: (row) =>
        row.may_go_live ? (
          <Button
            size="sm"
            busy={makeLive.isPending && makeLive.variables === row.id}
            onClick={() => back(row)}
          >
            Roll back
          </Button>
        ) : null,
    },
  ];
  return (
    <section className="flex flex-col gap-3 border-t border-hairline pt-6">
      <h2 className="text-lg font-semibold">Versions</h2>
      {models.length > 0 ? (
        <Table label="Ranking models" columns={columns} rows={models} rowKey={(row) => row.id} />
      ) : (
        <p className="text-sm text-ink-2">
          Nothing has been trained yet. Decisions on recommendations are collected every hour; training runs
          every night.
        </p>
      )}
    </section>
  );
}
