// Child processes of the tests: they end with the test even when it is killed, and keep their output for the report.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface Running {
  child: ChildProcess;
  ended(): boolean;
  /** What it printed last. */
  output(): string;
  /** Asks it to stop, then insists. */
  stop(): Promise<void>;
}

export interface StartOptions {
  uid?: number;
  gid?: number;
  environment?: Record<string, string>;
  stop_signal?: NodeJS.Signals;
}

const STOP_MS = 10_000;
const READY_MS = 60_000;
const OUTPUT_CHARACTERS = 4_000;

let setpriv: boolean | undefined;

export function start(program: string, args: string[], options: StartOptions): Running {
  setpriv ??= spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0;
  const account =
    options.uid === undefined
      ? []
      : ['--reuid', String(options.uid), '--regid', String(options.gid), '--clear-groups'];
  const child = setpriv
    ? spawn('setpriv', [...account, '--pdeathsig', 'KILL', program, ...args], spawnOptions(options, false))
    : spawn(program, args, spawnOptions(options, true));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS);
    });
  }
  let failed = false;
  child.on('error', (error) => {
    failed = true;
    output += error.message;
  });
  const ended = () => failed || child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    ended,
    output: () => output,
    async stop() {
      if (ended()) return;
      const exit = once(child, 'exit');
      child.kill(options.stop_signal ?? 'SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await exit;
      clearTimeout(insist);
    },
  };
}

function spawnOptions(options: StartOptions, withAccount: boolean) {
  return {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment },
    ...(withAccount && options.uid !== undefined
      ? { uid: options.uid, gid: options.gid ?? options.uid }
      : {}),
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Asks again and again until the answer is true; throws `what` when it takes more than a minute. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  what: string,
  limitMs = READY_MS,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(what);
    await wait(50);
  }
}
