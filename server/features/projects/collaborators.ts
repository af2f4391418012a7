// Who works on a project: the owner adds people, gives them roles and removes them; everybody may leave.
import type { z } from 'zod';
import type { ProjectRole } from '../../../contract/permissions.ts';
import type { AddCollaboratorRequest, Collaborator } from '../../../contract/projects.ts';
import { AppError, notFound, sqlState } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import type { Live } from '../live.ts';
import { requireProject } from './access.ts';
import * as db from './sql.ts';

export function makeCollaborators({ postgres }: Pick<Deps, 'postgres'>, live: Live) {
  return {
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
  };
}
