// What the organization's plan allows and how much of it is used.
import { useQuery } from '@tanstack/react-query';
import {
  PLAN_LIMITS,
  PLAN_MEASURE_NAMES,
  PLAN_MEASURES,
  type PlanMeasure,
  type PlanTier,
} from '../../../../contract/plans.ts';
import { planQuery } from '../../api/organizations.ts';
import { Badge } from '../../ui/badge.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { formatBytes, formatCount, formatMoney, humanize } from '../../ui/units.ts';
import { useOrganization } from './organization.tsx';
import { Section } from './section.tsx';

const GB = 1024 ** 3;
const TIERS: readonly PlanTier[] = ['free', 'professional', 'enterprise'];

function amount(measure: PlanMeasure, value: number | null): string {
  if (value === null) return 'no limit';
  if (measure === 'storage_bytes')
    return value >= GB ? `${formatCount(Math.round((value / GB) * 10) / 10)} GB` : formatBytes(value);
  if (measure === 'ai_usd_month') return formatMoney(value, { currency: 'USD' });
  return formatCount(value);
}
const nameOf = (measure: PlanMeasure) => {
  const name = PLAN_MEASURE_NAMES[measure];
  return name.charAt(0).toUpperCase() + name.slice(1);
};

export default function PlanPage() {
  const organization = useOrganization();
  const plan = useQuery({
    ...planQuery(organization?.organization_id ?? ''),
    enabled: organization !== null,
  });
  if (!organization) return null;
  if (plan.isPending) return <SkeletonLines lines={6} />;
  if (plan.isError)
    return (
      <ErrorState title="The plan did not load" error={plan.error} onRetry={() => void plan.refetch()} />
    );
  const columns: Column<PlanMeasure>[] = [
    { key: 'measure', header: 'Each plan has', cell: nameOf },
    ...TIERS.map((tier) => ({
      key: tier,
      header: humanize(tier),
      align: 'right' as const,
      cell: (measure: PlanMeasure) => (
        <span
          className={`whitespace-nowrap ${tier === plan.data.tier ? 'font-medium text-ink' : 'text-ink-2'}`}
        >
          {amount(measure, PLAN_LIMITS[tier][measure])}
        </span>
      ),
    })),
  ];
  return (
    <>
      <Section
        title={`${humanize(plan.data.tier)} plan`}
        text="An administrator of the platform changes the plan. Where it is full, what is there stays usable."
      >
        <ul className="grid max-w-160 gap-4">
          {plan.data.measures.map(({ measure, used, limit }) => {
            const share = limit === null || limit === 0 ? null : used / limit;
            return (
              <li key={measure} className="grid gap-1.5 text-sm">
                <span className="flex items-baseline justify-between gap-3">
                  <span>{nameOf(measure)}</span>
                  <span className="flex items-baseline gap-2 text-ink-2 tabular-nums">
                    {share !== null && share >= 1 ? <Badge tone="bad">full</Badge> : null}
                    {share !== null && share >= 0.8 && share < 1 ? (
                      <Badge tone="warn">nearly full</Badge>
                    ) : null}
                    {amount(measure, used)} {limit === null ? '' : `of ${amount(measure, limit)}`}
                  </span>
                </span>
                {share === null ? null : (
                  <span aria-hidden="true" className="block h-1 overflow-hidden rounded-full bg-sunken">
                    <span
                      className={`block h-full ${share >= 1 ? 'bg-bad' : share >= 0.8 ? 'bg-warn' : 'bg-accent'}`}
                      style={{ width: `${Math.min(100, share * 100)}%` }}
                    />
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      </Section>
      <Section title="The plans">
        <Table label="The plans" columns={columns} rows={PLAN_MEASURES} rowKey={(measure) => measure} />
      </Section>
    </>
  );
}
