// Live changes of a project: told to everyone who has it open, in any process, once the change is committed.
import { ProjectEvent } from '../../contract/projects.ts';
import type { Kv } from '../platform/kv.ts';

export interface Live {
  publish(event: Omit<ProjectEvent, 'at'>): Promise<void>;
  subscribe(projectId: string, listener: (event: ProjectEvent) => void): Promise<() => Promise<void>>;
}

export function makeLive(kv: Kv, now: () => Date): Live {
  return {
    async publish(event) {
      await kv
        .publish(`project:${event.project_id}`, JSON.stringify({ ...event, at: now().toISOString() }))
        .catch(() => undefined);
    },
    subscribe(projectId, listener) {
      return kv.subscribe(`project:${projectId}`, (message) => {
        const event = ProjectEvent.safeParse(JSON.parse(message));
        if (event.success) listener(event.data);
      });
    },
  };
}
