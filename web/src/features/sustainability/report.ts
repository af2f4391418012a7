// The report inside a sustainability row, typed where it has the shape the engine gives it.

import type { BudgetScenario, SustainabilityMetrics } from '../../../../contract/recommendations.ts';
import type { CreditResult, SustainabilityReport } from '../../../../contract/sustainability.ts';

export function reportOf(metrics: SustainabilityMetrics): SustainabilityReport | null {
  const report = metrics.report as Partial<SustainabilityReport>;
  return report.totals && Array.isArray(report.credits) ? (report as SustainabilityReport) : null;
}

/** The newest row of the scenario asked for, else of the selected, else the balanced one, else the newest of all. */
export function metricsFor(
  rows: readonly SustainabilityMetrics[],
  scenarios: readonly BudgetScenario[],
  asked: string | null,
): { metrics: SustainabilityMetrics | undefined; scenario: BudgetScenario | undefined } {
  const order = [
    scenarios.find((each) => each.type === asked),
    scenarios.find((each) => each.is_selected),
    scenarios.find((each) => each.type === 'balanced'),
  ];
  for (const scenario of order) {
    const metrics = scenario && rows.find((row) => row.scenario_id === scenario.id);
    if (metrics) return { metrics, scenario };
  }
  return { metrics: rows[0], scenario: scenarios.find((each) => each.id === rows[0]?.scenario_id) };
}

export const GRADE_MEANING: Record<string, string> = {
  A: 'mostly measured',
  B: 'measured in part',
  C: 'mostly averages',
  D: 'mostly missing',
};

/** The nearest to being reached first, reached ones before those. */
export function sortCredits(credits: readonly CreditResult[]): CreditResult[] {
  const reach = (credit: CreditResult) =>
    credit.passed
      ? 2
      : Math.min(
          ...credit.measures.map(({ value, threshold }) => (threshold > 0 ? value / threshold : 0)),
          1,
        );
  return [...credits].sort((a, b) => reach(b) - reach(a));
}
