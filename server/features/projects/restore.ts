// Puts a version's state back into its project, or into a new one. Rooms keep their ids; the bill becomes a recommendation
// of its own, the newest, so that what was recommended since stays where it was.
import { randomUUID } from 'node:crypto';
import {
  CONTENT_COLUMNS,
  type ContentColumn,
  type ProjectState,
  type Row,
  record,
  roomLabel,
  text,
  withNewIds,
} from '../../../engine/versions/state.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import { RoomsChanged } from '../floorplans/service.ts';
import { keepScenarioCosts } from '../recommendations/service.ts';
import * as rows from './sql/state.ts';
import { updateProject } from './sql.ts';

/** Ids of people and products that rows may still name; asked as the system before the change begins. */
export async function referencesOf(deps: Deps, state: ProjectState): Promise<ReadonlySet<string>> {
  const of = (all: Row[], ...keys: string[]) => [
    ...new Set(all.flatMap((row) => keys.map((key) => text(row[key])).filter((id) => id !== null))),
  ];
  const people = [
    ...state.floor_plans,
    ...state.spaces,
    record(state.recommendation),
    record(state.project_terms),
  ];
  return await deps.postgres.asSystem((tx) =>
    rows.knownReferences(
      tx,
      of(people, 'uploaded_by', 'reviewed_by', 'created_by', 'updated_by'),
      of(state.recommendation_items, 'product_id'),
      of(state.recommendation_items, 'variant_id'),
    ),
  );
}

/** Takes out what may no longer be named; says what that was. */
export function cleared(
  state: ProjectState,
  known: ReadonlySet<string>,
): { state: ProjectState; notes: string[] } {
  const without = (all: Row[], ...keys: string[]) =>
    all.map((row) => {
      const gone = keys.filter((key) => row[key] !== undefined && !known.has(String(row[key])));
      return gone.length === 0 ? row : { ...row, ...Object.fromEntries(gone.map((key) => [key, null])) };
    });
  const sold = state.recommendation_items.filter((item) => known.has(String(item['product_id'])));
  const lost = state.recommendation_items.length - sold.length;
  const [recommendation = null] = without(
    state.recommendation === null ? [] : [state.recommendation],
    'created_by',
  );
  const [project_terms = null] = without(
    state.project_terms === null ? [] : [state.project_terms],
    'updated_by',
  );
  return {
    state: {
      ...state,
      floor_plans: without(state.floor_plans, 'uploaded_by'),
      spaces: without(state.spaces, 'reviewed_by'),
      recommendation_items: without(sold, 'variant_id'),
      recommendation,
      project_terms,
    },
    notes:
      lost === 0
        ? []
        : [
            `${lost === 1 ? 'One line was' : `${lost} lines were`} left out: the catalogue no longer has the product.`,
          ],
  };
}

export async function putBrief(
  tx: Tx,
  projectId: string,
  state: ProjectState,
  columns: readonly ContentColumn[] = CONTENT_COLUMNS,
): Promise<void> {
  const change: Row = {};
  for (const column of columns) {
    const value = state.project[column];
    const plain = column === 'name' || column === 'description' || column === 'tags';
    change[column] = plain ? (value ?? null) : JSON.stringify(value ?? {});
  }
  await updateProject(tx, projectId, change);
  if (state.project_terms === null) await rows.removeTerms(tx, projectId);
  else
    await rows.putRows(tx, 'project_terms', [{ ...state.project_terms, project_id: projectId }], {
      over: true,
    });
}

/** Floors and rooms as they were; returns the rooms whose outline is another now and the lines that lost their room. */
export async function putFloors(tx: Tx, now: ProjectState, state: ProjectState, at: Date) {
  const projectId = String(state.project['id']);
  const floorIds = state.floor_plans.map((floor) => String(floor['id']));
  const spaceIds = state.spaces.map((space) => String(space['id']));
  const standing = await rows.presentItems(tx, projectId);
  await rows.removeFloorsBut(tx, projectId, floorIds, at);
  await rows.putRows(tx, 'floor_plans', state.floor_plans.map(asRead), { over: true });
  await rows.closeFloors(tx, floorIds);
  await rows.removeSpacesBut(tx, floorIds, spaceIds);
  await rows.putRows(tx, 'spaces', state.spaces, { over: true });
  const before = new Map(now.spaces.map((space) => [String(space['id']), space]));
  const changed = state.spaces.filter((space) => outline(before.get(String(space['id']))) !== outline(space));
  const kept = new Set(spaceIds);
  const orphans = standing.flatMap(({ id, space_id }) => {
    const room = before.get(space_id);
    return kept.has(space_id) || room === undefined
      ? []
      : [{ item_id: id, space_id, label: roomLabel(room) }];
  });
  return { changed: changed.map((space) => String(space['id'])), orphans };
}

/** A plan that was being read when the version was made is left as it was then: not read. */
function asRead(floor: Row): Row {
  const read = floor['analysis'] !== null && floor['analysis'] !== undefined;
  return { ...floor, status: read ? 'analyzed' : 'failed', deleted_at: null };
}

function outline(space: Row | undefined): string {
  return JSON.stringify([space?.['polygon'], space?.['holes']]);
}

/** The bill of the state as a recommendation of its own, the newest. Ids are new; returns those of the scenarios. */
export async function putBill(tx: Tx, projectId: string, state: ProjectState, at: Date): Promise<string[]> {
  if (state.recommendation === null) return [];
  const old = [
    state.recommendation,
    ...state.budget_scenarios,
    ...state.recommendation_items,
    ...state.item_snapshots,
    ...state.sustainability_metrics,
  ].map((row) => String(row['id']).toLowerCase());
  const ids = new Map(old.map((id) => [id, randomUUID() as string]));
  const bill = withNewIds(
    {
      recommendations: [{ ...state.recommendation, created_at: at.toISOString() }],
      budget_scenarios: state.budget_scenarios,
      recommendation_items: state.recommendation_items,
      item_snapshots: state.item_snapshots,
      sustainability_metrics: state.sustainability_metrics,
    },
    ids,
  );
  await rows.unselectScenarios(tx, projectId);
  for (const table of Object.keys(bill) as (keyof typeof bill)[])
    await rows.putRows(
      tx,
      table,
      bill[table].map((row) => ({ ...row, project_id: projectId })),
    );
  const scenarios = bill.budget_scenarios.map((scenario) => String((scenario as Row)['id']));
  for (const id of scenarios) await keepScenarioCosts(tx, projectId, id, at);
  return scenarios;
}

/** Furniture that stays while rooms become others is arranged anew by a job. */
export async function furnishAgain(
  deps: Deps,
  tx: Tx,
  projectId: string,
  userId: string,
  rooms: Awaited<ReturnType<typeof putFloors>>,
): Promise<void> {
  if (rooms.changed.length + rooms.orphans.length === 0) return;
  await deps.jobs.enqueue(tx, RoomsChanged, {
    project_id: projectId,
    user_id: userId,
    space_ids: rooms.changed,
    orphans: rooms.orphans,
  });
}
