// `ofs serve` and `ofs worker`: the long-running processes, and how they stop.
import { setTimeout as wait } from 'node:timers/promises';
import { openApp } from '../app.ts';
import type { Config } from '../config.ts';
import { AppError } from '../platform/errors.ts';
import { openBackupDoor } from './backup.ts';
import { type Command, UsageError } from './command.ts';
import { demoSignIn, ensureDemo } from './seed.ts';

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve();
      });
    }
  });
}

/** What does not heed its stop signal (a job that waits for something) must not keep a process that has closed its stores. */
const LEFT_MS = 2_000;
const endSoon = () => void setTimeout(() => process.exit(), LEFT_MS).unref();

/** Several processes share what they keep: every store must be a server. */
function requireServers(config: Config, what: string): void {
  const missing = [
    ...(config.postgres.mode === 'embedded' ? ['DATABASE_URL'] : []),
    ...(config.clickhouse.mode === 'embedded' ? ['CLICKHOUSE_URL'] : []),
    ...(config.redis_url === undefined ? ['REDIS_URL'] : []),
  ];
  if (missing.length > 0) {
    throw new UsageError(
      `${what} needs ${missing.join(', ')}: what is embedded has one process, which does everything.`,
    );
  }
}

export const serveCommand: Command = {
  name: 'serve',
  usage: 'serve [--port N] [--api-only]',
  summary: 'serves the API and the web app, and runs the jobs unless --api-only',
  options: { port: 'string', 'api-only': 'boolean' },
  async run({ words, options, config, log }) {
    if (words.length > 0) throw new UsageError(`Usage: ofs ${this.usage}`);
    const apiOnly = options['api-only'] === true;
    if (apiOnly) requireServers(config, '--api-only');
    const stop = stopAsked();
    const app = await openApp(config, log);
    const closeDoor = await openBackupDoor(app.deps);
    try {
      let demo: Awaited<ReturnType<typeof demoSignIn>> = null;
      const beginWork = async () => {
        await app.startWork({ work: !apiOnly });
        if (config.seed_demo && !apiOnly) await ensureDemo(app, (text) => process.stderr.write(`${text}\n`));
        demo = await demoSignIn(app);
      };
      const [server] = await Promise.all([app.makeHttp({ demo: () => demo }), beginWork()]);
      await listen(server, config.host, config.port);
      const address = server.server.address();
      const port = typeof address === 'object' && address !== null ? address.port : config.port;
      const host = ['0.0.0.0', '::', '127.0.0.1'].includes(config.host) ? 'localhost' : config.host;
      const known = await demoSignIn(app);
      const signIn = known === null ? '' : `\n  demo sign-in: ${known.email} / ${known.password}`;
      process.stdout.write(`\n  Open http://${host}:${port}${signIn}\n  Ctrl-C stops.\n\n`);
      // Searches find in memory what is read by then; until it is, the database finds it.
      app.features.catalog
        .warm()
        .catch((error: unknown) => log.warn({ err: error }, 'the catalogue is not held in memory'));
      await stop;
      process.stderr.write('Stopping …\n');
      app.drain();
      await wait(config.drain_seconds * 1000);
    } finally {
      closeDoor();
      await app.close();
      endSoon();
    }
  },
};

async function listen(
  server: Awaited<ReturnType<Awaited<ReturnType<typeof openApp>>['makeHttp']>>,
  host: string,
  port: number,
): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new AppError(
        'conflict',
        `Port ${port} on ${host} is in use; stop the other program, or choose another port with PORT or --port.`,
      );
    }
    throw error;
  }
}

export const workerCommand: Command = {
  name: 'worker',
  usage: 'worker',
  summary: 'runs the jobs, beside processes that serve with --api-only; health on WORKER_PORT if that is set',
  options: {},
  async run({ words, config, log }) {
    if (words.length > 0) throw new UsageError(`Usage: ofs ${this.usage}`);
    requireServers(config, 'A worker of its own');
    const stop = stopAsked();
    const app = await openApp(config, log);
    try {
      await app.startWork({ work: true });
      const port = config.worker_port;
      if (port !== undefined) await app.serveProbes({ host: config.host, port });
      log.info({}, 'worker runs');
      await stop;
      app.drain();
    } finally {
      await app.close();
      endSoon();
    }
  },
};
