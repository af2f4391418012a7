// What the generated permission test has to be told: bodies that a schema alone does not give, operations that end
// something, and the few answers that differ from the table, each with its reason.
import { randomUUID } from 'node:crypto';
import type { Person } from '../harness/app.ts';
import type { Fixtures, Role } from './world.ts';

type Body = (own: Fixtures, cast: Record<Role, Person>, erasable?: Person) => unknown;

/** Bodies whose fields refer to something, or whose schema has a condition that JSON Schema does not tell. */
export const BODIES: Record<string, Body> = {
  'post /auth/change-password': () => ({
    current_password: 'a long enough password',
    new_password: 'another long enough password',
  }),
  'post /auth/change-email': () => ({
    email: `${randomUUID()}@example.com`,
    password: 'a long enough password',
  }),
  'post /invitations/accept': () => ({ token: 'x'.repeat(43) }),
  'post /organizations/{id}/invitations': () => ({ email: `${randomUUID()}@example.com` }),
  'patch /organizations/{id}/members/{user_id}': () => ({ role: 'member' }),
  'post /organizations/{id}/transfer-ownership': (_own, cast) => ({
    user_id: cast.organization_admin.user_id,
  }),
  'post /organizations/{id}/grants': (own, cast) => ({
    email: cast.viewer.email,
    role: 'viewer',
    resource_type: 'project',
    resource_id: own['projects/{id}'],
  }),
  'post /projects/{id}/collaborators': (_own, cast) => ({
    email: cast.platform_admin.email,
    role: 'viewer',
  }),
  'patch /projects/{id}/collaborators/{user_id}': () => ({ role: 'commenter' }),
  'patch /comments/{id}': () => ({ body: 'Is it?' }),
  'post /floor-plans/{id}/edits': (own) => ({ op: 'confirm', space_ids: [own['spaces/{id}']] }),
  'post /recommendations/{id}/items': (own) => ({
    product_id: own['products/{id}'],
    space_id: own['spaces/{id}'],
    if_no_place: 'fit',
    override_limits: true,
  }),
  'patch /recommendations/{id}/items/{item_id}': () => ({ locked: true }),
  'post /recommendations/{id}/feedback': () => ({ feedback_type: 'rating', rating: 4 }),
  'post /recommendations/{id}/bulk': () => ({ action: 'accept' }),
  'post /organizations/{id}/webhooks': () => ({ url: 'https://hooks.example.com/other' }),
  'put /products/{id}/variants': () => ({ items: [] }),
  'put /products/{id}/related': () => ({ items: [] }),
  'post /products': () => ({
    sku: `T-${randomUUID().slice(0, 8)}`,
    name: 'Test chair',
    category: 'seating',
    list_price: 100,
  }),
  'post /admin/legal-holds': (own) => ({
    scope: 'project',
    subject_id: own['projects/{id}'] ?? randomUUID(),
    reason: 'a test',
  }),
  'post /admin/persons/{id}/erasure': (_own, _cast, erasable) => ({
    reason: 'asked for it',
    email: erasable?.email ?? 'somebody@example.com',
  }),
  'post /catalog/imports/{id}/preview': () => ({ mapping: {} }),
  'patch /organizations/{id}/standards/rules/{rule_id}': () => ({ enabled: false }),
};

/** Called last, in this order: what they leave is no longer what the others need. */
export const LATE: readonly string[] = [
  'post /sif-imports/{id}/apply',
  'post /sif-imports/{id}/undo',
  'post /projects/{id}/recommendations',
  'post /floor-plans/{id}/revisions',
  'post /floor-plans/{id}/analysis',
  'post /projects/{id}/versions/{n}/restore',
  'delete /webhooks/{id}',
  'delete /floor-plans/{id}',
  'post /floor-plans/{id}/restore',
  'delete /projects/{id}/collaborators/{user_id}',
  'delete /projects/{id}',
  'post /projects/{id}/restore',
  'delete /organizations/{id}/members/{user_id}',
  'post /organizations/{id}/transfer-ownership',
  'delete /products/{id}',
  'post /admin/persons/{id}/erasure',
];

/** Called as somebody who is not needed afterwards: they end sessions or change how one signs in. */
export const THROW_AWAY: readonly string[] = [
  'post /auth/logout',
  'post /auth/change-password',
  'post /auth/change-email',
  'post /auth/close-account',
  'post /auth/sessions/end-others',
];

/** Operations that take another of a kind than the others do, which is gone when they come. */
export const ANOTHER: Readonly<Record<string, string>> = {
  'delete /admin/jobs/dead-letters/{id}': 'discarded/{id}',
};

/** Kinds that belong to one person alone: everybody else, administrators too, finds nothing. */
export const OWN: ReadonlySet<string> = new Set(['sessions/{id}', 'api-tokens/{id}', 'data-exports/{id}']);

/** Ids in bodies that need not be of the same project: made by the client, or of what everybody may name. */
export const NOT_FOREIGN: ReadonlyMap<string, string> = new Map([
  [
    'post /projects/{id}/presence connection_id',
    'the browser makes it; it is looked up within the project and the person',
  ],
]);

/** Ids in paths that are the trade's, not a tenant's. */
export const SHARED_IDS: ReadonlySet<string> = new Set(['rules/{rule_id}', 'credits/{rule_id}']);

/** Answers of 401, 403 or 404 to somebody who has the permission, each with its reason. */
export const KNOWN_REFUSALS: Record<string, { statuses: number[]; why: string }> = {
  'get /floor-plans/{id}/differences': {
    statuses: [404],
    why: 'the plan was read once: there is nothing to compare',
  },
  'get /analytics/market': {
    statuses: [403],
    why: 'for people of the maker’s organizations, which no role gives',
  },
};
