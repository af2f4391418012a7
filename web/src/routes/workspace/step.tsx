// The panel of the step in the address.
import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams, useSearch } from '@tanstack/react-router';
import { Suspense } from 'react';
import { projectQuery } from '../../api/projects.ts';
import { PanelBody } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/states.tsx';
import { NotFound, RoutePending } from '../fallbacks.tsx';
import { PANELS, STEPS, type WorkspaceStep } from './panels.ts';

export function Step() {
  const { projectId, step } = useParams({ from: '/inside/projects/$projectId/$step' });
  const { data: project } = useQuery(projectQuery(projectId));
  const Panel = STEPS.some((known) => known === step) ? PANELS[step as WorkspaceStep] : null;
  if (!Panel) return <NotFound />;
  if (!project) return <RoutePending />;
  return (
    <Suspense
      fallback={
        <PanelBody>
          <SkeletonLines lines={6} />
        </PanelBody>
      }
    >
      <Panel key={step} project={project} />
    </Suspense>
  );
}

/** A project's bare address leads to the step it is at. */
export function CurrentStep() {
  const { projectId } = useParams({ from: '/inside/projects/$projectId' });
  const search = useSearch({ from: '/inside/projects/$projectId' });
  const { data: project } = useQuery(projectQuery(projectId));
  if (!project) return <RoutePending />;
  // A project may be at a step that has no panel.
  const step = STEPS.find((candidate) => candidate === project.current_step) ?? 'brief';
  return <Navigate to="/projects/$projectId/$step" params={{ projectId, step }} search={search} replace />;
}
