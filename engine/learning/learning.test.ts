import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMERIC_FEATURES, type RankingFeatures } from '../../contract/learning.ts';
import { seeded } from '../random.ts';
import { problemOf } from '../ranking/problem.ts';
import { sampleNeeds, sampleProducts } from '../ranking/sample_products.ts';
import { calibrated, calibrationError, fitCalibration } from './calibration.ts';
import { driftOf, referenceOf, stabilityIndex } from './drift.ts';
import { encodeRows, type LearningRow, vocabularyOf } from './encode.ts';
import { fitPosterior, logistic, type Prior, type SparseRows } from './fit.ts';
import { cholesky, inverse } from './linear.ts';
import { learnedFrom, neutralRanking, weightFor } from './model.ts';
import { rowOf, shownIn, swapDecisions } from './rows.ts';
import { simulate } from './simulation.ts';
import { fitAll, trainRanking } from './train.ts';

/** Rows of `n` features drawn at random, decided by the given weights. */
function decidedBy(weights: readonly number[], count: number, random: () => number): SparseRows {
  const n = weights.length;
  const start = Int32Array.from({ length: count + 1 }, (_, r) => r * n);
  const index = Int32Array.from({ length: count * n }, (_, i) => i % n);
  const value = Float64Array.from({ length: count * n }, (_, i) => (i % n === 0 ? 1 : 2 * random() - 1));
  const label = Float64Array.from({ length: count }, (_, r) => {
    let z = 0;
    for (let i = 0; i < n; i += 1) z += weights[i]! * value[r * n + i]!;
    return random() < logistic(z) ? 1 : 0;
  });
  return { start, index, value, label, weight: new Float64Array(count).fill(1) };
}

const priorOf = (n: number, variance = 1): Prior => ({
  mean: new Float64Array(n),
  variance: new Float64Array(n).fill(variance),
});
const diagonal = (covariance: Float64Array, i: number) => covariance[(i * (i + 1)) / 2 + i]!;
const seeds = fc.integer({ min: 1, max: 1e6 });

describe('the posterior', () => {
  it('is the prior where nobody has decided anything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0.05, max: 4, noNaN: true }),
        (mean, variance) => {
          const prior = {
            mean: Float64Array.from(mean),
            variance: new Float64Array(mean.length).fill(variance),
          };
          const { mean: found, covariance } = fitPosterior(decidedBy(mean, 0, Math.random), prior);
          for (const [i, value] of mean.entries()) {
            expect(found[i]).toBeCloseTo(value, 8);
            expect(diagonal(covariance, i)).toBeCloseTo(variance, 8);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('grows surer with every decision, and never less sure than the prior', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = seeded(seed);
        const weights = [0.2, 1, -0.7, 0.4];
        const all = decidedBy(weights, 400, random);
        const first = { ...all, label: all.label.slice(0, 100), start: all.start.slice(0, 101) };
        const few = fitPosterior(first, priorOf(4));
        const many = fitPosterior(all, priorOf(4));
        for (let i = 0; i < 4; i += 1) {
          expect(diagonal(few.covariance, i)).toBeLessThanOrEqual(1 + 1e-9);
          expect(diagonal(many.covariance, i)).toBeLessThan(diagonal(few.covariance, i));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('stands where the gradient vanishes and finds the weights behind many decisions', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const weights = [0.3, 1.2, -0.9];
        const rows = decidedBy(weights, 4000, seeded(seed));
        const { mean, covariance } = fitPosterior(rows, priorOf(3, 4));
        for (let i = 0; i < 3; i += 1) {
          let gradient = mean[i]! / 4;
          for (let r = 0; r < rows.label.length; r += 1) {
            const z = [0, 1, 2].reduce((a, j) => a + mean[j]! * rows.value[r * 3 + j]!, 0);
            gradient += (logistic(z) - rows.label[r]!) * rows.value[r * 3 + i]!;
          }
          expect(Math.abs(gradient)).toBeLessThan(1e-3);
          expect(Math.abs(mean[i]! - weights[i]!)).toBeLessThan(5 * Math.sqrt(diagonal(covariance, i)));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('covers the true weights as often as it says', () => {
    let inside = 0;
    let all = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seeded(seed);
      // Weights from the prior itself: then the 90 % interval holds 90 % of them.
      const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      const weights = [normal(), normal(), normal(), normal()];
      const { mean, covariance } = fitPosterior(decidedBy(weights, 150, random), priorOf(4));
      for (const [i, weight] of weights.entries()) {
        all += 1;
        if (Math.abs(mean[i]! - weight) < 1.645 * Math.sqrt(diagonal(covariance, i))) inside += 1;
      }
    }
    expect(inside / all).toBeGreaterThan(0.83);
    expect(inside / all).toBeLessThan(0.96);
  });

  it('counts a row of weight two as two rows, and the order of rows does not matter', () => {
    const rows = decidedBy([0.1, 0.8], 60, seeded(5));
    const twice = fitPosterior({ ...rows, weight: new Float64Array(60).fill(2) }, priorOf(2));
    const doubled: SparseRows = {
      start: Int32Array.from({ length: 121 }, (_, r) => r * 2),
      index: Int32Array.from({ length: 240 }, (_, i) => i % 2),
      value: Float64Array.from([...rows.value, ...rows.value]),
      label: Float64Array.from([...rows.label, ...rows.label]),
      weight: new Float64Array(120).fill(1),
    };
    expect(fitPosterior(doubled, priorOf(2)).mean[1]).toBeCloseTo(twice.mean[1]!, 6);
  });

  it('inverts: A times its inverse is one', () => {
    const a = Float64Array.from([4, 1, 3, 0.5, -1, 2]);
    const b = inverse(cholesky(a, 3), 3);
    const full = (packed: Float64Array, i: number, j: number) =>
      packed[i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i]!;
    for (let i = 0; i < 3; i += 1)
      for (let j = 0; j < 3; j += 1)
        expect([0, 1, 2].reduce((s, k) => s + full(a, i, k) * full(b, k, j), 0)).toBeCloseTo(
          i === j ? 1 : 0,
          9,
        );
  });
});

describe('calibration', () => {
  it('never falls, stays within 0 and 1, and brings over-sure predictions to what happened', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = seeded(seed);
        const points = Array.from({ length: 6000 }, () => {
          const predicted = random();
          return { predicted, happened: random() < 0.25 + 0.5 * predicted ? 1 : 0 };
        });
        const fit = fitCalibration(points.slice(0, 3000));
        let last = 0;
        for (let p = 0; p <= 1; p += 0.05) {
          const value = calibrated(p, fit);
          expect(value).toBeGreaterThanOrEqual(last - 1e-9);
          expect(value).toBeLessThanOrEqual(1);
          last = value;
        }
        const fresh = points.slice(3000);
        const before = calibrationError(fresh) ?? 0;
        const after = calibrationError(
          fresh.map((one) => ({ ...one, predicted: calibrated(one.predicted, fit) })),
        );
        expect(after).toBeLessThan(before);
      }),
      { numRuns: 20 },
    );
  });

  it('changes nothing on too few decisions', () => {
    const fit = fitCalibration(Array.from({ length: 12 }, () => ({ predicted: 0.9, happened: 0 })));
    expect(calibrated(0.9, fit)).toBe(0.9);
  });
});

const features = (price: number, terms: string[] = []): RankingFeatures => ({
  numeric: {
    ...(Object.fromEntries(NUMERIC_FEATURES.map((name) => [name, 0])) as RankingFeatures['numeric']),
    price,
  },
  terms,
});
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const impression = {
  id: uuid(1),
  model_version: null,
  scenario_type: 'balanced',
  need_keys: ['room:desk'],
  role: 'desk',
  space_type: 'open_office',
  styles: [],
  confidence: 0.7,
  span: { candidates: 30, price: [], lead_time: [], carbon: [] },
  shown: [0, 1, 2, 3].map((position) => ({
    product_id: uuid(10 + position),
    position,
    rank: position + 1,
    fixed_value: 0.8 - position / 10,
    features: features(position / 10),
  })),
};

describe('what a decision says', () => {
  it('a swap to the third alternative: taken over the chosen one and over the two above it, weighed by its place', () => {
    const to = shownIn(impression, uuid(13))!;
    const rows = swapDecisions(impression, shownIn(impression, uuid(10))!, to).map(rowOf);
    expect(rows.map((row) => [row.label.event, row.input.against_product_id])).toEqual([
      ['swap', uuid(10)],
      ['skipped', uuid(11)],
      ['skipped', uuid(12)],
      ['swapped_out', null],
    ]);
    expect(rows.at(-1)!.input).toMatchObject({ product_id: uuid(10), kind: 'point' });
    expect(rows[0]!.input.propensity).toBeCloseTo(1 / 3);
    expect(rows[0]!.label.weight).toBeGreaterThan(rows[1]!.label.weight);
  });

  it('a rejection because the item is not needed says less about the product than one for its style', () => {
    const base = {
      event: 'rejection' as const,
      impression,
      product: shownIn(impression, uuid(10))!,
      label: 0 as const,
    };
    const style = rowOf({ ...base, categories: ['wrong_style'] });
    const need = rowOf({ ...base, categories: ['not_needed'] });
    expect(need.label.weight).toBeLessThan(style.label.weight);
    expect(style.input.confidence).toBe(0.7);
  });
});

function decided(organization: number, label: 0 | 1, terms: string[], at: number): LearningRow {
  const product = { product_id: uuid(100 + (at % 50)), features: features(0, terms), position: 0 };
  const { input, label: said } = rowOf({
    event: label === 1 ? 'acceptance' : 'rejection',
    impression,
    product,
    label,
  });
  return { organization_id: uuid(organization), decided_at: at * 1000, input, label: said };
}

/** Organization 1 takes Northmark and leaves Lumen; the others the other way round. */
function divided(organizations: number, each: number): LearningRow[] {
  return Array.from({ length: organizations * each }, (_, at) => {
    const organization = (at % organizations) + 1;
    const brand = Math.floor(at / organizations) % 2 === 0 ? 'northmark' : 'lumen';
    const likes = (organization === 1) === (brand === 'northmark');
    return decided(organization, likes ? 1 : 0, [`brand:${brand}`], at);
  });
}

describe('learning of several organizations', () => {
  const ids = (n: number) => new Set(Array.from({ length: n }, (_, i) => uuid(i + 1)));

  it('one organization’s decisions never reach another’s posterior where it does not share', () => {
    const rows = divided(7, 40);
    const sharing = new Set([...ids(7)].slice(1));
    const { shared, own } = fitAll(rows, sharing);
    const without = fitAll(
      rows.filter((row) => row.organization_id !== uuid(1)),
      sharing,
    );
    expect(shared).toEqual(without.shared);
    for (const id of [...ids(7)].slice(1)) expect(own[id]).toEqual(without.own[id]);
    const weight = (id: string, term: string) => own[id]!.mean[own[id]!.names.indexOf(term)]!;
    expect(weight(uuid(1), 'brand:northmark')).toBeGreaterThan(0.3);
    expect(weight(uuid(2), 'brand:northmark')).toBeLessThan(-0.3);
  });

  it('fewer than five organizations teach nothing to the others', () => {
    const { shared, own } = fitAll(divided(4, 40), ids(4));
    expect(shared.rows).toBe(0);
    expect(shared.mean).toEqual(neutralRanking().mean);
    expect(learnedFrom('v', shared, null)).toBeNull();
    expect(own[uuid(1)]!.rows).toBe(40);
  });

  it('a loud organization does not drown the others in the shared part', () => {
    const loud = Array.from({ length: 3000 }, (_, at) => decided(1, 1, ['brand:corvid'], at));
    const others = Array.from({ length: 300 }, (_, at) => decided(2 + (at % 6), 0, ['brand:corvid'], at));
    const { shared } = fitAll([...loud, ...others], ids(7));
    expect(shared.mean[shared.names.indexOf('brand:corvid')]).toBeLessThan(0);
  });

  it('a product offered over and over counts as twenty decisions, not as hundreds', () => {
    const often = Array.from({ length: 400 }, (_, at) => decided(1, 1, ['brand:lumen'], at - (at % 50)));
    const twenty = often.slice(0, 20);
    const mean = (rows: LearningRow[]) => {
      const { own } = fitAll(rows, new Set());
      return own[uuid(1)]!.mean[own[uuid(1)]!.names.indexOf('brand:lumen')]!;
    };
    expect(mean(often)).toBeCloseTo(mean(twenty), 2);
  });

  it('the same decisions give the same model, whatever order they come in', () => {
    const rows = divided(6, 30);
    const input = { rows, lists: [], sharing: ids(6), live: null };
    expect(trainRanking({ ...input, rows: [...rows].reverse() })).toEqual(trainRanking(input));
  });
});

describe('promotion', () => {
  const sharing = new Set(Array.from({ length: 6 }, (_, i) => uuid(i + 1)));
  const rows = divided(6, 100);

  it('goes live when it foresees new decisions better than the fixed ranking, and not with too few of them', () => {
    const good = trainRanking({ rows, lists: [], sharing, live: null });
    expect(good.promoted).toBe(true);
    expect(good.comparison.candidate.log_loss!).toBeLessThan(good.comparison.live.log_loss! - 0.01);
    expect(good.decision).toContain('better than the fixed ranking');
    const few = trainRanking({ rows: rows.slice(0, 100), lists: [], sharing, live: null });
    expect(few.promoted).toBe(false);
    expect(few.decision).toContain('50 are needed');
  });

  it('does not go live on decisions that are all chance, nor beside a live model that knows as much', () => {
    const random = seeded(11);
    const chance = rows.map((row) => ({
      ...row,
      label: { ...row.label, label: random() < 0.5 ? (1 as const) : (0 as const) },
    }));
    expect(trainRanking({ rows: chance, lists: [], sharing, live: null }).promoted).toBe(false);
    const first = fitAll(rows.slice(0, 400), sharing);
    const live = { version: 'rank-1', ...first, seen_until: rows[399]!.decided_at };
    const second = trainRanking({ rows, lists: [], sharing, live });
    expect(second.comparison.candidate.rows).toBe(120);
    expect(second.promoted).toBe(false);
  });

  it('replaces a model that holds withdrawn decisions, and says so', () => {
    const found = trainRanking({ rows: [], lists: [], sharing, live: null, replace: true });
    expect(found.promoted).toBe(true);
    expect(found.decision).toContain('no longer shares');
  });
});

describe('in the choice', () => {
  const needs = sampleNeeds(4, 6);
  const products = sampleProducts(9, 15);
  const learnedOf = (weight: number) => {
    const rows = Array.from({ length: 80 }, (_, at) =>
      decided(1, at % 2 === 0 ? 1 : 0, [at % 2 === 0 ? 'brand:lumen' : 'brand:corvid'], at),
    );
    const { shared, own } = fitAll(rows, new Set());
    const learned = learnedFrom('rank-1', shared, own[uuid(1)]!)!;
    return { ...learned, weight };
  };

  it('raises what was accepted, by no more than its weight, and nothing at all without decisions', () => {
    const learned = learnedOf(weightFor(80));
    const plain = problemOf({ needs, products });
    const taught = problemOf({ needs, products, learned });
    const share = learned.weight / (0.9 + learned.weight);
    let raised = 0;
    for (const [at, line] of taught.lines.entries()) {
      const fixed = new Map(plain.lines[at]!.candidates.map((one) => [one.product.id, one.parts]));
      for (const { product, parts } of line.candidates) {
        expect(parts.fixed).toBeCloseTo(fixed.get(product.id)!.fixed, 9);
        expect(Math.abs(parts.value - parts.fixed)).toBeLessThanOrEqual(share + 1e-9);
        if (product.brand === 'Lumen') {
          expect(parts.learned!.preference).toBeGreaterThan(0);
          expect(parts.learned!.because()).toContain('products by Lumen 40 of 40 times');
          if (line.candidates.findIndex((one) => one.product.id === product.id) + 1 < parts.fixed_rank)
            raised += 1;
        }
      }
    }
    expect(raised).toBeGreaterThan(0);
    for (const line of plain.lines) for (const { parts } of line.candidates) expect(parts.learned).toBeNull();
    expect(weightFor(0)).toBeCloseTo(0.1);
    expect(weightFor(1e9)).toBeLessThanOrEqual(0.3);
  });

  it('gives the same ranking for the same input and model', () => {
    const learned = learnedOf(0.2);
    const order = () =>
      problemOf({ needs, products, learned }).lines.map((line) =>
        line.candidates.map((one) => one.product.sku),
      );
    expect(order()).toEqual(order());
  });
});

describe('hidden preferences', () => {
  it('acceptance rises over rounds and beats the fixed ranking, for several seeds', () => {
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    for (const seed of [21, 22, 23]) {
      const { rounds } = simulate({ seed, organizations: 6, rounds: 5, lines: 18, products_per_kind: 10 });
      expect(rounds[0]!.learned).toBe(rounds[0]!.fixed);
      const late = rounds.slice(2);
      expect(mean(late.map((one) => one.learned))).toBeGreaterThan(rounds[0]!.learned + 0.08);
      expect(mean(late.map((one) => one.learned))).toBeGreaterThan(mean(late.map((one) => one.fixed)) + 0.08);
    }
  }, 60_000);
});

describe('drift', () => {
  const rows = divided(6, 60);
  it('is quiet on the same decisions and speaks when prices or acceptance move', () => {
    const reference = referenceOf(rows);
    expect(driftOf(reference, rows, '2026-01-01T00:00:00Z').alerts).toEqual([]);
    const moved = rows.map((row) => ({
      ...row,
      input: { ...row.input, features: features(0.9) },
      label: { ...row.label, label: 0 as const },
    }));
    const watch = driftOf(reference, moved, '2026-01-01T00:00:00Z');
    expect(watch.features[0]).toMatchObject({ feature: 'price', state: 'alert' });
    expect(watch.acceptance.state).toBe('alert');
    expect(watch.alerts).toHaveLength(2);
  });
  it('the stability index is zero for equal spreads and positive for others', () => {
    expect(stabilityIndex([10, 20, 30], [10, 20, 30])).toBeCloseTo(0, 9);
    expect(stabilityIndex([30, 20, 10], [10, 20, 30])).toBeGreaterThan(0.25);
  });
});

describe('rows', () => {
  it('count a term once, however often it is given', () => {
    const row = decided(1, 1, ['brand:lumen', 'brand:lumen'], 0);
    const sparse = encodeRows([row], vocabularyOf(['brand:lumen']), () => 1);
    expect([...sparse.index]).toEqual([0, NUMERIC_FEATURES.length + 1]);
  });

  it('of a pair hold the difference alone, without a bias', () => {
    const [row] = swapDecisions(
      impression,
      shownIn(impression, uuid(10))!,
      shownIn(impression, uuid(11))!,
    ).map(rowOf);
    const vocabulary = vocabularyOf([]);
    const sparse = encodeRows([{ organization_id: uuid(1), decided_at: 0, ...row! }], vocabulary, () => 1);
    expect([...sparse.index]).toEqual([1]);
    expect(sparse.value[0]).toBeCloseTo(0.1);
  });
});
