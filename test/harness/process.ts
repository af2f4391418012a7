// The program as it is really run: a process of its own on a port and a data folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from '../../server/config.ts';

export interface Running {
  url: string;
  process: ChildProcess;
  data_dir: string;
  /** From the start of the process until it answered, milliseconds. */
  ready_ms: number;
  log(): string;
  /** Ctrl-C, and waits for the end; resolves to the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
    server.on('error', reject);
  });
}

export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'ofs-run-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts `ofs serve` and waits until it is ready. */
export async function serve(options: {
  data_dir: string;
  env?: Record<string, string>;
  seconds?: number;
  args?: string[];
}): Promise<Running> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    ['--no-warnings', join(ROOT, 'server/main.ts'), 'serve', ...(options.args ?? [])],
    {
      env: {
        ...process.env,
        NODE_ENV: 'test',
        PORT: String(port),
        HOST: '127.0.0.1',
        OFS_DATA_DIR: options.data_dir,
        LOG_LEVEL: 'warn',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  child.stdout?.on('data', (chunk) => {
    log += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + (options.seconds ?? 90) * 1000;
  let said = '';
  const isReady = async () => {
    try {
      const response = await fetch(`${url}/readyz`);
      said = await response.text();
      return response.ok;
    } catch {
      return false;
    }
  };
  while (!(await isReady())) {
    if (child.exitCode !== null)
      throw new Error(`The server ended while starting (exit ${child.exitCode}):\n${log}`);
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The server was not ready in time: ${said}\n${log}`);
    }
    await wait(100);
  }
  return {
    url,
    process: child,
    data_dir: options.data_dir,
    ready_ms: Math.round(performance.now() - begun),
    log: () => log,
    stop: async () => {
      child.kill('SIGINT');
      return await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
