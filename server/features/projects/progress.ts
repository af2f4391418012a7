// How far a project is: each step's state from what exists, the share done, and the step to go on with. Pure. A detail is
// two or three words: it stands under the name of its step, a seventh of the window wide.

import type { z } from 'zod';
import { PROJECT_STEPS, type ProjectStep, type StepState } from '../../../contract/projects.ts';

export interface ProjectFacts {
  requirement_count: number;
  plan_count: number;
  analyzed_plan_count: number;
  failed_plan_count: number;
  space_count: number;
  doubtful_space_count: number;
  recommendation_count: number;
  item_count: number;
  selected_scenario: string | null;
  sustainability_count: number;
  status: string;
}

type State = z.infer<typeof StepState>;

function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** Steps in order; "proposal" is done once the project is approved. */
export function stepsOf(facts: ProjectFacts): State[] {
  const approved = facts.status === 'approved' || facts.status === 'completed';
  const of: Record<ProjectStep, Omit<State, 'step'>> = {
    brief:
      facts.requirement_count > 0
        ? { state: 'done', detail: 'stated' }
        : { state: 'missing', detail: 'not stated yet' },
    plan:
      facts.analyzed_plan_count > 0
        ? { state: 'done', detail: count(facts.analyzed_plan_count, 'floor') }
        : facts.plan_count > 0
          ? {
              state: 'started',
              detail: facts.failed_plan_count > 0 ? 'not readable' : 'being read',
            }
          : { state: 'missing', detail: 'no plan yet' },
    spaces:
      facts.space_count === 0
        ? { state: 'missing', detail: 'no rooms yet' }
        : facts.doubtful_space_count > 0
          ? {
              state: 'started',
              detail: `${facts.doubtful_space_count.toLocaleString('en-US')} to review`,
            }
          : { state: 'done', detail: count(facts.space_count, 'room') },
    furniture:
      facts.item_count > 0
        ? { state: 'done', detail: count(facts.item_count, 'line') }
        : { state: 'missing', detail: 'none yet' },
    budget:
      facts.selected_scenario !== null
        ? { state: 'done', detail: facts.selected_scenario }
        : facts.recommendation_count > 0
          ? { state: 'started', detail: 'none chosen' }
          : { state: 'missing', detail: 'none yet' },
    sustainability:
      facts.sustainability_count > 0
        ? { state: 'done', detail: 'measured' }
        : { state: 'missing', detail: 'not yet' },
    proposal: approved ? { state: 'done', detail: 'approved' } : { state: 'missing', detail: 'not approved' },
  };
  return PROJECT_STEPS.map((step) => ({ step, ...of[step] }));
}

export function progressOf(steps: State[]): { current_step: ProjectStep; progress_pct: number } {
  const weight = { done: 1, started: 0.5, missing: 0 } as const;
  const done = steps.reduce((sum, step) => sum + weight[step.state], 0);
  const next =
    steps.find((step) => step.state === 'missing') ??
    steps.find((step) => step.state === 'started') ??
    steps.at(-1);
  return { current_step: next?.step ?? 'brief', progress_pct: Math.round((100 * done) / steps.length) };
}
