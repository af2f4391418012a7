// Every organization with its tier and the state of its subscription, both changed in place.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type AdminOrganization,
  SUBSCRIPTION_STATES,
  type UpdateAdminOrganization,
} from '../../../../contract/admin.ts';
import { SUBSCRIPTION_TIERS } from '../../../../contract/organizations.ts';
import { organizationsQuery, useChangeOrganization } from '../../api/admin.ts';
import { SearchInput, Select } from '../../ui/field.tsx';
import type { Column } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount, formatDate, humanize } from '../../ui/units.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import { PagedTable } from './parts.tsx';

export default function OrganizationsPage() {
  const [q, setQ] = useState('');
  const search = useDebounced(q.trim(), 250);
  const query = useInfiniteQuery(organizationsQuery({ q: search || undefined }));
  const change = useChangeOrganization();
  const set = (id: string, body: UpdateAdminOrganization) =>
    change.mutate(
      { id, ...body },
      { onSuccess: () => toast('Saved'), onError: toastProblem('Nothing was changed') },
    );
  return (
    <>
      <SearchInput
        label="Search organizations"
        placeholder="Name"
        value={q}
        onChange={(event) => setQ(event.target.value)}
        className="w-full sm:w-72"
      />
      <PagedTable
        query={query}
        label="Organizations"
        columns={columns(set)}
        rowKey={(row) => row.id}
        failed="The organizations could not be loaded"
        empty="No organization matches."
      />
    </>
  );
}

function columns(
  set: (id: string, body: UpdateAdminOrganization) => void,
): readonly Column<AdminOrganization>[] {
  return [
    {
      key: 'name',
      header: 'Organization',
      cell: (row) => (
        <div className="min-w-36">
          <p className="font-medium">{row.name}</p>
          {row.type === null ? null : <p className="text-xs text-ink-3">{humanize(row.type)}</p>}
        </div>
      ),
    },
    {
      key: 'members',
      header: 'Members',
      align: 'right',
      wideOnly: true,
      cell: (row) => formatCount(row.members),
    },
    {
      key: 'projects',
      header: 'Projects',
      align: 'right',
      wideOnly: true,
      cell: (row) => formatCount(row.projects),
    },
    {
      key: 'tier',
      header: 'Tier',
      width: '9rem',
      cell: (row) => (
        <Select
          controlSize="sm"
          aria-label={`Tier of ${row.name}`}
          value={row.subscription_tier}
          onChange={(event) =>
            set(row.id, {
              subscription_tier: event.target.value as NonNullable<
                UpdateAdminOrganization['subscription_tier']
              >,
            })
          }
        >
          {SUBSCRIPTION_TIERS.map((tier) => (
            <option key={tier} value={tier}>
              {humanize(tier)}
            </option>
          ))}
        </Select>
      ),
    },
    {
      key: 'status',
      header: 'Subscription',
      width: '9rem',
      cell: (row) => (
        <Select
          controlSize="sm"
          aria-label={`Subscription of ${row.name}`}
          value={row.subscription_status}
          onChange={(event) =>
            set(row.id, {
              subscription_status: event.target.value as NonNullable<
                UpdateAdminOrganization['subscription_status']
              >,
            })
          }
        >
          {[...new Set<string>([...SUBSCRIPTION_STATES, row.subscription_status])].map((state) => (
            <option key={state} value={state}>
              {humanize(state)}
            </option>
          ))}
        </Select>
      ),
    },
    { key: 'since', header: 'Since', wideOnly: true, cell: (row) => formatDate(row.created_at) },
  ];
}
