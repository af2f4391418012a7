// Where an answer speaks of what a dealer pays or earns: read off the names of its fields, on every operation that reads.
import type { Operation } from '../security/openapi.ts';

/**
 * Totals, costs of moving and what models cost are for everybody; what an organization pays by its own rules it has entered
 * itself.
 */
const OPEN = /^(total_cost|move_cost.*|cost_usd)$/;
const COST = /cost|margin|markup|dealer_price|buy_|^internal$/i;
const OF_ONES_OWN: ReadonlySet<string> = new Set(['get /organizations/{id}/buy-terms']);

/** Whether something is told or not (has_cost) tells no figure. */
const tells = (value: unknown): boolean => value !== null && typeof value !== 'boolean';

export function costFields(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => costFields(one, `${path}[${at}]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => {
    const here = !OPEN.test(name) && COST.test(name) && tells(one) ? [`${path}.${name}`] : [];
    return [...here, ...costFields(one, `${path}.${name}`)];
  });
}

/** Operations whose answer tells a cost, with the first field that does. `ask` answers undefined for what is not JSON. */
export async function operationsThatTellCosts(
  operations: readonly Operation[],
  ask: (operation: Operation) => Promise<unknown>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const operation of operations) {
    if (operation.method !== 'GET' || OF_ONES_OWN.has(operation.key)) continue;
    if (operation.responses['200']?.content?.['text/event-stream'] !== undefined) continue;
    const [field] = costFields(await ask(operation));
    if (field !== undefined) found.set(operation.key, field);
  }
  return found;
}
