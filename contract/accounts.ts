// Accounts, sessions and API tokens as they cross HTTP.
import { z } from 'zod';
import { Id, line, Time } from './common.ts';

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

export const LoginRequest = z.object({ email: Email, password: z.string().min(1).max(200) });
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
