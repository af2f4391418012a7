// How good and how fast the choice is: the mixed-integer model against the greedy choice on the same problem, with
// budget, lead-time and carbon limits. Gap and value are of the worst and the mean of the scenarios solved.

import type { CandidateProduct } from '../contract/choice.ts';
import type { Need } from '../contract/needs.ts';
import { generateCatalog } from '../engine/catalog/generator/generate.ts';
import type { LayoutRoom } from '../engine/layout/layout.ts';
import { fromNumber } from '../engine/money.ts';
import { needsFor } from '../engine/needs/needs.ts';
import type { NeedSpace } from '../engine/needs/programme.ts';
import { composeProposal } from '../engine/proposal/compose.ts';
import { itemKey } from '../engine/proposal/item_key.ts';
import { type ChoiceLimits, solveChoice } from '../engine/ranking/choose.ts';
import { greedyChoice, objectiveOf } from '../engine/ranking/greedy.ts';
import { solver } from '../engine/ranking/milp.ts';
import { solveModel } from '../engine/ranking/model.ts';
import { SCENARIO_POINTS } from '../engine/ranking/points.ts';
import { problemOf } from '../engine/ranking/problem.ts';
import { sampleNeeds, sampleProducts } from '../engine/ranking/sample_products.ts';
import { carbonFor } from '../engine/ranking/worth.ts';
import type { Figure } from '../server/commands/bench.ts';

const GAP = 1e-3;
const CANDIDATES = 200;

export async function recommendSuite(): Promise<Figure[]> {
  return [
    ...(await modelFigures(60, 3)),
    ...(await modelFigures(300, 1)),
    ...(await officeFigures()),
    ...(await furnishedFigures()),
  ];
}

/** Balanced models over `needs` lines of 200 products each, limits halfway between the leanest and the best free choice. */
async function modelFigures(needs: number, rounds: number): Promise<Figure[]> {
  const highs = await solver();
  const runs = Array.from({ length: rounds }, (_, round) => {
    const input = {
      needs: sampleNeeds(100 + round, needs),
      products: sampleProducts(200 + round, CANDIDATES),
      uniform: false,
    };
    const limits = middling(input.needs, input.products);
    const problem = problemOf({ ...input, limits });
    const goal = { point: SCENARIO_POINTS.balanced, target_cents: null };
    const [choice, ms] = timed(() =>
      solveModel(highs, problem, limits, goal, { rel_gap: GAP, time_limit_s: 60 }),
    );
    const [greedy, greedyMs] = timed(() => greedyChoice(problem, limits, goal));
    return {
      ms,
      greedyMs,
      gap: choice.proof.gap ?? 1,
      value: choice.proof.objective ?? 0,
      greedy: greedy ? objectiveOf(problem, greedy, goal) : 0,
    };
  });
  const mean = (pick: (run: (typeof runs)[number]) => number) =>
    runs.reduce((a, run) => a + pick(run), 0) / runs.length;
  const label = `${needs} needs × ${CANDIDATES} candidates`;
  return [
    figure(
      `${label}: time to a proven gap of 0.1 %, slowest`,
      'ms',
      Math.max(...runs.map((run) => run.ms)),
      mean((run) => run.greedyMs),
    ),
    figure(`${label}: proven gap, widest`, '%', 100 * Math.max(...runs.map((run) => run.gap)), null),
    figure(
      `${label}: objective against greedy`,
      'value',
      mean((run) => run.value),
      mean((run) => run.greedy),
    ),
  ];
}

/** Limits that bind: half way between the cheapest and the worthiest choice in money, and nine tenths of the latter's carbon. */
function middling(needs: readonly Need[], products: readonly CandidateProduct[]): ChoiceLimits {
  const lead = { max_lead_time_days: 40 };
  const free = problemOf({ needs, products, uniform: false, limits: lead });
  const best = free.lines.map((line) => line.candidates[0]!);
  const low = free.lines.reduce((a, line) => a + Math.min(...line.candidates.map((c) => c.cost_cents)), 0);
  const high = best.reduce((a, c) => a + c.cost_cents, 0);
  return {
    ...lead,
    max_total_cents: Math.round((low + high) / 2),
    max_carbon_kg: 0.9 * best.reduce((a, c) => a + carbonFor(c), 0),
  };
}

/** A made-up office of 60 rooms with the project's own catalogue: needs, then all three scenarios. */
async function officeFigures(): Promise<Figure[]> {
  const products = catalogueProducts(4000);
  const spaces = officeOf60();
  const brief = {
    workstation_count: 120,
    special_requirements: ['standing_desks' as const, 'acoustic_privacy' as const, 'monitor_arms' as const],
    preferences: { style: ['modern' as const], sustainability_priority: 'high' as const },
  };
  const [bill, needsMs] = timed(() => needsFor({ brief, spaces }));
  const start = performance.now();
  const free = await solveChoice({ needs: bill.needs, products, brief }, { rel_gap: GAP });
  const freeMs = performance.now() - start;
  const totals = free.scenarios.map((scenario) => scenario.furniture_total);
  const limits = { max_total_cents: Math.round(50 * (totals[0]! + totals[2]!)), max_lead_time_days: 60 };
  const again = performance.now();
  const bound = await solveChoice({ needs: bill.needs, products, brief, limits }, { rel_gap: GAP });
  const boundMs = performance.now() - again;
  const gaps = bound.scenarios.map((scenario) => scenario.proof.gap ?? 1);
  return [
    figure('60-room office: bill of needs', 'ms', needsMs, null),
    figure('60-room office: three scenarios with reasons, no limits', 'ms', freeMs, null),
    figure('60-room office: three scenarios with reasons, budget and lead time', 'ms', boundMs, freeMs),
    figure('60-room office: widest gap', '%', 100 * Math.max(...gaps), null),
    figure('60-room office: items', 'items', bound.scenarios[1]?.items.length ?? 0, bill.needs.length),
  ];
}

/** The same office with drawn rooms: from brief to three furnished scenarios, and whether plan and bill agree. */
async function furnishedFigures(): Promise<Figure[]> {
  const spaces = officeOf60();
  const rooms = new Map(spaces.map((space, index) => [space.id, drawn(space, index)]));
  const input = {
    brief: {
      workstation_count: 120,
      special_requirements: ['standing_desks' as const, 'acoustic_privacy' as const, 'monitor_arms' as const],
      budget: { target: 900_000, max: 1_200_000, currency: 'USD' },
      max_lead_time_days: 60,
    },
    evidence: [],
    spaces,
    rooms,
    products: catalogueProducts(4000),
    currency: 'USD',
  };
  const start = performance.now();
  const proposal = await composeProposal(input);
  const ms = performance.now() - start;
  let [pieces, apart] = [0, 0];
  for (const { scenario, placements } of proposal.scenarios) {
    for (const item of scenario.items) {
      pieces += item.quantity;
      apart += Math.abs(item.quantity - (placements.get(itemKey(item))?.length ?? 0));
    }
  }
  const short = proposal.scenarios.flatMap((one) => one.scenario.shortfalls);
  return [
    figure('60-room office: brief to three furnished scenarios', 'ms', ms, null),
    figure('60-room office: pieces in the bill that stand in no room', 'pieces', apart, pieces),
    figure('60-room office: needs short of what was asked, three scenarios', 'needs', short.length, null),
    figure(
      '60-room office: widest gap after the rooms had their say',
      '%',
      100 * Math.max(...proposal.scenarios.map((one) => one.scenario.proof.gap ?? 1)),
      null,
    ),
  ];
}

/** A rectangle with one door, and windows on every third room. */
function drawn(space: NeedSpace, index: number): LayoutRoom {
  const { width_ft: w, length_ft: l } = space.dimensions ?? { width_ft: 10, length_ft: 10 };
  return {
    polygon: [
      [0, 0],
      [w, 0],
      [w, l],
      [0, l],
    ],
    doors: [{ x: Math.min(w - 2, 2 + (index % 3)), y: 0, width_ft: 3 }],
    windows: index % 3 === 0 ? [{ x: w / 2, y: l, width_ft: w / 2 }] : [],
  };
}

/** Active products of the generated catalogue at 45 % of list. */
export function catalogueProducts(count: number): CandidateProduct[] {
  const products: CandidateProduct[] = [];
  for (const { product } of generateCatalog({ count })) {
    if (product.status !== 'active') continue;
    const list = fromNumber(product.list_price);
    products.push({
      ...product,
      id: product.sku,
      list_price_cents: list,
      unit_price_cents: Math.round(list * 0.45),
    });
  }
  return products;
}

function officeOf60(): NeedSpace[] {
  const room = (type: NeedSpace['type'], n: number, w: number, l: number): NeedSpace[] =>
    Array.from({ length: n }, (_, i) => ({
      id: `${type}-${w}-${i}`,
      name: type.replaceAll('_', ' '),
      number: String(i + 1),
      type,
      area_sqft: w * l,
      dimensions: { width_ft: w, length_ft: l },
    }));
  return [
    ...room('open_office', 4, 45, 50),
    ...room('private_office', 20, 10, 13),
    ...room('private_office', 4, 14, 16),
    ...room('meeting_room', 8, 12, 14),
    ...room('meeting_room', 4, 16, 22),
    ...room('phone_booth', 6, 5, 6),
    ...room('collaboration', 3, 18, 20),
    ...room('breakroom', 2, 20, 25),
    ...room('reception', 1, 20, 24),
    ...room('storage', 3, 10, 12),
    ...room('restroom', 3, 12, 14),
    ...room('corridor', 2, 6, 80),
  ];
}

function timed<T>(run: () => T): [T, number] {
  const start = performance.now();
  const result = run();
  return [result, performance.now() - start];
}

function figure(name: string, unit: string, value: number, baseline: number | null): Figure {
  const rounded = (n: number) => Number(n.toPrecision(6));
  return {
    figure: name,
    unit,
    value: rounded(value),
    baseline: baseline === null ? null : rounded(baseline),
    ratio: baseline ? rounded(value / baseline) : null,
  };
}
