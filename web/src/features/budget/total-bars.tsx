// The three totals as bars on one scale, split into furniture, delivery and the rest, with the target as a line.
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import { cx } from '../../ui/cx.ts';
import { formatMoney } from '../../ui/units.ts';

const PARTS = [
  { key: 'furniture', label: 'Furniture', color: 'var(--chart-1)', lines: ['furniture'] },
  {
    key: 'delivery',
    label: 'Freight and installation',
    color: 'var(--chart-6)',
    lines: ['freight', 'installation'],
  },
  { key: 'rest', label: 'Other lines', color: 'var(--line)', lines: null },
] as const;

/** Amounts of the three parts; they add up to the total. */
function partsOf(scenario: BudgetScenario): { key: string; label: string; color: string; amount: number }[] {
  let rest = scenario.total_cost;
  return PARTS.map(({ key, label, color, lines }) => {
    const amount = lines
      ? scenario.lines
          .filter((line) => (lines as readonly string[]).includes(line.key))
          .reduce((sum, line) => sum + line.amount, 0)
      : Math.max(0, rest);
    rest -= amount;
    return { key, label, color, amount };
  });
}

export function TotalBars({
  scenarios,
  target,
}: {
  scenarios: readonly BudgetScenario[];
  target: number | null;
}) {
  const scale = Math.max(target ?? 0, ...scenarios.map((each) => each.total_cost)) * 1.02 || 1;
  const share = (amount: number) => `${(amount / scale) * 100}%`;
  const currency = scenarios[0]?.currency;
  const hasLines = scenarios.some((each) => each.lines.length > 1);
  return (
    <figure className="mb-5">
      <div className="grid grid-cols-[minmax(4.5rem,auto)_minmax(0,1fr)_auto] items-center gap-x-3 text-sm">
        {scenarios.map((scenario) => (
          <div key={scenario.id} className="col-span-3 grid grid-cols-subgrid items-center">
            <span className={cx('text-xs', scenario.is_selected ? 'font-medium' : 'text-ink-2')}>
              {scenario.name}
            </span>
            <span className="relative flex h-8 items-center" aria-hidden="true">
              <span className="flex h-3.5 w-full">
                {partsOf(scenario).map((part) => (
                  <span
                    key={part.key}
                    title={`${part.label} ${formatMoney(part.amount, { currency })}`}
                    style={{ width: share(part.amount), background: part.color }}
                    className={cx(
                      !scenario.is_selected && scenarios.some((each) => each.is_selected) && 'opacity-55',
                    )}
                  />
                ))}
              </span>
              {target === null ? null : (
                <span className="absolute inset-y-0 w-px bg-ink" style={{ left: share(target) }} />
              )}
            </span>
            <span className="text-right font-medium">{formatMoney(scenario.total_cost, { currency })}</span>
          </div>
        ))}
        {target === null ? null : (
          <div className="col-span-3 grid grid-cols-subgrid text-xs text-ink-2">
            <span />
            <span className="relative h-5">
              <span
                className="absolute -translate-x-full pr-1.5 whitespace-nowrap"
                style={{ left: share(target) }}
              >
                Target {formatMoney(target, { currency })}
              </span>
            </span>
          </div>
        )}
      </div>
      <figcaption
        className={cx('flex flex-wrap gap-x-4 gap-y-1 pt-1 text-xs text-ink-2', !hasLines && 'sr-only')}
      >
        {PARTS.map((part) => (
          <span key={part.key} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2 rounded-xs" style={{ background: part.color }} />
            {part.label}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
