// One scenario as it stands: its lines, the rooms they stand in, what found no place. Loaded, rearranged, written back.
import type { Brief } from '../../../contract/brief.ts';
import type { CandidateProduct, Shortfall } from '../../../contract/choice.ts';
import type { Space } from '../../../contract/floorplans.ts';
import type { Arrangement } from '../../../contract/layout.ts';
import type { Need } from '../../../contract/needs.ts';
import type { ScenarioLayout } from '../../../contract/recommendations.ts';
import type { LayoutRoom } from '../../../engine/layout/layout.ts';
import type { ArrangedRoom, RoomToArrange } from '../../../engine/proposal/arrange.ts';
import { arrangeRooms } from '../../../engine/proposal/arrange.ts';
import { layoutPiece } from '../../../engine/proposal/furnish.ts';
import { piecesFor, placesOf } from '../../../engine/ranking/candidates.ts';
import type { Tx } from '../../platform/postgres.ts';
import { runTask } from '../../platform/worker-task.ts';
import { briefOf } from '../conversations/service.ts';
import { analysesOfProject, spacesOfProject } from '../floorplans/service.ts';
import type { ProjectRow } from '../projects/service.ts';
import { roomsOf } from './rooms.ts';
import { placeOf, toCandidate } from './shapes.ts';
import * as itemRows from './sql/items.ts';
import * as productRows from './sql/products.ts';
import type * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';

/** The need as it is kept with its line. */
export interface StoredNeed {
  key: string;
  label: string;
  source: string;
  role: string;
  quantity: number;
  kind?: string | null;
  rule_id?: string | null;
  measure?: Need['measure'];
  groups?: number;
  mount?: Need['mount'];
  priority?: Need['priority'];
  quality?: number | null;
  value?: number | null;
  rank?: number | null;
  candidates?: number | null;
}

export interface Line {
  values: itemRows.ItemValues;
  need: StoredNeed;
  product: CandidateProduct;
  space_name: string | null;
  /** Pieces that stand; 0 takes the line out of the bill. */
  stands: number;
  why: string | null;
}

export type KeptShortfall = Shortfall & { kept?: itemRows.ItemValues };

export interface Scene {
  recommendation: recommendationRows.RecommendationRow;
  project: ProjectRow;
  scenario: scenarioRows.ScenarioRow;
  brief: Brief;
  spaces: Space[];
  rooms: Map<string, LayoutRoom>;
  lines: Line[];
  /** Of needs that no line stands for. */
  others: KeptShortfall[];
  layout: ScenarioLayout;
}

export async function openScene(
  tx: Tx,
  recommendation: recommendationRows.RecommendationRow,
  project: ProjectRow,
  scenario: scenarioRows.ScenarioRow,
): Promise<Scene> {
  const rows = await itemRows.listItems(tx, scenario.id);
  const spaces = await spacesOfProject(tx, project.id);
  const rooms = roomsOf(spaces, await analysesOfProject(tx, project.id));
  const stored = (scenario.shortfalls ?? []) as unknown as KeptShortfall[];
  const kept = stored.flatMap((one) => (one.kept === undefined ? [] : [one.kept]));
  const ids = [...new Set([...rows.map((row) => row.product_id), ...kept.map((one) => one.product_id)])];
  const products = new Map(
    (await productRows.productsByIds(tx, ids)).map((row) => [row.id, toCandidate(row)]),
  );
  const names = new Map(spaces.map((space) => [space.id, nameOf(space)]));
  const lineOf = (values: itemRows.ItemValues, stands: number): Line[] => {
    const product = products.get(values.product_id);
    if (product === undefined) return [];
    const space_name = values.space_id === null ? null : (names.get(values.space_id) ?? null);
    return [{ values, need: values.need as StoredNeed, product, space_name, stands, why: null }];
  };
  const standing = rows.map(valuesOf).flatMap((values) => lineOf(values, values.quantity));
  const keys = new Set(standing.map((line) => line.values.need_key));
  const gone = kept
    .filter((one) => !keys.has(one.need_key) && (one.space_id === null || names.has(one.space_id)))
    .flatMap((one) => lineOf(one, 0));
  const known = new Set([...standing, ...gone].map((line) => line.values.need_key));
  return {
    recommendation,
    project,
    scenario,
    brief: briefOf(project),
    spaces,
    rooms,
    lines: [...standing, ...gone],
    others: stored.filter((one) => !known.has(one.need_key)),
    layout: layoutOf(scenario),
  };
}

export function nameOf(space: { number?: string | null; name?: string | null }): string {
  return [space.number, space.name].filter((part) => part !== null && part !== '').join(' ') || 'a room';
}

function layoutOf(scenario: scenarioRows.ScenarioRow): ScenarioLayout {
  const stored = (scenario.layout ?? {}) as Partial<ScenarioLayout>;
  return {
    seats_needed: stored.seats_needed ?? 0,
    seats_placed: stored.seats_placed ?? 0,
    sqft_per_seat: stored.sqft_per_seat ?? null,
    rooms: stored.rooms ?? [],
  };
}

/** A stored row as it would be written again. */
export function valuesOf(row: itemRows.ItemRow): itemRows.ItemValues {
  return {
    id: row.id,
    product_id: row.product_id,
    variant_id: row.variant_id,
    space_id: row.space_id,
    quantity: row.quantity,
    wanted: row.wanted ?? row.quantity,
    unit_price: row.unit_price,
    unit_list_price: row.unit_list_price,
    total_price: row.total_price,
    quoted_lead_time_days: row.quoted_lead_time_days,
    quoted_at: row.quoted_at === null ? null : (row.quoted_at as Date).toISOString(),
    reasoning: row.reasoning ?? '',
    confidence_score: row.confidence_score,
    alternatives: row.alternatives ?? [],
    placement: row.placement ?? null,
    need_key: row.need_key ?? row.id,
    need: {
      role: 'item',
      label: row.product_name,
      source: '',
      key: row.need_key ?? row.id,
      quantity: row.quantity,
      ...(row.need as object),
    },
    status: row.status ?? 'proposed',
    locked: row.locked,
  };
}

/** The need in the shape that counting asks for. */
export function needOf(
  line: Pick<Line, 'need'>,
): Pick<Need, 'measure' | 'role' | 'mount' | 'quantity' | 'groups'> {
  const { need } = line;
  return {
    measure: need.measure ?? 'each',
    role: need.role,
    mount: need.mount ?? 'floor',
    quantity: need.quantity,
    groups: need.groups ?? 1,
  };
}

/** Pieces of a product that serve as many as the line's wanted pieces serve now. */
/** Pieces of another product that serve what a line serves. */
export function piecesInstead(
  line: { values: Pick<Line['values'], 'wanted'>; need: StoredNeed; product: CandidateProduct },
  product: CandidateProduct,
): number {
  const need = needOf(line);
  if (need.measure === 'each') return line.values.wanted;
  const asked = piecesFor(need as Need, line.product) === line.values.wanted;
  if (asked) return piecesFor(need as Need, product);
  const served = line.values.wanted * placesOf(line.product, need);
  return Math.max(1, Math.ceil(served / placesOf(product, need)));
}

/** Rooms over this many square feet are laid out in a thread of their own. */
const INLINE_SQFT = 1500;
const LAYOUT_MS = 30_000;

/** Furnishes rooms anew with what their lines ask for; lines, shortfalls and layout of the scene follow. */
export async function rearrange(
  scene: Scene,
  space_ids: readonly string[],
  arrangement?: Arrangement,
): Promise<void> {
  const asked = roomsToArrange(scene, space_ids, arrangement);
  const result = await arranged(asked, scene.spaces);
  applyArranged(scene, result, arrangement === undefined);
}

export function roomsToArrange(
  scene: Scene,
  space_ids: readonly string[],
  arrangement?: Arrangement,
): RoomToArrange[] {
  return space_ids.flatMap((space_id): RoomToArrange[] => {
    const room = scene.rooms.get(space_id);
    if (room === undefined) return [];
    const lines = scene.lines.filter((line) => line.values.space_id === space_id);
    const before = scene.layout.rooms.find((one) => one.space_id === space_id);
    return [
      {
        space_id,
        room,
        arrangement: arrangement ?? before?.arrangement ?? 'density',
        items: lines.map((line) =>
          layoutPiece(line.values.id, line.need.role, line.values.wanted, line.product, needOf(line)),
        ),
      },
    ];
  });
}

export async function arranged(rooms: RoomToArrange[], spaces: readonly Space[]): Promise<ArrangedRoom[]> {
  const area = new Map(spaces.map((space) => [space.id, space.area_sqft ?? 0]));
  const total = rooms.reduce((a, room) => a + (area.get(room.space_id) ?? 0), 0);
  if (total <= INLINE_SQFT) return arrangeRooms(rooms);
  return await runTask<ArrangedRoom[]>({
    module: new URL('./arrange-task.ts', import.meta.url).href,
    export_name: 'arrange',
    input: rooms,
    timeout_ms: LAYOUT_MS,
    memory_mb: 1024,
    keep: true,
    label: 'Furnishing the rooms',
  });
}

function applyArranged(scene: Scene, rooms: readonly ArrangedRoom[], counted: boolean): void {
  for (const room of rooms) {
    const lines = scene.lines.filter((line) => line.values.space_id === room.space_id);
    for (const line of lines) {
      const placed = room.placements.get(line.values.id) ?? [];
      // A rejected piece keeps its place free for what comes instead, but stands nowhere and is in no sum.
      const refused = line.values.status === 'rejected';
      line.stands = refused ? line.values.wanted : placed.length;
      line.why = room.unplaced.get(line.values.id) ?? null;
      if (line.stands === 0) continue;
      line.values = {
        ...line.values,
        quantity: line.stands,
        total_price: (Math.round(100 * line.values.unit_price) * line.stands) / 100,
        placement: refused ? null : placed.map(placeOf),
      };
    }
    const space = scene.spaces.find((one) => one.id === room.space_id);
    const entry = {
      space_id: room.space_id,
      space_name: space === undefined ? null : nameOf(space),
      arrangement: room.arrangement,
      // A need of which nothing stands is still needed.
      seats_needed: Math.max(
        room.seats_needed,
        counted ? 0 : (scene.layout.rooms.find((one) => one.space_id === room.space_id)?.seats_needed ?? 0),
      ),
      seats_placed: room.seats_placed,
      sqft_per_seat: room.sqft_per_seat,
      checks: room.checks,
      notes: room.notes,
    };
    const at = scene.layout.rooms.findIndex((one) => one.space_id === room.space_id);
    if (at < 0) scene.layout.rooms.push(entry);
    else scene.layout.rooms[at] = entry;
  }
  scene.layout = { ...scene.layout, ...seatTotals(scene.layout.rooms, scene.spaces) };
}

export function seatTotals(
  rooms: ScenarioLayout['rooms'],
  spaces: readonly { id: string; area_sqft?: number | null | undefined }[],
) {
  const area = new Map(spaces.map((space) => [space.id, space.area_sqft ?? 0]));
  const seated = rooms.filter((room) => room.seats_placed > 0);
  const seats_placed = rooms.reduce((a, room) => a + room.seats_placed, 0);
  const sqft = seated.reduce((a, room) => a + (area.get(room.space_id) ?? 0), 0);
  return {
    seats_needed: rooms.reduce((a, room) => a + room.seats_needed, 0),
    seats_placed,
    sqft_per_seat: seats_placed > 0 && sqft > 0 ? Math.round((10 * sqft) / seats_placed) / 10 : null,
  };
}

/** Shortfalls of the scene: lines that stand short of what was wanted, and needs that no line stands for. */
export function shortfallsOf(scene: Scene): KeptShortfall[] {
  const short = scene.lines.flatMap((line): KeptShortfall[] => {
    if (line.values.space_id === null || !scene.rooms.has(line.values.space_id)) return [];
    if (line.stands >= line.values.wanted) return [];
    const places = placesOf(line.product, needOf(line));
    const measure = line.need.measure ?? 'each';
    // In the need's own measure; a count by hand stands for what its pieces serve.
    const serves = line.values.wanted * places;
    const wanted = Math.min(serves, Math.max(line.need.quantity, serves - places + 1));
    return [
      {
        need_key: line.values.need_key,
        space_id: line.values.space_id,
        role: line.need.role,
        label: line.need.label,
        measure,
        wanted,
        placed: Math.min(line.stands * places, wanted),
        why: line.why ?? storedWhy(scene, line) ?? 'No more of them find a place in the room.',
        ...(line.stands === 0 ? { kept: line.values } : {}),
      },
    ];
  });
  return [...short, ...scene.others];
}

function storedWhy(scene: Scene, line: Line): string | undefined {
  const stored = (scene.scenario.shortfalls ?? []) as unknown as KeptShortfall[];
  return stored.find((one) => one.need_key === line.values.need_key)?.why;
}

/** Writes the lines of some rooms, and what the scenario says of them. */
export async function writeScene(tx: Tx, scene: Scene, space_ids: readonly (string | null)[]): Promise<void> {
  const spaces = new Set(space_ids);
  const lines = scene.lines.filter((line) => spaces.has(line.values.space_id));
  const keys = {
    project_id: scene.project.id,
    recommendation_id: scene.recommendation.id,
    scenario_id: scene.scenario.id,
  };
  await itemRows.saveItems(
    tx,
    keys,
    lines.filter((line) => line.stands > 0).map((line) => line.values),
  );
  await itemRows.deleteItems(
    tx,
    scene.scenario.id,
    lines.filter((line) => line.stands === 0).map((line) => line.values.id),
  );
  await scenarioRows.updateScenario(tx, scene.scenario.id, {
    shortfalls: JSON.stringify(shortfallsOf(scene)),
    layout: JSON.stringify(scene.layout),
  });
}
