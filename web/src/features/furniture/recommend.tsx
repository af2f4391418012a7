// Asking for a recommendation: a job that says how far it is, with limits of one's own where wanted.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { type FormEvent, useEffect } from 'react';
import { CERTIFICATIONS } from '../../../../contract/catalog.ts';
import type { Project } from '../../../../contract/projects.ts';
import type { CreateRecommendationRequest, Recommendation } from '../../../../contract/recommendations.ts';
import {
  type RecommendationHeadline,
  type RecommendationProgress,
  recommendationQuery,
  recommendationsQuery,
  useRecommend,
  useRecommendationProgress,
} from '../../api/recommendations.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { Popover } from '../../ui/menu.tsx';
import { Progress } from '../../ui/states.tsx';

export interface RecommendJob {
  list: UseQueryResult<RecommendationHeadline[]>;
  running: boolean;
  progress: RecommendationProgress | null;
  error: unknown;
  start: (request: CreateRecommendationRequest) => void;
}

/** A job that says nothing for this long is taken for dead. */
const SILENT_MS = 120_000;
const stateOf = (recommendation: Recommendation | undefined) =>
  String(recommendation?.summary['state'] ?? '');
const isUnderWay = (recommendation: Recommendation | undefined) =>
  ['queued', 'running'].includes(stateOf(recommendation));

/** The server answers when the job is done, or after a while that it goes on; then it is looked at until it is over. */
export function useRecommendJob(project: Project): RecommendJob {
  const recommend = useRecommend(project.id);
  const progress = useRecommendationProgress(project.id);
  const list = useQuery(recommendationsQuery(project.id));
  const asked = recommend.data;
  const watched = useQuery({
    ...recommendationQuery(asked?.id ?? ''),
    enabled: isUnderWay(asked),
    refetchInterval: ({ state }) => (isUnderWay(state.data ?? asked) ? 2500 : false),
  });
  const latest = watched.data ?? asked;
  const over = isUnderWay(asked) && !isUnderWay(latest);
  const refetchList = list.refetch;
  useEffect(() => {
    if (over) void refetchList();
  }, [over, refetchList]);
  const heard = progress !== null && Date.now() - progress.at < SILENT_MS;
  const failed = stateOf(latest) === 'failed' ? new Error(latest?.notes.at(-1) ?? 'Try again.') : null;
  return {
    list,
    running: recommend.isPending || isUnderWay(latest) || heard,
    progress,
    error: recommend.error ?? failed,
    start: (request) => recommend.mutate(request),
  };
}

export function RecommendProgress({ job }: { job: RecommendJob }) {
  return (
    <Progress
      label="Choosing furniture"
      value={job.progress?.progress_pct ?? undefined}
      note={job.progress?.note ?? 'Counting what each room needs'}
    />
  );
}

export function RecommendButton({
  job,
  again,
  locked = 0,
}: {
  job: RecommendJob;
  again?: boolean;
  locked?: number;
}) {
  return (
    <div className="flex items-center gap-1.5">
      <Popover
        align="end"
        trigger={
          <IconButton label="Limits">
            <SlidersHorizontal />
          </IconButton>
        }
      >
        <Limits job={job} />
      </Popover>
      <Button
        variant={again ? 'secondary' : 'primary'}
        data-recommend
        busy={job.running}
        title={
          locked > 0
            ? `${locked} locked ${locked === 1 ? 'item stays' : 'items stay'} as they are`
            : undefined
        }
        onClick={() => job.start({})}
      >
        {again ? 'Recommend again' : 'Recommend furniture'}
      </Button>
    </div>
  );
}

/** Limits for this one time; the brief's own limits hold anyway. */
function Limits({ job }: { job: RecommendJob }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const figure = (name: string) => {
      const value = Number(String(form.get(name) ?? '').replaceAll(/[^\d.]/g, ''));
      return value > 0 ? value : undefined;
    };
    const total = figure('max_total');
    const days = figure('max_lead_time_days');
    const tonnes = figure('max_carbon_t');
    const certification = String(form.get('certification') ?? '');
    job.start({
      constraints: {
        ...(total ? { max_total: total } : {}),
        ...(days ? { max_lead_time_days: Math.round(days) } : {}),
        ...(tonnes ? { max_carbon_kg: tonnes * 1000 } : {}),
        ...(certification ? { required_certifications: [certification] } : {}),
      },
    });
  };
  return (
    <form onSubmit={submit} className="flex w-64 flex-col gap-3">
      <p className="text-xs text-ink-2">For the next recommendation, beside what the brief already says.</p>
      <Field label="Total at most" optional>
        <Input name="max_total" inputMode="numeric" placeholder="$" />
      </Field>
      <Field label="Lead time at most, days" optional>
        <Input name="max_lead_time_days" inputMode="numeric" />
      </Field>
      <Field label="Carbon at most, t CO2e" optional>
        <Input name="max_carbon_t" inputMode="decimal" />
      </Field>
      <Field label="Certificate every item holds" optional>
        <Select name="certification" defaultValue="">
          <option value="">None</option>
          {CERTIFICATIONS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
      <Button type="submit" variant="primary" busy={job.running}>
        Recommend with these limits
      </Button>
    </form>
  );
}
