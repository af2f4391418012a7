// Events that were refused, taken in anew: after a release that knows what an older one did not, or when ClickHouse can
// store what it could not. An event counts once however often it is replayed; what is refused again stays where it is.
import { createHash } from 'node:crypto';
import type { ReplayReceipt } from '../../../contract/analytics.ts';
import {
  EVENT_STREAMS,
  EventRow,
  type EventRows,
  ProductViewRow,
  RecommendationMetricRow,
} from '../../../contract/events.ts';
import { eventRows } from '../../platform/event-rows.ts';
import type { Deps } from '../context.ts';
import { deleteLetters, type Letter, lettersPage } from './clickhouse.ts';
import * as db from './sql.ts';

const PAGE = 1_000;
/** What is looked at in one call; the newest letters come first. */
const MOST_PAGES = 20;

const ROWS = {
  events: EventRow,
  product_views: ProductViewRow,
  recommendation_metrics: RecommendationMetricRow,
};
const ID = { events: 'event_id', product_views: 'view_id' } as const;

export async function replayLetters(
  deps: Pick<Deps, 'postgres' | 'clickhouse' | 'events'>,
): Promise<ReplayReceipt> {
  let stored = 0;
  let refused = 0;
  let after: Letter | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const letters = await lettersPage(deps.clickhouse, PAGE, after);
    if (letters.length === 0) break;
    const people = await deps.postgres.asSystem((tx) =>
      db.peopleOf(tx, [...new Set(letters.flatMap((one) => one.user_id ?? []))]),
    );
    const kinds = new Map(people.map((one) => [one.id, one.user_type]));
    const taken = letters.flatMap((letter) => {
      const rows = rowsOf(letter, letter.user_id === null ? null : (kinds.get(letter.user_id) ?? null));
      return rows === null ? [] : [{ letter, rows }];
    });
    const of = <S extends keyof EventRows>(stream: S) =>
      taken.flatMap(({ rows }) => (rows[stream] ?? []) as NonNullable<EventRows[S]>[number][]);
    if (taken.length > 0) {
      await deps.events.append({
        events: of('events'),
        product_views: of('product_views'),
        recommendation_metrics: of('recommendation_metrics'),
      });
      await deleteLetters(
        deps.clickhouse,
        taken.map(({ letter }) => letter.key),
      );
    }
    stored += taken.length;
    refused += letters.length - taken.length;
    after = letters.at(-1);
    if (letters.length < PAGE) break;
  }
  return { stored, refused };
}

/** The rows of a letter, by today's rules; null where it is refused still. */
function rowsOf(letter: Letter, user_type: string | null): EventRows | null {
  const stream = EVENT_STREAMS.find((one) => one === letter.stream);
  const given = readObject(letter.payload);
  if (stream === undefined || given === null) return null;
  if (letter.made_by_server) {
    const row = ROWS[stream].safeParse(given);
    return row.success ? { [stream]: [row.data] } : null;
  }
  // What a browser sent never passes for the server's own word, whatever it says of itself.
  if (stream === 'recommendation_metrics') return null;
  const { user_id, organization_id, received_at } = letter;
  const entry = { ...given, [ID[stream]]: given[ID[stream]] ?? idOf(letter) };
  const { rows } = eventRows(
    { events: [], product_views: [], [stream]: [entry] },
    {
      user_id,
      organization_id,
      user_type,
      user_agent: '',
      ip_address: '',
      received_at: new Date(received_at),
    },
  );
  return rows.events.length + rows.product_views.length === 0 ? null : rows;
}

function readObject(payload: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** The same letter gives the same id. */
function idOf({ stream, payload, received_at }: Letter): string {
  const hash = createHash('sha256').update(`${stream}\n${received_at}\n${payload}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
