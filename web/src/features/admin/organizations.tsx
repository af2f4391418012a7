// Every organization with its tier and the state of its subscription, both changed in place, and the prices its people are
// told, which is asked about before it changes.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type AdminOrganization,
  SUBSCRIPTION_STATES,
  type UpdateAdminOrganization,
} from '../../../../contract/admin.ts';
import { PRICE_ACCESS, SUBSCRIPTION_TIERS } from '../../../../contract/organizations.ts';
import { organizationsQuery, useChangeOrganization } from '../../api/admin.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SearchInput, Select } from '../../ui/field.tsx';
import type { Column } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount, formatDate, humanize } from '../../ui/units.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import { PagedTable } from './parts.tsx';

type PriceAccess = AdminOrganization['price_access'];
interface Asked {
  organization: AdminOrganization;
  access: PriceAccess;
}

const PRICES: Record<PriceAccess, { label: string; title: string; sentence: (name: string) => string }> = {
  list: {
    label: 'List',
    title: 'List prices only?',
    sentence: (name) =>
      `People of ${name} no longer see what products cost, nor margins, nor files that hold them. It holds at once.`,
  },
  dealer: {
    label: 'Dealer',
    title: 'Confirm this dealer?',
    sentence: (name) =>
      `People of ${name} see dealer prices in the catalogue, and costs and margins in the projects they edit.`,
  },
  maker: {
    label: 'Maker',
    title: 'Make this the maker’s own organization?',
    sentence: (name) =>
      `People of ${name} see dealer prices, costs of every project they can open, and demand across organizations.`,
  },
};

const isWaiting = (row: AdminOrganization) => row.type === 'dealer' && row.price_access === 'list';

export default function OrganizationsPage() {
  const [q, setQ] = useState('');
  const [waiting, setWaiting] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const search = useDebounced(q.trim(), 250);
  const query = useInfiniteQuery(
    organizationsQuery({ q: search || undefined, unconfirmed_dealers: waiting ? 'true' : undefined }),
  );
  const change = useChangeOrganization();
  const set = (id: string, body: UpdateAdminOrganization, done?: () => void) =>
    change.mutate(
      { id, ...body },
      {
        onSuccess: () => {
          toast('Saved');
          done?.();
        },
        onError: toastProblem('Nothing was changed'),
      },
    );
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label="Search organizations"
          placeholder="Name"
          value={q}
          onChange={(event) => setQ(event.target.value)}
          className="w-full sm:w-72"
        />
        <div className="w-48">
          <Select
            controlSize="sm"
            aria-label="Which organizations"
            value={String(waiting)}
            onChange={(event) => setWaiting(event.target.value === 'true')}
          >
            <option value="false">Every organization</option>
            <option value="true">Dealers to confirm</option>
          </Select>
        </div>
      </div>
      <PagedTable
        query={query}
        label="Organizations"
        columns={columns(set, setAsked)}
        rowKey={(row) => row.id}
        failed="The organizations could not be loaded"
        empty={waiting ? 'No dealer waits to be confirmed.' : 'No organization matches.'}
      />
      {asked ? (
        <ConfirmPrices asked={asked} set={set} busy={change.isPending} onClose={() => setAsked(null)} />
      ) : null}
    </>
  );
}

const KINDS: Record<string, string> = { ofs_internal: 'Maker', corporate: 'Company that furnishes' };

interface ConfirmPricesProps {
  asked: Asked;
  set: (id: string, body: UpdateAdminOrganization, done: () => void) => void;
  busy: boolean;
  onClose: () => void;
}
function ConfirmPrices({ asked: { organization, access }, set, busy, onClose }: ConfirmPricesProps) {
  const words = PRICES[access];
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.title}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={access === 'list' ? 'danger' : 'primary'}
            busy={busy}
            onClick={() => set(organization.id, { price_access: access }, onClose)}
          >
            {access === 'list' ? 'List prices only' : 'Confirm'}
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">{words.sentence(organization.name)}</p>
    </Dialog>
  );
}

function columns(
  set: (id: string, body: UpdateAdminOrganization) => void,
  ask: (asked: Asked) => void,
): readonly Column<AdminOrganization>[] {
  return [
    {
      key: 'name',
      header: 'Organization',
      cell: (row) => (
        <div className="min-w-36">
          <p className="font-medium">{row.name}</p>
          {row.type === null ? null : (
            <p className="text-xs text-ink-3">{KINDS[row.type] ?? humanize(row.type)}</p>
          )}
          {isWaiting(row) ? <Badge tone="warn">To confirm</Badge> : null}
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
    {
      key: 'prices',
      header: 'Prices',
      width: '8rem',
      cell: (row) => (
        <Select
          controlSize="sm"
          aria-label={`Prices told to ${row.name}`}
          value={row.price_access}
          onChange={(event) => ask({ organization: row, access: event.target.value as PriceAccess })}
        >
          {PRICE_ACCESS.map((access) => (
            <option key={access} value={access}>
              {PRICES[access].label}
            </option>
          ))}
        </Select>
      ),
    },
    { key: 'since', header: 'Since', wideOnly: true, cell: (row) => formatDate(row.created_at) },
  ];
}
