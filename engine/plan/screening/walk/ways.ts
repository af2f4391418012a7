// Shortest ways through the network of a storey: to one exit or to the nearest, and the way from any place of a room.
import type { Point } from '../../../geometry/planar.ts';
import type { Network } from './network.ts';

/** Distances in feet from every node to the nearest of the exits, and the next node on the way there. */
export type Tree = { distance: Float64Array; next: Int32Array; exit: Int32Array };

/** Ways to the nearest of these doors. */
export function waysTo(network: Network, exits: readonly number[]): Tree {
  const count = network.nodes.length;
  const tree: Tree = {
    distance: new Float64Array(count).fill(Infinity),
    next: new Int32Array(count).fill(-1),
    exit: new Int32Array(count).fill(-1),
  };
  const heap = new Heap();
  for (const door of exits) {
    const node = network.door_node[door]!;
    tree.distance[node] = 0;
    tree.exit[node] = door;
    heap.push(node, 0);
  }
  for (let top = heap.pop(); top; top = heap.pop()) {
    const { node, key } = top;
    if (key > tree.distance[node]!) continue;
    for (const { to, length } of network.edges[node]!) {
      const reach = key + length;
      if (reach >= tree.distance[to]! - 1e-9) continue;
      tree.distance[to] = reach;
      tree.next[to] = node;
      tree.exit[to] = tree.exit[node]!;
      heap.push(to, reach);
    }
  }
  return tree;
}

/** Which nodes of a room are in sight of one place, looked up once for several trees. */
export type Sight = Map<number, boolean>;

/** The way from a place in a room: feet, and the first node; null where no exit can be reached. */
export function wayFrom(
  network: Network,
  tree: Tree,
  room: number,
  place: Point,
  sight: Sight = new Map(),
): { length: number; node: number } | null {
  const floor = network.floors[room];
  if (!floor) return null;
  const clearance = network.clearance[room]!;
  const standing = network.standing[room]!;
  const lengths = standing.map((node) => {
    const [x, y] = network.nodes[node]!;
    return tree.distance[node]! + Math.hypot(x - place[0], y - place[1]);
  });
  for (;;) {
    let best = -1;
    for (let i = 0; i < lengths.length; i++)
      if (lengths[i]! < Infinity && (best < 0 || lengths[i]! < lengths[best]!)) best = i;
    if (best < 0) return null;
    const node = standing[best]!;
    const clear = sight.get(node) ?? floor.clear(place, network.nodes[node]!, clearance);
    sight.set(node, clear);
    if (clear) return { length: lengths[best]!, node };
    lengths[best] = Infinity;
  }
}

/** The nodes from here to the exit, the exit's door last. */
export function nodesOf(tree: Tree, from: number): number[] {
  const nodes: number[] = [];
  for (let node = from; node >= 0; node = tree.next[node]!) nodes.push(node);
  return nodes;
}

class Heap {
  readonly #nodes: number[] = [];
  readonly #keys: number[] = [];

  push(node: number, key: number): void {
    let i = this.#nodes.push(node) - 1;
    this.#keys.push(key);
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (this.#keys[up]! <= key) break;
      this.#swap(i, up);
      i = up;
    }
  }

  pop(): { node: number; key: number } | null {
    if (this.#nodes.length === 0) return null;
    this.#swap(0, this.#nodes.length - 1);
    const top = { node: this.#nodes.pop()!, key: this.#keys.pop()! };
    let i = 0;
    for (;;) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let least = i;
      if (left < this.#keys.length && this.#keys[left]! < this.#keys[least]!) least = left;
      if (right < this.#keys.length && this.#keys[right]! < this.#keys[least]!) least = right;
      if (least === i) return top;
      this.#swap(i, least);
      i = least;
    }
  }

  #swap(i: number, j: number): void {
    [this.#nodes[i], this.#nodes[j]] = [this.#nodes[j]!, this.#nodes[i]!];
    [this.#keys[i], this.#keys[j]] = [this.#keys[j]!, this.#keys[i]!];
  }
}
