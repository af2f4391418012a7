// Turns recorded feedback into rows to train on, with the features that products had when they were offered. Feedback of
// organizations that have switched learning off, and what was taken back, is marked as read and becomes no row.
import { z } from 'zod';
import type { CandidateProduct } from '../../../contract/choice.ts';
import { Id } from '../../../contract/common.ts';
import { Impression } from '../../../contract/learning.ts';
import { featuresOf } from '../../../engine/learning/features.ts';
import {
  type DecidedProduct,
  type Decision,
  type OfferedImpression,
  rowOf,
  shownIn,
  swapDecisions,
} from '../../../engine/learning/rows.ts';
import { fromNumber } from '../../../engine/money.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import * as db from './sql/feedback.ts';

const BATCH = 200;
/** Of one rating or selection at most so many lines become rows. */
const MOST_LINES = 100;

/** What the recording side adds to a row of feedback so that it says which product was decided on. */
const Line = z.object({ product_id: Id, quantity: z.number() });
const Details = z
  .object({
    kind: z.enum(['bulk', 'lock', 'scenario']),
    product_id: Id,
    scenario_id: Id,
    from: Line,
    to: Line,
  })
  .partial();

/** All feedback that waits, in portions of one transaction each; gives the number of rows made. */
export async function collectFeedback(deps: Deps, signal?: AbortSignal): Promise<number> {
  let made = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { read, rows } = await deps.postgres.asSystem((tx) => collectSome(tx, deps.now()));
    made += rows;
    if (read < BATCH) return made;
  }
}

async function collectSome(tx: Tx, now: Date): Promise<{ read: number; rows: number }> {
  const waiting = await db.waitingFeedback(tx, BATCH);
  const usable = waiting.filter(
    (one) => one.consented && one.organization_id !== null && one.undone_at === null,
  );
  const offers = await db.impressionsOfRecommendations(tx, [
    ...new Set(usable.map((one) => one.recommendation_id)),
  ]);
  const outside = await db.describedProducts(tx, outsideOf(usable, offers));
  const products = new Map(outside.map((row) => [row.id, row]));
  const rows = usable.flatMap((feedback) => rowsOf(feedback, offers, products));
  await db.insertTrainingRows(tx, rows);
  await db.markCollected(
    tx,
    waiting.map((one) => one.id),
    now,
  );
  return { read: waiting.length, rows: rows.length };
}

/** Products that are decided on and stand in no list. */
function outsideOf(feedback: readonly db.WaitingFeedback[], offers: readonly db.ImpressionRow[]): string[] {
  const listed = new Set(
    offers.flatMap((row) => (row.offer as unknown as Impression).shown.map((one) => one.product_id)),
  );
  const decided = feedback.flatMap((one) => {
    const { product_id, from, to } = detailsOf(one);
    return [one.product_id, product_id, from?.product_id, to?.product_id];
  });
  return [...new Set(decided)].filter((id): id is string => typeof id === 'string' && !listed.has(id));
}

/** Callers may write what they like there: what is not of this shape says nothing. */
function detailsOf(feedback: db.WaitingFeedback): z.infer<typeof Details> {
  return Details.safeParse(feedback.modification_details ?? {}).data ?? {};
}

type Products = ReadonlyMap<string, db.DescribedProduct>;
interface Keyed {
  decision: Decision;
  subject: string;
}

function rowsOf(
  feedback: db.WaitingFeedback,
  offers: readonly db.ImpressionRow[],
  products: Products,
): db.NewTrainingRow[] {
  const own = offers.filter((row) => row.recommendation_id === feedback.recommendation_id);
  return decisionsOf(feedback, own, products).map(({ decision, subject }, index) => ({
    dedupe_key: `${feedback.id}:${index}`,
    subject_key: subject,
    organization_id: feedback.organization_id as string,
    source_id: feedback.project_id,
    decided_at: (feedback.created_at as Date).toISOString(),
    ...rowOf(decision),
  }));
}

function decisionsOf(
  feedback: db.WaitingFeedback,
  offers: readonly db.ImpressionRow[],
  products: Products,
): Keyed[] {
  const details = detailsOf(feedback);
  if (details.kind === 'scenario') return selectionOf(details.scenario_id ?? '', offers);
  if (feedback.feedback_type === 'rating' && feedback.recommendation_item_id === null)
    return ratingOf(feedback, offers);
  const offer = offers.find(
    (row) => row.scenario_id === feedback.scenario_id && row.need_keys.includes(feedback.need_key ?? ''),
  );
  const impression = offer && offered(offer);
  if (impression === undefined) return [];
  const item = feedback.recommendation_item_id ?? impression.id;
  const categories = feedback.feedback_categories ?? [];
  const point = (event: Decision['event'], label: 0 | 1): Keyed[] => {
    const product = decidedOn(impression, details.product_id ?? feedback.product_id, products);
    if (product === undefined) return [];
    return [
      {
        decision: { event, impression, product, label, categories },
        subject: `${item}:${product.product_id}`,
      },
    ];
  };
  if (feedback.feedback_type === 'acceptance')
    return point(details.kind === 'bulk' ? 'bulk_acceptance' : 'acceptance', 1);
  if (feedback.feedback_type === 'rejection') return point('rejection', 0);
  if (feedback.feedback_type === 'rating') {
    const stars = feedback.rating ?? 3;
    return stars === 3 ? [] : point('rating', stars > 3 ? 1 : 0);
  }
  if (details.kind === 'lock') return point('lock', 1);
  const { from, to } = details;
  if (from === undefined || to === undefined) return [];
  if (from.product_id === to.product_id) return to.quantity > from.quantity ? point('quantity', 1) : [];
  const [old, chosen] = [from, to].map((one) => decidedOn(impression, one.product_id, products));
  if (old === undefined || chosen === undefined) return [];
  return swapDecisions(impression, old, chosen).map((decision) => ({
    decision,
    subject: `${item}:${[decision.product, decision.against]
      .flatMap((one) => (one === undefined ? [] : [one.product_id]))
      .sort()
      .join('>')}`,
  }));
}

function offered(row: db.ImpressionRow): OfferedImpression | undefined {
  const parsed = Impression.safeParse({ ...(row.offer as object), need_keys: row.need_keys });
  return parsed.success ? { ...parsed.data, id: row.id, model_version: row.model_version } : undefined;
}

/** As it was offered; a product from outside the list is placed among its candidates, its fit unknown. */
function decidedOn(
  impression: OfferedImpression,
  productId: string | null | undefined,
  products: Products,
): DecidedProduct | undefined {
  if (productId === null || productId === undefined) return undefined;
  const listed = shownIn(impression, productId);
  if (listed !== undefined) return listed;
  const row = products.get(productId);
  if (row === undefined) return undefined;
  const cents = fromNumber(row.list_price);
  const product: CandidateProduct = {
    ...row,
    tags: row.tags ?? [],
    specifications: (row.specifications ?? {}) as CandidateProduct['specifications'],
    sustainability: (row.sustainability ?? {}) as CandidateProduct['sustainability'],
    list_price_cents: cents,
    unit_price_cents: cents,
    in_stock: row.in_stock ?? true,
    lead_time_days: row.lead_time_days ?? 14,
    moq: row.moq ?? 1,
  };
  const features = featuresOf(product, impression.span, { quality: 0.5, fit: 0.5 });
  return { product_id: productId, features, position: null };
}

/** Stars for a whole recommendation say a little about every line of what was looked at. */
function ratingOf(feedback: db.WaitingFeedback, offers: readonly db.ImpressionRow[]): Keyed[] {
  const stars = feedback.rating ?? 3;
  if (stars === 3) return [];
  const shown = offers.filter((row) => row.is_selected === true);
  const looked = shown.length > 0 ? shown : offers.filter((row) => row.scenario_type === 'balanced');
  return looked.slice(0, MOST_LINES).flatMap((row) => {
    const impression = offered(row);
    const product = impression?.shown[0];
    if (impression === undefined || product === undefined) return [];
    const decision: Decision = { event: 'rating', impression, product, label: stars > 3 ? 1 : 0 };
    return [{ decision, subject: `${row.id}:${product.product_id}:rating` }];
  });
}

/** A scenario taken over the others: its products over theirs for the same need, where they differ. */
function selectionOf(scenarioId: string, offers: readonly db.ImpressionRow[]): Keyed[] {
  const seen = new Set<string>();
  const rows: Keyed[] = [];
  for (const row of offers.filter((one) => one.scenario_id === scenarioId)) {
    const impression = offered(row);
    const product = impression?.shown[0];
    if (impression === undefined || product === undefined) continue;
    const others = offers.filter(
      (one) => one.scenario_id !== scenarioId && one.need_keys.some((key) => row.need_keys.includes(key)),
    );
    for (const other of others) {
      const against = offered(other)?.shown[0];
      if (against === undefined || against.product_id === product.product_id) continue;
      const subject = `${row.id}:${[product.product_id, against.product_id].sort().join('>')}:scenario`;
      if (seen.has(subject) || rows.length >= MOST_LINES) continue;
      seen.add(subject);
      rows.push({ decision: { event: 'scenario', impression, product, against, label: 1 }, subject });
    }
  }
  return rows;
}
