// Accounts, sessions and API tokens as they cross HTTP.
import { z } from 'zod';
import { Id, line, PageQuery, Time } from './common.ts';

export const USER_TYPES = ['designer', 'dealer', 'sales_rep', 'facilities_manager', 'architect'] as const;
export const USER_STATUSES = ['active', 'inactive', 'suspended'] as const;
export const UNITS = ['imperial', 'metric'] as const;
export const THEMES = ['light', 'dark', 'system'] as const;

export const Email = z
  .string()
  .trim()
  .max(255)
  .toLowerCase()
  .pipe(z.email('must be an e-mail address, for instance ada@example.com'));

/** Twelve characters or more; length protects better than composition rules. */
export const Password = z
  .string()
  .min(12, 'must have at least 12 characters')
  .max(200, 'may have at most 200 characters');

export const Preferences = z.object({
  theme: z.enum(THEMES).optional(),
  units: z.enum(UNITS).optional(),
  notifications: z.object({ email: z.boolean().optional() }).optional(),
});

export const User = z.object({
  id: Id,
  email: z.string(),
  email_verified_at: Time.nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  title: z.string().nullable(),
  user_type: z.enum(USER_TYPES),
  preferences: Preferences,
  status: z.enum(USER_STATUSES),
  last_login_at: Time.nullable(),
  created_at: Time,
});
export type User = z.infer<typeof User>;

export const RegisterRequest = z.object({
  email: Email,
  password: Password,
  first_name: line(100),
  last_name: line(100),
  user_type: z.enum(USER_TYPES).default('designer'),
  company: line(255).optional(),
  /** A new organization with this name is made and owned by the new user; the company's name if absent. */
  organization_name: line(255).optional(),
});
export type RegisterRequest = z.infer<typeof RegisterRequest>;

const PresentPassword = z.string().min(1).max(200);

export const LoginRequest = z.object({
  email: Email,
  password: PresentPassword,
  /** Takes back the deactivation or deletion of one's own account. */
  reactivate: z.boolean().optional(),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

export const MembershipOfUser = z.object({
  organization_id: Id,
  name: z.string(),
  type: z.string().nullable(),
  role: z.enum(['owner', 'admin', 'member', 'viewer']),
});

/** Who is signed in, with what they belong to. */
export const Me = z.object({
  user: User,
  is_admin: z.boolean(),
  organizations: z.array(MembershipOfUser),
});
export type Me = z.infer<typeof Me>;

export const UpdateMeRequest = z
  .object({
    first_name: line(100),
    last_name: line(100),
    phone: line(20).nullable(),
    company: line(255).nullable(),
    title: line(100).nullable(),
    user_type: z.enum(USER_TYPES),
    preferences: Preferences,
  })
  .partial();
export type UpdateMeRequest = z.infer<typeof UpdateMeRequest>;

export const TokenRequest = z.object({ token: z.string().min(20).max(200) });

export const SIGN_IN_PROVIDERS = ['google', 'microsoft'] as const;
export type SignInProvider = (typeof SIGN_IN_PROVIDERS)[number];

/** What the web app is told in the address (?error=…) where signing in with a provider did not work. */
export const SIGN_IN_ERRORS = [
  'cancelled',
  'expired',
  'failed',
  'unverified',
  'address_unconfirmed',
  'linked_elsewhere',
  'linked_other',
  'suspended',
  'deactivated',
  'not_configured',
  'unreachable',
] as const;
export type SignInError = (typeof SIGN_IN_ERRORS)[number];

/** Ways one's own account can be signed in to. */
export const SignInMethods = z.object({
  password: z.boolean(),
  google: z.boolean(),
  microsoft: z.boolean(),
  /** Whether a change that needs the password needs a fresh sign-in instead, because there is no password. */
  fresh: z.boolean(),
  closure: z.object({ requested_at: Time, due_at: Time.nullable() }).nullable(),
});
export type SignInMethods = z.infer<typeof SignInMethods>;

/** `current_password` is left out by those who never had one; they sign in afresh instead. */
export const ChangePasswordRequest = z.object({
  current_password: PresentPassword.optional(),
  new_password: Password,
});
export const ChangeEmailRequest = z.object({ email: Email, password: PresentPassword.optional() });
/** `email` is typed again, so that nobody closes an account by accident. */
export const CloseAccountRequest = z.object({
  email: Email,
  password: PresentPassword.optional(),
  delete: z.boolean().default(false),
});
export const UnlinkRequest = z.object({ password: PresentPassword.optional() });

export const ForgotPasswordRequest = z.object({ email: Email });
export const ResetPasswordRequest = z.object({ token: z.string().min(20).max(200), password: Password });

export const Session = z.object({
  id: Id,
  user_agent: z.string().nullable(),
  ip_address: z.string().nullable(),
  created_at: Time,
  last_seen_at: Time,
  expires_at: Time,
  is_current: z.boolean(),
});

export const API_SCOPES = ['read', 'write', 'export'] as const;
export const ApiToken = z.object({
  id: Id,
  name: z.string(),
  scopes: z.array(z.enum(API_SCOPES)),
  created_at: Time,
  expires_at: Time.nullable(),
  last_used_at: Time.nullable(),
});
export const CreateApiTokenRequest = z.object({
  name: line(100),
  scopes: z.array(z.enum(API_SCOPES)).min(1),
  expires_in_days: z.number().int().min(1).max(365).default(90),
});
/** The token itself is shown once, here. */
export const CreatedApiToken = ApiToken.extend({ token: z.string() });

/** One event of security. `detail` names ids and fields, never secrets or contents. */
export const AuditEvent = z.object({
  id: Id,
  action: z.string(),
  actor_id: Id.nullable(),
  actor_email: z.string().nullable(),
  organization_id: Id.nullable(),
  project_id: Id.nullable(),
  detail: z.record(z.string(), z.unknown()),
  ip_address: z.string().nullable(),
  request_id: z.string().nullable(),
  created_at: Time,
});
export type AuditEvent = z.infer<typeof AuditEvent>;
export const AuditQuery = PageQuery.extend({
  /** An action, or the part before the dot: "account" finds every account.… event. */
  action: z
    .string()
    .regex(/^[a-z_]+(\.[a-z_]+)?$/, 'must be an action such as account.signed_in, or its first part')
    .max(100)
    .optional(),
  actor_id: Id.optional(),
  from: Time.optional(),
  to: Time.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** A message kept on this machine because no mail server is set. */
export const MailboxItem = z.object({ id: z.string(), to: z.string(), subject: z.string(), sent_at: Time });
export const MailboxMessage = MailboxItem.extend({ text: z.string() });
