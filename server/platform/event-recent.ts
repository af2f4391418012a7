// Owns the memory of which events arrived lately, so that one that is sent again (a browser whose answer got lost)
// counts once. Bounded in time and number: two generations, the older forgotten when the younger is full.

const GENERATION = 250_000;
const GENERATION_MS = 10 * 60_000;

export interface RecentIds {
  has(id: string): boolean;
  add(id: string): void;
}

/** Ids are remembered for one to two times `generation_ms`. */
export function makeRecentIds(now: () => number = Date.now, generation_ms = GENERATION_MS): RecentIds {
  let young = new Set<string>();
  let old = new Set<string>();
  let since = now();
  const age = () => {
    if (young.size < GENERATION && now() - since < generation_ms) return;
    old = young;
    young = new Set();
    since = now();
  };
  return {
    has: (id) => young.has(id) || old.has(id),
    add(id) {
      age();
      young.add(id);
    },
  };
}
