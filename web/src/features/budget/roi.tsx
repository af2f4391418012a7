// Return on investment: hard savings first and by themselves; soft ones beside them, never added in silently.
import type { RoiAnalysis } from '../../../../contract/budget.ts';
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import { Money, Stat, StatRow } from '../../ui/figures.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { formatCount, formatMoney, formatPercent, humanize, UNKNOWN } from '../../ui/units.ts';
import { Assumptions } from './assumptions.tsx';
import { roiOf } from './scenarios.ts';

function months(value: number | null): string {
  if (value === null) return 'Not within its life';
  if (value < 24) return `${formatCount(value)} months`;
  return `${(value / 12).toFixed(1)} years`;
}

export function Roi({ scenario, allowed }: { scenario: BudgetScenario; allowed: boolean }) {
  const roi = roiOf(scenario);
  if (!roi)
    return (
      <PanelSection title="Return on investment">
        <p className="text-sm text-ink-2">Not worked out for this scenario yet.</p>
      </PanelSection>
    );
  const { currency } = roi;
  const nothing = roi.annual_savings === 0 && roi.annual_soft_benefits === 0;
  return (
    <PanelSection title="Return on investment" note="Hard savings only; soft benefits stand apart">
      <StatRow className="mb-3 grid! grid-cols-2 @lg:flex!">
        <Stat label="Hard savings a year" value={<Money amount={roi.annual_savings} currency={currency} />} />
        <Stat label="Payback" value={roi.annual_savings > 0 ? months(roi.payback_months) : UNKNOWN} />
        <Stat
          label="After 3 years"
          value={nothing ? UNKNOWN : <Money amount={roi.roi_3_year} currency={currency} signed />}
          note={
            nothing || roi.roi_3_year_pct === null ? undefined : formatPercent(roi.roi_3_year_pct, 0, true)
          }
        />
        <Stat
          label="After 5 years"
          value={nothing ? UNKNOWN : <Money amount={roi.roi_5_year} currency={currency} signed />}
          note={
            nothing || roi.roi_5_year_pct === null ? undefined : formatPercent(roi.roi_5_year_pct, 0, true)
          }
        />
      </StatRow>
      {nothing ? (
        <p className="mb-3 text-sm text-ink-2">
          No saving is counted yet, because nobody has stated what the present office costs. The list says
          which figures are missing.
        </p>
      ) : null}
      <Benefits roi={roi} kind="hard" title="Hard: money that is no longer spent" />
      <Benefits roi={roi} kind="soft" title="Soft: worth something, on no invoice" />
      <Sensitivity roi={roi} />
      <Assumptions projectId={scenario.project_id} scenario={scenario} roi={roi} allowed={allowed} />
    </PanelSection>
  );
}

function Benefits({ roi, kind, title }: { roi: RoiAnalysis; kind: 'hard' | 'soft'; title: string }) {
  const benefits = roi.benefits.filter((each) => each.kind === kind);
  if (benefits.length === 0) return null;
  const inputLabel = (key: string) =>
    (roi.assumptions.find((input) => input.key === key)?.label ?? humanize(key)).toLowerCase();
  return (
    <section className="mb-3">
      <h4 className="text-xs text-ink-3">{title}</h4>
      <ul>
        {benefits.map((each) => (
          <li
            key={each.key}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-4 border-t border-hairline py-1.5 text-sm first:border-t-0"
          >
            <div>
              <p>{each.label}</p>
              <p className="text-xs text-ink-3">
                {each.missing.length > 0
                  ? `Missing: ${each.missing.map(inputLabel).join(', ')}`
                  : each.formula}
              </p>
            </div>
            <span className={each.annual === 0 ? 'text-ink-3' : 'font-medium'}>
              <Money amount={each.annual} currency={roi.currency} /> a year
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sensitivity({ roi }: { roi: RoiAnalysis }) {
  const rows = [...roi.sensitivity].sort((a, b) => b.swing - a.swing).slice(0, 6);
  if (rows.length === 0) return null;
  const ends = rows.flatMap((row) => [row.roi_5_year_low, row.roi_5_year_high]);
  const low = Math.min(...ends);
  const span = Math.max(...ends) - low || 1;
  const at = (value: number) => ((value - low) / span) * 100;
  return (
    <section className="mb-3">
      <h4 className="mb-1 text-xs text-ink-3">The result after 5 years, each figure 20 % lower and higher</h4>
      <ul>
        {rows.map((row) => {
          const [from, to] = [row.roi_5_year_low, row.roi_5_year_high].sort((a, b) => a - b) as [
            number,
            number,
          ];
          const text = `${formatMoney(from, { currency: roi.currency, signed: true })} to ${formatMoney(to, { currency: roi.currency, signed: true })}`;
          return (
            <li
              key={row.key}
              className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-center gap-x-4 py-1 text-sm"
            >
              <span>
                {row.label}
                <span className="block text-xs text-ink-3">{text}</span>
              </span>
              <span aria-hidden="true" className="relative h-2 bg-sunken">
                <span
                  className="absolute inset-y-0 bg-[var(--chart-1)]"
                  style={{ left: `${at(from)}%`, width: `${Math.max(1, at(to) - at(from))}%` }}
                />
                <span
                  className="absolute -inset-y-0.5 w-px bg-ink"
                  style={{ left: `${at(roi.roi_5_year)}%` }}
                />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
