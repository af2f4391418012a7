// Finds where walls are open: gaps left by careless drawing, and openings between wall ends that face each other or a wall.
import { buildGraph, type Graph, type Segment } from '../geometry/arrangement.ts';
import { distance, type Point } from '../geometry/planar.ts';
import { SIZES } from './measures.data.ts';
import { SegmentIndex } from './segment_index.ts';

/** A straight closing of an opening: between two wall ends that face each other, or from a wall end to a wall's side. */
export type Closing = { a: Point; b: Point; length: number; facing: boolean };

type Ends = { graph: Graph; edges: { a: Point; b: Point; u: number; v: number }[] };

function nodeEdges(segments: readonly Segment[]): Ends {
  const graph = buildGraph(segments, SIZES.snap);
  const edges: Ends['edges'] = [];
  for (const [u, out] of graph.edges) {
    for (const v of out.keys()) if (u < v) edges.push({ a: graph.vertices[u]!, b: graph.vertices[v]!, u, v });
  }
  return { graph, edges };
}

function unit(from: Point, to: Point): Point {
  const length = distance(from, to);
  return [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
}

/** Segments that bridge small gaps at loose wall ends, in working feet. */
export function bridgeGaps(walls: readonly Segment[], reach: number): Closing[] {
  const { graph, edges } = nodeEdges(walls);
  const index = new SegmentIndex(edges);
  const loose = [...graph.edges].filter(([, out]) => out.size === 1).map(([u]) => u);
  const looseAt = new SegmentIndex(loose.map((u) => ({ a: graph.vertices[u]!, b: graph.vertices[u]! })));
  const bridges: Closing[] = [];
  for (const u of loose) {
    const p = graph.vertices[u]!;
    const before = graph.vertices[[...graph.edges.get(u)!.keys()][0]!]!;
    const d = unit(before, p);
    const own = (i: number) => edges[i]!.u !== u && edges[i]!.v !== u;
    const ahead = index.ray(p, d, reach, 1e-6);
    const mate = looseAt.nearest(p, reach, (i) => loose[i] !== u && !joined(graph, loose[i]!, u));
    const side = index.nearest(p, SIZES.side_gap, own);
    const options = [
      ahead && { point: ahead.point, cost: ahead.distance },
      mate && { point: mate.point, cost: mate.distance * 0.9 },
      side && { point: side.point, cost: side.distance * 1.5 },
    ].filter((option) => option !== null);
    options.sort((x, y) => x.cost - y.cost);
    const best = options[0];
    if (best && distance(p, best.point) > 1e-9) {
      bridges.push({ a: p, b: best.point, length: distance(p, best.point), facing: false });
    }
  }
  return bridges;
}

function joined(graph: Graph, u: number, v: number): boolean {
  return graph.edges.get(u)?.has(v) ?? false;
}

/** All closings of openings between `opening_min` and `reach` wide, in working feet. */
export function findClosings(walls: readonly Segment[], reach: number): Closing[] {
  const { graph, edges } = nodeEdges(walls);
  const index = new SegmentIndex(edges);
  const corners = [...graph.edges.keys()];
  const cornerAt = new SegmentIndex(corners.map((u) => ({ a: graph.vertices[u]!, b: graph.vertices[u]! })));
  const found = new Map<string, Closing>();
  for (const [u, out] of graph.edges) {
    const p = graph.vertices[u]!;
    for (const before of out.keys()) {
      const d = unit(graph.vertices[before]!, p);
      if (goesOn(graph, u, d)) continue;
      const hit = index.ray(p, d, reach, 0.02);
      const limit = (hit?.distance ?? reach) + 0.1;
      const target = facingCorner(graph, cornerAt, corners, u, d, limit);
      const end = target === null ? hit?.point : graph.vertices[target]!;
      if (!end) continue;
      const length = distance(p, end);
      if (length < SIZES.opening_min || length > reach) continue;
      const facing =
        target !== null && !(isJamb(graph, u, before) && isJamb(graph, target, ahead(graph, target, d)));
      const key = target === null ? `${u}>${before}` : `${Math.min(u, target)}-${Math.max(u, target)}`;
      if (!found.has(key)) found.set(key, { a: p, b: end, length, facing });
    }
  }
  return [...found.values()];
}

/** True when some wall line leaves vertex u in the direction d (within 20 degrees). */
function goesOn(graph: Graph, u: number, d: Point): boolean {
  const p = graph.vertices[u]!;
  for (const v of graph.edges.get(u)!.keys()) {
    const e = unit(p, graph.vertices[v]!);
    if (e[0] * d[0] + e[1] * d[1] > 0.94) return true;
  }
  return false;
}

/** The neighbour of u that goes on in direction d. */
function ahead(graph: Graph, u: number, d: Point): number {
  const p = graph.vertices[u]!;
  let best = -1;
  let bestDot = -2;
  for (const v of graph.edges.get(u)!.keys()) {
    const e = unit(p, graph.vertices[v]!);
    const dot = e[0] * d[0] + e[1] * d[1];
    if (dot > bestDot) [best, bestDot] = [v, dot];
  }
  return best;
}

/**
 * True when the line from u to v is the short end of a wall (its thickness) and a longer face meets it at u: two such
 * ends that face each other stand on opposite sides of a passage, not on two sides of an opening.
 */
function isJamb(graph: Graph, u: number, v: number): boolean {
  const p = graph.vertices[u]!;
  const own = distance(p, graph.vertices[v]!);
  if (own > SIZES.wall_max) return false;
  const d = unit(p, graph.vertices[v]!);
  for (const w of graph.edges.get(u)!.keys()) {
    const e = unit(p, graph.vertices[w]!);
    if (
      w !== v &&
      Math.abs(e[0] * d[0] + e[1] * d[1]) < 0.5 &&
      distance(p, graph.vertices[w]!) > Math.max(SIZES.wall_max, own)
    )
      return true;
  }
  return false;
}

/** The nearest wall end straight ahead that looks back at u, no farther than `limit`. */
function facingCorner(
  graph: Graph,
  at: SegmentIndex<{ a: Point; b: Point }>,
  corners: readonly number[],
  u: number,
  d: Point,
  limit: number,
): number | null {
  const p = graph.vertices[u]!;
  const q: Point = [p[0] + d[0] * limit, p[1] + d[1] * limit];
  let best: number | null = null;
  let bestAlong = limit;
  for (const i of at.near(p, q, 0.15)) {
    const v = corners[i]!;
    const c = graph.vertices[v]!;
    const along = (c[0] - p[0]) * d[0] + (c[1] - p[1]) * d[1];
    const off = Math.abs((c[0] - p[0]) * d[1] - (c[1] - p[1]) * d[0]);
    if (along < SIZES.opening_min || along >= bestAlong || off > 0.12) continue;
    if (!goesOn(graph, v, d) || goesOn(graph, v, [-d[0], -d[1]])) continue;
    best = v;
    bestAlong = along;
  }
  return best;
}
