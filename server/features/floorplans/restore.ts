// A floor that was taken out comes back as it was: its file, rooms and corrections were kept. It takes the last place
// among the floors.
import { z } from 'zod';
import { Id } from '../../../contract/common.ts';
import { FloorPlan } from '../../../contract/floorplans.ts';
import { notFound } from '../../platform/errors.ts';
import { type Actor, actorOf, type Server } from '../../platform/http.ts';
import type { Deps } from '../context.ts';
import type { Live } from '../live.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import { queueReading } from './readings.ts';
import { toFloorPlan } from './shapes.ts';
import { findDeletedPlan } from './sql/restore.ts';
import * as db from './sql.ts';

export type RestorePlan = (actor: Actor, id: string) => Promise<FloorPlan>;

export function makeRestorePlan(deps: Deps, live: Live): RestorePlan {
  const { postgres } = deps;
  return async (actor, id) => {
    const plan = await postgres.withContext(actor, async (tx) => {
      const deleted = await findDeletedPlan(tx, id);
      if (deleted === undefined) throw notFound('floor plan');
      await requireProject(tx, deleted.project_id, 'project:edit', { lock: true });
      const place = (await db.listPlans(tx, deleted.project_id)).length;
      await db.updatePlan(tx, id, { deleted_at: null, level_index: place });
      // A reading that was under way ended with the removal.
      if (deleted.status === 'uploaded' || deleted.status === 'processing')
        await queueReading(deps, tx, deleted, actor.user_id, {});
      await refreshProgress(tx, deleted.project_id);
      const restored = await db.findPlan(tx, id);
      if (restored === undefined) throw notFound('floor plan');
      return toFloorPlan(restored);
    });
    await live.publish({
      type: 'floor_plan.updated',
      project_id: plan.project_id,
      subject_id: id,
      actor_id: actor.user_id,
    });
    return plan;
  };
}

export function restorePlanRoute(server: Server, restore: RestorePlan): void {
  server.post(
    '/api/v1/floor-plans/:id/restore',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags: ['floor plans'],
        summary: 'Bring back a floor plan that was removed from its project, with its rooms and corrections',
        params: z.object({ id: Id }),
        response: { 200: FloorPlan },
      },
    },
    async (request) => await restore(actorOf(request), request.params.id),
  );
}
