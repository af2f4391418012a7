// The live stream of a project: other people's changes and the progress of jobs make what is cached stale.
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Export } from '../../../contract/exports.ts';
import type { FloorPlan } from '../../../contract/floorplans.ts';
import type { ProjectEvent } from '../../../contract/projects.ts';
import { API } from './client.ts';
import { keys } from './keys.ts';
import { showRecommendationProgress } from './recommendations.ts';

type EventType = ProjectEvent['type'];

/** What each kind of event makes stale. */
const STALE: Record<EventType, (projectId: string) => QueryKey[]> = {
  'project.updated': (id) => [keys.project(id), keys.projects],
  'floor_plan.progress': () => [],
  'floor_plan.updated': (id) => [keys.floorPlans(id), keys.analyses, keys.allSpaces, keys.project(id)],
  'spaces.updated': (id) => [keys.allSpaces, keys.floorPlans(id), keys.project(id)],
  'conversation.updated': (id) => [keys.conversations(id), keys.allMessages, keys.project(id)],
  'recommendation.progress': () => [],
  'recommendation.updated': (id) => [
    keys.recommendations(id),
    keys.allRecommendations,
    keys.scenarios(id),
    keys.sustainability(id),
    keys.project(id),
  ],
  'scenario.selected': (id) => [
    keys.scenarios(id),
    keys.allRecommendations,
    keys.sustainability(id),
    keys.project(id),
    keys.projects,
  ],
  'export.progress': () => [],
  'export.updated': (id) => [keys.exports(id)],
  'collaborators.updated': (id) => [keys.project(id)],
};

function showPlanProgress(client: QueryClient, event: ProjectEvent) {
  client.setQueryData<FloorPlan[]>(keys.floorPlans(event.project_id), (plans) =>
    plans?.map((plan) =>
      plan.id === event.subject_id && plan.status !== 'failed'
        ? {
            ...plan,
            status: plan.status === 'analyzed' ? plan.status : 'processing',
            progress_pct: event.progress_pct ?? plan.progress_pct,
            progress_note: event.note ?? plan.progress_note,
          }
        : plan,
    ),
  );
}

function showExportProgress(client: QueryClient, event: ProjectEvent) {
  client.setQueryData<Export[]>(keys.exports(event.project_id), (list) =>
    list?.map((one) =>
      one.id === event.subject_id && one.status !== 'ready' && one.status !== 'failed'
        ? {
            ...one,
            status: 'running',
            progress_pct: event.progress_pct ?? one.progress_pct,
            progress_note: event.note ?? one.progress_note,
          }
        : one,
    ),
  );
}

/** Listens while mounted; the browser reconnects by itself. `listen` also hears progress, for pages that show it. */
export function useProjectEvents(projectId: string, listen?: (event: ProjectEvent) => void): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(`${API}/projects/${projectId}/events`);
    const hear = (message: MessageEvent<string>) => {
      let event: ProjectEvent;
      try {
        event = JSON.parse(message.data) as ProjectEvent;
      } catch {
        return;
      }
      if (event.type === 'floor_plan.progress') showPlanProgress(client, event);
      if (event.type === 'export.progress') showExportProgress(client, event);
      if (event.type.startsWith('recommendation.')) showRecommendationProgress(client, event);
      for (const queryKey of STALE[event.type]?.(projectId) ?? [])
        void client.invalidateQueries({ queryKey });
      listen?.(event);
    };
    source.addEventListener('change', hear);
    return () => source.close();
  }, [projectId, client, listen]);
}
