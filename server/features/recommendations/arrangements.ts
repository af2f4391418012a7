// Three arrangements to choose from, for one room or all: seats, floor a seat, what they cost; and taking one.
import { ARRANGEMENTS, type Arrangement } from '../../../contract/layout.ts';
import type {
  ArrangementChoice,
  ArrangementChoices,
  ChangeEffect,
} from '../../../contract/recommendations.ts';
import { fromNumber, toNumber } from '../../../engine/money.ts';
import type { ArrangedRoom } from '../../../engine/proposal/arrange.ts';
import { moneyFor } from '../../../engine/proposal/scenario_money.ts';
import { AppError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { ProjectRow } from '../projects/service.ts';
import { commitChange, type Who } from './change.ts';
import { moneyInputOf, overridesOf, type Planning, planningOf } from './planning.ts';
import { sellTotal } from './recount.ts';
import { arranged, type Line, openScene, roomsToArrange, type Scene, seatTotals } from './scene.ts';
import { placeOf } from './shapes.ts';
import type * as recommendationRows from './sql/recommendations.ts';
import type * as scenarioRows from './sql/scenarios.ts';

type PlacedPiece = ReturnType<typeof placeOf>;

/** The rooms concerned: one, or all that have an outline and items. */
function roomIds(scene: Scene, space_id: string | undefined): string[] {
  const furnished = new Set(scene.lines.map((line) => line.values.space_id));
  const ids = [...scene.rooms.keys()].filter((id) => furnished.has(id));
  if (space_id === undefined) return ids;
  if (!ids.includes(space_id))
    throw new AppError(
      'invalid_input',
      'This room has no outline or no items in this scenario, so there is nothing to arrange in it.',
    );
  return [space_id];
}

export async function arrangementChoices(
  tx: Tx,
  now: Date,
  recommendation: recommendationRows.RecommendationRow,
  project: ProjectRow,
  scenario: scenarioRows.ScenarioRow,
  space_id: string | undefined,
): Promise<ArrangementChoices> {
  const scene = await openScene(tx, recommendation, project, scenario);
  const ids = roomIds(scene, space_id);
  const planning = await planningOf(tx, project.id, now);
  const asked = ARRANGEMENTS.flatMap((arrangement) => roomsToArrange(scene, ids, arrangement));
  const results = await arranged(asked, scene.spaces);
  const choices = ARRANGEMENTS.map((arrangement) =>
    choiceOf(
      scene,
      planning,
      arrangement,
      ids,
      results.filter((room) => room.arrangement === arrangement),
    ),
  );
  return { currency: scenario.currency, choices };
}

function choiceOf(
  scene: Scene,
  planning: Planning,
  arrangement: Arrangement,
  ids: readonly string[],
  rooms: readonly ArrangedRoom[],
): ArrangementChoice {
  const concerned = new Set(ids);
  const placed = new Map(
    rooms.flatMap((room) => [...room.placements].map(([id, list]) => [id, list.length] as const)),
  );
  const bill = scene.lines.filter((line) => line.values.status !== 'rejected');
  // A room that is so arranged today stays as it stands.
  const present = new Map(scene.layout.rooms.map((room) => [room.space_id, room]));
  const stays = (id: string) => present.get(id)?.arrangement === arrangement;
  const count = (line: Scene['lines'][number]) => {
    const id = line.values.space_id ?? '';
    return concerned.has(id) && !stays(id) ? (placed.get(line.values.id) ?? 0) : line.stands;
  };
  const here = bill.filter((line) => concerned.has(line.values.space_id ?? ''));
  const priced = bill.map((line) => ({
    product: {
      ...line.product,
      list_price_cents: fromNumber(line.values.unit_list_price ?? line.product.list_price_cents / 100),
    },
    quantity: count(line),
  }));
  const sell = sellTotal(priced, planning.terms);
  const { input } = moneyInputOf(planning, overridesOf(scene.scenario.assumptions), {
    brief: scene.brief,
    spaces: scene.spaces,
    currency: scene.scenario.currency,
  });
  const { budget } = moneyFor(
    {
      items: [{ quantity: 1, unit_price: toNumber(sell), unit_list_price: toNumber(sell) }],
      quality_score: 0,
      sustainability_score: null,
    },
    input,
  );
  const entries = rooms.map((room) => {
    const now = present.get(room.space_id);
    return now && stays(room.space_id)
      ? now
      : { ...room, space_name: null, seats_needed: Math.max(room.seats_needed, now?.seats_needed ?? 0) };
  });
  return {
    arrangement,
    ...seatTotals(entries, scene.spaces),
    pieces: here.reduce((a, line) => a + count(line), 0),
    pieces_short: here.reduce((a, line) => a + Math.max(0, line.values.wanted - count(line)), 0),
    total_cost: budget.total_cost,
    price_diff: Math.round(100 * (budget.total_cost - scene.scenario.total_cost)) / 100,
    failed_checks: entries.flatMap((room) => room.checks).filter((check) => check.status === 'fail').length,
    current: ids.every(
      (id) =>
        (scene.layout.rooms.find((room) => room.space_id === id)?.arrangement ?? 'density') === arrangement,
    ),
    furniture: furnitureOf(here, rooms, stays),
  };
}

/** Where the lines of the rooms concerned would stand; a room that stays is told as it stands now. */
function furnitureOf(
  lines: readonly Line[],
  rooms: readonly ArrangedRoom[],
  stays: (space_id: string) => boolean,
): ArrangementChoice['furniture'] {
  const arranged = new Map(rooms.flatMap((room) => [...room.placements]));
  return lines.flatMap(({ values, product, stands }) => {
    const { id, space_id } = values;
    if (space_id === null) return [];
    const now = stands > 0 && Array.isArray(values.placement) ? (values.placement as PlacedPiece[]) : [];
    const pieces: PlacedPiece[] = stays(space_id) ? now : (arranged.get(id) ?? []).map(placeOf);
    const placements = pieces
      .filter((piece) => !piece.mounted)
      .map(({ x, y, rotation_deg, width_ft, depth_ft }) => ({ x, y, rotation_deg, width_ft, depth_ft }));
    if (placements.length === 0) return [];
    const { name, category, subcategory } = product;
    return [{ item_id: id, space_id, name, category, subcategory: subcategory ?? null, placements }];
  });
}

const NOTHING_MOVED: ChangeEffect = {
  change_id: null,
  total_cost: null,
  price_diff: 0,
  carbon_diff_kg: 0,
  lead_time_days: null,
  also_changed: [],
};

export async function takeArrangement(
  who: Who,
  recommendation: recommendationRows.RecommendationRow,
  project: ProjectRow,
  scenario: scenarioRows.ScenarioRow,
  arrangement: Arrangement,
  space_id: string | undefined,
): Promise<ChangeEffect> {
  const scene = await openScene(who.tx, recommendation, project, scenario);
  const ids = roomIds(scene, space_id).filter(
    (id) => scene.layout.rooms.find((room) => room.space_id === id)?.arrangement !== arrangement,
  );
  if (ids.length === 0) return { ...NOTHING_MOVED, total_cost: scenario.total_cost };
  const untouched = scene.lines.map((line) => ({ ...line }));
  const where =
    ids.length === 1
      ? (scene.lines.find((l) => l.values.space_id === ids[0])?.space_name ?? 'a room')
      : 'all rooms';
  return await commitChange(who, scene, untouched, {
    space_ids: ids,
    label: `${arrangement} arrangement of ${where}`,
    arrangement,
  });
}
