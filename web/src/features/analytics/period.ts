// What the charts speak of, kept in the address: the dashboard, the period, the organization and the kind of user.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { USER_TYPES } from '../../../../contract/accounts.ts';
import type { AnalyticsQuery } from '../../../../contract/analytics.ts';

export const DASHBOARDS = ['usage', 'funnel', 'turnaround', 'demand', 'acceptance', 'models'] as const;
export type Dashboard = (typeof DASHBOARDS)[number];

export const PERIODS = [
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'Year' },
] as const;
const DAY_MS = 86_400_000;
const day = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;

export interface PeriodState {
  dashboard: Dashboard;
  query: AnalyticsQuery & { from: string; to: string };
  /** The preset that is on, null for a period of one's own. */
  days: number | null;
  change: (change: {
    days?: number;
    from?: string;
    to?: string;
    organization_id?: string | undefined;
    user_type?: string | undefined;
    dashboard?: Dashboard;
  }) => void;
}

/** The last 30 days up to today while the address says nothing. */
export function usePeriod(): PeriodState {
  const raw = useSearch({ from: '/inside/analytics' }) as Record<string, unknown>;
  const navigate = useNavigate();
  const today = new Date().toISOString().slice(0, 10);
  const own = day(raw['from']) ?? day(raw['to']);
  const days = own ? null : (PERIODS.find((period) => period.days === Number(raw['days']))?.days ?? 30);
  const to = day(raw['to']) ?? today;
  const from =
    day(raw['from']) ?? new Date(Date.parse(to) - ((days ?? 30) - 1) * DAY_MS).toISOString().slice(0, 10);
  const organization = typeof raw['organization_id'] === 'string' ? raw['organization_id'] : undefined;
  const user_type = USER_TYPES.find((type) => type === raw['user_type']);
  const change = useCallback<PeriodState['change']>(
    (part) =>
      void navigate({
        to: '/analytics',
        search: (before: Record<string, unknown>) => {
          const next: Record<string, unknown> = { ...before, ...part };
          if (part.days) for (const key of ['from', 'to']) delete next[key];
          if (part.from || part.to) delete next['days'];
          return next;
        },
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return {
    dashboard: DASHBOARDS.find((one) => one === raw['dashboard']) ?? 'usage',
    query: {
      from,
      to,
      ...(organization ? { organization_id: organization } : {}),
      ...(user_type ? { user_type } : {}),
    },
    days,
    change,
  };
}
