// What every change by hand has in common: the rooms are furnished anew, bill and plan stay in step, limits are watched,
// the sums follow, and the rows as they were are kept so that it can be taken back.
import type { Arrangement } from '../../../contract/layout.ts';
import type { ChangeEffect } from '../../../contract/recommendations.ts';
import { type ChoiceLimits, limitTests } from '../../../engine/ranking/candidates.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { spacesOfProject } from '../floorplans/service.ts';
import type { ProjectRow } from '../projects/service.ts';
import { type Planning, planningOf } from './planning.ts';
import { compareScenarios, recount } from './recount.ts';
import { type KeptShortfall, type Line, rearrange, type Scene, writeScene } from './scene.ts';
import { findChange, insertChange, laterChange, markUndone } from './sql/changes.ts';
import * as itemRows from './sql/items.ts';
import type * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';

/** Of what moved nothing. */
export const NO_EFFECT: ChangeEffect = {
  change_id: null,
  total_cost: null,
  price_diff: null,
  carbon_diff_kg: null,
  lead_time_days: null,
  also_changed: [],
};

export interface Who {
  tx: Tx;
  /** A person, or the job that follows what a person did. */
  actor: Actor | { user_id: string };
  now: Date;
}

export interface ChangeOptions {
  /** Rooms that are furnished anew and written; null for the lines of no room. */
  space_ids: (string | null)[];
  label: string;
  arrangement?: Arrangement | undefined;
  /** Leaves the rooms as they are: the change moves nothing. */
  keep_places?: boolean;
  /** Lines whose product was put there by a person: judged by the limits on single products. */
  chosen?: readonly Line[];
  override_limits?: boolean | undefined;
  /** Looks at what the rooms hold now, before anything is written; throws to refuse. */
  guard?: (before: ReadonlyMap<string, number>) => void;
}

interface Before {
  items: itemRows.ItemValues[];
  shortfalls: KeptShortfall[];
  rooms: Scene['layout']['rooms'];
}

/** Call after the scene's lines were changed; `untouched` is the scene as it was loaded. */
export async function commitChange(
  who: Who,
  scene: Scene,
  untouched: readonly Line[],
  options: ChangeOptions,
): Promise<ChangeEffect> {
  const { tx, actor, now } = who;
  const touched = new Set(options.space_ids);
  const before = beforeOf(scene, untouched, touched);
  const counts = new Map(untouched.map((line) => [line.values.id, line.stands]));
  if (!options.keep_places) {
    const rooms = options.space_ids.filter((id): id is string => id !== null);
    for (const line of scene.lines)
      if (line.values.space_id === null || !scene.rooms.has(line.values.space_id))
        line.stands = line.values.wanted;
    await rearrange(scene, rooms, options.arrangement);
    for (const line of scene.lines) if (isUnplaced(scene, line)) withCount(line, line.values.wanted);
    options.guard?.(counts);
  }
  await writeScene(tx, scene, options.space_ids);
  const change_id = await insertChange(tx, {
    recommendation_id: scene.recommendation.id,
    project_id: scene.project.id,
    scenario_id: scene.scenario.id,
    space_ids: options.space_ids.map((id) => id ?? ''),
    label: options.label.slice(0, 300),
    before: JSON.stringify(before),
    created_by: actor.user_id,
  });
  const planning = await planningOf(tx, scene.project.id, now);
  const effect = await recounted(who, scene.project, scene.scenario, planning);
  if (options.override_limits !== true) await keepLimits(tx, scene, effect.after, options.chosen ?? []);
  const also_changed = scene.lines.flatMap((line) => {
    const from = counts.get(line.values.id) ?? 0;
    const mine = options.chosen?.includes(line) ?? false;
    return from === line.stands || mine ? [] : [{ label: line.need.label, from, to: line.stands }];
  });
  return { ...effect.effect, change_id, also_changed };
}

function isUnplaced(scene: Scene, line: Line): boolean {
  return line.values.space_id === null || !scene.rooms.has(line.values.space_id);
}

/** A line of no drawn room: as many as wanted, standing nowhere. */
function withCount(line: Line, count: number): void {
  line.stands = count;
  line.values = {
    ...line.values,
    quantity: count,
    total_price: (Math.round(100 * line.values.unit_price) * count) / 100,
    placement: null,
  };
}

function beforeOf(scene: Scene, untouched: readonly Line[], touched: ReadonlySet<string | null>): Before {
  const stored = (scene.scenario.shortfalls ?? []) as unknown as KeptShortfall[];
  const layout = (scene.scenario.layout ?? {}) as unknown as Partial<Scene['layout']>;
  return {
    items: untouched
      .filter((line) => line.stands > 0 && touched.has(line.values.space_id))
      .map((line) => line.values),
    shortfalls: stored.filter((one) => touched.has(one.space_id)),
    rooms: (layout.rooms ?? []).filter((room) => touched.has(room.space_id)),
  };
}

interface Recounted {
  after: scenarioRows.ScenarioRow;
  effect: Omit<ChangeEffect, 'change_id' | 'also_changed'>;
}

/** Sums and differences anew, and what moved. */
export async function recounted(
  { tx, now }: Who,
  project: ProjectRow,
  before: scenarioRows.ScenarioRow,
  planning: Planning,
  options: { refresh_prices?: boolean } = {},
): Promise<Recounted> {
  await recount(tx, project, before.id, planning, now, options);
  if (before.recommendation_id !== null)
    await compareScenarios(tx, before.recommendation_id, before.currency);
  const [after] = await scenarioRows.listScenarios(tx, { id: before.id });
  if (after === undefined) throw notFound('scenario');
  const metrics = (row: scenarioRows.ScenarioRow) =>
    row.metrics as { carbon_kg?: number | null; lead_time_days?: number | null };
  const carbon = [metrics(before).carbon_kg, metrics(after).carbon_kg];
  return {
    after,
    effect: {
      total_cost: after.total_cost,
      price_diff: Math.round(100 * (after.total_cost - before.total_cost)) / 100,
      carbon_diff_kg:
        carbon[0] === null || carbon[0] === undefined || carbon[1] === null || carbon[1] === undefined
          ? null
          : Math.round(100 * (carbon[1] - carbon[0])) / 100,
      lead_time_days: metrics(after).lead_time_days ?? null,
    },
  };
}

/** Refuses what breaks a limit the recommendation was made with, unless it was broken worse before. */
async function keepLimits(
  tx: Tx,
  scene: Scene,
  after: scenarioRows.ScenarioRow,
  chosen: readonly Line[],
): Promise<void> {
  const limits = ((scene.recommendation.summary ?? {}) as { limits?: ChoiceLimits }).limits ?? {};
  const furniture = (row: scenarioRows.ScenarioRow) =>
    Math.round(
      100 *
        ((row.lines as unknown as { key: string; amount: number }[]).find((line) => line.key === 'furniture')
          ?.amount ?? 0),
    );
  const carbon = (row: scenarioRows.ScenarioRow) =>
    (row.metrics as { carbon_kg?: number | null }).carbon_kg ?? 0;
  const money = limits.max_total_cents ?? null;
  const broken: string[] = [];
  const spent = furniture(after);
  if (money !== null && spent > money && spent > furniture(scene.scenario))
    broken.push(
      `the furniture would cost ${inWords(spent, scene.scenario.currency)}, ${inWords(spent - money, scene.scenario.currency)} over the most the budget leaves for it`,
    );
  const kg = limits.max_carbon_kg ?? null;
  if (kg !== null && carbon(after) > kg + 0.01 && carbon(after) > carbon(scene.scenario))
    broken.push(`carbon would be ${Math.round(carbon(after))} kg CO2e, over the limit of ${Math.round(kg)}`);
  for (const line of chosen) {
    for (const [kind, limit, keeps] of limitTests(limits))
      if (!keeps(line.product))
        broken.push(`${line.product.name} does not keep the limit ${kind.replaceAll('_', ' ')} (${limit})`);
    const pieces = await itemRows.piecesOf(tx, scene.scenario.id, line.product.id);
    if (line.stands > 0 && pieces < line.product.moq)
      broken.push(
        `${line.product.name} is sold from ${line.product.moq} pieces on, and there would be ${pieces}`,
      );
  }
  if (broken.length === 0) return;
  const message = `This breaks a limit: ${[...new Set(broken)].join('; ')}. Choose another product, or confirm to change it all the same.`;
  throw new AppError('conflict', message, { fields: [{ path: 'override_limits', message }] });
}

function inWords(cents: number, currency: string): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 }).format(
    cents / 100,
  );
}

/** Puts back the rows as they were before a change; refused while a later change of the same rooms stands. */
export async function undoChange(
  who: Who,
  recommendation: recommendationRows.RecommendationRow,
  project: ProjectRow,
  id: string,
): Promise<{ id: string; label: string; scenario_id: string }> {
  const { tx } = who;
  const change = await findChange(tx, recommendation.id, id);
  if (change === undefined) throw notFound('change of this recommendation');
  const done = { id, label: change.label, scenario_id: change.scenario_id };
  if (change.undone_at !== null) return done;
  const later = await laterChange(tx, id);
  if (later !== undefined)
    throw new AppError('conflict', `Take back “${later.label}” first: it changed the same room later.`);
  const [scenario] = await scenarioRows.listScenarios(tx, { id: change.scenario_id });
  if (scenario === undefined) throw notFound('scenario');
  const before = change.before as unknown as Before;
  const spaces = new Set(change.space_ids);
  const known = new Set((await spacesOfProject(tx, project.id)).map((space) => space.id));
  if (before.items.some((item) => item.space_id !== null && !known.has(item.space_id)))
    throw new AppError(
      'conflict',
      `“${change.label}” was made in a room that is no longer on the plan; bring the room back first.`,
    );
  const rows = await itemRows.listItems(tx, scenario.id);
  const back = new Set(before.items.map((item) => item.id));
  const gone = rows.filter((row) => spaces.has(row.space_id ?? '') && !back.has(row.id));
  await itemRows.deleteItems(
    tx,
    scenario.id,
    gone.map((row) => row.id),
  );
  const keys = { project_id: project.id, recommendation_id: recommendation.id, scenario_id: scenario.id };
  await itemRows.saveItems(tx, keys, before.items);
  const elsewhere = <T extends { space_id: string | null }>(list: T[]) =>
    list.filter((one) => !spaces.has(one.space_id ?? ''));
  const shortfalls = (scenario.shortfalls ?? []) as unknown as KeptShortfall[];
  const layout = (scenario.layout ?? {}) as unknown as Partial<Scene['layout']>;
  const rooms = [...elsewhere(layout.rooms ?? []), ...before.rooms];
  await scenarioRows.updateScenario(tx, scenario.id, {
    shortfalls: JSON.stringify([...elsewhere(shortfalls), ...before.shortfalls]),
    layout: JSON.stringify({
      ...layout,
      rooms,
      seats_needed: rooms.reduce((a, room) => a + room.seats_needed, 0),
      seats_placed: rooms.reduce((a, room) => a + room.seats_placed, 0),
    }),
  });
  await markUndone(tx, id);
  await recounted(who, project, scenario, await planningOf(tx, project.id, who.now));
  return done;
}
