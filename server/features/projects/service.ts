// Projects: the frame around everything else; who may see them, how far they are, who works on them.
import { z } from 'zod';
import type { PageQuery } from '../../../contract/common.ts';
import { type ProjectPermission, type ProjectRole, projectRoleMay } from '../../../contract/permissions.ts';
import {
  type AddCollaboratorRequest,
  type Collaborator,
  type CreateProjectRequest,
  PROJECT_STATUSES,
  type Project,
  type ProjectListItem,
  type ProjectListQuery,
  type UpdateProjectRequest,
} from '../../../contract/projects.ts';
import type { ProjectVersion } from '../../../contract/versions.ts';
import { AppError, notFound, sqlState } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import type { Live } from '../live.ts';
import { requirePlan } from '../organizations/service.ts';
import { track } from '../track.ts';
import { keepMilestone } from './milestones.ts';
import { type ProjectFacts, progressOf, stepsOf } from './progress.ts';
import { keepVersion } from './snapshots.ts';
import * as versions from './sql/versions.ts';
import * as db from './sql.ts';

export { markReached } from './milestones.ts';
export { captureState, fingerprintOf } from './snapshots.ts';
export { keepVersion };

export type Projects = ReturnType<typeof makeProjects>;
export type ProjectRow = db.ProjectRow & { role: ProjectRole };

// draft → in_progress → approved → completed → archived; back one step where work resumes.
const NEXT_STATUSES: Record<Project['status'], readonly Project['status'][]> = {
  draft: ['in_progress', 'archived'],
  in_progress: ['draft', 'approved', 'archived'],
  approved: ['in_progress', 'completed', 'archived'],
  completed: ['approved', 'archived'],
  archived: ['draft', 'in_progress', 'approved', 'completed'],
};

/** What was found, with the caller's role on it if that permits; else not found, or forbidden. */
function permitted<T extends { role: string | null }>(
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

function isStale(ifMatch: string | undefined, revision: number): boolean {
  if (ifMatch === undefined || ifMatch === '*') return false;
  return ifMatch.replace(/^W\//, '').replaceAll('"', '') !== String(revision);
}

/** 412; with the document as it stands, so that the caller can lay both changes side by side. */
function staleRevision(revision: number, what: string, current?: unknown): AppError {
  return new AppError(
    'stale_revision',
    `Someone changed this ${what} since you loaded it (it is now revision ${revision}); load it again and repeat your change.`,
    current === undefined ? {} : { current },
  );
}

function projectOf(row: ProjectRow, facts: ProjectFacts): Project {
  const steps = stepsOf(facts);
  return {
    id: row.id,
    owner_id: row.owner_id,
    organization_id: row.organization_id,
    name: row.name,
    description: row.description,
    status: row.status as Project['status'],
    client: (row.client ?? {}) as Project['client'],
    requirements: (row.requirements ?? {}) as Project['requirements'],
    budget: (row.budget ?? {}) as Project['budget'],
    timeline: (row.timeline ?? {}) as Project['timeline'],
    preferences: (row.preferences ?? {}) as Project['preferences'],
    sustainability_targets: (row.sustainability_targets ?? {}) as Project['sustainability_targets'],
    ...progressOf(steps),
    steps,
    tags: row.tags ?? [],
    metadata: (row.metadata ?? {}) as Project['metadata'],
    is_template: row.is_template,
    role: row.role,
    revision: row.revision,
    created_at: iso(row.created_at as Date),
    updated_at: iso(row.updated_at as Date),
    deleted_at: isoOrNull(row.deleted_at),
  };
}

export function makeProjects(deps: Deps, live: Live) {
  const { postgres } = deps;

  async function toProject(tx: Tx, row: ProjectRow): Promise<Project> {
    return projectOf(row, await db.factsOf(tx, row.id));
  }

  async function get(actor: Actor, id: string): Promise<Project> {
    const found = permitted(await db.readProject(postgres, actor, id), 'project:read');
    return projectOf(found, found);
  }

  return {
    get,

    async list(actor: Actor, query: ProjectListQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await db.listProjects(postgres, actor, query, after);
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at), row.id]);
      return { ...page, items: page.items.map(toListItem) };
    },

    /** The owner of a project, for the command line; never reached over HTTP. */
    async ownerOf(id: string): Promise<string> {
      const found = await postgres.asSystem((tx) => db.findOwner(tx, id));
      if (found === undefined) throw notFound('project');
      return found.owner_id;
    },

    async create(actor: Actor, request: CreateProjectRequest): Promise<Project> {
      return await postgres.withContext(actor, async (tx) => {
        // Left out, the organization is the one the caller joined first; null makes a private project.
        const organization_id =
          request.organization_id === undefined
            ? await db.homeOrganization(tx, actor.user_id)
            : request.organization_id;
        let id: string;
        try {
          id = await db.insertProject(tx, {
            owner_id: actor.user_id,
            organization_id,
            name: request.name,
            description: request.description ?? null,
            client: JSON.stringify(request.client ?? {}),
            budget: JSON.stringify(request.budget ?? {}),
            timeline: JSON.stringify(request.timeline ?? {}),
            tags: request.tags ?? [],
          });
        } catch (error) {
          // Row security refuses organizations one may not create projects in; it does not say whether they exist.
          if (sqlState(error) === '42501') throw notFound('organization');
          throw error;
        }
        await requirePlan(tx, organization_id, 'projects', 0);
        await refreshProgress(tx, id);
        await track(tx, actor, deps.now(), {
          event_name: 'project_created',
          event_type: 'action',
          project_id: id,
          organization_id,
        });
        return await toProject(tx, await requireProject(tx, id, 'project:read'));
      });
    },

    async update(
      actor: Actor,
      id: string,
      change: UpdateProjectRequest,
      ifMatch: string | undefined,
      origin: Origin,
    ): Promise<Project> {
      const project = await postgres.withContext(actor, async (tx) => {
        const before = await requireProject(tx, id, 'project:edit', { lock: true });
        if (isStale(ifMatch, before.revision))
          throw staleRevision(before.revision, 'project', await toProject(tx, before));
        if (change.status !== undefined && change.status !== before.status)
          await changeStatus(tx, actor, before, change.status, origin);
        const columns = columnsOf(change, before);
        if (Object.keys(columns).length > 0) await db.updateProject(tx, id, columns);
        if (before.status === 'archived' && change.status !== undefined)
          await requirePlan(tx, before.organization_id, 'projects', 0);
        await refreshProgress(tx, id);
        return await toProject(tx, await requireProject(tx, id, 'project:read'));
      });
      await live.publish({ type: 'project.updated', project_id: id, actor_id: actor.user_id });
      return project;
    },

    async remove(actor: Actor, id: string, origin: Origin): Promise<void> {
      await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, id, 'project:delete', { lock: true });
        await audit(
          tx,
          {
            action: 'project.deleted',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: id,
          },
          origin,
        );
        await db.updateProject(tx, id, { deleted_at: deps.now() });
      });
      await live.publish({ type: 'project.updated', project_id: id, actor_id: actor.user_id });
    },

    async restore(actor: Actor, id: string, origin: Origin): Promise<Project> {
      return await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, id, 'project:delete', { deleted: true, lock: true });
        await db.updateProject(tx, id, { deleted_at: null });
        await requirePlan(tx, project.organization_id, 'projects', 0);
        await audit(
          tx,
          {
            action: 'project.restored',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: id,
          },
          origin,
        );
        return await toProject(tx, await requireProject(tx, id, 'project:read'));
      });
    },

    /** How the caller is shown to others who have the same project open. */
    async nameOf(actor: Actor): Promise<{ user_id: string; name: string }> {
      return {
        user_id: actor.user_id,
        name: await postgres.withContext(actor, (tx) => db.nameOf(tx, actor.user_id)),
      };
    },

    async collaborators(actor: Actor, id: string): Promise<Collaborator[]> {
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, id, 'project:read');
        return await db.listCollaborators(tx, id);
      });
      return rows.map((row) => ({
        ...row,
        role: row.role as ProjectRole,
        invited_at: iso(row.invited_at as Date),
        accepted_at: isoOrNull(row.accepted_at),
      }));
    },

    async addCollaborator(
      actor: Actor,
      id: string,
      request: z.infer<typeof AddCollaboratorRequest>,
      origin: Origin,
    ): Promise<Collaborator[]> {
      // The address is looked up as the system: whoever is added need not be visible to the owner before.
      const userId = await postgres.asSystem((tx) => db.findUserIdByEmail(tx, request.email));
      await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, id, 'project:share');
        if (userId === undefined)
          throw new AppError(
            'invalid_input',
            `Nobody with the address ${request.email} has an account here; ask them to sign up first.`,
          );
        if (userId === project.owner_id)
          throw new AppError('already_exists', 'This person owns the project already.');
        try {
          await db.insertCollaborator(tx, {
            project_id: id,
            user_id: userId,
            role: request.role,
            invited_by: actor.user_id,
          });
        } catch (error) {
          if (sqlState(error) === '23505')
            throw new AppError(
              'already_exists',
              'This person works on the project already; change their role instead.',
            );
          throw error;
        }
        await audit(
          tx,
          {
            action: 'collaborator.added',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: id,
            detail: { user_id: userId, role: request.role },
          },
          origin,
        );
      });
      await live.publish({ type: 'collaborators.updated', project_id: id, actor_id: actor.user_id });
      return await this.collaborators(actor, id);
    },

    async setCollaboratorRole(
      actor: Actor,
      id: string,
      userId: string,
      role: ProjectRole,
      origin: Origin,
    ): Promise<void> {
      await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, id, 'project:share');
        if ((await db.updateCollaborator(tx, id, userId, role)) === undefined) throw notFound('collaborator');
        await audit(
          tx,
          {
            action: 'collaborator.role_changed',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: id,
            detail: { user_id: userId, role },
          },
          origin,
        );
      });
      await live.publish({ type: 'collaborators.updated', project_id: id, actor_id: actor.user_id });
    },

    /** The owner removes anybody; everybody may leave. */
    async removeCollaborator(actor: Actor, id: string, userId: string, origin: Origin): Promise<void> {
      await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(
          tx,
          id,
          userId === actor.user_id ? 'project:read' : 'project:share',
        );
        await audit(
          tx,
          {
            action: 'collaborator.removed',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: id,
            detail: { user_id: userId },
          },
          origin,
        );
        if ((await db.deleteCollaborator(tx, id, userId)) === undefined) throw notFound('collaborator');
      });
      await live.publish({ type: 'collaborators.updated', project_id: id, actor_id: actor.user_id });
    },

    async versions(actor: Actor, id: string, query: PageQuery) {
      const before = readCursor(query.cursor, z.tuple([z.number().int()]))?.[0];
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, id, 'project:read');
        return await versions.listVersions(tx, id, query.limit, before);
      });
      const page = pageFrom(rows, query.limit, (row) => [row.version_number]);
      return { ...page, items: page.items.map(toVersion) };
    },
  };

  async function changeStatus(
    tx: Tx,
    actor: Actor,
    before: ProjectRow,
    status: Project['status'],
    origin: Origin,
  ): Promise<void> {
    const from = (PROJECT_STATUSES.find((known) => known === before.status) ?? 'draft') as Project['status'];
    if (!NEXT_STATUSES[from].includes(status)) {
      throw new AppError(
        'conflict',
        `A project goes from ${from} to ${NEXT_STATUSES[from].join(' or ')}, not to ${status}.`,
      );
    }
    await keepVersion(tx, before.id, {
      kind: 'automatic',
      summary: status === 'approved' ? 'Approved' : `Before the status changed from ${from} to ${status}`,
      created_by: actor.user_id,
      onlyIfNew: status !== 'approved',
    });
    await audit(
      tx,
      {
        action: 'project.status_changed',
        actor_id: actor.user_id,
        organization_id: before.organization_id,
        project_id: before.id,
        detail: { before: from, after: status },
      },
      origin,
    );
    await track(tx, actor, deps.now(), {
      event_name: `project_${status}`,
      event_type: 'action',
      project_id: before.id,
      organization_id: before.organization_id,
    });
  }
}

/** The database columns of a change; the selected scenario inside the budget is kept. */
function columnsOf(change: UpdateProjectRequest, before: ProjectRow): Record<string, unknown> {
  const { client, requirements, budget, timeline, preferences, sustainability_targets, ...plain } = change;
  const columns: Record<string, unknown> = { ...plain };
  const documents = { client, requirements, timeline, preferences, sustainability_targets };
  for (const [name, value] of Object.entries(documents))
    if (value !== undefined) columns[name] = JSON.stringify(value);
  if (budget !== undefined) {
    const selected = (before.budget as { selected_scenario?: string } | null)?.selected_scenario;
    columns['budget'] = JSON.stringify({
      ...budget,
      ...(selected === undefined ? {} : { selected_scenario: selected }),
    });
  }
  return columns;
}

function toListItem(row: db.ProjectListRow): ProjectListItem {
  return {
    ...row,
    status: row.status as ProjectListItem['status'],
    role: row.role as ProjectRole,
    current_step: row.current_step as ProjectListItem['current_step'],
    currency: row.currency ?? 'USD',
    tags: row.tags ?? [],
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
    deleted_at: isoOrNull(row.deleted_at),
  };
}

export function toVersion(row: versions.VersionRow): ProjectVersion {
  return { ...row, kind: row.kind as ProjectVersion['kind'], created_at: iso(row.created_at as Date) };
}
