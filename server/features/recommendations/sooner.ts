// Lines that come too late, each swapped for what meets the same need in time: of what was offered beside it the best, else
// the nearest of its kind. A piece takes no more floor than the one it replaces and keeps the limits on single products.
import type { CandidateProduct } from '../../../contract/choice.ts';
import type { BulkResult } from '../../../contract/recommendations.ts';
import { type ChoiceLimits, limitTests } from '../../../engine/ranking/candidates.ts';
import { byLikeness } from '../../../engine/ranking/kin.ts';
import { commitChange, NO_EFFECT, type Who } from './change.ts';
import { standsInstead } from './credit-swaps.ts';
import { swapLine } from './items.ts';
import { daysAllowed, type QuoteCheck } from './quote-check.ts';
import { type Line, piecesInstead, type Scene } from './scene.ts';
import { toCandidate } from './shapes.ts';
import * as productRows from './sql/products.ts';
import * as recommendationRows from './sql/recommendations.ts';

export interface SoonerOptions {
  check: Pick<QuoteCheck, 'now' | 'delivery_date' | 'max_lead_time_days'>;
  override_limits?: boolean | undefined;
}

export async function takeSooner(
  who: Who,
  scene: Scene,
  lines: readonly Line[],
  { check, override_limits }: SoonerOptions,
): Promise<BulkResult> {
  const days = daysAllowed(check);
  if (days === null) return { changed: 0, skipped: [], effect: NO_EFFECT };
  if (days < 0) {
    const why = `The delivery date of the brief, ${check.delivery_date}, has passed; change it first.`;
    return { changed: 0, skipped: [{ space_id: null, space_name: null, why }], effect: NO_EFFECT };
  }
  const untouched = scene.lines.map((line) => ({ ...line }));
  const limits = ((scene.recommendation.summary ?? {}) as { limits?: ChoiceLimits }).limits ?? {};
  const keeps = (product: CandidateProduct) => limitTests(limits).every(([, , test]) => test(product));
  const skipped: BulkResult['skipped'] = [];
  const swapped: Line[] = [];
  for (const line of lines) {
    const { product, values } = line;
    if (values.status === 'rejected' || product.lead_time_days <= days) continue;
    const room = { space_id: values.space_id, space_name: line.space_name };
    if (values.locked) {
      skipped.push({ ...room, why: `${product.name} is locked; unlock it to take a sooner one.` });
      continue;
    }
    const { found, soonest } = await soonerFor(who, line, days, keeps);
    if (found === undefined) {
      const nearest =
        soonest === null
          ? 'nothing of its kind and size is sold'
          : `the soonest of its kind and size takes ${soonest} days`;
      skipped.push({
        ...room,
        why: `${product.name}: ${nearest}, and ${days} ${days === 1 ? 'is' : 'are'} left.`,
      });
      continue;
    }
    const { category, name, lead_time_days } = product;
    await swapLine(
      who,
      line,
      { category, product_name: name, lead_time_days },
      { product_id: found.id, same_part: true, reason: 'it comes in time' },
    );
    swapped.push(line);
  }
  if (swapped.length === 0) return { changed: 0, skipped, effect: NO_EFFECT };
  const effect = await commitChange(who, scene, untouched, {
    space_ids: [...new Set(swapped.map((line) => line.values.space_id))],
    label: `Sooner products taken for ${swapped.length} ${swapped.length === 1 ? 'line' : 'lines'}`,
    chosen: swapped,
    override_limits,
  });
  for (const line of swapped)
    if (line.stands < line.values.wanted)
      skipped.push({
        space_id: line.values.space_id,
        space_name: line.space_name,
        why: `${line.stands} of ${line.values.wanted} × ${line.product.name} find a place.`,
      });
  await recommendationRows.updateRecommendation(who.tx, scene.recommendation.id, { generated_by: 'hybrid' });
  return { changed: swapped.length, skipped, effect };
}

interface Sooner {
  found: CandidateProduct | undefined;
  /** Days of the soonest that would stand instead, whether in time or not; null where nothing would. */
  soonest: number | null;
}

async function soonerFor(
  { tx }: Who,
  line: Line,
  days: number,
  keeps: (product: CandidateProduct) => boolean,
): Promise<Sooner> {
  const offered = (line.values.alternatives ?? []) as { product_id: string }[];
  const rows = await productRows.soldProducts(
    tx,
    offered.map((one) => one.product_id),
  );
  const byId = new Map(rows.map((row) => [row.id, toCandidate(row)]));
  // In the order in which they were offered: the best on value first.
  const alternatives = offered.flatMap((one) => byId.get(one.product_id) ?? []);
  const kin = (await productRows.kinOf(tx, line.product)).map(toCandidate);
  const instead = [...alternatives, ...byLikeness(line.product, kin)].filter(
    (one) =>
      one.id !== line.product.id && keeps(one) && standsInstead(line.product, one, piecesInstead(line, one)),
  );
  return {
    found: instead.find((one) => one.lead_time_days <= days),
    soonest: instead.reduce<number | null>(
      (a, one) => Math.min(a ?? Number.POSITIVE_INFINITY, one.lead_time_days),
      null,
    ),
  };
}
