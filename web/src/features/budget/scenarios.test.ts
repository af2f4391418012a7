import { describe, expect, it } from 'vitest';
import type { Project } from '../../../../contract/projects.ts';
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import { newestScenarios, proofOf, targetOf, together } from './scenarios.ts';

const scenario = (part: Partial<BudgetScenario>) =>
  ({
    recommendation_id: 'r1',
    type: 'balanced',
    total_cost: 900,
    variance_from_target_pct: -10,
    solver: {},
    created_at: '2026-01-02T00:00:00Z',
    ...part,
  }) as BudgetScenario;
const project = (budget: object) => ({ budget }) as Project;

describe('the scenarios of a project', () => {
  it('are those of the newest recommendation, from conservative to aggressive', () => {
    const list = newestScenarios([
      scenario({ type: 'aggressive' }),
      scenario({ type: 'balanced', recommendation_id: 'r0', created_at: '2026-01-01T00:00:00Z' }),
      scenario({ type: 'conservative' }),
    ]);
    expect(list.map((each) => [each.type, each.recommendation_id])).toEqual([
      ['conservative', 'r1'],
      ['aggressive', 'r1'],
    ]);
    expect(newestScenarios([])).toEqual([]);
  });

  it('are compared with the target of the project, else with the one they were measured against', () => {
    expect(targetOf(project({ target: 1200 }), scenario({}))).toBe(1200);
    expect(targetOf(project({ max: 400_000 }), scenario({}))).toBe(400_000);
    expect(targetOf(project({ min: 300_000, max: 400_000 }), scenario({}))).toBe(350_000);
    expect(targetOf(project({}), scenario({}))).toBeCloseTo(1000);
    expect(targetOf(project({}), scenario({ variance_from_target_pct: null }))).toBeNull();
  });

  it('claim no more than the optimiser proved', () => {
    expect(proofOf(scenario({ solver: { status: 'optimal', gap: 0.0004 } }))).toMatch(
      /^Proven optimal within 0\.1 %/,
    );
    expect(proofOf(scenario({ solver: { status: 'gap_limit', gap: 0.012 } }))).toMatch(/within 1\.2 %/);
    expect(proofOf(scenario({ solver: { status: 'time_limit', gap: 0.05 } }))).toMatch(
      /at most 5\.0 % better/,
    );
    expect(proofOf(scenario({ solver: { status: 'infeasible', gap: null } }))).toMatch(/No choice/);
    expect(proofOf(scenario({}))).toBeNull();
  });

  it('say a change that is the same in several rooms once, with its sum', () => {
    const change = (amount: number) => ({ change: 'Desk: A → B', reason: `saves ${-amount}`, amount });
    expect(
      together([change(-50), { change: 'Chair: C → D', reason: 'better', amount: 60 }, change(-30)]),
    ).toEqual([
      { change: 'Desk: A → B', reason: 'saves 50', amount: -80, times: 2 },
      { change: 'Chair: C → D', reason: 'better', amount: 60, times: 1 },
    ]);
  });
});
