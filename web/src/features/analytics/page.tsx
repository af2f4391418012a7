// Analytics: how the product is used, how far and how fast projects get, what is in demand, what people make of what is
// recommended and what the models cost; a period, an organization and a kind of user at a time.
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMe } from '../../api/accounts.ts';
import {
  acceptanceQuery,
  conversationsQuery,
  demandQuery,
  funnelQuery,
  marketQuery,
  modelsQuery,
  turnaroundQuery,
  usageQuery,
} from '../../api/analytics.ts';
import { Page } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { formatDate } from '../../ui/units.ts';
import { Funnel, Turnaround, Usage } from './charts.tsx';
import { Demand, EmptySearches, Market, SearchKinds } from './demand.tsx';
import { Filters } from './filters.tsx';
import { type Dashboard, type PeriodState, usePeriod } from './period.ts';
import { Acceptance, Messages, Models, Outcomes } from './quality.tsx';

type Query = PeriodState['query'];

export default function AnalyticsPage() {
  const period = usePeriod();
  const { query, dashboard, change } = period;
  const tabs: { value: Dashboard; label: string; content: ReactNode }[] = [
    { value: 'usage', label: 'Usage', content: <UsageTab query={query} /> },
    { value: 'funnel', label: 'Funnel', content: <FunnelTab query={query} /> },
    { value: 'turnaround', label: 'Turnaround', content: <TurnaroundTab query={query} /> },
    { value: 'demand', label: 'Demand', content: <DemandTab query={query} /> },
    { value: 'acceptance', label: 'Acceptance', content: <AcceptanceTab query={query} /> },
    { value: 'models', label: 'Models', content: <ModelsTab query={query} /> },
  ];
  return (
    <Page
      title="Analytics"
      note={`${formatDate(query.from)} to ${formatDate(query.to)}, days in UTC`}
      actions={<Filters period={period} />}
    >
      <Tabs
        label="Dashboards"
        value={dashboard}
        onChange={(value) => change({ dashboard: value })}
        tabs={tabs}
      />
    </Page>
  );
}

function UsageTab({ query }: { query: Query }) {
  const usage = useQuery({ ...usageQuery(query), placeholderData: keepPreviousData });
  return (
    <First>
      <Loaded query={usage} what="The usage">
        {(chart) => <Usage chart={chart} />}
      </Loaded>
    </First>
  );
}

function FunnelTab({ query }: { query: Query }) {
  const funnel = useQuery({ ...funnelQuery(query), placeholderData: keepPreviousData });
  return (
    <First>
      <Loaded query={funnel} what="The funnel">
        {(chart) => <Funnel chart={chart} />}
      </Loaded>
    </First>
  );
}

function TurnaroundTab({ query }: { query: Query }) {
  const turnaround = useQuery({ ...turnaroundQuery(query), placeholderData: keepPreviousData });
  return (
    <First>
      <Loaded query={turnaround} what="The turnaround">
        {(chart) => <Turnaround chart={chart} />}
      </Loaded>
    </First>
  );
}

function DemandTab({ query }: { query: Query }) {
  const { organizations, is_admin } = useMe();
  const demand = useQuery({ ...demandQuery(query), placeholderData: keepPreviousData });
  const maker = is_admin || organizations.some((organization) => organization.type === 'ofs_internal');
  return (
    <div className="-mt-4 flex flex-col gap-10">
      <Loaded query={demand} what="The demand">
        {(chart) => (
          <div className="grid items-start gap-10 lg:grid-cols-2 [&>section]:border-t-0">
            <Demand chart={chart} />
            <div className="flex flex-col gap-10 lg:[&>section:first-child]:border-t-0">
              <EmptySearches chart={chart} />
              <SearchKinds chart={chart} />
            </div>
          </div>
        )}
      </Loaded>
      {maker ? <MarketPart query={query} /> : null}
    </div>
  );
}

function MarketPart({ query }: { query: Query }) {
  const market = useQuery({ ...marketQuery(query), placeholderData: keepPreviousData });
  return (
    <Loaded query={market} what="The demand across organizations">
      {(chart) => <Market chart={chart} />}
    </Loaded>
  );
}

function AcceptanceTab({ query }: { query: Query }) {
  const acceptance = useQuery({ ...acceptanceQuery(query), placeholderData: keepPreviousData });
  return (
    <First>
      <Loaded query={acceptance} what="The acceptance">
        {(chart) => (
          <>
            <Acceptance chart={chart} />
            <Outcomes chart={chart} />
          </>
        )}
      </Loaded>
    </First>
  );
}

function ModelsTab({ query }: { query: Query }) {
  const models = useQuery({ ...modelsQuery(query), placeholderData: keepPreviousData });
  const messages = useQuery({ ...conversationsQuery(query), placeholderData: keepPreviousData });
  return (
    <First>
      <Loaded query={models} what="The models' figures">
        {(chart) => <Models chart={chart} />}
      </Loaded>
      <Loaded query={messages} what="The figures of conversations">
        {(chart) => <Messages chart={chart} />}
      </Loaded>
    </First>
  );
}

/** The charts under the tabs; the line of the tabs is the first one's. */
function First({ children }: { children: ReactNode }) {
  return <div className="-mt-4 flex flex-col gap-10 [&>*:first-child]:border-t-0">{children}</div>;
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
