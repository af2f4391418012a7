// The live stream of a project: other people's changes and the progress of jobs make what is cached stale.
import { type QueryClient, type QueryKey, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Export } from '../../../contract/exports.ts';
import type { FloorPlan } from '../../../contract/floorplans.ts';
import type { Present, ProjectEvent } from '../../../contract/projects.ts';
import { API, api } from './client.ts';
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
  'collaborators.updated': (id) => [keys.project(id), keys.people(id)],
  'versions.updated': (id) => [keys.versions(id), ['version-diff', id]],
  'comments.updated': (id) => [keys.comments(id)],
  'sharing.updated': (id) => [keys.shareLinks(id), keys.decisions(id), keys.comments(id)],
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

export interface Presence {
  connection_id: string;
  people: Present[];
}

/** After changes were missed for good, everything of the project is read again. */
function everything(client: QueryClient, projectId: string) {
  for (const staleOf of Object.values(STALE))
    for (const queryKey of staleOf(projectId)) void client.invalidateQueries({ queryKey });
}

/**
 * Listens while mounted; the browser reconnects by itself and gets what it missed. `listen` also hears progress, for pages
 * that show it. Who else is here lies in the cache under keys.presence.
 */
export function useProjectEvents(
  projectId: string,
  options: { step?: string | undefined; listen?: ((event: ProjectEvent) => void) | undefined } = {},
): void {
  const client = useQueryClient();
  const { step, listen } = options;
  const first = useRef(step);
  first.current = step;
  useEffect(() => {
    const at = first.current === undefined ? '' : `?step=${encodeURIComponent(first.current)}`;
    const source = new EventSource(`${API}/projects/${projectId}/events${at}`);
    const hear = (message: MessageEvent<string>) => {
      const event = read<ProjectEvent>(message);
      if (event === null) return;
      if (event.type === 'floor_plan.progress') showPlanProgress(client, event);
      if (event.type === 'export.progress') showExportProgress(client, event);
      if (event.type.startsWith('recommendation.')) showRecommendationProgress(client, event);
      for (const queryKey of STALE[event.type]?.(projectId) ?? [])
        void client.invalidateQueries({ queryKey });
      listen?.(event);
    };
    const present = (message: MessageEvent<string>) => {
      const presence = read<Presence>(message);
      if (presence !== null) client.setQueryData(keys.presence(projectId), presence);
    };
    source.addEventListener('change', hear);
    source.addEventListener('presence', present);
    source.addEventListener('resync', () => everything(client, projectId));
    // Access ended: the page asks again and shows what the server says.
    source.addEventListener('closed', () => {
      source.close();
      void client.invalidateQueries({ queryKey: keys.me });
      void client.invalidateQueries({ queryKey: keys.project(projectId) });
    });
    return () => {
      source.close();
      client.removeQueries({ queryKey: keys.presence(projectId) });
    };
  }, [projectId, client, listen]);
  useEffect(() => {
    const known = client.getQueryData<Presence>(keys.presence(projectId));
    if (known === undefined || step === undefined) return;
    void api
      .post(`/projects/${projectId}/presence`, { body: { connection_id: known.connection_id, step } })
      .catch(() => undefined);
  }, [projectId, step, client]);
}

/** Everyone who has the project open, oneself included. */
export function usePresence(projectId: string): Present[] {
  const { data } = useQuery<Presence>({
    queryKey: keys.presence(projectId),
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.people ?? [];
}

function read<T>(message: MessageEvent<string>): T | null {
  try {
    return JSON.parse(message.data) as T;
  } catch {
    return null;
  }
}
