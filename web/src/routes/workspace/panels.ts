// The panel of each step of the workspace, loaded when the step is first opened. A step without a file here is not
// shown in the strip. A panel is the default export of features/<step>/panel.tsx and receives { project }.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Project, ProjectStep } from '../../../../contract/projects.ts';

export type StepPanel = ComponentType<{ project: Project }>;

const FOUND = import.meta.glob<{ default: StepPanel }>(
  '../../features/{brief,plan,spaces,furniture,budget,sustainability}/panel.tsx',
);

export const STEP_ORDER = [
  'brief',
  'plan',
  'spaces',
  'furniture',
  'budget',
  'sustainability',
] as const satisfies readonly ProjectStep[];
export type WorkspaceStep = (typeof STEP_ORDER)[number];

export const STEP_LABELS: Record<WorkspaceStep, string> = {
  brief: 'Brief',
  plan: 'Plan',
  spaces: 'Spaces',
  furniture: 'Furniture',
  budget: 'Budget',
  sustainability: 'Sustainability',
};

export const PANELS: Partial<Record<WorkspaceStep, LazyExoticComponent<StepPanel>>> = Object.fromEntries(
  STEP_ORDER.flatMap((step) => {
    const load = FOUND[`../../features/${step}/panel.tsx`];
    return load ? [[step, lazy(load)]] : [];
  }),
);
export const STEPS: readonly WorkspaceStep[] = STEP_ORDER.filter((step) => PANELS[step]);
