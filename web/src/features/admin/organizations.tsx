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
        columns={columns({ set, ask: setAsked })}
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

interface Changes {
  set: (id: string, body: UpdateAdminOrganization) => void;
  ask: (asked: Asked) => void;
}

function columns(changes: Changes): readonly Column<AdminOrganization>[] {
  return [
    {
      key: 'name',
      header: 'Organization',
      cell: (row) => (
        <div className="min-w-36">
          <p className="font-medium [overflow-wrap:anywhere]">{row.name}</p>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
            {row.type === null ? null : (KINDS[row.type] ?? humanize(row.type))}
            {isWaiting(row) ? <Badge tone="warn">To confirm</Badge> : null}
          </p>
          <div className="mt-2 grid grid-cols-3 gap-2 md:hidden">
            <Tier row={row} {...changes} />
            <Subscription row={row} {...changes} />
            <Prices row={row} {...changes} />
          </div>
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
      wideOnly: true,
      cell: (row) => <Tier row={row} {...changes} />,
    },
    {
      key: 'status',
      header: 'Subscription',
      width: '8rem',
      wideOnly: true,
      cell: (row) => <Subscription row={row} {...changes} />,
    },
    {
      key: 'prices',
      header: 'Prices',
      width: '7rem',
      wideOnly: true,
      cell: (row) => <Prices row={row} {...changes} />,
    },
    {
      key: 'since',
      header: 'Since',
      wideOnly: true,
      cell: (row) => <span className="whitespace-nowrap">{formatDate(row.created_at)}</span>,
    },
  ];
}

interface ControlProps extends Changes {
  row: AdminOrganization;
}

function Tier({ row, set }: ControlProps) {
  return (
    <Choice
      label={`Tier of ${row.name}`}
      value={row.subscription_tier}
      options={SUBSCRIPTION_TIERS.map((tier) => [tier, humanize(tier)])}
      onChoose={(subscription_tier) => set(row.id, { subscription_tier } as UpdateAdminOrganization)}
    />
  );
}

function Subscription({ row, set }: ControlProps) {
  const states = [...new Set<string>([...SUBSCRIPTION_STATES, row.subscription_status])];
  return (
    <Choice
      label={`Subscription of ${row.name}`}
      value={row.subscription_status}
      options={states.map((state) => [state, humanize(state)])}
      onChoose={(subscription_status) => set(row.id, { subscription_status } as UpdateAdminOrganization)}
    />
  );
}

/** Shows what holds until the question is answered. */
function Prices({ row, ask }: ControlProps) {
  return (
    <Choice
      label={`Prices told to ${row.name}`}
      value={row.price_access}
      options={PRICE_ACCESS.map((access) => [access, PRICES[access].label])}
      onChoose={(access) => ask({ organization: row, access: access as PriceAccess })}
    />
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChoose: (value: string) => void;
}
function Choice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <Select
      controlSize="sm"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.target.value)}
    >
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </Select>
  );
}
