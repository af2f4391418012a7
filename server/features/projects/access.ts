// Who may do what with a project, and whether the caller knows its present state.
import { type ProjectPermission, type ProjectRole, projectRoleMay } from '../../../contract/permissions.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Tx } from '../../platform/postgres.ts';
import { keepMilestone } from './milestones.ts';
import { progressOf, stepsOf } from './progress.ts';
import * as db from './sql.ts';

export type ProjectRow = db.ProjectRow & { role: ProjectRole };

/** What was found, with the caller's role on it if that permits; else not found, or forbidden. */
export function permitted<T extends { role: string | null }>(
  found: T | undefined,
  permission: ProjectPermission,
): T & { role: ProjectRole } {
  if (found === undefined || found.role === null) throw notFound('project');
  const role = found.role as ProjectRole;
  if (!projectRoleMay(role, permission)) {
    throw new AppError(
      'forbidden',
      `Your role on this project is ${role}, which does not permit this; ask its owner.`,
    );
  }
  return { ...found, role };
}

/** The project with the caller's role, if the role permits; unknown, deleted and foreign ones are equally not found. */
export async function requireProject(
  tx: Tx,
  projectId: string,
  permission: ProjectPermission,
  options: { deleted?: boolean; lock?: boolean } = {},
): Promise<ProjectRow> {
  const deleted = options.deleted ?? false;
  const found = permitted(await db.findProject(tx, projectId, { deleted }), permission);
  if (options.lock !== true) return found;
  // Only now: row security lets those who may not change a row not even lock it.
  const locked = await db.findProject(tx, projectId, { deleted, lock: true });
  if (locked === undefined) throw notFound('project');
  return { ...locked, role: found.role };
}

/**
 * Brings current_step and progress_pct up to date and keeps a version where a milestone was passed; call at the end of a
 * transaction that changed what exists.
 */
export async function refreshProgress(tx: Tx, projectId: string): Promise<void> {
  const { current_step, progress_pct } = progressOf(stepsOf(await db.factsOf(tx, projectId)));
  await db.saveProgress(tx, projectId, current_step, progress_pct);
  await keepMilestone(tx, projectId);
}

/** Checks `If-Match`: the revision the caller saw must still be the present one. */
export function checkRevision(ifMatch: string | undefined, revision: number, what: string): void {
  if (isStale(ifMatch, revision)) throw staleRevision(revision, what);
}

export function isStale(ifMatch: string | undefined, revision: number): boolean {
  if (ifMatch === undefined || ifMatch === '*') return false;
  return ifMatch.replace(/^W\//, '').replaceAll('"', '') !== String(revision);
}

/** 412; with the document as it stands, so that the caller can lay both changes side by side. */
export function staleRevision(revision: number, what: string, current?: unknown): AppError {
  return new AppError(
    'stale_revision',
    `Someone changed this ${what} since you loaded it (it is now revision ${revision}); load it again and repeat your change.`,
    current === undefined ? {} : { current },
  );
}
