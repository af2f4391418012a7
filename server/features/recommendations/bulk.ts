// One decision for a whole room or scenario: accept, lock, take a room's choices over to rooms of its kind.
import type { BulkRequest, BulkResult } from '../../../contract/recommendations.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { ProjectRow } from '../projects/service.ts';
import { track } from '../track.ts';
import { commitChange, NO_EFFECT, type Who } from './change.ts';
import { swapLine } from './items.ts';
import { arranged, type Line, openScene, roomsToArrange, type Scene } from './scene.ts';
import { takeSooner } from './sooner.ts';
import * as feedbackRows from './sql/feedback.ts';
import * as itemRows from './sql/items.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';

export async function changeMany(
  who: Who,
  recommendation: recommendationRows.RecommendationRow,
  project: ProjectRow,
  request: BulkRequest,
): Promise<BulkResult> {
  const scenarios = await scenarioRows.listScenarios(who.tx, { recommendation_id: recommendation.id });
  const scenario =
    scenarios.find((one) => one.type === request.scenario) ??
    scenarios.find((one) => one.is_selected) ??
    scenarios.find((one) => one.type === 'balanced');
  if (scenario === undefined) throw notFound('scenario of this recommendation');
  const scene = await openScene(who.tx, recommendation, project, scenario);
  const lines = scene.lines.filter(
    (line) =>
      line.stands > 0 && (request.space_id === undefined || line.values.space_id === request.space_id),
  );
  if (request.space_id !== undefined && lines.length === 0)
    throw new AppError('not_found', 'This room has no items in this scenario; choose another room.');
  const result =
    request.action === 'copy_to_like'
      ? await copyToLike(who, scene, lines, request.space_id)
      : request.action === 'take_successors'
        ? await takeSuccessors(who, scene, lines, request.override_limits)
        : request.action === 'take_sooner'
          ? await takeSooner(who, scene, lines, {
              check: {
                now: who.now,
                delivery_date: scene.brief.timeline?.delivery_date ?? null,
                max_lead_time_days: scene.brief.max_lead_time_days ?? null,
              },
              override_limits: request.override_limits,
            })
          : request.action === 'accept_like'
            ? await decideAll(who, scene, linesLike(scene, lines, request.space_id), 'accept')
            : await decideAll(who, scene, lines, request.action);
  await track(who.tx, who.actor, who.now, {
    event_name: `items_${request.action}`,
    event_type: 'action',
    project_id: project.id,
    organization_id: project.organization_id,
    properties: { changed: result.changed },
  });
  return result;
}

/** Status and lock move no piece: rejected items are left as they are, a bulk accept takes none back in. */
async function decideAll(
  { tx, actor }: Who,
  scene: Scene,
  lines: readonly Line[],
  action: 'accept' | 'reset' | 'lock' | 'unlock',
): Promise<BulkResult> {
  const open = lines.filter((line) => line.values.status !== 'rejected');
  const set = {
    accept: { status: 'accepted' },
    reset: { status: 'proposed' },
    lock: { locked: true },
    unlock: { locked: false },
  }[action];
  const [key, value] = Object.entries(set)[0] as ['status' | 'locked', string | boolean];
  const changed = open.filter((line) => line.values[key] !== value);
  const ids = changed.map((line) => line.values.id);
  await itemRows.updateItems(tx, scene.scenario.id, ids, set);
  if (action === 'accept')
    await feedbackRows.insertFeedbacks(
      tx,
      changed.map(({ values }) => ({
        recommendation_id: scene.recommendation.id,
        recommendation_item_id: values.id,
        user_id: actor.user_id,
        feedback_type: 'acceptance',
        accepted: true,
        modification_details: JSON.stringify({ kind: 'bulk', product_id: values.product_id }),
      })),
    );
  return { changed: changed.length, skipped: [], effect: NO_EFFECT };
}

/** The lines of a room and, in rooms of its type, those that are met by the same products. */
function linesLike(scene: Scene, lines: readonly Line[], space_id: string | undefined): Line[] {
  const room = roomOf(scene, space_id, 'to be accepted with rooms like it');
  const rooms = new Set(scene.spaces.filter((space) => space.type === room.type).map((space) => space.id));
  const kept = lines.filter((line) => line.values.status !== 'rejected');
  const products = new Set(kept.map((line) => `${line.need.role}|${line.product.id}`));
  return scene.lines.filter(
    (line) =>
      line.stands > 0 &&
      (kept.includes(line) ||
        (rooms.has(line.values.space_id ?? '') && products.has(`${line.need.role}|${line.product.id}`))),
  );
}

function roomOf(scene: Scene, space_id: string | undefined, what: string): Scene['spaces'][number] {
  const room = scene.spaces.find((space) => space.id === space_id);
  if (room === undefined)
    throw new AppError('invalid_input', `Say which room is ${what}: give its space_id.`);
  return room;
}

/** Swaps what is no longer sold for its successor; lines without one that is sold are told. */
async function takeSuccessors(
  who: Who,
  scene: Scene,
  lines: readonly Line[],
  override_limits: boolean | undefined,
): Promise<BulkResult> {
  const rows = new Map(
    (await itemRows.listItems(who.tx, scene.scenario.id)).map((row) => [row.id, row] as const),
  );
  const untouched = scene.lines.map((line) => ({ ...line }));
  const skipped: BulkResult['skipped'] = [];
  const swapped: Line[] = [];
  for (const line of lines) {
    const row = rows.get(line.values.id);
    if (row === undefined || row.product_status === 'active' || line.values.status === 'rejected') continue;
    const room = { space_id: line.values.space_id, space_name: line.space_name };
    if (row.successor_id === null)
      skipped.push({
        ...room,
        why: `${line.product.name} has no successor that is sold; choose another product.`,
      });
    else if (line.values.locked)
      skipped.push({ ...room, why: `${line.product.name} is locked; unlock it to take its successor.` });
    else {
      await swapLine(who, line, row, {
        product_id: row.successor_id,
        same_part: true,
        reason: 'its successor',
      });
      swapped.push(line);
    }
  }
  if (swapped.length === 0) return { changed: 0, skipped, effect: NO_EFFECT };
  const effect = await commitChange(who, scene, untouched, {
    space_ids: [...new Set(swapped.map((line) => line.values.space_id))],
    label: `Successors taken for ${swapped.length} ${swapped.length === 1 ? 'line' : 'lines'}`,
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

/** In every other room of the same type, the same part is met by the same product, where the room holds it. */
async function copyToLike(
  who: Who,
  scene: Scene,
  lines: readonly Line[],
  space_id: string | undefined,
): Promise<BulkResult> {
  const from = roomOf(scene, space_id, 'to be copied');
  const like = scene.spaces.filter((space) => space.type === from.type && space.id !== from.id);
  const untouched = scene.lines.map((line) => ({ ...line }));
  const skipped: BulkResult['skipped'] = [];
  const touched: string[] = [];
  let changed = 0;
  for (const space of like) {
    const targets = scene.lines.filter((line) => line.values.space_id === space.id && line.stands > 0);
    const swaps = targets.flatMap((line) => {
      const source = lines.find(
        (one) => one.need.role === line.need.role && one.values.status !== 'rejected',
      );
      const same = source === undefined || source.product.id === line.product.id;
      return same || line.values.locked || line.values.status === 'rejected' ? [] : [{ line, source }];
    });
    if (swaps.length === 0) continue;
    const before = swaps.map(({ line }) => ({ line, copy: { ...line } }));
    const stood = new Map(targets.map((line) => [line.values.id, line.stands]));
    for (const { line, source } of swaps) {
      const { category, name, lead_time_days } = line.product;
      await swapLine(
        who,
        line,
        { category, product_name: name, lead_time_days },
        {
          product_id: source.product.id,
          same_part: true,
          reason: `as in ${source.space_name ?? 'the room it was copied from'}`,
        },
      );
    }
    const why = await shortIn(scene, space.id, stood, new Set(swaps.map(({ line }) => line)));
    if (why === null) {
      touched.push(space.id);
      changed += swaps.length;
      continue;
    }
    for (const { line, copy } of before) Object.assign(line, copy);
    skipped.push({ space_id: space.id, space_name: targets[0]?.space_name ?? null, why });
  }
  if (touched.length === 0) return { changed: 0, skipped, effect: NO_EFFECT };
  const effect = await commitChange(who, scene, untouched, {
    space_ids: touched,
    label: `Choices of ${lines[0]?.space_name ?? 'a room'} taken over to ${touched.length} rooms like it`,
  });
  await recommendationRows.updateRecommendation(who.tx, scene.recommendation.id, { generated_by: 'hybrid' });
  return { changed, skipped, effect };
}

/** Why a room does not hold its lines as they are now; null when it does. */
async function shortIn(
  scene: Scene,
  space_id: string,
  stood: ReadonlyMap<string, number>,
  swapped: ReadonlySet<Line>,
): Promise<string | null> {
  const rooms = roomsToArrange(scene, [space_id]);
  if (rooms.length === 0) return null;
  const [result] = await arranged(rooms, scene.spaces);
  for (const line of scene.lines.filter((one) => one.values.space_id === space_id)) {
    const placed = result?.placements.get(line.values.id)?.length ?? 0;
    const needed = swapped.has(line) ? line.values.wanted : (stood.get(line.values.id) ?? 0);
    if (placed < needed && line.values.status !== 'rejected')
      return `Only ${placed} of ${needed} × ${line.product.name} would find a place.`;
  }
  return null;
}
