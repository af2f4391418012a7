// Scenarios as the budget page shows them: those of the newest recommendation, cheapest first, with typed extras.
import type { RoiAnalysis } from '../../../../contract/budget.ts';
import type { Project } from '../../../../contract/projects.ts';
import { type BudgetScenario, SCENARIO_TYPES } from '../../../../contract/recommendations.ts';
import { formatPercent } from '../../ui/units.ts';

/** Conservative, balanced, aggressive of the newest recommendation. */
export function newestScenarios(all: readonly BudgetScenario[]): BudgetScenario[] {
  const newest = all.reduce<BudgetScenario | null>(
    (latest, each) => (latest === null || each.created_at > latest.created_at ? each : latest),
    null,
  );
  return all
    .filter((each) => each.recommendation_id === newest?.recommendation_id)
    .sort((a, b) => SCENARIO_TYPES.indexOf(a.type) - SCENARIO_TYPES.indexOf(b.type));
}

/** The return on investment, where it was worked out. */
export function roiOf(scenario: BudgetScenario): RoiAnalysis | null {
  const roi = scenario.roi_analysis as Partial<RoiAnalysis>;
  return typeof roi.investment === 'number' && Array.isArray(roi.benefits) ? (roi as RoiAnalysis) : null;
}

/** What the optimiser can prove, in one sentence; null where it says nothing. */
export function proofOf(scenario: BudgetScenario): string | null {
  const { status, gap } = scenario.solver;
  const share = typeof gap === 'number' ? gap * 100 : null;
  const ms = scenario.solver['milliseconds'] ?? scenario.solver['solve_ms'] ?? scenario.solver['ms'];
  const time = typeof ms === 'number' ? `, found in ${(ms / 1000).toFixed(1)} s` : '';
  if (status === 'infeasible')
    return 'No choice of products meets every limit; the notes say which limit to relax.';
  if (status === 'time_limit' && share !== null)
    return `Time ran out: at most ${formatPercent(share, 1)} better is possible${time}.`;
  if (share !== null) {
    const bound = share <= 0.1 ? '0.1 %' : formatPercent(share, 1);
    return `Proven optimal within ${bound}: no other choice inside the limits serves the brief better${time}.`;
  }
  return status === 'optimal' ? `Proven optimal${time}.` : null;
}

/**
 * What the scenarios are measured against: the stated target, else the middle of a range, else the maximum; where the
 * project says nothing any more, what the variance was measured from, as near as its rounding tells.
 */
export function targetOf(project: Project, scenario: BudgetScenario): number | null {
  const variance = scenario.variance_from_target_pct;
  const { target, min, max } = project.budget;
  if (typeof target === 'number') return target;
  if (typeof min === 'number' && typeof max === 'number') return (min + max) / 2;
  if (typeof max === 'number') return max;
  return variance === null || variance <= -100 ? null : scenario.total_cost / (1 + variance / 100);
}

export interface Change {
  change: string;
  reason: string;
  amount: number;
  /** In how many rooms it is the same. */
  times: number;
}

/** The same change in several rooms is one line, with the reason of its largest; largest sum first. */
export function together(trade_offs: BudgetScenario['trade_offs']): Change[] {
  const found = new Map<string, Change>();
  for (const { change, reason, amount } of trade_offs) {
    const before = found.get(change);
    if (before) {
      before.amount += amount ?? 0;
      before.times += 1;
    } else found.set(change, { change, reason, amount: amount ?? 0, times: 1 });
  }
  return [...found.values()].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
}
