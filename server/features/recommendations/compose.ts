import type { ComposeJob } from '../../../contract/recommendations.ts';
import { runTask } from '../../platform/worker-task.ts';
import type { Deps } from '../context.ts';
import type { Live } from '../live.ts';
import type { ComposedProposal } from './compose-task.ts';
import { gather } from './gather.ts';
import { store } from './store.ts';

const TIME_LIMIT_MS = 120_000;
const MEMORY_LIMIT_MB = 2048;

export async function compose(deps: Deps, live: Live, job: ComposeJob, signal: AbortSignal): Promise<void> {
  const who = { user_id: job.user_id };
  const tell = (progress_pct: number, note: string) =>
    live.publish({
      type: 'recommendation.progress',
      project_id: job.project_id,
      subject_id: job.recommendation_id,
      progress_pct,
      note,
    });
  await tell(5, 'counting what each room needs');
  const {
    input,
    planning,
    products: rows,
  } = await deps.postgres.withContext(who, (tx) => gather(tx, job, deps.now()));
  await tell(20, `choosing from ${input.products.length.toLocaleString('en-US')} products`);
  const begun = performance.now();
  const { proposal, offers, scored_ms } = await runTask<ComposedProposal>({
    module: new URL('./compose-task.ts', import.meta.url).href,
    export_name: 'compose',
    input,
    timeout_ms: TIME_LIMIT_MS,
    memory_mb: MEMORY_LIMIT_MB,
    signal,
    keep: true,
    label: 'Choosing furniture',
  });
  const latency_ms = Math.round(performance.now() - begun);
  await tell(90, 'writing the three scenarios');
  await deps.postgres.withContext(who, (tx) =>
    store(deps, tx, job, { input, planning, rows, proposal, latency_ms, offers, scored_ms }),
  );
  await live.publish({
    type: 'recommendation.updated',
    project_id: job.project_id,
    subject_id: job.recommendation_id,
    progress_pct: 100,
  });
}
