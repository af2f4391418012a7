// Reading in one round trip: role, user and one statement are sent together and judged as one transaction, which ends with
// them. The statement is prepared on the connection under a name, so that PostgreSQL keeps its plan: with row security,
// planning costs more than running. For texts that are few and asked often, not for lists of any length.
import { createHash } from 'node:crypto';
import pg from 'pg';

/** What `$1` … stand for, in PostgreSQL's text form. */
export type Values = readonly (string | null)[];

export interface Ask {
  role: 'ofs_app' | 'ofs_system';
  user_id: string;
  text: string;
  values: Values;
}

// Read only, so that nobody takes this for a way to change something without the hooks of a user's transaction. One plan
// for all values from the first time on: PostgreSQL would plan five times for the values given before it keeps one.
const ENTER = `select set_config('role', $1, true), set_config('app.user_id', $2, true),
  set_config('transaction_read_only', 'on', true), set_config('plan_cache_mode', 'force_generic_plan', true)`;
/** A plan was made for the tables as they were then; one this old is made anew. */
const PLAN_LIFE_MS = 10 * 60_000;
const MOST_KEPT = 100;
const MOST_NAMES = 1000;

const names = new Map<string, string>();

/** The same name for the same text, whatever was forgotten meanwhile. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) names.clear();
  const name = `kept_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  names.set(text, name);
  return name;
}

/** The messages of PostgreSQL's extended protocol, as `pg` sends them. */
interface Connection {
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: Values }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: object): void;
  close(message: { type: 'S'; name: string }): void;
  sync(): void;
}

/** When each name was prepared on a connection, the oldest first. */
const prepared = new WeakMap<Connection, Map<string, number>>();

function keptOn(connection: Connection): Map<string, number> {
  const known = prepared.get(connection);
  if (known !== undefined) return known;
  const kept = new Map<string, number>();
  prepared.set(connection, kept);
  return kept;
}

/** What `pg.Query` is inside; its types tell only the outside. */
interface QueryInside {
  new (
    config: { text: string },
    values: undefined,
    callback: (error: Error | null, result: { rows: unknown[] }) => void,
  ): {
    handleDataRow(message: unknown): void;
    handleCommandComplete(message: unknown, connection: Connection): void;
    handleReadyForQuery(connection: Connection): void;
  };
}

class OneTrip extends (pg.Query as unknown as QueryInside) {
  readonly #ask: Ask;
  #entered = false;
  #preparing: string[] = [];

  constructor(ask: Ask, done: (error: Error | null, rows: unknown[]) => void) {
    super({ text: ask.text }, undefined, (error, result) => done(error, result?.rows ?? []));
    this.#ask = ask;
  }

  requiresPreparation(): boolean {
    return true;
  }

  /** Called by pg between cork and uncork: all of this leaves in one packet. */
  prepare(connection: Connection): void {
    const { role, user_id, text, values } = this.#ask;
    // Described are only the rows that are wanted.
    this.#send(connection, ENTER, [role, user_id]);
    connection.execute({});
    this.#send(connection, text, values);
    connection.describe({ type: 'P', name: '' });
    connection.execute({});
    connection.sync();
  }

  #send(connection: Connection, text: string, values: Values): void {
    const name = nameOf(text);
    const kept = keptOn(connection);
    const since = kept.get(name);
    if (since === undefined || performance.now() - since > PLAN_LIFE_MS) {
      kept.delete(name);
      const [oldest] = kept.keys();
      if (kept.size >= MOST_KEPT && oldest !== undefined) {
        kept.delete(oldest);
        connection.close({ type: 'S', name: oldest });
      }
      // A name that is not there may be closed: whatever became of it in a request that failed, it is free now.
      connection.close({ type: 'S', name });
      connection.parse({ name, text });
      // Noted as one to be closed and made anew until the answer shows that it is there.
      kept.set(name, Number.NEGATIVE_INFINITY);
      this.#preparing.push(name);
    }
    connection.bind({ statement: name, values });
  }

  override handleDataRow(message: unknown): void {
    if (this.#entered) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.#entered) super.handleCommandComplete(message, connection);
    this.#entered = true;
  }

  /** Not called after an error: what was prepared then is prepared anew. */
  override handleReadyForQuery(connection: Connection): void {
    for (const name of this.#preparing) keptOn(connection).set(name, performance.now());
    super.handleReadyForQuery(connection);
  }
}

/** The statement's rows; an error leaves the connection without a transaction. */
export async function askInOneTrip<T>(client: pg.PoolClient, ask: Ask): Promise<T[]> {
  return await new Promise((resolve, reject) => {
    const query = new OneTrip(ask, (error, rows) => (error === null ? resolve(rows as T[]) : reject(error)));
    client.query(query as unknown as pg.Submittable);
  });
}
