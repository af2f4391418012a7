// Finds arcs that a plotter broke into short lines: chains of strokes that go on from each other along one circle.
import { distance } from '../../geometry/planar.ts';
import type { Linework, Stroke } from '../linework.ts';
import { arcThrough } from './arcs.ts';

const FEWEST = 4;
/** Most degrees that one piece turns from the one before: eight pieces to the circle and the rounding of coordinates. */
const MOST_TURN = 46;
/** Sweep that makes a chain an arc worth naming, degrees. */
const SWEEP: readonly [number, number] = [25, 340];

/** Adds the arcs to the linework and marks their pieces; strokes are looked at in the order they are drawn. */
export function findPolylineArcs(linework: Linework): void {
  let chain: number[] = [];
  linework.strokes.forEach((stroke, i) => {
    const last = linework.strokes[chain[chain.length - 1] ?? -1];
    if (last && goesOn(last, stroke)) {
      chain.push(i);
      return;
    }
    if (chain.length >= FEWEST) addArc(linework, chain);
    chain = stroke.arc < 0 ? [i] : [];
  });
  if (chain.length >= FEWEST) addArc(linework, chain);
}

/** Whether the second stroke may be the next piece of an arc: it starts where the first ends and turns a little. */
function goesOn(p: Stroke, q: Stroke): boolean {
  if (q.arc >= 0 || p.origin !== q.origin || distance(p.b, q.a) > 0.02) return false;
  const [u, v] = [distance(p.a, p.b), distance(q.a, q.b)];
  if (u > 4 * v || v > 4 * u) return false;
  const dot = (p.b[0] - p.a[0]) * (q.b[0] - q.a[0]) + (p.b[1] - p.a[1]) * (q.b[1] - q.a[1]);
  return dot > u * v * Math.cos((MOST_TURN * Math.PI) / 180);
}

function addArc(linework: Linework, chain: readonly number[]): void {
  const pieces = chain.map((i) => linework.strokes[i]!);
  const first = pieces[0]!;
  const arc = arcThrough([first.a, ...pieces.map((piece) => piece.b)]);
  if (!arc || arc.sweep < SWEEP[0] || arc.sweep > SWEEP[1]) return;
  for (const piece of pieces) piece.arc = linework.arcs.length;
  linework.arcs.push({ ...arc, origin: first.origin });
}
