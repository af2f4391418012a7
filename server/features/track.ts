// Events of what happens, written with the change itself: the outbox row commits or vanishes with it, and is relayed to
// the event queue afterwards.
import { randomUUID } from 'node:crypto';
import type { Actor } from '../platform/http.ts';
import type { Tx } from '../platform/postgres.ts';

export interface TrackedEvent {
  event_name: string;
  event_type: 'page_view' | 'action' | 'error';
  project_id?: string | null;
  organization_id?: string | null;
  properties?: Record<string, unknown>;
}

/** Of one recommendation, as it stands now; the row with the latest times wins. */
export interface RecommendationMetric {
  recommendation_id: string;
  project_id: string;
  user_id: string;
  total_items: number;
  total_cost: number;
  sustainability_score: number;
  presented_at: string;
  viewed_at?: string | null;
  modified_at?: string | null;
  approved_at?: string | null;
  rejected_at?: string | null;
  time_to_decision_minutes?: number | null;
  user_rating?: number | null;
}

const NO_SESSION = '00000000-0000-0000-0000-000000000000';

export async function track(
  tx: Tx,
  /** Null: somebody without an account, as a visitor of a share link. */
  actor: Pick<Actor, 'user_id' | 'by'> | { user_id: string | null },
  now: Date,
  event: TrackedEvent,
): Promise<void> {
  const by = 'by' in actor ? actor.by : undefined;
  const row = {
    event_id: randomUUID(),
    event_name: event.event_name,
    event_type: event.event_type,
    user_id: actor.user_id,
    session_id: by?.kind === 'session' ? by.session_id : NO_SESSION,
    anonymous_id: '',
    project_id: event.project_id ?? null,
    organization_id: event.organization_id ?? null,
    properties: JSON.stringify(event.properties ?? {}),
    timestamp: now.toISOString(),
  };
  await tx
    .insertInto('event_outbox')
    .values({ stream: 'events', payload: JSON.stringify(row) })
    .execute();
}

export async function trackRecommendation(tx: Tx, metric: RecommendationMetric): Promise<void> {
  await tx
    .insertInto('event_outbox')
    .values({ stream: 'recommendation_metrics', payload: JSON.stringify(metric) })
    .execute();
}
