// Disjoint groups of numbered things, joined pair by pair (union-find).

export class Groups {
  readonly #parent: number[];

  constructor(count: number) {
    this.#parent = Array.from({ length: count }, (_, i) => i);
  }

  /** The number that stands for i's group. */
  root(i: number): number {
    let r = i;
    while (this.#parent[r] !== r) r = this.#parent[r]!;
    this.#parent[i] = r;
    return r;
  }

  /** Joins the group of `other` to that of `into`, whose root stays. */
  join(into: number, other: number): void {
    this.#parent[this.root(other)] = this.root(into);
  }

  /** Members of each group, in order of their numbers. */
  members(): number[][] {
    const found = new Map<number, number[]>();
    for (let i = 0; i < this.#parent.length; i++) {
      const list = found.get(this.root(i));
      if (list) list.push(i);
      else found.set(this.root(i), [i]);
    }
    return [...found.values()];
  }
}
