// One project: the strip of steps, the plan that stays while steps change, the step's panel beside it.
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Project } from '../../../../contract/projects.ts';
import { useProjectEvents } from '../../api/project-events.ts';
import { projectQuery } from '../../api/projects.ts';
import { useLetterKeys } from '../../app/letter-keys.ts';
import { PlanPane } from '../../features/plan/plan-pane.tsx';
import { PlanStageProvider } from '../../features/plan/stage.tsx';
import { ConflictDialog } from '../../features/projects/conflict-dialog.tsx';
import { useComparison } from '../../features/versions/comparison.ts';
import { ComparisonSheet } from '../../features/versions/sheet.tsx';
import { Dot, statusLook } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { useTitle } from '../../ui/page.tsx';
import { RoutePending } from '../fallbacks.tsx';
import { STEP_LABELS, STEPS, type WorkspaceStep } from './panels.ts';
import { SidePanel, Together, useSide } from './together.tsx';

export function Workspace() {
  const { projectId } = useParams({ from: '/inside/projects/$projectId' });
  const { data: project } = useQuery(projectQuery(projectId));
  const { view } = useSearch({ from: '/inside/projects/$projectId' });
  const { step } = useParams({ strict: false });
  const { side } = useSide();
  const { shown } = useComparison();
  useProjectEvents(projectId, { step });
  useStepKeys(projectId);
  useTitle(project?.name);
  if (!project) return <RoutePending />;
  return (
    <PlanStageProvider project={project}>
      <div className="flex h-full flex-col">
        <div className="flex">
          <StepStrip project={project} />
          <Together project={project} />
        </div>
        <div className="grid min-h-0 flex-1 md:grid-cols-[minmax(0,1.5fr)_minmax(24rem,1fr)]">
          <section
            aria-label="Plan"
            className={cx('relative min-h-0 bg-plan', view !== 'plan' && 'max-md:hidden')}
          >
            {shown === null ? <PlanPane /> : <ComparisonSheet comparison={shown} />}
          </section>
          <section
            aria-label="Step"
            data-step-panel
            tabIndex={-1}
            className={cx(
              'flex min-h-0 min-w-0 flex-col bg-ground focus-visible:outline-none md:border-l md:border-hairline',
              view === 'plan' && 'max-md:hidden',
            )}
          >
            {side === null ? <Outlet /> : <SidePanel project={project} side={side} />}
          </section>
        </div>
        <ViewSwitch />
        <ConflictDialog />
      </div>
    </PlanStageProvider>
  );
}

const STEP_KEYS = [...STEPS.map((_, index) => String(index + 1)), 'p'];

/** Keys 1 to 7 open the steps, P leads into the panel of the one that is open. */
function useStepKeys(projectId: string) {
  const navigate = useNavigate();
  useLetterKeys(STEP_KEYS, (key) => {
    // Tab goes on inside the panel, whether it was there before or comes with the step.
    document.querySelector<HTMLElement>('[data-step-panel]')?.focus({ preventScroll: true });
    const step = STEPS[Number(key) - 1];
    if (!step) return;
    void navigate({
      to: '/projects/$projectId/$step',
      params: { projectId, step },
      search: (before: Record<string, unknown>) => before,
    });
  });
}

function StepStrip({ project }: { project: Project }) {
  const strip = useRef<HTMLElement>(null);
  const { step: current } = useParams({ strict: false });
  useEffect(() => {
    // On narrow screens the strip is longer than the screen: the step one is at stays in view.
    if (current !== undefined)
      strip.current
        ?.querySelector('[aria-current=page]')
        ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  const states = new Map(project.steps.map((state) => [state.step as string, state]));
  return (
    <nav ref={strip} aria-label="Steps" className="min-w-0 flex-1 overflow-x-auto border-b border-hairline">
      <ol className="flex min-w-max md:min-w-0">
        {STEPS.map((step) => (
          <StepTab key={step} project={project} step={step} state={states.get(step)} />
        ))}
      </ol>
    </nav>
  );
}

function StepTab(props: {
  project: Project;
  step: WorkspaceStep;
  state: Project['steps'][number] | undefined;
}) {
  const { project, step, state } = props;
  const look = statusLook(state?.state ?? 'missing');
  return (
    <li className="min-w-0 md:flex-1">
      <Link
        to="/projects/$projectId/$step"
        params={{ projectId: project.id, step }}
        search={(before: Record<string, unknown>) => ({ ...before, view: undefined })}
        activeOptions={{ includeSearch: false }}
        title={state?.detail}
        className="relative flex h-11 flex-col justify-center px-4 text-ink-2 outline-offset-[-2px] after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 hover:text-ink aria-[current=page]:text-ink aria-[current=page]:after:bg-accent md:h-13 md:px-5"
      >
        <span className="flex items-center gap-1.5 text-sm font-medium">
          <Dot shape={look.shape} tone={look.tone} />
          {STEP_LABELS[step]}
          <span className="sr-only">, {look.label}</span>
        </span>
        {state ? (
          <span className="truncate pl-4.5 text-xs text-ink-3 max-md:hidden">{state.detail}</span>
        ) : null}
      </Link>
    </li>
  );
}

/** On narrow screens one of the two is shown; which one is in the address. */
function ViewSwitch() {
  const { view } = useSearch({ from: '/inside/projects/$projectId' });
  const { step } = useParams({ strict: false });
  const label = STEP_LABELS[(step ?? 'plan') as WorkspaceStep] ?? 'Step';
  const choices = [
    { value: undefined, text: label === 'Plan' ? 'Details' : label },
    { value: 'plan' as const, text: 'Drawing' },
  ];
  return (
    <div className="flex shrink-0 gap-1 border-t border-hairline p-2 md:hidden">
      {choices.map((choice) => (
        <Link
          key={choice.text}
          to="."
          replace
          search={(before: Record<string, unknown>) => ({ ...before, view: choice.value })}
          aria-current={view === choice.value ? 'true' : undefined}
          className={cx(
            'flex h-9 flex-1 items-center justify-center rounded-md text-sm',
            view === choice.value ? 'bg-accent-wash font-medium text-accent' : 'text-ink-2',
          )}
        >
          {choice.text}
        </Link>
      ))}
    </div>
  );
}
