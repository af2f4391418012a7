// The bill and the places of furniture of two states, line by line: a line is the same where room, need and product are.
// Amounts are compared in cents. Pure.
import type { LINE_FIELDS, LineSide, PieceSide, VersionDiff } from '../../contract/versions.ts';
import { fromNumber, sum, toNumber } from '../money.ts';
import {
  list,
  number,
  type ProjectState,
  type Row,
  record,
  roomLabel,
  shownScenario,
  text,
  withoutIds,
} from './state.ts';

/** Rooms of both sides by id, and for each room after the one it was before. */
export interface RoomMatch {
  before: ReadonlyMap<string, Row>;
  after: ReadonlyMap<string, Row>;
  same: ReadonlyMap<string, string>;
}

interface Line {
  key: string;
  /** Room and need without the product. */
  place: string;
  room: Row | null;
  side: LineSide;
  pieces: PieceSide[];
}

type Placement = VersionDiff['placements'][number];
type BillLine = VersionDiff['bill']['lines'][number];

const MOVED_FT = 1 / 48;
const TURNED_DEG = 0.5;

export function billDiff(
  before: ProjectState,
  after: ProjectState,
  rooms: RoomMatch,
  scenario: string | undefined,
): { bill: VersionDiff['bill']; placements: Placement[] } {
  const [a, b] = [shownScenario(before, scenario), shownScenario(after, scenario)];
  const left = linesOf(before, a, rooms.before, (id) => id);
  const right = linesOf(after, b, rooms.after, (id) => rooms.same.get(id) ?? id);
  const lines: BillLine[] = [];
  const placements: Placement[] = [];
  const gone = new Map(left);
  const fresh: Line[] = [];
  for (const [key, line] of right) {
    const was = left.get(key);
    if (was === undefined) fresh.push(line);
    else {
      gone.delete(key);
      compare(was, line, lines, placements);
    }
  }
  // Another product for the same need is one changed line.
  for (const line of fresh) {
    const was = [...gone.values()].find((one) => one.place === line.place);
    if (was !== undefined) gone.delete(was.key);
    compare(was ?? null, line, lines, placements);
  }
  for (const was of gone.values()) compare(was, null, lines, placements);
  return { bill: { before: billSide(a), after: billSide(b), lines }, placements };
}

function billSide(scenario: Row | null): VersionDiff['bill']['before'] {
  if (scenario === null) return null;
  return {
    scenario: String(scenario['name'] ?? ''),
    total: number(scenario['total_cost']) ?? 0,
    currency: text(scenario['currency']) ?? 'USD',
  };
}

function linesOf(
  state: ProjectState,
  scenario: Row | null,
  rooms: ReadonlyMap<string, Row>,
  nameOf: (spaceId: string) => string,
): Map<string, Line> {
  const lines = new Map<string, Line>();
  const add = (item: Row, sku: string, name: string) => {
    const spaceId = text(item['space_id']);
    const need = withoutIds(text(item['need_key']) ?? text(record(item['need'])['key']) ?? '');
    const place = `${spaceId === null ? '' : nameOf(spaceId)}|${need}`;
    const key = `${place}|${sku}|${text(item['variant_id']) ?? ''}`;
    const side: LineSide = {
      sku,
      name,
      quantity: number(item['quantity']) ?? 0,
      unit_price: number(item['unit_price']) ?? 0,
      total_price: number(item['total_price']) ?? 0,
    };
    const pieces = list(item['placement'] ?? item['placements']).map(pieceSide);
    const known = lines.get(key);
    if (known === undefined)
      lines.set(key, { key, place, room: rooms.get(spaceId ?? '') ?? null, side, pieces });
    else {
      known.side.quantity += side.quantity;
      known.side.total_price = toNumber(
        sum([fromNumber(known.side.total_price), fromNumber(side.total_price)]),
      );
      known.pieces.push(...pieces);
    }
  };
  for (const item of state.recommendation_items) {
    if (scenario === null || item['scenario_id'] !== scenario['id'] || item['status'] === 'rejected')
      continue;
    const product = state.products[String(item['product_id'])];
    add(item, product?.sku ?? String(item['product_id']), product?.name ?? 'Product');
  }
  for (const kept of state.item_snapshots) {
    if (scenario === null || kept['scenario_id'] !== scenario['id']) continue;
    const item = { ...record(kept['item']), space_id: kept['space_id'] };
    add(item, String(kept['sku']), text(record(kept['product'])['name']) ?? String(kept['sku']));
  }
  return lines;
}

function pieceSide(value: unknown): PieceSide {
  const piece = record(value);
  const of = (key: string) => number(piece[key]) ?? 0;
  return {
    x: of('x'),
    y: of('y'),
    rotation_deg: of('rotation_deg'),
    width_ft: of('width_ft'),
    depth_ft: of('depth_ft'),
  };
}

function compare(was: Line | null, now: Line | null, lines: BillLine[], placements: Placement[]): void {
  const line = now ?? was;
  if (line === null) return;
  const room = line.room === null ? null : roomLabel(line.room);
  const fields = was !== null && now !== null ? changedFields(was.side, now.side) : [];
  if (was === null || now === null || fields.length > 0)
    lines.push({
      kind: was === null ? 'added' : now === null ? 'removed' : 'changed',
      fields,
      room,
      before: was?.side ?? null,
      after: now?.side ?? null,
    });
  const base = {
    sku: line.side.sku,
    name: line.side.name,
    floor_plan_id: line.room === null ? null : String(line.room['floor_plan_id']),
    room,
  };
  for (const change of comparePieces(was?.pieces ?? [], now?.pieces ?? []))
    placements.push({ ...base, ...change });
}

function changedFields(a: LineSide, b: LineSide): (typeof LINE_FIELDS)[number][] {
  const tests: [(typeof LINE_FIELDS)[number], boolean][] = [
    ['quantity', a.quantity !== b.quantity],
    ['price', fromNumber(a.unit_price) !== fromNumber(b.unit_price)],
    ['description', a.sku !== b.sku || a.name !== b.name],
    ['total', fromNumber(a.total_price) !== fromNumber(b.total_price)],
  ];
  return tests.filter(([, differs]) => differs).map(([field]) => field);
}

type PieceChange = Pick<Placement, 'kind' | 'before' | 'after'>;

/** Pieces that stand where they stood are the same; of the others the nearest belong together. */
function comparePieces(before: PieceSide[], after: PieceSide[]): PieceChange[] {
  const changes: PieceChange[] = [];
  const left = [...before];
  const right = after.filter((piece) => {
    const at = left.findIndex((one) => distance(one, piece) <= MOVED_FT && turn(one, piece) <= TURNED_DEG);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  while (left.length > 0 && right.length > 0) {
    let best = { i: 0, j: 0, far: Number.POSITIVE_INFINITY };
    for (const [i, a] of left.entries())
      for (const [j, b] of right.entries()) {
        const far = distance(a, b);
        if (far < best.far) best = { i, j, far };
      }
    const [[a], [b]] = [left.splice(best.i, 1), right.splice(best.j, 1)];
    changes.push({ kind: best.far > MOVED_FT ? 'moved' : 'turned', before: a ?? null, after: b ?? null });
  }
  for (const piece of left) changes.push({ kind: 'removed', before: piece, after: null });
  for (const piece of right) changes.push({ kind: 'added', before: null, after: piece });
  return changes;
}

function distance(a: PieceSide, b: PieceSide): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function turn(a: PieceSide, b: PieceSide): number {
  const off = Math.abs(a.rotation_deg - b.rotation_deg) % 360;
  return Math.min(off, 360 - off);
}
