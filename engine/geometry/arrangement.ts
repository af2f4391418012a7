// The planar arrangement of line segments: where they meet, and the faces they enclose. Small gaps below the
// tolerance are snapped; dangling ends and bridges are dropped, so every face has a clean outline.
import Flatbush from 'flatbush';
import { boxOf, inBox, inRing, type Point, type Ring, signedArea } from './planar.ts';
import { VertexIndex } from './vertex_index.ts';

export type Segment = {
  a: Point;
  b: Point;
  /** Caller's mark; where segments lie upon each other the lowest tag wins. */
  tag: number;
};

export type FaceEdge = {
  a: Point;
  b: Point;
  tag: number /** Index of the face across the edge, -1 for outside. */;
  across: number;
};
export type Face = { outer: Ring; holes: Ring[]; edges: FaceEdge[]; area: number };
export type Arrangement = {
  faces: Face[] /** Outer boundaries of connected parts, clockwise turned counter-clockwise. */;
  outlines: Ring[];
};

/** Noded segments: for each vertex its neighbours and the tag of the edge to each. */
export type Graph = { vertices: Point[]; edges: Map<number, Map<number, number>> };

/** More crossings than any storey has: hatching taken for walls, or a hostile file. */
const MOST_VERTICES = 40_000;
/** Pairs of segments measured against each other: a storey has a hundredth of them. */
const MOST_PAIRS = 6_000_000;

export class ArrangementTooLarge extends Error {
  constructor() {
    super('the lines cross more often than those of any storey');
  }
}

/** Faces of the arrangement of `segments`; points closer than `tolerance` are one. */
export function arrange(segments: readonly Segment[], tolerance: number): Arrangement {
  const graph = buildGraph(segments, tolerance);
  prune(graph);
  for (let round = 0; round < 6; round++) {
    const cycles = trace(graph);
    const bridges = findBridges(cycles);
    if (bridges.length === 0 || round === 5) return assemble(graph, cycles);
    for (const [u, v] of bridges) removeEdge(graph, u, v);
    prune(graph);
  }
  return { faces: [], outlines: [] };
}

/** Cuts segments where they meet or lie upon each other; points closer than `tolerance` are one vertex. */
export function buildGraph(segments: readonly Segment[], tolerance: number): Graph {
  const index = new VertexIndex(tolerance);
  const ends: [number, number][] = segments.map((s) => [index.add(s.a), index.add(s.b)]);
  const edges = new Map<number, Map<number, number>>();
  if (segments.length === 0) return { vertices: index.points, edges };
  const tree = new Flatbush(segments.length);
  for (const [u, v] of ends) {
    const a = index.points[u]!;
    const b = index.points[v]!;
    tree.add(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]));
  }
  tree.finish();
  const stops: { t: number; v: number }[][] = segments.map(() => []);
  let pairs = 0;
  for (let i = 0; i < segments.length; i++) {
    pairs += splitSegment(i, ends, index, tree, stops, tolerance);
    if (pairs > MOST_PAIRS) throw new ArrangementTooLarge();
  }
  for (let i = 0; i < segments.length; i++) {
    const [u, v] = ends[i]!;
    if (u === v) continue;
    const chain = [{ t: 0, v: u }, ...stops[i]!, { t: 1, v }].sort((p, q) => p.t - q.t);
    for (let k = 1; k < chain.length; k++) addEdge(edges, chain[k - 1]!.v, chain[k]!.v, segments[i]!.tag);
  }
  return { vertices: index.points, edges };
}

/** Marks where other segments meet segment i; gives how many were measured. */
function splitSegment(
  i: number,
  ends: [number, number][],
  index: VertexIndex,
  tree: Flatbush,
  stops: { t: number; v: number }[][],
  tolerance: number,
): number {
  const [u, v] = ends[i]!;
  if (u === v) return 0;
  const a = index.points[u]!;
  const b = index.points[v]!;
  const near = tree.search(
    Math.min(a[0], b[0]) - tolerance,
    Math.min(a[1], b[1]) - tolerance,
    Math.max(a[0], b[0]) + tolerance,
    Math.max(a[1], b[1]) + tolerance,
  );
  for (const j of near) {
    if (j === i) continue;
    const [w, z] = ends[j]!;
    for (const end of [w, z]) {
      if (end === u || end === v) continue;
      const t = onSegment(index.points[end]!, a, b, tolerance);
      if (t !== null) stops[i]!.push({ t, v: end });
    }
    if (j < i || w === z || w === u || w === v || z === u || z === v) continue;
    const c = index.points[w]!;
    const d = index.points[z]!;
    const cross = crossing(a, b, c, d);
    if (!cross) continue;
    const at = index.add(cross);
    if (index.points.length > MOST_VERTICES) throw new ArrangementTooLarge();
    const met = index.points[at]!;
    if (at !== u && at !== v) stops[i]!.push({ t: along(met, a, b), v: at });
    if (at !== w && at !== z) stops[j]!.push({ t: along(met, c, d), v: at });
  }
  return near.length;
}

/** Where along a–b the vertex lies; of all but parallel lines the crossing's own parameters say nothing. */
function along(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  return ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy);
}

function onSegment(p: Point, a: Point, b: Point, tolerance: number): number | null {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy);
  const off = Math.abs(dx * (p[1] - a[1]) - dy * (p[0] - a[0])) / length;
  if (off > tolerance) return null;
  const t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (length * length);
  return t > 0 && t < 1 ? t : null;
}

function crossing(a: Point, b: Point, c: Point, d: Point): Point | null {
  const rx = b[0] - a[0];
  const ry = b[1] - a[1];
  const sx = d[0] - c[0];
  const sy = d[1] - c[1];
  const den = rx * sy - ry * sx;
  if (Math.abs(den) < 1e-12 * Math.hypot(rx, ry) * Math.hypot(sx, sy)) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / den;
  const s = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / den;
  if (t <= 0 || t >= 1 || s <= 0 || s >= 1) return null;
  return [a[0] + rx * t, a[1] + ry * t];
}

function addEdge(edges: Graph['edges'], u: number, v: number, tag: number): void {
  if (u === v) return;
  for (const [from, to] of [
    [u, v],
    [v, u],
  ] as const) {
    let out = edges.get(from);
    if (!out) {
      out = new Map();
      edges.set(from, out);
    }
    out.set(to, Math.min(tag, out.get(to) ?? Infinity));
  }
}

function removeEdge(graph: Graph, u: number, v: number): void {
  graph.edges.get(u)?.delete(v);
  graph.edges.get(v)?.delete(u);
}

function prune(graph: Graph): void {
  const stack = [...graph.edges.keys()];
  while (stack.length > 0) {
    const u = stack.pop()!;
    const out = graph.edges.get(u);
    if (!out || out.size > 1) continue;
    for (const v of out.keys()) {
      graph.edges.get(v)?.delete(u);
      stack.push(v);
    }
    graph.edges.delete(u);
  }
}

type Cycle = { vertices: number[]; component: number };

/** Walks every half-edge once, always turning to the next edge clockwise: inner faces come out counter-clockwise. */
function trace(graph: Graph): { cycles: Cycle[]; cycleOf: Map<number, Map<number, number>> } {
  const order = new Map<number, { list: number[]; at: Map<number, number> }>();
  for (const [u, out] of graph.edges) {
    const p = graph.vertices[u]!;
    const list = [...out.keys()]
      .map((v) => ({ v, angle: Math.atan2(graph.vertices[v]![1] - p[1], graph.vertices[v]![0] - p[0]) }))
      .sort((x, y) => x.angle - y.angle)
      .map((x) => x.v);
    order.set(u, { list, at: new Map(list.map((v, i) => [v, i])) });
  }
  const component = components(graph);
  const cycles: Cycle[] = [];
  const cycleOf = new Map<number, Map<number, number>>();
  for (const [u] of graph.edges) cycleOf.set(u, new Map());
  for (const [u, out] of graph.edges) {
    for (const v of out.keys()) {
      if (cycleOf.get(u)!.has(v)) continue;
      const vertices: number[] = [];
      let from = u;
      let to = v;
      while (!cycleOf.get(from)!.has(to)) {
        cycleOf.get(from)!.set(to, cycles.length);
        vertices.push(from);
        const { list, at } = order.get(to)!;
        const next = list[(at.get(from)! - 1 + list.length) % list.length]!;
        from = to;
        to = next;
      }
      cycles.push({ vertices, component: component.get(u)! });
    }
  }
  return { cycles, cycleOf };
}

function components(graph: Graph): Map<number, number> {
  const found = new Map<number, number>();
  let count = 0;
  for (const start of graph.edges.keys()) {
    if (found.has(start)) continue;
    const stack = [start];
    found.set(start, count);
    while (stack.length > 0) {
      for (const v of graph.edges.get(stack.pop()!)!.keys()) {
        if (found.has(v)) continue;
        found.set(v, count);
        stack.push(v);
      }
    }
    count++;
  }
  return found;
}

function findBridges({ cycleOf }: ReturnType<typeof trace>): [number, number][] {
  const bridges: [number, number][] = [];
  for (const [u, out] of cycleOf) {
    for (const [v, cycle] of out) if (u < v && cycleOf.get(v)!.get(u) === cycle) bridges.push([u, v]);
  }
  return bridges;
}

function assemble(graph: Graph, { cycles, cycleOf }: ReturnType<typeof trace>): Arrangement {
  const rings = cycles.map((cycle) => cycle.vertices.map((v) => graph.vertices[v]!));
  const areas = rings.map(signedArea);
  const faceOf = new Map<number, number>();
  const faces: Face[] = [];
  const faceCycles: number[][] = [];
  cycles.forEach((_, i) => {
    if (areas[i]! <= 0) return;
    faceOf.set(i, faces.length);
    faces.push({ outer: rings[i]!, holes: [], edges: [], area: areas[i]! });
    faceCycles.push([i]);
  });
  const boxes = faces.map((face) => boxOf(face.outer));
  const outlines: Ring[] = [];
  cycles.forEach((cycle, i) => {
    if (areas[i]! > 0) return;
    const probe = rings[i]![0]!;
    let parent = -1;
    faces.forEach((face, f) => {
      const own = cycles[faceCycles[f]![0]!]!.component;
      if (own === cycle.component || !inBox(probe, boxes[f]!) || !inRing(probe, face.outer)) return;
      if (parent < 0 || signedArea(face.outer) < signedArea(faces[parent]!.outer)) parent = f;
    });
    if (parent < 0) {
      outlines.push([...rings[i]!].reverse());
      return;
    }
    faceOf.set(i, parent);
    faceCycles[parent]!.push(i);
    faces[parent]!.holes.push([...rings[i]!].reverse());
    faces[parent]!.area += areas[i]!;
  });
  faces.forEach((face, f) => {
    for (const c of faceCycles[f]!) {
      const vertices = cycles[c]!.vertices;
      for (let k = 0; k < vertices.length; k++) {
        const u = vertices[k]!;
        const v = vertices[(k + 1) % vertices.length]!;
        const opposite = cycleOf.get(v)!.get(u)!;
        face.edges.push({
          a: graph.vertices[u]!,
          b: graph.vertices[v]!,
          tag: graph.edges.get(u)!.get(v)!,
          across: faceOf.get(opposite) ?? -1,
        });
      }
    }
  });
  return { faces, outlines };
}
