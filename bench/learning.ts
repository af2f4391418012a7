// What learning from decisions gives and costs: acceptance over rounds against the fixed ranking where organizations have
// tastes nobody tells it, how well a trained model foresees decisions it has not seen, and the time of training and scoring.

import { NUMERIC_FEATURES, type RankingFeatures } from '../contract/learning.ts';
import type { LearningRow } from '../engine/learning/encode.ts';
import { logistic } from '../engine/learning/fit.ts';
import { learnedFrom } from '../engine/learning/model.ts';
import { simulate } from '../engine/learning/simulation.ts';
import { fitAll, trainRanking } from '../engine/learning/train.ts';
import { seeded } from '../engine/random.ts';
import { problemOf } from '../engine/ranking/problem.ts';
import { sampleNeeds, sampleProducts } from '../engine/ranking/sample_products.ts';
import type { Figure } from '../server/commands/bench.ts';

const SEEDS = [101, 102, 103];
const ORGANIZATIONS = 8;
const ROUNDS = 8;
const LINES = 20;
const ROWS = 100_000;

export async function learningSuite(): Promise<Figure[]> {
  const runs = SEEDS.map((seed) =>
    simulate({
      seed,
      organizations: ORGANIZATIONS,
      rounds: ROUNDS,
      lines: LINES,
      products_per_kind: 12,
    }),
  );
  const rounds = Array.from({ length: ROUNDS }, (_, round) =>
    against(
      `accepted as offered, round ${round + 1} of ${ROUNDS}; baseline: fixed ranking`,
      'share',
      mean(runs.map((run) => run.rounds[round]!.learned)),
      mean(runs.map((run) => run.rounds[round]!.fixed)),
    ),
  );
  const trained = runs.map((run) =>
    trainRanking({
      ...run.fixed,
      sharing: new Set(run.fixed.rows.map((row) => row.organization_id)),
      live: null,
    }),
  );
  const pick = (side: 'candidate' | 'live', key: 'ndcg' | 'log_loss' | 'ece') =>
    mean(trained.map((one) => one.comparison[side][key] ?? Number.NaN));
  return [
    ...rounds,
    against(
      'NDCG of held-out lists; baseline: fixed ranking',
      'NDCG',
      pick('candidate', 'ndcg'),
      pick('live', 'ndcg'),
    ),
    against(
      'log-loss of held-out decisions; baseline: one chance for all',
      'nats',
      pick('candidate', 'log_loss'),
      pick('live', 'log_loss'),
    ),
    alone('expected calibration error of held-out decisions', 'share', pick('candidate', 'ece')),
    alone(
      'log-loss for organizations never seen, shared part alone',
      'nats',
      mean(trained.map((one) => one.comparison.unseen_organizations?.log_loss ?? Number.NaN)),
    ),
    ...timeFigures(),
  ];
}

function timeFigures(): Figure[] {
  const rows = manyRows(ROWS);
  const sharing = new Set(rows.map((row) => row.organization_id));
  const [, fitMs] = timed(() => fitAll(rows, sharing));
  const [, allMs] = timed(() => trainRanking({ rows, lists: [], sharing, live: null }));
  const needs = sampleNeeds(5, 60);
  const products = sampleProducts(6, 200);
  const { shared, own } = fitAll(rows.slice(0, 5000), sharing);
  const learned = learnedFrom('bench', shared, own[rows[0]!.organization_id]!)!;
  // The words of products are read once; the choice scores the same products many times.
  problemOf({ needs, products, uniform: false, learned });
  const [, plainMs] = timed(() => problemOf({ needs, products, uniform: false }));
  const [, taughtMs] = timed(() => problemOf({ needs, products, uniform: false, learned }));
  return [
    alone(
      `fitting shared part and ${sharing.size} posteriors, ${ROWS.toLocaleString('en-US')} rows`,
      'ms',
      fitMs,
    ),
    alone(`whole training run with comparison, ${ROWS.toLocaleString('en-US')} rows`, 'ms', allMs),
    against('scoring 60 needs × 200 candidates; baseline: fixed ranking', 'ms', taughtMs, plainMs),
  ];
}

/** Decisions on random products by forty organizations with tastes of their own. */
function manyRows(count: number): LearningRow[] {
  const random = seeded(77);
  const brands = Array.from({ length: 25 }, (_, i) => `brand:brand ${i}`);
  const materials = Array.from({ length: 20 }, (_, i) => `material:material ${i}`);
  const tastes = Array.from({ length: 40 }, () => ({
    brand: Math.floor(random() * brands.length),
    price: -1.2 * random(),
  }));
  return Array.from({ length: count }, (_, at) => {
    const who = at % tastes.length;
    const taste = tastes[who]!;
    const brand = Math.floor(random() * brands.length);
    const features: RankingFeatures = {
      numeric: Object.fromEntries(
        NUMERIC_FEATURES.map((name) => [name, 2 * random() - 1]),
      ) as RankingFeatures['numeric'],
      terms: [brands[brand]!, materials[Math.floor(random() * 20)]!, materials[Math.floor(random() * 20)]!],
    };
    const z = taste.price * features.numeric.price + (brand === taste.brand ? 1.5 : 0);
    const label = random() < logistic(z) ? 1 : 0;
    return {
      organization_id: `org-${who}`,
      decided_at: at * 1000,
      input: {
        kind: 'point',
        features,
        against: null,
        role: 'desk',
        space_type: 'open_office',
        styles: [],
        position: 0,
        alternatives_shown: 4,
        candidates: 100,
        propensity: 1,
        confidence: null,
        impression_id: '00000000-0000-4000-8000-000000000000',
        product_id: `product-${Math.floor(random() * 5000)}`,
        against_product_id: null,
        model_version: null,
      },
      label: { event: label === 1 ? 'acceptance' : 'rejection', label, weight: 1, categories: [] },
    };
  });
}

function timed<T>(run: () => T): [T, number] {
  const begun = performance.now();
  const result = run();
  return [result, Math.round(performance.now() - begun)];
}

function mean(values: number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function alone(figure: string, unit: string, value: number): Figure {
  return { figure, unit, value, baseline: null, ratio: null };
}

function against(figure: string, unit: string, value: number, baseline: number): Figure {
  return { figure, unit, value, baseline, ratio: Math.round((1000 * value) / baseline) / 1000 };
}
