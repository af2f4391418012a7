// Which products are picked to be compared: up to four, in the address.
export const MOST_COMPARED = 4;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids of an address, without repeats and broken ones. */
export function pickedIds(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  return [...new Set(value.split(',').filter((id) => ID.test(id)))].slice(0, MOST_COMPARED);
}

/** Adds or takes out; undefined where there is no room for one more. */
export function toggled(picked: readonly string[], id: string): string[] | undefined {
  if (picked.includes(id)) return picked.filter((other) => other !== id);
  return picked.length >= MOST_COMPARED ? undefined : [...picked, id];
}
