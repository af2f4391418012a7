// The scenarios as columns of one table where there is room, as blocks under each other where there is not.
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Carbon, Days, Money, useUnits } from '../../ui/figures.tsx';
import { formatCount, formatPercent, UNKNOWN } from '../../ui/units.ts';

/** Stored variances end here; what is farther off is not told in percent. */
const VARIANCE_CAP_PCT = 999.99;
const SQFT_PER_SQM = 10.7639104;

interface Measure {
  label: string;
  /** `short` where there is little room. */
  value: (scenario: BudgetScenario, short: boolean) => ReactNode;
  /** The figure that decides which scenario is best here, and which way; absent where neither is better. */
  best?: { of: (scenario: BudgetScenario) => number | null; lower: boolean };
}

const score = (value: number | null) => (value === null ? UNKNOWN : `${formatCount(value)}`);

function Variance({ scenario, short }: { scenario: BudgetScenario; short?: boolean }) {
  const variance = scenario.variance_from_target_pct;
  if (variance === null) return UNKNOWN;
  if (Math.abs(variance) < 0.05) return <span className="text-good">on target</span>;
  if (variance >= VARIANCE_CAP_PCT) return <span className="text-warn">10 × or more</span>;
  return (
    <span className={variance > 0 ? 'text-warn' : 'text-good'}>
      {short
        ? formatPercent(variance, 1, true)
        : `${formatPercent(Math.abs(variance), 1)} ${variance > 0 ? 'over' : 'under'}`}
    </span>
  );
}

function useMeasures(): Measure[] {
  const metric = useUnits() === 'metric';
  return [
    { label: 'Against target', value: (scenario, short) => <Variance scenario={scenario} short={short} /> },
    {
      label: 'Per person',
      value: ({ metrics, currency }) => <Money amount={metrics.per_person} currency={currency} />,
    },
    {
      label: metric ? 'Per m²' : 'Per sq ft',
      value: ({ metrics: { per_sqft }, currency }) => (
        <Money
          amount={per_sqft === null ? null : metric ? per_sqft * SQFT_PER_SQM : per_sqft}
          currency={currency}
          cents
        />
      ),
    },
    {
      label: 'Quality, of 100',
      value: (scenario) => score(scenario.quality_score),
      best: { of: (scenario) => scenario.quality_score, lower: false },
    },
    {
      label: 'Sustainability, of 100',
      value: (scenario) => score(scenario.sustainability_score),
      best: { of: (scenario) => scenario.sustainability_score, lower: false },
    },
    {
      label: 'Carbon',
      value: ({ metrics }) => <Carbon kg={metrics.carbon_kg} />,
      best: { of: ({ metrics }) => metrics.carbon_kg, lower: true },
    },
    {
      label: 'Longest lead time',
      value: ({ metrics }) => <Days days={metrics.lead_time_days} />,
      best: { of: ({ metrics }) => metrics.lead_time_days, lower: true },
    },
    { label: 'Pieces', value: ({ metrics }) => formatCount(metrics.item_count) },
    {
      label: 'Seats placed',
      value: ({ layout }) =>
        layout === null
          ? UNKNOWN
          : `${formatCount(layout.seats_placed)} of ${formatCount(layout.seats_needed)}`,
      best: { of: ({ layout }) => layout?.seats_placed ?? null, lower: false },
    },
  ];
}

/** Ids of the best where they are not all alike. */
function winners(scenarios: readonly BudgetScenario[], { best }: Measure): Set<string> {
  if (!best) return new Set();
  const known = scenarios.flatMap((scenario) => {
    const figure = best.of(scenario);
    return figure === null ? [] : [{ id: scenario.id, figure: Math.round(figure) }];
  });
  const figures = known.map((each) => each.figure);
  const top = best.lower ? Math.min(...figures) : Math.max(...figures);
  return new Set(
    known
      .filter((each) => each.figure === top && figures.some((other) => other !== top))
      .map((each) => each.id),
  );
}

function ChooseButton({
  scenario,
  choose,
}: {
  scenario: BudgetScenario;
  choose: ((scenario: BudgetScenario) => void) | undefined;
}) {
  if (scenario.is_selected)
    return (
      <span className="inline-flex h-7 items-center gap-1 text-sm font-medium text-accent">
        <Check aria-hidden="true" className="size-4" />
        Chosen
      </span>
    );
  if (!choose) return <span className="inline-flex h-7 items-center text-sm text-ink-3">Not chosen</span>;
  return (
    <Button size="sm" onClick={() => choose(scenario)} aria-label={`Choose ${scenario.name}`}>
      Choose
    </Button>
  );
}

export function Comparison(props: {
  scenarios: readonly BudgetScenario[];
  choose: ((scenario: BudgetScenario) => void) | undefined;
}) {
  const { scenarios, choose } = props;
  const measures = useMeasures();
  return (
    <>
      <table
        aria-label="Scenarios compared"
        className="mb-6 hidden w-full table-fixed border-collapse text-sm @sm:table"
      >
        <thead>
          <tr>
            <td className="w-[27%]" />
            {scenarios.map((scenario) => (
              <th
                key={scenario.id}
                scope="col"
                className={cx(
                  'border-t-2 px-2 pt-2 pb-1.5 text-right align-bottom font-normal',
                  scenario.is_selected ? 'border-accent bg-accent-wash' : 'border-line',
                )}
              >
                <span className="block text-xs text-ink-2">{scenario.name}</span>
                <span className="block text-lg font-medium tracking-[-0.015em]">
                  <Money amount={scenario.total_cost} currency={scenario.currency} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => {
            const best = winners(scenarios, measure);
            return (
              <tr key={measure.label} className="border-t border-hairline">
                <th scope="row" className="py-1.5 pr-2 text-left text-xs font-normal text-ink-3">
                  {measure.label}
                </th>
                {scenarios.map((scenario) => (
                  <td
                    key={scenario.id}
                    className={cx(
                      'px-2 py-1.5 text-right whitespace-nowrap',
                      best.has(scenario.id) && 'font-semibold',
                      scenario.is_selected && 'bg-accent-wash',
                    )}
                  >
                    {measure.value(scenario, false)}
                    {best.has(scenario.id) ? <span className="sr-only"> (best)</span> : null}
                  </td>
                ))}
              </tr>
            );
          })}
          <tr className="border-t border-hairline">
            <td />
            {scenarios.map((scenario) => (
              <td
                key={scenario.id}
                className={cx('px-2 py-2 text-right', scenario.is_selected && 'bg-accent-wash')}
              >
                <ChooseButton scenario={scenario} choose={choose} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <div className="mb-6 flex flex-col gap-4 @sm:hidden">
        {scenarios.map((scenario) => (
          <section
            key={scenario.id}
            aria-label={scenario.name}
            className={cx('border-t-2 pt-2', scenario.is_selected ? 'border-accent' : 'border-line')}
          >
            <header className="flex items-end justify-between gap-3 pb-1.5">
              <div>
                <h3 className="text-xs text-ink-2">{scenario.name}</h3>
                <p className="text-xl font-medium tracking-[-0.015em]">
                  <Money amount={scenario.total_cost} currency={scenario.currency} />
                </p>
              </div>
              <ChooseButton scenario={scenario} choose={choose} />
            </header>
            <dl className="grid grid-cols-2 gap-x-6 text-sm">
              {measures.map((measure) => (
                <div
                  key={measure.label}
                  className="flex items-baseline justify-between gap-2 border-t border-hairline py-1.5"
                >
                  <dt className="text-xs text-ink-3">{measure.label}</dt>
                  <dd className="whitespace-nowrap">{measure.value(scenario, true)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}
