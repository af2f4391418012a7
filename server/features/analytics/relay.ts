// Passes what the transactions left in the outbox on to the event queue, in order. A row leaves the outbox only in a
// transaction that commits after the queue has it; a row handed over twice keeps its id and counts once.
import type {
  EventRow,
  EventRows,
  ProductViewRow,
  RecommendationMetricRow,
} from '../../../contract/events.ts';
import type { EventQueue } from '../../platform/events.ts';
import type { Postgres, Tx } from '../../platform/postgres.ts';
import { startRounds } from '../../platform/rounds.ts';
import type { Logger } from '../../platform/telemetry.ts';
import { deleteOutboxRows, organizationsOfProjects, peopleOf, takeOutboxRows } from './sql.ts';

const BATCH = 1_000;
const IDLE_MS = 400;
const TROUBLE_MS = 2_000;

/** Moves one batch; resolves to how many rows it moved. */
export async function relayOnce(
  postgres: Postgres,
  events: EventQueue,
  unsure: 'unsure' | 'sure' = 'unsure',
): Promise<number> {
  return await postgres.asSystem(async (tx) => {
    const rows = await takeOutboxRows(tx, BATCH);
    if (rows.length === 0) return 0;
    const of = (stream: string) =>
      rows.filter((row) => row.stream === stream).map((row) => row.payload as unknown);
    const batch: EventRows = {
      events: await completed(tx, of('events') as EventRow[]),
      product_views: of('product_views') as ProductViewRow[],
      recommendation_metrics: of('recommendation_metrics') as RecommendationMetricRow[],
    };
    await events.append(unsure === 'unsure' ? await withoutArrived(batch, events) : batch, [], {
      remember: 'long',
    });
    await deleteOutboxRows(
      tx,
      rows.map((row) => row.id),
    );
    return rows.length;
  });
}

/**
 * Adds what the dashboards are split by and the writer need not know: the kind of person, and where it is missing the
 * project's organization or, for what belongs to no project, the person's own.
 */
export async function completed(tx: Tx, rows: EventRow[]): Promise<EventRow[]> {
  const idsOf = (pick: (row: EventRow) => string | null | undefined) => [
    ...new Set(rows.flatMap((row) => pick(row) ?? [])),
  ];
  const users = idsOf((row) => row.user_id);
  const orphans = idsOf((row) => (row.organization_id == null ? row.project_id : null));
  const people = new Map(users.length === 0 ? [] : (await peopleOf(tx, users)).map((one) => [one.id, one]));
  const projects = new Map(
    orphans.length === 0
      ? []
      : (await organizationsOfProjects(tx, orphans)).map((one) => [one.id, one.organization_id]),
  );
  return rows.map((row) => {
    const person = row.user_id == null ? undefined : people.get(row.user_id);
    const home = row.project_id == null ? person?.organization_id : projects.get(row.project_id);
    return {
      ...row,
      organization_id: row.organization_id ?? home ?? null,
      ...(person === undefined
        ? {}
        : {
            properties: JSON.stringify({
              ...(JSON.parse(row.properties ?? '{}') as object),
              user_type: person.user_type,
            }),
          }),
    };
  });
}

/**
 * Of what may have been handed over before, by a process that died or in a transaction that did not commit, only what is
 * not in ClickHouse. Where Redis remembers the ids anyway, ClickHouse need not be there.
 */
async function withoutArrived(batch: EventRows, events: EventQueue): Promise<EventRows> {
  const rows = [...(batch.events ?? []), ...(batch.product_views ?? [])];
  const since = rows.map((row) => row.timestamp.slice(0, 10)).sort()[0];
  if (since === undefined) return batch;
  const ids = [
    ...(batch.events ?? []).map((row) => row.event_id),
    ...(batch.product_views ?? []).map((row) => row.view_id),
  ];
  let arrived: Set<string>;
  try {
    arrived = await events.arrived(ids, since);
  } catch (error) {
    if (events.mode === 'redis') return batch;
    throw error;
  }
  return {
    ...batch,
    events: (batch.events ?? []).filter((row) => !arrived.has(row.event_id)),
    product_views: (batch.product_views ?? []).filter((row) => !arrived.has(row.view_id)),
  };
}

/** Runs until stopped; stop() resolves when the batch under way is done. */
export function startRelay(postgres: Postgres, events: EventQueue, log: Logger): { stop(): Promise<void> } {
  // Until a round went through, what lies in the outbox may have been handed over already.
  let unsure = true;
  return startRounds({
    async round() {
      const moved = await relayOnce(postgres, events, unsure ? 'unsure' : 'sure');
      unsure = unsure && moved === BATCH;
      return moved === BATCH;
    },
    idle_ms: IDLE_MS,
    trouble_ms: TROUBLE_MS,
    onError(error) {
      unsure = true;
      log.warn({ error: String(error) }, 'events wait in the outbox');
    },
  });
}
