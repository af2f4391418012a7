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
