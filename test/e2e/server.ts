// A whole server for the browser tests: the built web app, the API and its jobs on embedded stores in a new folder.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { freePort, start, until } from '../servers/processes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface TestServer {
  url: string;
  stop: () => Promise<void>;
}

/** Starts from a copy of the seeded folder: see setup.ts. */
export async function startServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ofs-browser-'));
  cpSync(inject('demo_folder'), folder, { recursive: true });
  const port = await freePort();
  const running = start(process.execPath, [join(ROOT, 'server/main.ts'), 'serve'], {
    environment: {
      PORT: String(port),
      HOST: '127.0.0.1',
      OFS_DATA_DIR: folder,
      LOG_LEVEL: 'warn',
      DATABASE_URL: '',
      CLICKHOUSE_URL: '',
      REDIS_URL: '',
    },
  });
  const url = `http://localhost:${port}`;
  await until(
    async () => {
      if (running.ended()) throw new Error(`The server ended: ${running.output()}`);
      return await fetch(`${url}/readyz`).then(
        (response) => response.ok,
        () => false,
      );
    },
    `The server did not become ready: ${running.output()}`,
    120_000,
  );
  return {
    url,
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
