// The steps of the workspace and the panel of each, loaded when the step is first opened. A step without a panel here
// is not shown. A panel is the default export of features/<step>/panel.tsx and receives { project }.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Project, ProjectStep } from '../../../../contract/projects.ts';

export type StepPanel = ComponentType<{ project: Project }>;

export const STEPS = [
  'brief',
  'plan',
  'spaces',
  'furniture',
  'budget',
  'sustainability',
  'proposal',
] as const satisfies readonly ProjectStep[];
export type WorkspaceStep = (typeof STEPS)[number];

export const STEP_LABELS: Record<WorkspaceStep, string> = {
  brief: 'Brief',
  plan: 'Plan',
  spaces: 'Spaces',
  furniture: 'Furniture',
  budget: 'Budget',
  sustainability: 'Sustainability',
  proposal: 'Proposal',
};

export const PANELS: Record<WorkspaceStep, LazyExoticComponent<StepPanel>> = {
  brief: lazy(() => import('../../features/brief/panel.tsx')),
  plan: lazy(() => import('../../features/plan/panel.tsx')),
  spaces: lazy(() => import('../../features/spaces/panel.tsx')),
  furniture: lazy(() => import('../../features/furniture/panel.tsx')),
  budget: lazy(() => import('../../features/budget/panel.tsx')),
  sustainability: lazy(() => import('../../features/sustainability/panel.tsx')),
  proposal: lazy(() => import('../../features/proposal/panel.tsx')),
};
