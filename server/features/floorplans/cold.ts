// The file of a plan wherever it is kept: at hand, in cold storage (from where opening it brings it back), or deleted by
// the retention policy.
import { AppError } from '../../platform/errors.ts';
import type { Deps } from '../context.ts';
import * as db from './sql.ts';

/** The key under which the plan's file can be read now. The caller has checked that the person may read it. */
export async function fileAtHand(
  { postgres, files, now }: Pick<Deps, 'postgres' | 'files' | 'now'>,
  plan: { id: string; file_url: string; file_name: string },
): Promise<string> {
  const tier = await postgres.asSystem((tx) => db.fileTierOf(tx, plan.id));
  if (tier === 'deleted')
    throw new AppError(
      'not_found',
      `The file ${plan.file_name} was deleted after its retention period; the rooms read from it are kept. Send the file again to read it anew.`,
    );
  if (tier === 'cold') {
    await files.setTier(plan.file_url, 'hot');
    await postgres.asSystem((tx) => db.markBroughtBack(tx, plan.id, now()));
  }
  return plan.file_url;
}
