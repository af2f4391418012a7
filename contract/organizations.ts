// Organizations, their members and invitations as they cross HTTP.
import { z } from 'zod';
import { Email } from './accounts.ts';
import { Id, JsonObject, line, Time } from './common.ts';
import { GRANT_ROLES, GRANT_SCOPES, ORGANIZATION_ROLES } from './permissions.ts';
import { PLAN_MEASURES } from './plans.ts';

export const ORGANIZATION_TYPES = ['dealer', 'design_firm', 'corporate', 'ofs_internal'] as const;
/** Which prices of the catalogue an organization's people are told: the maker grants it, `type` alone opens nothing. */
export const PRICE_ACCESS = ['list', 'dealer', 'maker'] as const;
export const SUBSCRIPTION_TIERS = ['free', 'professional', 'enterprise'] as const;

export const Organization = z.object({
  id: Id,
  name: z.string(),
  type: z.enum(ORGANIZATION_TYPES).nullable(),
  price_access: z.enum(PRICE_ACCESS),
  subscription_tier: z.enum(SUBSCRIPTION_TIERS),
  subscription_status: z.string(),
  billing_email: z.string().nullable(),
  website: z.string().nullable(),
  phone: z.string().nullable(),
  address: JsonObject.nullable(),
  settings: JsonObject,
  role: z.enum(ORGANIZATION_ROLES).nullable(),
  created_at: Time,
  updated_at: Time,
});
export type Organization = z.infer<typeof Organization>;

/** A dealer is one who says so and whom the maker has confirmed. */
export const priceAccess = (row: { type: string | null; dealer_confirmed_at: Date | null }) =>
  row.type === 'ofs_internal'
    ? 'maker'
    : row.type === 'dealer' && row.dealer_confirmed_at !== null
      ? 'dealer'
      : 'list';

export const CreateOrganizationRequest = z.object({
  name: line(255),
  type: z.enum(['dealer', 'design_firm', 'corporate']).optional(),
  website: z
    .url({ protocol: /^https?$/ })
    .max(255)
    .optional(),
  phone: line(20).optional(),
});
export type CreateOrganizationRequest = z.infer<typeof CreateOrganizationRequest>;

export const UpdateOrganizationRequest = z
  .object({
    name: line(255),
    type: z.enum(['dealer', 'design_firm', 'corporate']),
    billing_email: Email.nullable(),
    website: z
      .url({ protocol: /^https?$/ })
      .max(255)
      .nullable(),
    phone: line(20).nullable(),
  })
  .partial();
export type UpdateOrganizationRequest = z.infer<typeof UpdateOrganizationRequest>;

export const OrganizationMember = z.object({
  id: Id,
  user_id: Id,
  email: z.string(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  user_type: z.string(),
  role: z.enum(ORGANIZATION_ROLES),
  joined_at: Time,
});
export type OrganizationMember = z.infer<typeof OrganizationMember>;

export const UpdateMemberRequest = z.object({ role: z.enum(ORGANIZATION_ROLES) });

export const Invitation = z.object({
  id: Id,
  organization_id: Id,
  email: z.string(),
  role: z.enum(ORGANIZATION_ROLES),
  created_at: Time,
  expires_at: Time,
  accepted_at: Time.nullable(),
  revoked_at: Time.nullable(),
});
export const CreateInvitationRequest = z.object({
  email: Email,
  role: z.enum(['admin', 'member', 'viewer']).default('member'),
});
/** The invitation is mailed; its token is also shown once to the person who invites, who may hand it on. */
export const CreatedInvitation = Invitation.extend({ token: z.string() });
export const AcceptInvitationRequest = z.object({ token: z.string().min(20).max(200) });

export const TransferOwnershipRequest = z.object({ user_id: Id });

/** A role given on an organization, a project or a team, until `expires_at` where that is set. */
export const Grant = z.object({
  id: Id,
  user_id: Id,
  email: z.string(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  role: z.enum(GRANT_ROLES),
  resource_type: z.enum(GRANT_SCOPES),
  resource_id: Id,
  resource_name: z.string(),
  granted_at: Time,
  expires_at: Time.nullable(),
});
export type Grant = z.infer<typeof Grant>;
export const CreateGrantRequest = z.object({
  email: Email,
  role: z.enum(GRANT_ROLES),
  resource_type: z.enum(GRANT_SCOPES),
  resource_id: Id,
  expires_at: Time.optional(),
});
export type CreateGrantRequest = z.infer<typeof CreateGrantRequest>;

export const Team = z.object({
  id: Id,
  name: z.string(),
  project_ids: z.array(Id),
  created_at: Time,
});
export const SaveTeamRequest = z.object({ name: line(100), project_ids: z.array(Id).max(500).default([]) });

/** What the plan allows and what is used of it; a limit of null is none. */
export const PlanUsage = z.object({
  tier: z.enum(SUBSCRIPTION_TIERS),
  status: z.string(),
  measures: z.array(
    z.object({ measure: z.enum(PLAN_MEASURES), used: z.number(), limit: z.number().nullable() }),
  ),
});
export type PlanUsage = z.infer<typeof PlanUsage>;
