// Projects: the frame around everything else; who may see them, how far they are, who works on them.
import { z } from 'zod';
import type { PageQuery } from '../../../contract/common.ts';
import {
  type CreateProjectRequest,
  PROJECT_STATUSES,
  type Project,
  type ProjectListQuery,
  type UpdateProjectRequest,
} from '../../../contract/projects.ts';
import { AppError, notFound, sqlState } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, type Origin } from '../context.ts';
import type { Live } from '../live.ts';
import { requirePlan } from '../organizations/service.ts';
import { track } from '../track.ts';
import {
  isStale,
  type ProjectRow,
  permitted,
  refreshProgress,
  requireProject,
  staleRevision,
} from './access.ts';
import { makeCollaborators } from './collaborators.ts';
import { columnsOf, projectOf, toListItem, toVersion } from './shapes.ts';
import { keepVersion } from './snapshots.ts';
import * as versions from './sql/versions.ts';
import * as db from './sql.ts';

export { checkRevision, type ProjectRow, refreshProgress, requireProject } from './access.ts';
export { markReached } from './milestones.ts';
export { toVersion } from './shapes.ts';
export { captureState, fingerprintOf } from './snapshots.ts';
export { keepVersion };

export type Projects = ReturnType<typeof makeProjects>;

// draft → in_progress → approved → completed → archived; back one step where work resumes.
const NEXT_STATUSES: Record<Project['status'], readonly Project['status'][]> = {
  draft: ['in_progress', 'archived'],
  in_progress: ['draft', 'approved', 'archived'],
  approved: ['in_progress', 'completed', 'archived'],
  completed: ['approved', 'archived'],
  archived: ['draft', 'in_progress', 'approved', 'completed'],
};

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

    ...makeCollaborators(deps, live),

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
