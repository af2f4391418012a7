// Corrections of a plan by hand, with a history that outlives reloads: each step keeps the rooms it touched before and
// after, so that taking it back is exact, ids and places of furniture included (docs/decisions/0025).
import { randomUUID } from 'node:crypto';
import type { Space, UpdateSpaceRequest } from '../../../contract/floorplans.ts';
import type { PlanDocument } from '../../../contract/plan.ts';
import type { PlanEdit, PlanEditResult, PlanHistory } from '../../../contract/plan-edits.ts';
import { applyEdit, type EditOutcome } from '../../../engine/plan/edit/apply.ts';
import { addedArea } from '../../../engine/plan/edit/document.ts';
import { EditError } from '../../../engine/plan/edit/errors.ts';
import type { DeletedRoom, EditSpace } from '../../../engine/plan/edit/model.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import type { Live } from '../live.ts';
import { checkRevision, refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { furnishAnew } from './furniture.ts';
import { toFloorPlan, toSpace } from './shapes.ts';
import * as edits from './sql/edits.ts';
import * as db from './sql.ts';

/** Steps that can be taken back; older ones are forgotten. */
const KEPT_STEPS = 500;

type Done = { project_id: string; result: PlanEditResult };

export function makeEdits(deps: Deps, live: Live) {
  const { postgres } = deps;

  async function locked(tx: Tx, planId: string, ifMatch: string | undefined) {
    const plan = await db.findPlan(tx, planId);
    if (plan === undefined) throw notFound('floor plan');
    await requireProject(tx, plan.project_id, 'project:edit');
    const row = await edits.lockPlan(tx, planId);
    if (row === undefined) throw notFound('floor plan');
    checkRevision(ifMatch, row.edit_revision, 'plan');
    if (row.analysis === null)
      throw new AppError('conflict', 'This plan has not been read yet; wait for it, then correct it.');
    return { ...row, document: row.analysis as unknown as PlanDocument };
  }

  /** What every change of a plan's rooms ends with: totals, revision, progress, event; then the answer. */
  async function finish(
    tx: Tx,
    actor: Actor,
    plan: Awaited<ReturnType<typeof locked>>,
    change: { deleted: DeletedRoom[]; touched: string[]; removed: string[]; op: string; direction: string },
  ): Promise<Done> {
    const spaces = await edits.editSpaces(tx, plan.id);
    await db.updatePlan(tx, plan.id, {
      edit_revision: plan.edit_revision + 1,
      added_area_sqft: addedArea(plan.document, spaces),
      deleted_rooms: JSON.stringify(change.deleted),
    });
    await refreshProgress(tx, plan.project_id);
    await track(tx, actor, deps.now(), {
      event_name: 'space_edited',
      event_type: 'action',
      project_id: plan.project_id,
      properties: {
        op: change.op,
        direction: change.direction,
        rooms: change.touched.length + change.removed.length,
      },
    });
    const after = await db.findPlan(tx, plan.id);
    if (after === undefined) throw notFound('floor plan');
    const touched = new Set(change.touched);
    const result: PlanEditResult = {
      floor_plan: toFloorPlan(after),
      spaces: (await db.listSpaces(tx, plan.id)).filter((row) => touched.has(row.id)).map(toSpace),
      removed: change.removed,
      history: { ...(await edits.historyOf(tx, plan.id)), edit_revision: after.edit_revision },
    };
    return { project_id: plan.project_id, result };
  }

  async function tell(actor: Actor, { project_id, result }: Done): Promise<PlanEditResult> {
    const event = { project_id, subject_id: result.floor_plan.id, actor_id: actor.user_id };
    await live.publish({ type: 'spaces.updated', ...event });
    await live.publish({ type: 'floor_plan.updated', ...event });
    return result;
  }

  async function apply(
    tx: Tx,
    actor: Actor,
    plan: Awaited<ReturnType<typeof locked>>,
    edit: PlanEdit,
  ): Promise<Done> {
    const spaces = await edits.editSpaces(tx, plan.id);
    const outcome = computed(() =>
      applyEdit({
        document: plan.document,
        spaces,
        edit,
        newId: randomUUID,
        now: deps.now().toISOString(),
        by: actor.user_id,
      }),
    );
    const deleted = plan.deleted_rooms as unknown as DeletedRoom[];
    if (outcome.changed.length + outcome.removed.length === 0)
      return await finish(tx, actor, plan, {
        deleted,
        touched: 'space_ids' in edit ? edit.space_ids : [],
        removed: [],
        op: edit.op,
        direction: 'nothing',
      });
    await edits.putSpaces(tx, plan, outcome.changed);
    const items = await moveItems(tx, outcome.removed, outcome.heirs);
    await edits.dropSpaces(tx, plan.id, outcome.removed);
    await edits.addStep(tx, plan, stepOf(edit, outcome, spaces, items, actor), KEPT_STEPS);
    await furnishAnew(deps, tx, plan.project_id, actor.user_id, {
      before: spaces,
      after: outcome.changed,
      orphans: items.was.filter((item) => !outcome.heirs.has(item.space_id ?? '')),
      heirs: [...outcome.heirs.values()],
    });
    return await finish(tx, actor, plan, {
      deleted: [...deleted, ...outcome.deleted],
      touched: outcome.changed.map((space) => space.id),
      removed: outcome.removed,
      op: edit.op,
      direction: 'done',
    });
  }

  async function move(
    actor: Actor,
    planId: string,
    direction: 'undo' | 'redo',
    ifMatch: string | undefined,
  ): Promise<PlanEditResult> {
    const done = await postgres.withContext(actor, async (tx) => {
      const plan = await locked(tx, planId, ifMatch);
      const step =
        direction === 'undo' ? await edits.stepToUndo(tx, planId) : await edits.stepToRedo(tx, planId);
      if (step === undefined)
        throw new AppError(
          'conflict',
          direction === 'undo'
            ? 'There is no correction of this plan to take back.'
            : 'There is no correction that was taken back; nothing can be done again.',
        );
      const before = step.before as unknown as edits.StepState;
      const after = step.after as unknown as edits.StepState;
      const [to, from] = direction === 'undo' ? [before, after] : [after, before];
      const restored = await restore(tx, plan, to, from);
      await furnishAnew(deps, tx, plan.project_id, actor.user_id, {
        before: from.spaces,
        after: to.spaces,
        orphans: restored.orphans,
      });
      await edits.saveStep(tx, step.id, {
        undone: direction === 'undo',
        before: direction === 'undo' ? restored.to : restored.from,
        after: direction === 'undo' ? restored.from : restored.to,
      });
      const gone = new Set(from.deleted_rooms.map((room) => room.id));
      const deleted = (plan.deleted_rooms as unknown as DeletedRoom[]).filter((room) => !gone.has(room.id));
      return await finish(tx, actor, plan, {
        deleted: [...deleted, ...to.deleted_rooms],
        touched: to.spaces.map((space) => space.id),
        removed: restored.removed,
        op: step.op,
        direction,
      });
    });
    return await tell(actor, done);
  }

  return {
    async edit(
      actor: Actor,
      planId: string,
      edit: PlanEdit,
      ifMatch: string | undefined,
    ): Promise<PlanEditResult> {
      const done = await postgres.withContext(actor, async (tx) =>
        apply(tx, actor, await locked(tx, planId, ifMatch), edit),
      );
      return await tell(actor, done);
    },

    undo: (actor: Actor, planId: string, ifMatch: string | undefined) => move(actor, planId, 'undo', ifMatch),
    redo: (actor: Actor, planId: string, ifMatch: string | undefined) => move(actor, planId, 'redo', ifMatch),

    async history(actor: Actor, planId: string): Promise<PlanHistory> {
      return await postgres.withContext(actor, async (tx) => {
        const plan = await db.findPlan(tx, planId);
        if (plan === undefined) throw notFound('floor plan');
        await requireProject(tx, plan.project_id, 'project:read');
        return { ...(await edits.historyOf(tx, planId)), edit_revision: plan.edit_revision };
      });
    },

    /** One room's name, number, type or seats; `ifMatch` is the room's own revision. A step of the plan's history. */
    async updateSpace(
      actor: Actor,
      id: string,
      changes: UpdateSpaceRequest,
      ifMatch: string | undefined,
    ): Promise<Space> {
      const done = await postgres.withContext(actor, async (tx) => {
        const found = await db.findSpace(tx, id, { lock: false });
        if (found === undefined) throw notFound('space');
        await requireProject(tx, found.project_id, 'project:edit');
        const plan = await locked(tx, found.floor_plan_id, undefined);
        const present = await db.findSpace(tx, id, { lock: false });
        if (present === undefined) throw notFound('space');
        checkRevision(ifMatch, present.revision, 'room');
        if (Object.keys(changes).length === 0) return toSpace(present);
        return await apply(tx, actor, plan, { op: 'describe', space_ids: [id], changes });
      });
      if (!('result' in done)) return done;
      const [space] = (await tell(actor, done)).spaces;
      if (space === undefined) throw notFound('space');
      return space;
    },
  };
}

function computed(run: () => EditOutcome): EditOutcome {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    throw new AppError(error.kind === 'gone' ? 'conflict' : 'invalid_input', error.message, { cause: error });
  }
}

function stepOf(
  edit: PlanEdit,
  outcome: EditOutcome,
  spaces: readonly EditSpace[],
  items: Awaited<ReturnType<typeof moveItems>>,
  actor: Actor,
) {
  const touched = new Set([...outcome.changed.map((space) => space.id), ...outcome.removed]);
  return {
    op: edit.op,
    summary: outcome.summary,
    before: { spaces: spaces.filter((space) => touched.has(space.id)), items: items.was, deleted_rooms: [] },
    after: { spaces: outcome.changed, items: items.now, deleted_rooms: outcome.deleted },
    created_by: actor.user_id,
  };
}

/** Furniture of rooms that go stands in the room that takes their floor, or stays in the bill without a place. */
async function moveItems(tx: Tx, removed: readonly string[], heirs: ReadonlyMap<string, string>) {
  const was = await edits.itemsInSpaces(tx, removed);
  const now = was.map((item): edits.ItemPlace => {
    const heir = heirs.get(item.space_id ?? '');
    return heir === undefined
      ? { id: item.id, space_id: null, placement: null }
      : { ...item, space_id: heir };
  });
  for (const item of now) await edits.placeItem(tx, item);
  return { was, now };
}

/** Puts one side of a step back in place of the other; furniture goes back to the room it came from, unless it was moved elsewhere since. */
async function restore(
  tx: Tx,
  plan: { id: string; project_id: string },
  to: edits.StepState,
  from: edits.StepState,
): Promise<{
  to: edits.StepState;
  from: edits.StepState;
  removed: string[];
  orphans: edits.ItemPlace[];
}> {
  const kept = new Set(to.spaces.map((space) => space.id));
  const removed = from.spaces.map((space) => space.id).filter((id) => !kept.has(id));
  await edits.putSpaces(tx, plan, to.spaces);
  const heir = from.spaces.find((space) => kept.has(space.id))?.id;
  const heirs = new Map(heir === undefined ? [] : removed.map((id) => [id, heir] as const));
  const moved = await moveItems(tx, removed, heirs);
  await edits.dropSpaces(tx, plan.id, removed);
  const left = new Map(from.items.map((item) => [item.id, item]));
  const back = new Map(to.items.map((item) => [item.id, item]));
  for (const item of await edits.itemsById(tx, [...back.keys()])) {
    const target = back.get(item.id);
    const was = left.get(item.id);
    if (target === undefined || was?.space_id !== item.space_id) continue;
    const stayed = JSON.stringify(was.placement) === JSON.stringify(item.placement);
    await edits.placeItem(tx, stayed ? target : { ...item, space_id: target.space_id });
  }
  const newer = new Set(moved.was.map((item) => item.id));
  const others = (items: edits.ItemPlace[]) => items.filter((item) => !newer.has(item.id));
  return {
    to: { ...to, items: [...others(to.items), ...moved.now] },
    from: { ...from, items: [...others(from.items), ...moved.was] },
    removed,
    orphans: heir === undefined ? moved.was : [],
  };
}
