// Analytics: how the product is used, how far projects get, what is in demand; a period and an organization at a time.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMe } from '../../api/accounts.ts';
import { demandQuery, funnelQuery, usageQuery } from '../../api/analytics.ts';
import { Input, Segmented, Select } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { formatDate } from '../../ui/units.ts';
import { Demand, EmptySearches, Funnel, Usage } from './charts.tsx';
import { PERIODS, type PeriodState, usePeriod } from './period.ts';

export default function AnalyticsPage() {
  const period = usePeriod();
  const { query } = period;
  const usage = useQuery({ ...usageQuery(query), placeholderData: (before) => before });
  const funnel = useQuery({ ...funnelQuery(query), placeholderData: (before) => before });
  const demand = useQuery({ ...demandQuery(query), placeholderData: (before) => before });
  return (
    <Page
      title="Analytics"
      note={`${formatDate(query.from)} to ${formatDate(query.to)}`}
      actions={<PeriodBar period={period} />}
    >
      <div className="flex flex-col gap-10">
        <Loaded query={usage} what="The usage">
          {(chart) => <Usage chart={chart} />}
        </Loaded>
        <Loaded query={funnel} what="The funnel">
          {(chart) => <Funnel chart={chart} />}
        </Loaded>
        <div className="grid items-start gap-10 lg:grid-cols-2">
          <Loaded query={demand} what="The demand">
            {(chart) => <Demand chart={chart} />}
          </Loaded>
          {demand.data ? <EmptySearches chart={demand.data} /> : null}
        </div>
      </div>
    </Page>
  );
}

function Loaded<T>({
  query,
  what,
  children,
}: {
  query: UseQueryResult<T>;
  what: string;
  children: (data: T) => ReactNode;
}) {
  if (query.data) return children(query.data);
  if (query.isError)
    return (
      <ErrorState
        title={`${what} could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3 border-t border-line pt-3">
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="h-44 w-full" />
    </div>
  );
}

function PeriodBar({ period }: { period: PeriodState }) {
  const { organizations } = useMe();
  const { query, days, change } = period;
  const today = new Date().toISOString().slice(0, 10);
  return (
    <>
      {organizations.length > 1 ? (
        <Select
          aria-label="Organization"
          controlSize="sm"
          className="[&_select]:h-8"
          value={query.organization_id ?? ''}
          onChange={(event) => change({ organization_id: event.target.value || undefined })}
        >
          <option value="">All organizations</option>
          {organizations.map((organization) => (
            <option key={organization.organization_id} value={organization.organization_id}>
              {organization.name}
            </option>
          ))}
        </Select>
      ) : null}
      <span className="inline-flex items-center gap-1.5">
        <Input
          type="date"
          aria-label="From"
          className="h-8! w-34 text-sm"
          max={query.to}
          value={query.from}
          onChange={(event) => event.target.value && change({ from: event.target.value, to: query.to })}
        />
        <Input
          type="date"
          aria-label="To"
          className="h-8! w-34 text-sm"
          min={query.from}
          max={today}
          value={query.to}
          onChange={(event) => event.target.value && change({ from: query.from, to: event.target.value })}
        />
      </span>
      <Segmented
        label="Period"
        value={String(days ?? '')}
        options={PERIODS.map((each) => ({ value: String(each.days), label: each.label }))}
        onChange={(value) => change({ days: Number(value) })}
      />
    </>
  );
}
