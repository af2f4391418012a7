// Roles given on an organization, a project or a team, with an end where one is set; and teams, which are sets of an
// organization's projects. An ended grant gives nothing from that second on: row security reads the clock.
import type { z } from 'zod';
import type { CreateGrantRequest, Grant, SaveTeamRequest } from '../../../contract/organizations.ts';
import type { OrganizationPermission } from '../../../contract/permissions.ts';
import { AppError, notFound, sqlState } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import * as access from './sql/access.ts';

type RequireRole = (tx: Tx, actor: Actor, id: string, permission: OrganizationPermission) => Promise<unknown>;

export function makeAccess(
  deps: Deps,
  requireRole: RequireRole,
  rightsChanged: (userId: string) => Promise<void>,
) {
  const { postgres } = deps;

  async function saveProjects(tx: Tx, id: string, teamId: string, ids: string[]): Promise<void> {
    const wanted = [...new Set(ids)];
    if ((await access.setTeamProjects(tx, id, teamId, wanted)) !== wanted.length)
      throw new AppError('invalid_input', 'One of the projects does not belong to this organization.', {
        fields: [{ path: 'project_ids', message: 'names a project of another organization' }],
      });
  }

  async function peopleOfTeam(id: string, teamId: string): Promise<string[]> {
    const grants = await postgres.asSystem((tx) => access.listGrants(tx, id));
    return grants.filter((grant) => grant.resource_id === teamId).map((grant) => grant.user_id);
  }

  return {
    async grants(actor: Actor, id: string): Promise<Grant[]> {
      await postgres.withContext(actor, (tx) => requireRole(tx, actor, id, 'organization:manage'));
      // As the system: whoever holds a grant need not be a member whom the caller sees.
      return (await postgres.asSystem((tx) => access.listGrants(tx, id))).map(toGrant);
    },

    async grant(actor: Actor, id: string, request: CreateGrantRequest, origin: Origin): Promise<Grant> {
      const expires_at = request.expires_at === undefined ? null : new Date(request.expires_at);
      if (expires_at !== null && expires_at <= deps.now())
        throw new AppError('invalid_input', 'The end of a grant must lie ahead.', {
          fields: [{ path: 'expires_at', message: 'has passed already' }],
        });
      await postgres.withContext(actor, (tx) => requireRole(tx, actor, id, 'organization:manage'));
      const userId = await postgres.asSystem((tx) => access.activeUserByEmail(tx, request.email));
      const grantId = await postgres
        .withContext(actor, async (tx) => {
          const scope = await access.organizationOfScope(tx, request.resource_type, request.resource_id);
          if (scope !== id) throw notFound(request.resource_type);
          if (userId === undefined)
            throw new AppError(
              'invalid_input',
              `Nobody with the address ${request.email} has an account here; invite them first.`,
            );
          const made = await access.insertGrant(tx, {
            user_id: userId,
            role: request.role,
            resource_type: request.resource_type,
            resource_id: request.resource_id,
            granted_by: actor.user_id,
            expires_at,
          });
          await audit(
            tx,
            {
              action: 'grant.created',
              actor_id: actor.user_id,
              organization_id: id,
              ...(request.resource_type === 'project' ? { project_id: request.resource_id } : {}),
              detail: {
                user_id: userId,
                role: request.role,
                resource_type: request.resource_type,
                resource_id: request.resource_id,
                expires_at: isoOrNull(expires_at),
              },
            },
            origin,
          );
          return made;
        })
        .catch((error: unknown) => {
          if (sqlState(error) !== '23505') throw error;
          throw new AppError(
            'already_exists',
            'This person has this role there already; take it back first.',
            {
              cause: error,
            },
          );
        });
      await rightsChanged(userId as string);
      const [row] = await postgres.asSystem((tx) => access.listGrants(tx, id, grantId));
      if (row === undefined) throw notFound('grant');
      return toGrant(row);
    },

    async revokeGrant(actor: Actor, id: string, grantId: string, origin: Origin): Promise<void> {
      const gone = await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:manage');
        const row = await access.deleteGrant(tx, id, grantId);
        if (row === undefined) throw notFound('grant');
        await audit(
          tx,
          { action: 'grant.revoked', actor_id: actor.user_id, organization_id: id, detail: { ...row } },
          origin,
        );
        return row;
      });
      await rightsChanged(gone.user_id);
    },

    async teams(actor: Actor, id: string) {
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:read');
        return await access.listTeams(tx, id);
      });
      return rows.map((row) => ({ ...row, created_at: iso(row.created_at) }));
    },

    async saveTeam(
      actor: Actor,
      id: string,
      teamId: string | null,
      request: z.infer<typeof SaveTeamRequest>,
      origin: Origin,
    ): Promise<string> {
      const saved = await postgres
        .withContext(actor, async (tx) => {
          await requireRole(tx, actor, id, 'organization:manage');
          const made = teamId ?? (await access.insertTeam(tx, id, request.name));
          if (teamId !== null && !(await access.renameTeam(tx, id, teamId, request.name)))
            throw notFound('team');
          await saveProjects(tx, id, made, request.project_ids);
          await audit(
            tx,
            {
              action: teamId === null ? 'team.created' : 'team.changed',
              actor_id: actor.user_id,
              organization_id: id,
              detail: { team_id: made, projects: request.project_ids.length },
            },
            origin,
          );
          return made;
        })
        .catch((error: unknown) => {
          if (sqlState(error) !== '23505') throw error;
          throw new AppError('already_exists', 'There is a team with this name; choose another one.', {
            cause: error,
          });
        });
      if (teamId !== null) for (const userId of await peopleOfTeam(id, teamId)) await rightsChanged(userId);
      return saved;
    },

    async deleteTeam(actor: Actor, id: string, teamId: string, origin: Origin): Promise<void> {
      const people = await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:manage');
        const gone = await access.deleteTeam(tx, id, teamId);
        if (gone === undefined) throw notFound('team');
        await audit(
          tx,
          {
            action: 'team.deleted',
            actor_id: actor.user_id,
            organization_id: id,
            detail: { team_id: teamId },
          },
          origin,
        );
        return gone;
      });
      for (const userId of people) await rightsChanged(userId);
    },
  };
}

function toGrant(row: Awaited<ReturnType<typeof access.listGrants>>[number]): Grant {
  return {
    ...row,
    role: row.role as Grant['role'],
    resource_type: row.resource_type as Grant['resource_type'],
    resource_id: row.resource_id as string,
    granted_at: iso(row.granted_at as Date),
    expires_at: isoOrNull(row.expires_at),
  };
}
