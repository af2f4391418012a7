// Credits: each rule with its numerator, denominator and threshold, and exactly what is missing to reach it.

import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import type { CreditResult, SustainabilityReport } from '../../../../contract/sustainability.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { PanelSection } from '../../ui/panel.tsx';
import { formatCarbon, formatCount, formatMoney, formatPercent } from '../../ui/units.ts';
import { EvidencePack } from './evidence-pack.tsx';
import { Lifts } from './lifts.tsx';
import { sortCredits } from './report.ts';

/** The engine's units as people read them; unknown ones are shown after the number. */
function inUnit(value: number, unit: string): string {
  if (unit === 'pct' || unit === 'percent') return formatPercent(value, value % 1 === 0 ? 0 : 1);
  // A share that falls short by a fraction must not look as if it reached its threshold.
  if (unit.startsWith('%')) return `${formatPercent(value, value % 1 === 0 ? 0 : 1)}${unit.slice(1)}`;
  if (unit === 'USD' || unit === '$') return formatMoney(value);
  if (unit === 'kg' || unit === 'kg CO2e') return formatCarbon(value);
  return `${formatCount(value)}${unit && unit !== 'count' ? ` ${unit}` : ''}`;
}

interface CreditsProps {
  report: SustainabilityReport;
  projectId: string;
  /** The scenario measured; null where it is no longer there. */
  scenario: BudgetScenario | null;
  mayEdit: boolean;
}

export function Credits({ report, projectId, scenario, mayEdit }: CreditsProps) {
  const { credits } = report;
  if (credits.length === 0) return null;
  const points = credits.reduce((sum, credit) => sum + (credit.passed ? credit.points : 0), 0);
  const passed = credits.filter((credit) => credit.passed).length;
  return (
    <PanelSection
      title="Credits"
      actions={scenario ? <EvidencePack report={report} scenario={scenario} /> : undefined}
      note={`${formatCount(passed)} of ${formatCount(credits.length)} reached${points > 0 ? `, ${formatCount(points)} ${points === 1 ? 'point' : 'points'}` : ''}`}
    >
      <ul>
        {sortCredits(credits).map((credit) => (
          <Credit
            key={`${credit.rule_id}:${credit.rule_version}`}
            credit={credit}
            projectId={projectId}
            scenario={scenario}
            mayEdit={mayEdit}
          />
        ))}
      </ul>
    </PanelSection>
  );
}

function Credit({
  credit,
  projectId,
  scenario,
  mayEdit,
}: Omit<CreditsProps, 'report'> & { credit: CreditResult }) {
  const missing = credit.missing_certificates;
  return (
    <li className="border-t border-hairline py-2.5 text-sm">
      <div className="flex items-baseline justify-between gap-3">
        <h4 className="font-medium">{credit.name}</h4>
        <span className="shrink-0">
          <StatusDot status={credit.passed ? 'pass' : 'fail'} hideLabel />
          <span className="ml-1.5 text-xs text-ink-2">
            {credit.passed
              ? credit.points > 0
                ? `${formatCount(credit.points)} ${credit.points === 1 ? 'point' : 'points'}`
                : 'Reached, no points by itself'
              : 'Not reached'}
          </span>
        </span>
      </div>
      {credit.measures.map((measure) => (
        <Measure key={measure.label} measure={measure} />
      ))}
      {credit.note ? <p className="mt-1 text-xs text-ink-2">{credit.note}</p> : null}
      {missing.length > 0 && !credit.passed ? (
        <details className="mt-1">
          <summary className="min-h-6 text-xs text-ink-2">
            {formatCount(missing.length)} {missing.length === 1 ? 'product lacks' : 'products lack'} a
            certificate
          </summary>
          <ul className="pt-1">
            {missing.map((each) => (
              <li key={`${each.sku}:${each.needs}`} className="flex justify-between gap-3 py-0.5 text-xs">
                <span className="min-w-0 truncate">
                  {each.name} <span className="text-ink-3">{each.sku}</span>
                </span>
                <span className="shrink-0 text-ink-2">needs {each.needs}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {credit.passed || scenario === null ? null : (
        <Lifts credit={credit} projectId={projectId} scenario={scenario} mayEdit={mayEdit} />
      )}
      <p className="mt-1 text-xs text-ink-3">
        {credit.source}, version {credit.rule_version}
      </p>
    </li>
  );
}

function Measure({ measure }: { measure: CreditResult['measures'][number] }) {
  const { label, numerator, denominator, value, threshold, unit, met } = measure;
  const scale = Math.max(value, threshold) || 1;
  // Of a share, the parts are money where it is one of cost, else pieces.
  const plain = unit === '% of cost' ? 'USD' : unit.startsWith('%') ? '' : unit;
  return (
    <div className="mt-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-xs">
        <span className="text-ink-2">{label}</span>
        <span>
          <span className={cx('font-medium', met ? 'text-good' : 'text-ink')}>{inUnit(value, unit)}</span>
          {denominator === null ? null : (
            <span className="text-ink-3">
              {' '}
              ({inUnit(numerator, plain)} of {inUnit(denominator, plain)})
            </span>
          )}
          <span className="text-ink-3">, needs {inUnit(threshold, unit)}</span>
        </span>
      </div>
      <div aria-hidden="true" className="relative mt-1 h-1.5 bg-sunken">
        <div
          className={cx('h-full', met ? 'bg-good' : 'bg-[var(--chart-6)]')}
          style={{ width: `${(value / scale) * 100}%` }}
        />
        <div
          className="absolute -inset-y-0.5 w-px bg-ink"
          style={{ left: `min(calc(100% - 1px), ${(threshold / scale) * 100}%)` }}
        />
      </div>
    </div>
  );
}
