// Vectors in a quarter of their memory, for holding many at once: each number as a byte, with one scale for all of them.

export interface CompactVector {
  readonly values: Int8Array;
  /** What a byte of 1 stands for. */
  readonly scale: number;
}

export function compactVector(vector: Float32Array): CompactVector {
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  const scale = most / 127;
  const values = new Int8Array(vector.length);
  if (scale > 0) for (let d = 0; d < vector.length; d += 1) values[d] = Math.round(vector[d]! / scale);
  return { values, scale };
}

/** The cosine of two unit vectors, off by a few thousandths at most. */
export function compactCosine(vector: Float32Array, { values, scale }: CompactVector): number {
  let sum = 0;
  for (let d = 0; d < vector.length; d += 1) sum += vector[d]! * values[d]!;
  return sum * scale;
}
