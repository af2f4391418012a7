// What ends with a membership: everything a person was given inside the organization. As the system.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

/** Ends roles given on the organization itself, beside the membership; how many there were. */
export async function endGrantsOnOrganization(
  tx: Tx,
  organizationId: string,
  userId: string,
): Promise<number> {
  const ended = await tx
    .deleteFrom('user_roles')
    .where('user_id', '=', userId)
    .where('resource_type', '=', 'organization')
    .where('resource_id', '=', organizationId)
    .returning('id')
    .execute();
  return ended.length;
}

/** The owner who has been there longest, other than this person. */
export async function oldestOwner(tx: Tx, organizationId: string, exceptId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('organization_members')
    .select('user_id')
    .where('organization_id', '=', organizationId)
    .where('role', '=', 'owner')
    .where('user_id', '!=', exceptId)
    .orderBy('joined_at')
    .limit(1)
    .executeTakeFirst();
  return row?.user_id ?? null;
}

export interface Ended {
  grants_ended: number;
  collaborations_ended: number;
  projects_handed_over: number;
  invitations_revoked: number;
}

/** Roles given by name on the organization, its projects and teams end, its projects go to `heir`, open invitations too. */
export async function endEverythingIn(
  tx: Tx,
  organizationId: string,
  userId: string,
  heir: string | null,
  now: Date,
): Promise<Ended> {
  const count = (done: { numAffectedRows?: bigint | undefined }) => Number(done.numAffectedRows ?? 0);
  const grants =
    await sql`delete from user_roles r where r.user_id = ${userId} and r.resource_type is not null
    and app_organization_of(r.resource_type, r.resource_id) = ${organizationId}`.execute(tx);
  const collaborations = await sql`delete from project_collaborators c using projects p
    where p.id = c.project_id and p.organization_id = ${organizationId} and c.user_id = ${userId}`.execute(
    tx,
  );
  const projects =
    heir === null
      ? {}
      : await sql`update projects set owner_id = ${heir}
          where organization_id = ${organizationId} and owner_id = ${userId}`.execute(tx);
  const invitations = await sql`update invitations set revoked_at = ${now}
    where organization_id = ${organizationId} and invited_by = ${userId}
      and accepted_at is null and revoked_at is null`.execute(tx);
  return {
    grants_ended: count(grants),
    collaborations_ended: count(collaborations),
    projects_handed_over: count(projects),
    invitations_revoked: count(invitations),
  };
}
