// Organizations: dealers, design firms, corporates; their members, and invitations to join.
import type { z } from 'zod';
import type { AuditQuery } from '../../../contract/accounts.ts';
import type { PageQuery } from '../../../contract/common.ts';
import {
  type CreateInvitationRequest,
  type CreateOrganizationRequest,
  type Organization,
  type OrganizationMember,
  type PlanUsage,
  priceAccess,
  type UpdateOrganizationRequest,
} from '../../../contract/organizations.ts';
import {
  type OrganizationPermission,
  type OrganizationRole,
  organizationRoleMay,
} from '../../../contract/permissions.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import { asSystemWithin, type Tx } from '../../platform/postgres.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { tellAccessChanged } from '../access.ts';
import { audit, auditCsv, readAudit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { mailOf, SendMail } from '../letters.ts';
import { makeAccess } from './access.ts';
import { planUsage, requirePlan } from './plan.ts';
import * as leaving from './sql/leaving.ts';
import * as db from './sql.ts';

export { requirePlan, requirePlanOfProject } from './plan.ts';

const INVITATION_DAYS = 14;

export type Organizations = ReturnType<typeof makeOrganizations>;

/** Creates an organization owned by the user, inside a system transaction: its first member cannot see it before. */
export async function createOrganizationFor(
  tx: Tx,
  userId: string,
  values: Parameters<typeof db.insertOrganization>[1],
): Promise<string> {
  const { id } = await db.insertOrganization(tx, values);
  await db.insertMember(tx, id, userId, 'owner');
  return id;
}

export function makeOrganizations(deps: Deps) {
  const { postgres, config } = deps;
  const base = config.public_url ?? `http://localhost:${config.port}`;

  /** The organization with the caller's role, if the role permits; unknown and foreign ones are equally not found. */
  async function requireRole(tx: Tx, _actor: Actor, id: string, permission: OrganizationPermission) {
    const found = await db.findOrganization(tx, id);
    if (found === undefined) throw notFound('organization');
    if (!organizationRoleMay(found.role as OrganizationRole, permission)) {
      throw new AppError(
        'forbidden',
        'Your role in this organization does not permit this; ask one of its administrators.',
      );
    }
    return found;
  }

  async function changeMember(
    actor: Actor,
    id: string,
    userId: string,
    change: (tx: Tx, before: string) => Promise<void>,
  ): Promise<void> {
    await postgres.withContext(actor, async (tx) => {
      const permission = actor.user_id === userId ? 'organization:read' : 'organization:manage';
      const organization = await requireRole(tx, actor, id, permission);
      const member = await db.findMember(tx, id, userId);
      if (member === undefined) throw notFound('member');
      if (member.role === 'owner') {
        if (organization.role !== 'owner')
          throw new AppError('forbidden', 'Only an owner may change another owner.');
        await db.lockOrganization(tx, id);
        if ((await db.countOwners(tx, id)) === 1) {
          throw new AppError(
            'conflict',
            'This is the organization’s last owner; make somebody else an owner first.',
          );
        }
      }
      await change(tx, member.role);
    });
    await rightsChanged(userId);
  }

  /** Sessions of the person get a new token, and what they have open is looked at again. */
  async function rightsChanged(userId: string): Promise<void> {
    await postgres.asSystem((tx) => db.markForRotation(tx, userId));
    await tellAccessChanged(deps.kv, userId);
  }

  return {
    requireRole,

    async list(actor: Actor, query: PageQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, (tx) => db.listOrganizations(tx, query.limit, after));
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at as Date), row.id]);
      return { ...page, items: page.items.map(toOrganization) };
    },

    async get(actor: Actor, id: string): Promise<Organization> {
      return toOrganization(
        await postgres.withContext(actor, (tx) => requireRole(tx, actor, id, 'organization:read')),
      );
    },

    async create(actor: Actor, request: CreateOrganizationRequest, origin: Origin): Promise<Organization> {
      const id = await postgres.asSystem(async (tx) => {
        const made = await createOrganizationFor(tx, actor.user_id, {
          name: request.name,
          type: request.type ?? null,
          website: request.website ?? null,
          phone: request.phone ?? null,
        });
        await audit(
          tx,
          { action: 'organization.created', actor_id: actor.user_id, organization_id: made },
          origin,
        );
        return made;
      });
      return await this.get(actor, id);
    },

    async update(
      actor: Actor,
      id: string,
      change: UpdateOrganizationRequest,
      origin: Origin,
    ): Promise<Organization> {
      await postgres.withContext(actor, async (tx) => {
        const before = await requireRole(tx, actor, id, 'organization:manage');
        if (change.type !== undefined && before.type === 'ofs_internal')
          throw new AppError('forbidden', 'The maker’s own organization is changed in the administration.');
        if (Object.keys(change).length > 0) await db.updateOrganization(tx, id, change);
        await audit(
          tx,
          {
            action: 'organization.updated',
            actor_id: actor.user_id,
            organization_id: id,
            detail: { fields: Object.keys(change) },
          },
          origin,
        );
      });
      return await this.get(actor, id);
    },

    async members(actor: Actor, id: string, query: PageQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:read');
        return await db.listMembers(tx, id, query.limit, after);
      });
      const page = pageFrom(rows, query.limit, (row) => [iso(row.joined_at as Date), row.id]);
      return {
        ...page,
        items: page.items.map(
          (row): OrganizationMember => ({
            ...row,
            role: row.role as OrganizationRole,
            joined_at: iso(row.joined_at as Date),
          }),
        ),
      };
    },

    async setMemberRole(
      actor: Actor,
      id: string,
      userId: string,
      role: OrganizationRole,
      origin: Origin,
    ): Promise<void> {
      await changeMember(actor, id, userId, async (tx, before) => {
        const organization = await requireRole(tx, actor, id, 'organization:manage');
        if (role === 'owner' && organization.role !== 'owner')
          throw new AppError('forbidden', 'Only an owner may make an owner.');
        await db.updateMemberRole(tx, id, userId, role);
        // A stronger role given beside the membership would outlive being made less.
        const grants_ended = await asSystemWithin(tx, () => leaving.endGrantsOnOrganization(tx, id, userId));
        await audit(
          tx,
          {
            action: 'member.role_changed',
            actor_id: actor.user_id,
            organization_id: id,
            detail: { user_id: userId, before, after: role, grants_ended },
          },
          origin,
        );
      });
    },

    /** With the membership ends everything that was given inside the organization; its projects stay with it. */
    async removeMember(actor: Actor, id: string, userId: string, origin: Origin): Promise<void> {
      await changeMember(actor, id, userId, async (tx) => {
        const ended = await asSystemWithin(tx, async () => {
          const heir = actor.user_id === userId ? await leaving.oldestOwner(tx, id, userId) : actor.user_id;
          return await leaving.endEverythingIn(tx, id, userId, heir, deps.now());
        });
        await audit(
          tx,
          {
            action: 'member.removed',
            actor_id: actor.user_id,
            organization_id: id,
            detail: { user_id: userId, ...ended },
          },
          origin,
        );
        await db.deleteMember(tx, id, userId);
      });
    },

    /** The caller becomes administrator, the other owner, in one step. */
    async transferOwnership(actor: Actor, id: string, userId: string, origin: Origin): Promise<void> {
      await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:own');
        if (userId === actor.user_id)
          throw new AppError('conflict', 'You own this organization already; choose another member.');
        if ((await db.findMember(tx, id, userId)) === undefined) throw notFound('member');
        await db.updateMemberRole(tx, id, userId, 'owner');
        await db.updateMemberRole(tx, id, actor.user_id, 'admin');
        await audit(
          tx,
          {
            action: 'organization.ownership_transferred',
            actor_id: actor.user_id,
            organization_id: id,
            detail: { user_id: userId },
          },
          origin,
        );
      });
      await rightsChanged(userId);
      await rightsChanged(actor.user_id);
    },

    async plan(actor: Actor, id: string): Promise<PlanUsage> {
      return await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:read');
        return await planUsage(tx, id);
      });
    },

    async auditLog(actor: Actor, id: string, query: AuditQuery) {
      return await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:manage');
        return await readAudit(tx, { organization_id: id }, query);
      });
    },

    async auditLogCsv(actor: Actor, id: string, query: AuditQuery, origin: Origin): Promise<string> {
      return await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:manage');
        const csv = await auditCsv(tx, { organization_id: id }, query);
        await audit(
          tx,
          { action: 'audit_log.exported', actor_id: actor.user_id, organization_id: id },
          origin,
        );
        return csv;
      });
    },

    ...makeAccess(deps, requireRole, rightsChanged),

    async invite(actor: Actor, id: string, request: z.infer<typeof CreateInvitationRequest>, origin: Origin) {
      const token = newToken();
      const row = await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:manage');
        await requirePlan(tx, id, 'members');
        const made = await db.insertInvitation(tx, {
          organization_id: id,
          email: request.email,
          role: request.role,
          token_hash: hashToken(token),
          invited_by: actor.user_id,
          expires_at: new Date(deps.now().getTime() + INVITATION_DAYS * 86_400_000),
        });
        await audit(
          tx,
          {
            action: 'invitation.created',
            actor_id: actor.user_id,
            organization_id: id,
            detail: { invitation_id: made.id, role: request.role },
          },
          origin,
        );
        const names = await db.namesForLetter(tx, id, actor.user_id);
        await deps.jobs.enqueue(
          tx,
          SendMail,
          mailOf({
            to: request.email,
            subject: `Invitation to ${names.organization}`,
            before: [`${names.person} invites you to work in ${names.organization} as ${request.role}.`],
            link: { label: 'Join', url: `${base}/invitation?token=${token}` },
            after: [
              `It works once, for ${INVITATION_DAYS} days, for an account with this address. If you do not know what this is, ignore it.`,
            ],
          }),
        );
        return made;
      });
      return { ...toInvitation(row), token };
    },

    async invitations(actor: Actor, id: string) {
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:manage');
        return await db.listInvitations(tx, id);
      });
      return rows.map(toInvitation);
    },

    async revokeInvitation(actor: Actor, id: string, invitationId: string, origin: Origin): Promise<void> {
      await postgres.withContext(actor, async (tx) => {
        await requireRole(tx, actor, id, 'organization:manage');
        if ((await db.revokeInvitation(tx, id, invitationId, deps.now())) === undefined)
          throw notFound('open invitation');
        await audit(
          tx,
          {
            action: 'invitation.revoked',
            actor_id: actor.user_id,
            organization_id: id,
            detail: { invitation_id: invitationId },
          },
          origin,
        );
      });
    },

    /** Joins the organization the token invites the caller's own address to. */
    async accept(actor: Actor, token: string, origin: Origin): Promise<Organization> {
      const organizationId = await postgres.asSystem(async (tx) => {
        const email = await db.emailOf(tx, actor.user_id);
        const accepted =
          email === undefined
            ? undefined
            : await db.acceptInvitation(tx, hashToken(token), email, deps.now());
        if (accepted === undefined) {
          throw new AppError(
            'invalid_input',
            'This invitation has been used, has expired or is for another address; ask for a new one.',
          );
        }
        await db.insertMember(tx, accepted.organization_id, actor.user_id, accepted.role);
        await audit(
          tx,
          {
            action: 'invitation.accepted',
            actor_id: actor.user_id,
            organization_id: accepted.organization_id,
          },
          origin,
        );
        return accepted.organization_id;
      });
      return await this.get(actor, organizationId);
    },
  };
}

function toOrganization({
  dealer_confirmed_at,
  ...row
}: NonNullable<Awaited<ReturnType<typeof db.findOrganization>>>): Organization {
  return {
    ...row,
    type: row.type as Organization['type'],
    price_access: priceAccess({ type: row.type, dealer_confirmed_at }),
    subscription_tier: (row.subscription_tier ?? 'free') as Organization['subscription_tier'],
    subscription_status: row.subscription_status ?? 'active',
    address: row.address as Organization['address'],
    settings: (row.settings ?? {}) as Organization['settings'],
    role: row.role as OrganizationRole,
    created_at: iso(row.created_at as Date),
    updated_at: iso(row.updated_at as Date),
  };
}

function toInvitation(row: Awaited<ReturnType<typeof db.insertInvitation>>) {
  return {
    ...row,
    role: row.role as OrganizationRole,
    created_at: iso(row.created_at),
    expires_at: iso(row.expires_at),
    accepted_at: isoOrNull(row.accepted_at),
    revoked_at: isoOrNull(row.revoked_at),
  };
}
