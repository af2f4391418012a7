// What a change of rooms means for the furniture in them: a job, queued with the change itself, furnishes them anew, so that
// every bill holds what stands on the plan (docs/decisions/0025).
import { type EditSpace, labelOf } from '../../../engine/plan/edit/model.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import { RoomsChanged } from './job.ts';
import { hasRecommendation, type ItemPlace } from './sql/edits.ts';

export interface RoomChange {
  before: readonly EditSpace[];
  after: readonly EditSpace[];
  /** Lines of the bills that lost their room, as they stood before. */
  orphans: readonly ItemPlace[];
  /** Rooms that got the furniture of others. */
  heirs?: readonly string[];
}

/** Queues the furnishing in the caller's transaction, where a recommendation exists and outlines changed. */
export async function furnishAnew(
  { jobs }: Pick<Deps, 'jobs'>,
  tx: Tx,
  project_id: string,
  user_id: string,
  { before, after, orphans, heirs = [] }: RoomChange,
): Promise<void> {
  const known = new Map(before.map((space) => [space.id, space]));
  const changed = after.filter((space) => {
    const was = known.get(space.id);
    return was === undefined || heirs.includes(space.id) || outlineOf(was) !== outlineOf(space);
  });
  if (changed.length + orphans.length === 0 || !(await hasRecommendation(tx, project_id))) return;
  await jobs.enqueue(tx, RoomsChanged, {
    project_id,
    user_id,
    space_ids: changed.map((space) => space.id),
    orphans: orphans.flatMap(({ id, space_id }) => {
      const room = known.get(space_id ?? '');
      return room === undefined ? [] : [{ item_id: id, space_id: room.id, label: labelOf(room) }];
    }),
  });
}

function outlineOf({ polygon, holes }: EditSpace): string {
  return JSON.stringify([polygon, holes]);
}
