// The pages under /settings and /admin: one line a page. A page without a line here does not exist; one the reader may
// not use is not shown in the list and answers "nothing here" at its address.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Me } from '../../../contract/accounts.ts';
import { organizationRoleMay } from '../../../contract/permissions.ts';

export type SettingsArea = 'settings' | 'admin';

export interface SettingsPage {
  area: SettingsArea;
  /** The heading it stands under in the list. */
  group: 'You' | 'Organization' | 'Platform' | 'Data' | 'Learning';
  /** The last part of its address: /settings/profile. */
  path: string;
  label: string;
  may?: ((me: Me) => boolean) | undefined;
  /** Default export; takes no props. Pages of an organization ask `useOrganization()` for the one in hand. */
  component: LazyExoticComponent<ComponentType>;
}

export const managesAnOrganization = (me: Me) =>
  me.organizations.some(({ role }) => organizationRoleMay(role, 'organization:manage'));
export const belongsToAnOrganization = (me: Me) => me.organizations.length > 0;

export const SETTINGS_PAGES: readonly SettingsPage[] = [
  {
    area: 'settings',
    group: 'You',
    path: 'profile',
    label: 'Profile',
    component: lazy(() => import('../features/settings/profile.tsx')),
  },
  {
    area: 'settings',
    group: 'You',
    path: 'account',
    label: 'Account',
    component: lazy(() => import('../features/settings/account.tsx')),
  },
  {
    area: 'settings',
    group: 'You',
    path: 'sessions',
    label: 'Sessions',
    component: lazy(() => import('../features/settings/sessions.tsx')),
  },
  {
    area: 'settings',
    group: 'You',
    path: 'tokens',
    label: 'API tokens',
    component: lazy(() => import('../features/settings/tokens.tsx')),
  },
  {
    area: 'settings',
    group: 'You',
    path: 'your-data',
    label: 'Your data',
    component: lazy(() => import('../features/privacy/your-data-page.tsx')),
  },
  {
    area: 'settings',
    group: 'Organization',
    path: 'organization',
    label: 'Organization',
    may: belongsToAnOrganization,
    component: lazy(() => import('../features/settings/organization-page.tsx')),
  },
  {
    area: 'settings',
    group: 'Organization',
    path: 'members',
    label: 'Members',
    may: belongsToAnOrganization,
    component: lazy(() => import('../features/settings/members.tsx')),
  },
  {
    area: 'settings',
    group: 'Organization',
    path: 'plan',
    label: 'Plan',
    may: belongsToAnOrganization,
    component: lazy(() => import('../features/settings/plan.tsx')),
  },
  {
    area: 'settings',
    group: 'Organization',
    path: 'audit-log',
    label: 'Audit log',
    may: managesAnOrganization,
    component: lazy(() => import('../features/settings/audit-log.tsx')),
  },
  {
    area: 'settings',
    group: 'Organization',
    path: 'branding',
    label: 'Branding',
    may: managesAnOrganization,
    component: lazy(() => import('../features/branding/page.tsx')),
  },
  {
    area: 'settings',
    group: 'Organization',
    path: 'webhooks',
    label: 'Webhooks',
    may: managesAnOrganization,
    component: lazy(() => import('../features/webhooks/page.tsx')),
  },
  {
    area: 'settings',
    group: 'Organization',
    path: 'prices',
    label: 'Prices and terms',
    may: belongsToAnOrganization,
    component: lazy(() => import('../features/budget/prices-page.tsx')),
  },
  {
    area: 'settings',
    group: 'Organization',
    path: 'standards',
    label: 'Kits and standards',
    may: belongsToAnOrganization,
    component: lazy(() => import('../features/furniture/standards-page.tsx')),
  },
  {
    area: 'admin',
    group: 'Platform',
    path: 'overview',
    label: 'Overview',
    component: lazy(() => import('../features/admin/overview.tsx')),
  },
  {
    area: 'admin',
    group: 'Platform',
    path: 'people',
    label: 'People',
    component: lazy(() => import('../features/admin/people.tsx')),
  },
  {
    area: 'admin',
    group: 'Platform',
    path: 'organizations',
    label: 'Organizations',
    component: lazy(() => import('../features/admin/organizations.tsx')),
  },
  {
    area: 'admin',
    group: 'Platform',
    path: 'jobs',
    label: 'Jobs and dead letters',
    component: lazy(() => import('../features/admin/jobs.tsx')),
  },
  {
    area: 'admin',
    group: 'Platform',
    path: 'storage',
    label: 'Storage and migrations',
    component: lazy(() => import('../features/admin/storage.tsx')),
  },
  {
    area: 'admin',
    group: 'Data',
    path: 'erasure',
    label: 'Erasure',
    component: lazy(() => import('../features/privacy/erasure-page.tsx')),
  },
  {
    area: 'admin',
    group: 'Data',
    path: 'retention',
    label: 'Retention',
    component: lazy(() => import('../features/retention/policies-page.tsx')),
  },
  {
    area: 'admin',
    group: 'Data',
    path: 'legal-holds',
    label: 'Legal holds',
    component: lazy(() => import('../features/retention/holds-page.tsx')),
  },
  {
    area: 'settings',
    group: 'Organization',
    path: 'learning',
    label: 'Learning',
    may: belongsToAnOrganization,
    component: lazy(() => import('../features/learning/organization-page.tsx')),
  },
  {
    area: 'admin',
    group: 'Learning',
    path: 'ranking-models',
    label: 'Ranking models',
    component: lazy(() => import('../features/learning/models-page.tsx')),
  },
  {
    area: 'admin',
    group: 'Learning',
    path: 'training-data',
    label: 'Training data',
    component: lazy(() => import('../features/learning/training-page.tsx')),
  },
  {
    area: 'admin',
    group: 'Platform',
    path: 'audit-log',
    label: 'Audit log',
    component: lazy(() => import('../features/settings/platform-audit-log.tsx')),
  },
  {
    area: 'admin',
    group: 'Platform',
    path: 'mailbox',
    label: 'Mailbox',
    component: lazy(() => import('../features/settings/mailbox.tsx')),
  },
];

/** The pages of an area that the reader may open, in the order of the table. */
export function pagesFor(area: SettingsArea, me: Me): SettingsPage[] {
  return SETTINGS_PAGES.filter(
    (page) => page.area === area && (area === 'settings' || me.is_admin) && (page.may?.(me) ?? true),
  );
}
