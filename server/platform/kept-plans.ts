// Statements whose plan a server connection keeps: with row security, planning a list costs more than running it. A query
// whose text begins with KEPT is sent as a prepared statement named after its text; PostgreSQL plans it a few times and
// then keeps the plan, for this connection and role. For fixed texts that are asked often, not for lists of any length.
import { createHash } from 'node:crypto';
import pg from 'pg';

export const KEPT = '/* plan kept */';

const names = new Map<string, string>();
const MOST_NAMES = 500;

/** The same name for the same text; a text that would be one too many is sent unnamed. */
export function keptName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) return undefined;
  const name = `kept_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

type Query = pg.Client['query'];

export class KeepingClient extends pg.Client {
  override query: Query = ((...args: unknown[]) => {
    const [text, values, ...rest] = args;
    const name = typeof text === 'string' && text.trimStart().startsWith(KEPT) ? keptName(text) : undefined;
    const send = pg.Client.prototype.query.bind(this) as (...given: unknown[]) => unknown;
    return name === undefined ? send(...args) : send({ name, text, values }, ...rest);
  }) as Query;
}
