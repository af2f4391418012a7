// One item of a recommendation changed by a person: accepted, rejected, locked, counted, swapped. Its room is furnished anew
// at once; what does not fit is refused, unless the person takes as many as the room holds.
import type {
  ChangeEffect,
  RecommendationItem,
  UpdateItemRequest,
} from '../../../contract/recommendations.ts';
import { extend, fromNumber, toNumber } from '../../../engine/money.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { ProjectRow } from '../projects/service.ts';
import { track } from '../track.ts';
import { type ChangeOptions, commitChange, NO_EFFECT, type Who } from './change.ts';
import { kinFor } from './kin.ts';
import { recordOutcome } from './outcome.ts';
import { type Line, openScene, piecesInstead, type Scene, type StoredNeed } from './scene.ts';
import { toCandidate } from './shapes.ts';
import * as feedbackRows from './sql/feedback.ts';
import * as itemRows from './sql/items.ts';
import * as productRows from './sql/products.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';

export interface ItemChange {
  recommendation: recommendationRows.RecommendationRow;
  project: ProjectRow;
  itemId: string;
  change: UpdateItemRequest;
}

export async function changeItem(
  who: Who,
  { recommendation, project, itemId, change }: ItemChange,
): Promise<ChangeEffect> {
  const { tx, actor, now } = who;
  const before = await itemRows.findItem(tx, recommendation.id, itemId);
  if (before === undefined) throw notFound('item of this recommendation');
  const [scenario] =
    before.scenario_id === null ? [] : await scenarioRows.listScenarios(tx, { id: before.scenario_id });
  if (scenario === undefined) throw notFound('scenario of this item');
  const swapped = change.product_id !== undefined && change.product_id !== before.product_id;
  const counted = change.quantity !== undefined && change.quantity !== before.quantity;
  if (before.locked && swapped && change.locked !== false)
    throw new AppError('conflict', `${before.product_name} is locked; unlock it to swap it.`);
  // In or out of the bill: what is rejected stands nowhere and is in no sum.
  const turned =
    change.status !== undefined &&
    change.status !== before.status &&
    (change.status === 'rejected') !== (before.status === 'rejected');
  const moves = swapped || counted || turned;
  if (!moves && change.status === undefined && change.locked === undefined) return NO_EFFECT;
  const scene = await openScene(tx, recommendation, project, scenario);
  const untouched = scene.lines.map((line) => ({ ...line }));
  const line = scene.lines.find((one) => one.values.id === itemId);
  if (line === undefined) throw notFound('item of this recommendation');
  if (swapped) await swapLine(who, line, before, change);
  if (counted) countLine(line, change.quantity as number);
  if (swapped && change.status !== undefined) line.values = { ...line.values, status: change.status };
  else if (change.status !== undefined) setStatus(line, change.status);
  if (change.locked !== undefined) line.values = { ...line.values, locked: change.locked };
  if (!moves) {
    await itemRows.updateItem(tx, itemId, { status: line.values.status, locked: line.values.locked });
  }
  const effect = moves
    ? await commitChange(who, scene, untouched, {
        space_ids: [line.values.space_id],
        label: labelOf(line, { swapped, counted }, before.product_name),
        chosen: swapped || counted ? [line] : [],
        override_limits: change.override_limits,
        keep_places: turned && !swapped && !counted && change.status === 'rejected',
        guard: swapped || counted ? guardFor(line, scene, change) : undefined,
      } as ChangeOptions)
    : NO_EFFECT;
  await keepFeedback(who, recommendation, before, change, swapped);
  if (swapped || counted)
    await recommendationRows.updateRecommendation(tx, recommendation.id, { generated_by: 'hybrid' });
  await recordOutcome(tx, actor, recommendation, now, { modified: true });
  await track(tx, actor, now, {
    event_name: swapped
      ? 'item_swapped'
      : change.status === undefined
        ? 'item_changed'
        : `item_${change.status}`,
    event_type: 'action',
    project_id: project.id,
    organization_id: project.organization_id,
    properties: { category: before.category, subcategory: before.subcategory, product_id: before.product_id },
  });
  return effect;
}

function labelOf(line: Line, how: { swapped: boolean; counted: boolean }, name: string): string {
  const where = line.space_name === null ? '' : ` in ${line.space_name}`;
  if (how.swapped) return `${name} swapped for ${line.product.name}${where}`;
  if (how.counted) return `${line.values.wanted} × ${name}${where}`;
  return `${name} ${line.values.status}${where}`;
}

function setStatus(line: Line, status: string): void {
  line.values = {
    ...line.values,
    status,
    ...(status === 'rejected' ? { placement: null } : {}),
  };
}

/** Sets what a person counted; it stays so when the rest is recommended again. */
function countLine(line: Line, quantity: number): void {
  line.values = { ...line.values, wanted: quantity, need: { ...line.need, kind: 'hand' } };
}

/** Refuses a change that leaves pieces without a place: the changed line's own, or others' that stood before. */
export function guardFor(
  line: Line,
  scene: Scene,
  change: Pick<UpdateItemRequest, 'if_no_place'>,
): (before: ReadonlyMap<string, number>) => void {
  return (before) => {
    const pushed = scene.lines.filter(
      (other) =>
        other !== line &&
        other.values.space_id === line.values.space_id &&
        other.stands < (before.get(other.values.id) ?? 0),
    );
    const short = line.stands < line.values.wanted;
    if (!short && pushed.length === 0) return;
    if (change.if_no_place === 'fit' && line.stands > 0) {
      line.values = { ...line.values, wanted: line.stands };
      return;
    }
    const room = line.space_name ?? 'the room';
    const own = short
      ? line.stands === 0
        ? `No ${line.product.name} finds a place in ${room}. ${line.why ?? ''}`
        : `Only ${line.stands} of ${line.values.wanted} × ${line.product.name} find a place in ${room}. ${line.why ?? ''}`
      : `With ${line.values.wanted} × ${line.product.name} there is no place in ${room} for ${pushed
          .map(
            (other) =>
              `${(before.get(other.values.id) ?? 0) - other.stands} × ${other.need.label.toLowerCase()}`,
          )
          .join(', ')}.`;
    const help =
      line.stands === 0
        ? 'Choose a smaller product.'
        : short
          ? `Choose a smaller product, or confirm to take ${line.stands}.`
          : 'Choose a smaller product or fewer, or confirm to do without them.';
    throw new AppError('conflict', `${own.trim()} ${help}`, {
      fields: line.stands === 0 ? [] : [{ path: 'if_no_place', message: help }],
    });
  };
}

type StoredAlternative = RecommendationItem['alternatives'][number] & {
  quality_score?: number;
  value_score?: number;
  rank?: number;
};

export async function swapLine(
  { tx, now }: Who,
  line: Line,
  before: Pick<itemRows.ItemRow, 'category' | 'product_name' | 'lead_time_days'> & {
    successor_sku?: string | null;
  },
  change: {
    product_id?: string | undefined;
    quantity?: number | undefined;
    reason?: string | undefined;
    /** The product is known to play the line's part. */
    same_part?: boolean;
  },
): Promise<void> {
  const row = await productRows.findCandidate(tx, change.product_id ?? '');
  if (row === undefined) throw notFound('active product');
  const known = (line.values.alternatives ?? []) as StoredAlternative[];
  const offered = known.find((one) => one.product_id === row.id);
  // What was offered fits the need, also from another category; anything else has to be of the same kind.
  const follows = before.successor_sku !== undefined && before.successor_sku === row.sku;
  if (row.category !== before.category && offered === undefined && change.same_part !== true && !follows)
    throw new AppError(
      'invalid_input',
      `${row.name} is of the category ${row.category}, the item needs ${before.category}; choose one of its alternatives or a product of that category.`,
    );
  const product = toCandidate(row);
  const wanted = change.quantity ?? piecesInstead(line, product);
  const old = line.values;
  const back: StoredAlternative = {
    product_id: old.product_id,
    sku: line.product.sku,
    name: line.product.name,
    quantity: old.wanted,
    unit_price: old.unit_price,
    keeps_limits: null,
    price_diff: toNumber(
      extend(fromNumber(old.unit_price), old.wanted) - extend(fromNumber(row.list_price), wanted),
    ),
    lead_time_diff:
      before.lead_time_days === null || row.lead_time_days === null
        ? null
        : before.lead_time_days - row.lead_time_days,
    carbon_diff: null,
    sustainability_diff: null,
    reason: 'Recommended before the swap.',
    ...(line.need.quality === null || line.need.quality === undefined
      ? {}
      : { quality_score: line.need.quality }),
    ...(line.need.value === null || line.need.value === undefined ? {} : { value_score: line.need.value }),
    ...(line.need.rank ? { rank: line.need.rank } : {}),
  };
  const others = known.filter((one) => one.product_id !== row.id);
  const known_ids = new Set([row.id, old.product_id, ...others.map((one) => one.product_id)]);
  const kin =
    others.length >= 2 ? [] : (await kinFor(tx, product)).filter((one) => !known_ids.has(one.product_id));
  const reason = change.reason?.trim() ?? '';
  const need: StoredNeed = {
    ...line.need,
    quality: offered?.quality_score ?? null,
    value: offered?.value_score ?? null,
    rank: offered?.rank ?? null,
  };
  line.product = product;
  line.need = need;
  line.values = {
    ...old,
    need,
    product_id: row.id,
    variant_id: null,
    wanted,
    // Priced by the terms when the scenario is counted anew.
    unit_price: row.list_price,
    unit_list_price: row.list_price,
    total_price: toNumber(extend(fromNumber(row.list_price), wanted)),
    quoted_lead_time_days: row.lead_time_days,
    quoted_at: now.toISOString(),
    status: 'substituted',
    alternatives: [back, ...others, ...kin].slice(0, 5),
    reasoning: `Chosen by hand instead of ${before.product_name}${reason === '' ? '' : `: ${reason}`}.`,
    confidence_score: null,
  };
}

async function keepFeedback(
  { tx, actor }: Who,
  recommendation: recommendationRows.RecommendationRow,
  item: itemRows.ItemRow,
  change: UpdateItemRequest,
  swapped: boolean,
): Promise<void> {
  const common = {
    recommendation_id: recommendation.id,
    recommendation_item_id: item.id,
    user_id: actor.user_id,
    feedback_text: change.reason ?? null,
    feedback_categories: change.categories ?? null,
  };
  // By the time feedback is read the item may hold another product.
  const about = (product_id: string, kind?: 'lock') => ({
    ...common,
    modification_details: JSON.stringify({ product_id, ...(kind === undefined ? {} : { kind }) }),
  });
  const after = change.product_id ?? item.product_id;
  if (change.status === 'accepted')
    await feedbackRows.insertFeedback(tx, { ...about(after), feedback_type: 'acceptance', accepted: true });
  if (change.status === 'rejected')
    await feedbackRows.insertFeedback(tx, {
      ...about(item.product_id),
      feedback_type: 'rejection',
      accepted: false,
    });
  if (change.locked === true && !item.locked)
    await feedbackRows.insertFeedback(tx, { ...about(after, 'lock'), feedback_type: 'modification' });
  if (swapped || (change.quantity !== undefined && change.quantity !== item.quantity)) {
    const details = {
      from: { product_id: item.product_id, quantity: item.quantity },
      to: { product_id: change.product_id ?? item.product_id, quantity: change.quantity ?? item.quantity },
    };
    await feedbackRows.insertFeedback(tx, {
      ...common,
      feedback_type: 'modification',
      modified: true,
      modification_details: JSON.stringify(details),
    });
  }
}
