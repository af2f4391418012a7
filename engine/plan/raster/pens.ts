// The pens of a drawing: how thick thin lines are, and from which thickness ink is a filled body.
import type { Edge } from './edges.ts';

export type Pens = {
  /** Thinnest pen in use, pixels. */
  thin: number;
  /** Pen that draws most of the thin lines. */
  usual: number;
  /** Ink at least this thick is a filled body (a wall drawn solid, a column). */
  solid: number;
};

/** Pens from the depths of straight edges, weighted by their length. */
export function findPens(edges: readonly Edge[]): Pens {
  const long = edges.filter((edge) => edge.length > 10 && edge.depth > 0);
  const total = long.reduce((sum, edge) => sum + edge.length, 0);
  const sorted = [...long].sort((p, q) => p.depth - q.depth);
  let seen = 0;
  let thin = 1;
  for (const edge of sorted) {
    seen += edge.length;
    thin = edge.depth;
    if (seen > 0.04 * total) break;
  }
  thin = Math.max(1, thin);
  const solid = Math.max(2.5 * thin, thin + 2.5);
  const lines = sorted.filter((edge) => edge.depth < solid);
  const half = lines.reduce((sum, edge) => sum + edge.length, 0) / 2;
  seen = 0;
  let usual = thin;
  for (const edge of lines) {
    seen += edge.length;
    usual = edge.depth;
    if (seen >= half) break;
  }
  return { thin, usual: Math.max(1, usual), solid };
}
