/** Small dense symmetric matrices, packed by rows of the lower triangle: (i, j ≤ i) stands at i (i + 1) / 2 + j. */

export function packedSize(n: number): number {
  return (n * (n + 1)) / 2;
}

export function at(i: number, j: number): number {
  return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i;
}

/** L with A = L Lᵀ of a positive definite matrix. Throws RangeError where it is not. */
export function cholesky(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(packedSize(n));
  for (let i = 0; i < n; i += 1) {
    const row = (i * (i + 1)) / 2;
    for (let j = 0; j <= i; j += 1) {
      const other = (j * (j + 1)) / 2;
      let sum = a[row + j]!;
      for (let k = 0; k < j; k += 1) sum -= l[row + k]! * l[other + k]!;
      if (i === j) {
        if (!(sum > 0)) throw new RangeError('The matrix is not positive definite.');
        l[row + j] = Math.sqrt(sum);
      } else l[row + j] = sum / l[other + j]!;
    }
  }
  return l;
}

/** x with L Lᵀ x = b. */
export function solveCholesky(l: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i += 1) {
    const row = (i * (i + 1)) / 2;
    let sum = x[i]!;
    for (let k = 0; k < i; k += 1) sum -= l[row + k]! * x[k]!;
    x[i] = sum / l[row + i]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = x[i]!;
    for (let k = i + 1; k < n; k += 1) sum -= l[(k * (k + 1)) / 2 + i]! * x[k]!;
    x[i] = sum / l[(i * (i + 1)) / 2 + i]!;
  }
  return x;
}

/** The inverse of A = L Lᵀ, packed. */
export function inverse(l: Float64Array, n: number): Float64Array {
  const result = new Float64Array(packedSize(n));
  const unit = new Float64Array(n);
  for (let j = 0; j < n; j += 1) {
    unit.fill(0);
    unit[j] = 1;
    const column = solveCholesky(l, unit);
    for (let i = j; i < n; i += 1) result[at(i, j)] = column[i]!;
  }
  return result;
}
