/**
 * Bayesian logistic regression with a Gaussian prior: the mode by Newton's method (IRLS), the posterior as a Gaussian
 * around it (Laplace: the inverse of the Hessian). Bishop, Pattern Recognition and Machine Learning, §4.5. Rows are sparse;
 * a row may be the difference of two products, whose label is then "taken over the other" (Bradley–Terry). Deterministic.
 */
import { at, cholesky, inverse, packedSize, solveCholesky } from './linear.ts';

/** Rows one after the other: row r has the entries start[r] … start[r + 1] − 1. */
export interface SparseRows {
  start: Int32Array;
  index: Int32Array;
  value: Float64Array;
  /** 0 or 1. */
  label: Float64Array;
  weight: Float64Array;
}

export interface Prior {
  mean: Float64Array;
  variance: Float64Array;
}

export interface Posterior {
  mean: Float64Array;
  /** Packed by linear.ts. */
  covariance: Float64Array;
  iterations: number;
}

const MOST_STEPS = 30;
const TOLERANCE = 1e-9;

export function fitPosterior(rows: SparseRows, prior: Prior): Posterior {
  const n = prior.mean.length;
  let mean = Float64Array.from(prior.mean);
  let energy = energyOf(rows, prior, mean);
  let iterations = 0;
  let l = cholesky(curvature(rows, prior, mean).hessian, n);
  for (; iterations < MOST_STEPS; iterations += 1) {
    const { gradient, hessian } = curvature(rows, prior, mean);
    l = cholesky(hessian, n);
    const step = solveCholesky(l, gradient);
    let taken = 1;
    let next = stepped(mean, step, taken);
    let nextEnergy = energyOf(rows, prior, next);
    // Newton's step can overshoot far from the mode; halving it keeps the energy falling.
    while (nextEnergy > energy + 1e-12 && taken > 1e-6) {
      taken /= 2;
      next = stepped(mean, step, taken);
      nextEnergy = energyOf(rows, prior, next);
    }
    const gain = energy - nextEnergy;
    mean = next;
    energy = nextEnergy;
    if (gain < TOLERANCE * (1 + Math.abs(energy))) break;
  }
  l = cholesky(curvature(rows, prior, mean).hessian, n);
  return { mean, covariance: inverse(l, n), iterations };
}

function stepped(mean: Float64Array, step: Float64Array, share: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(mean, (value, i) => value - share * step[i]!);
}

/** Negative log posterior up to a constant. */
function energyOf(rows: SparseRows, prior: Prior, mean: Float64Array): number {
  let energy = 0;
  for (let i = 0; i < mean.length; i += 1)
    energy += (mean[i]! - prior.mean[i]!) ** 2 / (2 * prior.variance[i]!);
  for (let r = 0; r < rows.label.length; r += 1) {
    const z = scoreOf(rows, r, mean);
    energy += rows.weight[r]! * (softplus(z) - rows.label[r]! * z);
  }
  return energy;
}

function curvature(rows: SparseRows, prior: Prior, mean: Float64Array) {
  const n = mean.length;
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(packedSize(n));
  for (let i = 0; i < n; i += 1) {
    gradient[i] = (mean[i]! - prior.mean[i]!) / prior.variance[i]!;
    hessian[at(i, i)] = 1 / prior.variance[i]!;
  }
  const { start, index, value, label, weight } = rows;
  for (let r = 0; r < label.length; r += 1) {
    const p = logistic(scoreOf(rows, r, mean));
    const pull = weight[r]! * (p - label[r]!);
    const bend = weight[r]! * p * (1 - p);
    for (let a = start[r]!; a < start[r + 1]!; a += 1) {
      const i = index[a]!;
      const x = value[a]!;
      gradient[i]! += pull * x;
      // Entries of a row ascend, so i is never below the earlier ones.
      const row = (i * (i + 1)) / 2;
      for (let b = start[r]!; b <= a; b += 1) hessian[row + index[b]!]! += bend * x * value[b]!;
    }
  }
  return { gradient, hessian };
}

export function scoreOf(rows: SparseRows, r: number, mean: Float64Array): number {
  let z = 0;
  for (let a = rows.start[r]!; a < rows.start[r + 1]!; a += 1) z += mean[rows.index[a]!]! * rows.value[a]!;
  return z;
}

export function logistic(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

function softplus(z: number): number {
  return z > 30 ? z : Math.log1p(Math.exp(z));
}
