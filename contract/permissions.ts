// Who may do what: the one table that routes, services and the web app read. Row security repeats it in SQL.

export const PROJECT_ROLES = ['owner', 'editor', 'commenter', 'viewer'] as const;
export type ProjectRole = (typeof PROJECT_ROLES)[number];

export const ORGANIZATION_ROLES = ['owner', 'admin', 'member', 'viewer'] as const;
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

export const PROJECT_PERMISSIONS = {
  'project:read': ['owner', 'editor', 'commenter', 'viewer'],
  'project:comment': ['owner', 'editor', 'commenter'],
  'project:edit': ['owner', 'editor'],
  'project:share': ['owner'],
  'project:delete': ['owner'],
} as const satisfies Record<string, readonly ProjectRole[]>;
export type ProjectPermission = keyof typeof PROJECT_PERMISSIONS;

export const ORGANIZATION_PERMISSIONS = {
  'organization:read': ['owner', 'admin', 'member', 'viewer'],
  'organization:create_project': ['owner', 'admin', 'member'],
  'organization:manage': ['owner', 'admin'],
  'organization:own': ['owner'],
} as const satisfies Record<string, readonly OrganizationRole[]>;
export type OrganizationPermission = keyof typeof ORGANIZATION_PERMISSIONS;

/** What a route asks of its caller beside roles on a project or in an organization. */
export const GENERAL_PERMISSIONS = ['public', 'signed_in', 'platform:admin'] as const;
/**
 * What a route declares in its config and the OpenAPI document repeats as `x-permission`. Every row of the table is:
 * the roles listed here may, all others may not; who does not even see the project or organization gets 404.
 */
export type Permission = (typeof GENERAL_PERMISSIONS)[number] | ProjectPermission | OrganizationPermission;

/** Roles that can be granted (user_roles), and on what. */
export const GRANT_ROLES = ['admin', 'contributor', 'user', 'viewer'] as const;
export type GrantRole = (typeof GRANT_ROLES)[number];
export const GRANT_SCOPES = ['organization', 'project', 'team'] as const;
export type GrantScope = (typeof GRANT_SCOPES)[number];

/** The role a grant on an organization gives in it. */
export const ORGANIZATION_ROLE_OF_GRANT: Record<GrantRole, OrganizationRole> = {
  admin: 'admin',
  contributor: 'member',
  user: 'viewer',
  viewer: 'viewer',
};

/** The role a grant on a project, or on a team that has the project, gives on it. */
export const PROJECT_ROLE_OF_GRANT: Record<GrantRole, ProjectRole> = {
  admin: 'owner',
  contributor: 'editor',
  user: 'viewer',
  viewer: 'viewer',
};

/** The project role that a role in the project's organization gives. */
export const PROJECT_ROLE_OF_ORGANIZATION_ROLE: Record<OrganizationRole, ProjectRole> = {
  owner: 'owner',
  admin: 'owner',
  member: 'editor',
  viewer: 'viewer',
};

export function projectRoleMay(role: ProjectRole | null, permission: ProjectPermission): boolean {
  return role !== null && (PROJECT_PERMISSIONS[permission] as readonly ProjectRole[]).includes(role);
}

export function organizationRoleMay(
  role: OrganizationRole | null,
  permission: OrganizationPermission,
): boolean {
  return (
    role !== null && (ORGANIZATION_PERMISSIONS[permission] as readonly OrganizationRole[]).includes(role)
  );
}
