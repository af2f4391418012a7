// Stores the rooms of a new reading: what a person corrected stays, the rest follows the file, and what changed is kept in
// words. Runs inside the transaction that stores the reading.
import { randomUUID } from 'node:crypto';
import type { PlanDocument } from '../../../contract/plan.ts';
import type { PlanDifferences } from '../../../contract/plan-edits.ts';
import { addedArea } from '../../../engine/plan/edit/document.ts';
import type { DeletedRoom } from '../../../engine/plan/edit/model.ts';
import { type Reread, reread } from '../../../engine/plan/edit/reread.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import { furnishAnew } from './furniture.ts';
import * as edits from './sql/edits.ts';
import * as revisions from './sql/revisions.ts';
import * as db from './sql.ts';

/** What is stored with a plan: the comparison, where there is one, and the file revision its last reading was of. */
type StoredDifferences = Partial<PlanDifferences> & { file_revision: number };

/** Call before the new document is written over the old one. Locks the plan's row. */
export async function storeRooms(
  deps: Pick<Deps, 'jobs' | 'now'>,
  tx: Tx,
  userId: string,
  planId: string,
  document: PlanDocument,
): Promise<void> {
  const plan = await edits.lockPlan(tx, planId);
  if (plan === undefined) return;
  const spaces = await edits.editSpaces(tx, planId);
  const before = plan.analysis as unknown as PlanDocument | null;
  const last = (plan.differences as unknown as StoredDifferences | null)?.file_revision ?? 1;
  const same_file = last === plan.file_revision;
  const another_page = same_file && (before?.source.page ?? 1) !== (document.source.page ?? 1);
  const result = another_page
    ? fresh(
        document,
        spaces.map((space) => space.id),
      )
    : reread({
        before,
        after: document,
        spaces,
        deleted: plan.deleted_rooms as unknown as DeletedRoom[],
        same_file,
        newId: randomUUID,
      });
  const orphans = await edits.itemsInSpaces(tx, result.removed);
  await db.deleteSpaces(tx, result.removed);
  await edits.putSpaces(tx, plan, result.spaces);
  await furnishAnew(deps, tx, plan.project_id, userId, { before: spaces, after: result.spaces, orphans });
  await edits.closeHistory(tx, planId);
  const stored: StoredDifferences = { file_revision: plan.file_revision };
  if (result.differences !== null) {
    const previous = same_file ? undefined : await revisions.findRevision(tx, planId, last);
    Object.assign(stored, {
      ...result.differences,
      compared_at: deps.now().toISOString(),
      previous_file_name: previous?.file_name ?? null,
    });
  }
  await db.updatePlan(tx, planId, {
    edit_revision: plan.edit_revision + 1,
    deleted_rooms: JSON.stringify(result.deleted),
    added_area_sqft: addedArea(document, result.spaces),
    differences: JSON.stringify(stored),
  });
}

/** Another page is another drawing: nothing of the page before is in it. */
function fresh(document: PlanDocument, removed: string[]): Reread {
  const result = reread({
    before: null,
    after: document,
    spaces: [],
    deleted: [],
    same_file: false,
    newId: randomUUID,
  });
  return { ...result, removed };
}
