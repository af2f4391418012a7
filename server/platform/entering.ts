// How transactions begin: a user's and the system's say their role and user together with `begin`, in one round trip.
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely';
import pg from 'pg';

interface Entering {
  role: 'ofs_app' | 'ofs_system';
  user_id: string;
  begun: boolean;
}

/** In which role and for whom the next transaction begins: sent with its `begin`, in one round trip. */
export const entering = new AsyncLocalStorage<Entering>();

class EnteringDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const next = entering.getStore();
    if (next === undefined || next.begun) return await super.beginTransaction(connection, settings);
    next.begun = true;
    const role = pg.escapeLiteral(next.role);
    const user = pg.escapeLiteral(next.user_id);
    try {
      await connection.executeQuery(
        CompiledQuery.raw(
          `begin; select set_config('role', ${role}, true), set_config('app.user_id', ${user}, true)`,
        ),
      );
    } catch (error) {
      // The first of the two may have succeeded: the connection is given back without a transaction, or not at all.
      await super
        .rollbackTransaction(connection as Parameters<typeof this.rollbackTransaction>[0])
        .catch(() => undefined);
      throw error;
    }
  }
}

export class EnteringDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new EnteringDriver(this.#config);
  }
}
