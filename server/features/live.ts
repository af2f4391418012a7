// Live changes of a project: told to everyone who has it open, in any process, once the change is committed. The last
// changes are kept for a while, so that who was cut off gets what they missed; and who has the project open is known.
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Present, ProjectEvent, type ProjectStep } from '../../contract/projects.ts';
import type { Kv } from '../platform/kv.ts';
import { openEventStream } from '../platform/sse.ts';
import { type LiveStore, makeLiveStore, type Numbered } from './live-store.ts';

export interface Live {
  publish(event: Omit<ProjectEvent, 'at'>): Promise<void>;
  subscribe(
    projectId: string,
    listener: (event: ProjectEvent, id: string) => void,
  ): Promise<() => Promise<void>>;
  /** The changes after `id`, oldest first; null where they are not kept any more. */
  since(projectId: string, id: string): Promise<Numbered[] | null>;
  /** Who has the project open, each person once. */
  present(projectId: string): Promise<Present[]>;
  enter(projectId: string, connectionId: string, person: Present): Promise<void>;
  leave(projectId: string, connectionId: string): Promise<void>;
  /** The person looks at another step now. */
  move(projectId: string, userId: string, connectionId: string, step: ProjectStep | null): Promise<void>;
  /** The connection is still there; its step stays as it was said last. */
  stay(projectId: string, connectionId: string, person: Present): Promise<void>;
  onPresence(projectId: string, listener: () => void): Promise<() => Promise<void>>;
  /** Told by access.ts: every open stream of this person asks whether it may stay. */
  onAccess(userId: string, listener: () => void): Promise<() => Promise<void>>;
}

export function makeLive(kv: Kv, now: () => Date): Live {
  const store: LiveStore = makeLiveStore(kv, now);
  const tellPresence = (projectId: string) => kv.publish(`presence:${projectId}`, '').catch(() => undefined);
  return {
    async publish(event) {
      try {
        const full = { ...event, at: now().toISOString() };
        const id = await store.keep(event.project_id, full);
        await kv.publish(`project:${event.project_id}`, JSON.stringify({ id, event: full }));
      } catch {
        // Without the store nobody hears of it live; the change itself is stored, and a reload shows it.
      }
    },
    subscribe(projectId, listener) {
      return kv.subscribe(`project:${projectId}`, (message) => {
        const { id, event } = JSON.parse(message) as { id: string; event: unknown };
        const known = ProjectEvent.safeParse(event);
        if (known.success) listener(known.data, id);
      });
    },
    since: (projectId, id) => store.since(projectId, id),
    async present(projectId) {
      const people = new Map<string, Present>();
      for (const one of await store.people(projectId)) people.set(one.user_id, one);
      return [...people.values()].sort(
        (a, b) => a.name.localeCompare(b.name) || (a.user_id < b.user_id ? -1 : 1),
      );
    },
    async enter(projectId, connectionId, person) {
      const fresh = await store.enter(projectId, connectionId, person);
      if (fresh) await tellPresence(projectId);
    },
    async leave(projectId, connectionId) {
      await store.leave(projectId, connectionId);
      await tellPresence(projectId);
    },
    async move(projectId, userId, connectionId, step) {
      const known = await store.connection(projectId, connectionId);
      if (known === undefined || known.user_id !== userId || known.step === step) return;
      await store.enter(projectId, connectionId, { ...known, step });
      await tellPresence(projectId);
    },
    async stay(projectId, connectionId, person) {
      const known = await store.connection(projectId, connectionId);
      if (await store.enter(projectId, connectionId, known ?? person)) await tellPresence(projectId);
    },
    onPresence: (projectId, listener) => kv.subscribe(`presence:${projectId}`, listener),
    onAccess: (userId, listener) => kv.subscribe(`access:${userId}`, listener),
  };
}

export interface LiveVisit {
  project_id: string;
  person: Present;
  /** Asked at every heartbeat and whenever access may have changed. */
  mayStay: () => Promise<boolean>;
}

/** The stream of one visit: what was missed, then what happens, until either side ends it or access does. */
export async function openLiveStream(
  request: FastifyRequest,
  reply: FastifyReply,
  live: Live,
  { project_id, person, mayStay }: LiveVisit,
): Promise<void> {
  const connectionId = randomUUID();
  const stream = openEventStream(request, reply);
  const endings: (() => Promise<void>)[] = [];
  let open = true;
  stream.onClose(() => {
    open = false;
    for (const end of endings) void end().catch(() => undefined);
  });
  const hold = async (ending: Promise<() => Promise<void>>) => {
    const end = await ending;
    if (open) endings.push(end);
    else await end();
  };
  const showPresence = async () => {
    const people = await live.present(project_id).catch(() => null);
    if (people !== null) stream.send('presence', { connection_id: connectionId, people });
  };
  const check = async () => {
    // A store that is away for a moment ends nobody's stream.
    const may = await mayStay().catch(() => true);
    if (!may) {
      stream.send('closed', { reason: 'access' });
      stream.close();
    }
  };

  let missed: { event: ProjectEvent; id: string }[] | null = [];
  await hold(
    live.subscribe(project_id, (event, id) => {
      if (missed !== null) missed.push({ event, id });
      else stream.send('change', event, id);
      if (event.type === 'collaborators.updated' || event.type === 'project.updated') void check();
    }),
  );
  await hold(live.onPresence(project_id, () => void showPresence()));
  await hold(live.onAccess(person.user_id, () => void check()));
  const last = request.headers['last-event-id'];
  let after = '';
  if (typeof last === 'string' && last !== '') {
    const kept = await live.since(project_id, last).catch(() => null);
    if (kept === null) stream.send('resync', {});
    for (const one of kept ?? []) {
      stream.send('change', one.event, one.id);
      after = one.id;
    }
  }
  for (const { event, id } of missed) if (isAfter(id, after)) stream.send('change', event, id);
  missed = null;

  endings.push(() => live.leave(project_id, connectionId));
  if (open) await live.enter(project_id, connectionId, person).catch(() => undefined);
  else await live.leave(project_id, connectionId);
  await showPresence();
  stream.onBeat(() => {
    void check();
    void live.stay(project_id, connectionId, person).catch(() => undefined);
  });
}

/** Ids are "milliseconds-number", as Redis gives them. */
export function isAfter(id: string, other: string): boolean {
  if (other === '') return true;
  const [a = 0, b = 0] = id.split('-').map(Number);
  const [c = 0, d = 0] = other.split('-').map(Number);
  return a > c || (a === c && b > d);
}
