// Reading in one round trip: as whom, what is left behind on the connection, and what an error does.
import { join } from 'node:path';
import { describe } from 'vitest';
import { readingBehaviour } from '../../test/servers/reading-behaviour.ts';
import { ROOT } from '../config.ts';
import { migratePrivatePostgres } from './migrate.ts';
import { openPostgres } from './postgres.ts';

describe('reading in one round trip, embedded', () => {
  readingBehaviour(async () => {
    const postgres = await openPostgres({ mode: 'embedded', path: 'memory' });
    await migratePrivatePostgres(postgres, join(ROOT, 'migrations'));
    return { postgres, close: () => postgres.close() };
  });
});
