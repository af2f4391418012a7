// Keeps a project's state as a version and puts a version's state together again. What did not change since the version
// before (a plan's reading, a floor's rooms, a scenario, its lines and measures) is stored once and referred to by its number.
import { createHash } from 'node:crypto';
import type { VERSION_KINDS } from '../../../contract/versions.ts';
import { type ProjectState, type Row, record } from '../../../engine/versions/state.ts';
import { notFound } from '../../platform/errors.ts';
import type { Tx } from '../../platform/postgres.ts';
import { readState } from './sql/state.ts';
import * as db from './sql/versions.ts';

type Part = { sha256: string; version: number };
type InParts = 'spaces' | 'recommendation_items' | 'budget_scenarios' | 'sustainability_metrics';
interface Stored extends Omit<ProjectState, InParts> {
  parts: Record<string, Part>;
  /** Bodies of the parts that are new in this version. */
  bodies: Record<string, Row[]>;
}

export async function captureState(tx: Tx, projectId: string): Promise<ProjectState> {
  return { format: 2, ...(await readState(tx, projectId)) };
}

export interface Kept {
  version_number: number;
  /** False where the newest version holds the same state already and `onlyIfNew` was asked. */
  is_new: boolean;
}

/** Stores the project as it stands. The caller has checked the permission; the project is locked here. */
export async function keepVersion(
  tx: Tx,
  projectId: string,
  made: {
    kind: (typeof VERSION_KINDS)[number];
    summary: string;
    created_by: string | null;
    onlyIfNew?: boolean;
  },
): Promise<Kept> {
  await db.lockProject(tx, projectId);
  const state = await captureState(tx, projectId);
  const newest = await db.newestParts(tx, projectId);
  const sha256 = fingerprintOf(state);
  if (made.onlyIfNew === true && newest?.state_sha256 === sha256)
    return { version_number: newest.version_number, is_new: false };
  const number = (newest?.version_number ?? 0) + 1;
  const known = record(newest?.parts) as Record<string, Part>;
  const { light, parts } = split(state);
  const stored: Stored = { ...light, parts: {}, bodies: {} };
  for (const [name, rows] of parts) {
    const sum = sha(rows);
    const before = known[name];
    if (before?.sha256 === sum) stored.parts[name] = before;
    else {
      stored.parts[name] = { sha256: sum, version: number };
      stored.bodies[name] = rows;
    }
  }
  const version_number = await db.insertVersion(tx, {
    project_id: projectId,
    snapshot: JSON.stringify(stored),
    state_sha256: sha256,
    kind: made.kind,
    change_summary: made.summary.slice(0, 500),
    created_by: made.created_by,
  });
  return { version_number, is_new: true };
}

/** The state of a version; versions of before restoring existed lack the recommendation and the readings. */
export async function stateOf(tx: Tx, projectId: string, n: number): Promise<ProjectState> {
  const found = await db.findVersion(tx, projectId, n);
  if (found === undefined) throw notFound('version');
  return await assemble(tx, projectId, found.snapshot);
}

export async function assemble(tx: Tx, projectId: string, snapshot: unknown): Promise<ProjectState> {
  const { parts, bodies, ...light } = snapshot as unknown as Stored;
  const first = { ...EMPTY, ...light } as ProjectState;
  if (parts === undefined) return first;
  const elsewhere = Object.entries(parts).filter(([name]) => bodies[name] === undefined);
  const found = new Map(Object.entries(bodies));
  const wanted = elsewhere.map(([part, { version }]) => ({ part, version }));
  for (const { part, body } of await db.bodiesOf(tx, projectId, wanted)) found.set(part, body);
  const rowsUnder = (prefix: string) =>
    Object.keys(parts)
      .filter((name) => name.startsWith(prefix))
      .flatMap((name) => found.get(name) ?? []);
  return {
    ...first,
    floor_plans: first.floor_plans.map((floor) => {
      const [reading] = found.get(`reading:${String(floor['id'])}`) ?? [];
      return reading === undefined ? floor : { ...floor, ...reading };
    }),
    spaces: rowsUnder('spaces:'),
    recommendation_items: rowsUnder('items:'),
    budget_scenarios: rowsUnder('scenario:'),
    sustainability_metrics: rowsUnder('measured:'),
  };
}

const EMPTY = {
  project_terms: null,
  floor_plans: [],
  spaces: [],
  recommendation: null,
  budget_scenarios: [],
  recommendation_items: [],
  item_snapshots: [],
  sustainability_metrics: [],
  products: {},
};

function split(state: ProjectState): { light: Omit<Stored, 'parts' | 'bodies'>; parts: Map<string, Row[]> } {
  const { spaces, recommendation_items, budget_scenarios, sustainability_metrics, ...rest } = state;
  const parts = new Map<string, Row[]>();
  const floor_plans = state.floor_plans.map((floor) => {
    const { analysis, ...light } = floor;
    parts.set(`reading:${String(floor['id'])}`, [{ analysis }]);
    return light;
  });
  const put = (prefix: string, key: string, rows: Row[]) => {
    for (const row of rows) {
      const name = `${prefix}:${String(row[key])}`;
      parts.set(name, [...(parts.get(name) ?? []), row]);
    }
  };
  put('spaces', 'floor_plan_id', spaces);
  put('items', 'scenario_id', recommendation_items);
  put('scenario', 'id', budget_scenarios);
  put('measured', 'scenario_id', sustainability_metrics);
  return { light: { ...rest, floor_plans }, parts };
}

/** The same for the same contents; the status is not part of them. */
export function fingerprintOf(state: ProjectState): string {
  const { status: _status, ...project } = state.project;
  return sha({ ...state, project });
}

function sha(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
