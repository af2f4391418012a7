// Rooms whose outlines changed are furnished anew in every bill that is not decided; lines whose room is gone leave the bill
// and are kept, so that they come back with their room (docs/decisions/0025).
import type { RoomsChangedJob } from '../../../contract/plan-edits.ts';
import { placesOf } from '../../../engine/ranking/candidates.ts';
import type { Deps } from '../context.ts';
import type { Live } from '../live.ts';
import { type ProjectRow, requireProject } from '../projects/service.ts';
import { commitChange, type Who } from './change.ts';
import { type KeptShortfall, type Line, needOf, openScene, type Scene } from './scene.ts';
import { dropChanges } from './sql/changes.ts';
import * as itemRows from './sql/items.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';

const NOTE = 'Rooms changed since this was made: ';

export function makeRoomsChanged({ postgres, now }: Deps, live: Live) {
  /** The job: one transaction a scenario, so that nobody waits for all of them. */
  return async (job: RoomsChangedJob): Promise<void> => {
    const actor = { user_id: job.user_id };
    const concerned = await postgres.withContext(actor, (tx) =>
      recommendationRows.readyRecommendations(tx, job.project_id),
    );
    for (const id of concerned) {
      const rooms = new Set<string>();
      const scenarios = await postgres.withContext(actor, (tx) =>
        scenarioRows.listScenarios(tx, { recommendation_id: id }),
      );
      for (const { id: scenario } of scenarios)
        for (const room of await postgres.withContext(actor, (tx) =>
          followRooms({ tx, actor, now: now() }, id, scenario, job),
        ))
          rooms.add(room);
      if (rooms.size === 0) continue;
      await postgres.withContext(actor, (tx) => note(tx, id, [...rooms]));
      await live.publish({ type: 'recommendation.updated', project_id: job.project_id, subject_id: id });
    }
  };
}

/** Names of the rooms that this scenario is concerned by. */
async function followRooms(
  who: Who,
  recommendationId: string,
  scenarioId: string,
  job: RoomsChangedJob,
): Promise<string[]> {
  const { tx } = who;
  const recommendation = await recommendationRows.findRecommendation(tx, recommendationId, { lock: true });
  const [scenario] = await scenarioRows.listScenarios(tx, { id: scenarioId });
  if (recommendation === undefined || scenario === undefined) return [];
  const project: ProjectRow = await requireProject(tx, job.project_id, 'project:read');
  const scene = await openScene(tx, recommendation, project, scenario);
  const names = new Map(scene.spaces.map((space) => [space.id, nameIn(scene, space.id)]));
  const changed = new Set(job.space_ids);
  const concerned = new Set(
    scene.lines.flatMap(({ values }) =>
      values.space_id !== null && changed.has(values.space_id) ? [values.space_id] : [],
    ),
  );
  const orphans = new Map(job.orphans.map((one) => [one.item_id, one]));
  const gone = scene.lines.filter((line) => line.values.space_id === null && orphans.has(line.values.id));
  if (recommendation.status === 'approved' || recommendation.status === 'rejected')
    return [...concerned]
      .map((id) => names.get(id) ?? 'a room')
      .concat(gone.map((line) => orphans.get(line.values.id)?.label ?? 'a room'));
  if (concerned.size + gone.length === 0) return [];
  const untouched = scene.lines.map((line) => ({ ...line }));
  scene.lines = scene.lines.filter((line) => !gone.includes(line));
  scene.others.push(...gone.map((line) => withoutRoom(line, orphans.get(line.values.id)?.space_id ?? null)));
  scene.layout.rooms = scene.layout.rooms.filter((room) => names.has(room.space_id));
  await itemRows.deleteItems(
    tx,
    scenario.id,
    gone.map((line) => line.values.id),
  );
  await commitChange(who, scene, untouched, {
    space_ids: [...concerned],
    label: 'rooms changed',
    override_limits: true,
  });
  // What was changed in these rooms before stood in other outlines and cannot be put back there.
  await dropChanges(tx, scenario.id, [...concerned, ...job.orphans.map((one) => one.space_id)]);
  return [
    ...[...concerned].map((id) => names.get(id) ?? 'a room'),
    ...gone.map((line) => orphans.get(line.values.id)?.label ?? 'a room'),
  ];
}

function nameIn(scene: Scene, id: string): string {
  const space = scene.spaces.find((one) => one.id === id);
  const said = [space?.number, space?.name].filter(Boolean).join(' ');
  return said === '' ? `a ${space?.type.replaceAll('_', ' ') ?? 'room'}` : said;
}

/** A line whose room is gone, kept whole under that room's id: it is found again where the room comes back. */
function withoutRoom(line: Line, space_id: string | null): KeptShortfall {
  const places = placesOf(line.product, needOf(line));
  return {
    need_key: line.values.need_key,
    space_id,
    role: line.need.role,
    label: line.need.label,
    measure: line.need.measure ?? 'each',
    wanted: line.values.wanted * places,
    placed: 0,
    why: 'Its room is no longer on the plan.',
    kept: { ...line.values, space_id, placement: null },
  };
}

const MOST_NAMES = 12;

/** One sentence among the notes, with the rooms of every change so far. */
async function note(tx: Who['tx'], id: string, rooms: readonly string[]): Promise<void> {
  const row = await recommendationRows.findRecommendation(tx, id, { lock: true });
  if (row === undefined) return;
  const summary = (row.summary ?? {}) as { notes?: string[]; changed_rooms?: string[] };
  const names = [...new Set([...(summary.changed_rooms ?? []), ...rooms])].sort();
  const listed =
    names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`] : names;
  const decided = row.status === 'approved' || row.status === 'rejected';
  const sentence = `${NOTE}${listed.join(', ')}. ${
    decided
      ? `It was ${row.status} before and is left as it was; make a new recommendation for the plan as it is now.`
      : 'Their furniture was arranged anew; what lost its room or its place is among the shortfalls.'
  }`;
  await recommendationRows.updateRecommendation(tx, id, {
    summary: JSON.stringify({
      ...summary,
      changed_rooms: names,
      notes: [...(summary.notes ?? []).filter((one) => !one.startsWith(NOTE)), sentence],
    }),
  });
}
