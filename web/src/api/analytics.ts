// The numbers behind the analytics page's charts.
import { queryOptions } from '@tanstack/react-query';
import type {
  AcceptanceChart,
  AnalyticsQuery,
  ConversationsChart,
  DemandChart,
  FunnelChart,
  MarketChart,
  ModelsChart,
  TurnaroundChart,
  UsageChart,
} from '../../../contract/analytics.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';

function chart<T>(name: string, query: AnalyticsQuery) {
  return queryOptions({
    queryKey: keys.analytics(name, query),
    queryFn: ({ signal }) => api.get<T>(`/analytics/${name}`, { query: { ...query }, signal }),
    staleTime: 60_000,
  });
}
export const usageQuery = (query: AnalyticsQuery) => chart<UsageChart>('usage', query);
export const funnelQuery = (query: AnalyticsQuery) => chart<FunnelChart>('funnel', query);
export const demandQuery = (query: AnalyticsQuery) => chart<DemandChart>('demand', query);
export const turnaroundQuery = (query: AnalyticsQuery) => chart<TurnaroundChart>('turnaround', query);
export const acceptanceQuery = (query: AnalyticsQuery) => chart<AcceptanceChart>('acceptance', query);
export const modelsQuery = (query: AnalyticsQuery) => chart<ModelsChart>('models', query);
export const conversationsQuery = (query: AnalyticsQuery) =>
  chart<ConversationsChart>('conversations', query);
export const marketQuery = ({ organization_id: _, ...query }: AnalyticsQuery) =>
  chart<MarketChart>('market', query);
