// Owns the memory of which events arrived lately, so that one that is sent again (a browser whose answer got lost)
// counts once. Bounded in time and number: two generations, the older forgotten when the younger is full. An id is
// 128 bits (a UUID, or half a SHA-256) and is kept as such in flat tables: half a million texts would cost every
// collection of garbage more than looking them up.
import { REMEMBER_MS } from './event-queue.ts';

const GENERATION = 250_000;
const FIRST_SLOTS = 1_024;
/** Words of a slot: four of the id, one that says whether it is taken and whose kind it is. */
const SLOT = 5;
const GONE = 0xffff_ffff;
/** Odd, and of this process alone: ids that a client makes up to meet in one place do not. */
const FACTORS = crypto.getRandomValues(new Uint32Array(SLOT)).map((factor) => factor | 1);

/** A kind (one letter) and 32 hexadecimal digits, with or without dashes; capitals are no other id. */
export interface RecentIds {
  has(key: string): boolean;
  /** Whether it is new. */
  add(key: string): boolean;
  /** Takes back what add() said was new. */
  forget(key: string): void;
  /** Since when (Unix milliseconds) nothing was forgotten for its age or its number. */
  since(): number;
}

/** Ids are remembered for one to two times `generation_ms`. */
export function makeRecentIds(now: () => number = Date.now, generation_ms = REMEMBER_MS): RecentIds {
  let young = makeIdSet();
  let old = makeIdSet();
  let since = now();
  let old_since = since;
  const age = () => {
    if (young.size() < GENERATION && now() - since < generation_ms) return;
    old = young;
    old_since = since;
    young = makeIdSet();
    since = now();
  };
  const has = () => young.find() || old.find();
  return {
    has(key) {
      readKey(key);
      return has();
    },
    add(key) {
      age();
      readKey(key);
      if (has()) return false;
      young.insert();
      return true;
    },
    forget(key) {
      readKey(key);
      young.remove();
      old.remove();
    },
    since: () => old_since,
  };
}

/** The key that is being looked at: its four words and its kind. */
const at = new Uint32Array(SLOT);

function readKey(key: string): void {
  at.fill(0);
  at[4] = key.charCodeAt(0);
  let digits = 0;
  for (let i = 1; i < key.length; i++) {
    const code = key.charCodeAt(i);
    if (code === 45) continue;
    const word = digits >> 3;
    if (word > 3) throw new Error(`Not an id of 128 bits: ${key}`);
    at[word] = (at[word]! << 4) | digitOf(code, key);
    digits += 1;
  }
  if (digits !== 32) throw new Error(`Not an id of 128 bits: ${key}`);
}

function digitOf(code: number, key: string): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = (code | 32) - 87;
  if (letter < 10 || letter > 15) throw new Error(`Not an id of 128 bits: ${key}`);
  return letter;
}

interface IdSet {
  size(): number;
  find(): boolean;
  insert(): void;
  remove(): void;
}

/** Open addressing, at most half full; all of them look at `at`. */
function makeIdSet(): IdSet {
  let slots = FIRST_SLOTS;
  let table = new Uint32Array(slots * SLOT);
  let used = 0;

  /** Where the id is, or the first free slot for it. */
  const slotOf = (): number => {
    let hash = 0;
    for (let word = 0; word < SLOT; word++) hash = (hash + Math.imul(at[word]!, FACTORS[word]!)) | 0;
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    for (let slot = (hash ^ (hash >>> 16)) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const i = slot * SLOT;
      if (table[i + 4] === 0) return i;
      const same =
        table[i] === at[0] &&
        table[i + 1] === at[1] &&
        table[i + 2] === at[2] &&
        table[i + 3] === at[3] &&
        table[i + 4] === at[4];
      if (same) return i;
    }
  };

  const grow = (): void => {
    const before = table;
    const key = at.slice();
    slots *= 2;
    table = new Uint32Array(slots * SLOT);
    used = 0;
    for (let i = 0; i < before.length; i += SLOT) {
      if (before[i + 4] === 0 || before[i + 4] === GONE) continue;
      for (let word = 0; word < SLOT; word++) at[word] = before[i + word]!;
      table.set(at, slotOf());
      used += 1;
    }
    at.set(key);
  };

  return {
    size: () => used,
    find: () => used > 0 && table[slotOf() + 4] !== 0,
    insert() {
      if (used * 2 >= slots) grow();
      table.set(at, slotOf());
      used += 1;
    },
    remove() {
      const i = slotOf();
      // Its place stays taken, so that what was put behind it is still found.
      if (table[i + 4] !== 0) table[i + 4] = GONE;
    },
  };
}
