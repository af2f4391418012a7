// The door of a running process for commands of the same user on the same machine: a socket in the data folder, one JSON
// line in, one JSON line out. An embedded store has one process; a backup is made by the one that holds it.
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError } from './errors.ts';

const SOCKET = 'control.sock';
/** Names of sockets are short on every system. */
const LONGEST_PATH = 100;

export type ControlHandler = (request: Record<string, unknown>) => Promise<unknown>;

/** Listens until the function returned is called; where the folder's name is too long for a socket, nothing listens. */
export async function openControl(folder: string, handler: ControlHandler): Promise<() => void> {
  const path = join(folder, SOCKET);
  if (path.length > LONGEST_PATH) return () => undefined;
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    createInterface({ input: socket }).once('line', (line) => {
      const answer = async () => await handler(JSON.parse(line) as Record<string, unknown>);
      answer().then(
        (result) => socket.end(`${JSON.stringify({ result })}\n`),
        (error: Error) => socket.end(`${JSON.stringify({ error: error.message })}\n`),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  server.unref();
  return () => {
    server.close();
    rmSync(path, { force: true });
  };
}

/** Asks the process that holds the folder; undefined when none listens. Rejects with its sentence. */
export async function askControl<T>(
  folder: string,
  request: Record<string, unknown>,
): Promise<T | undefined> {
  const socket = connect(join(folder, SOCKET));
  const there = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  if (!there) return undefined;
  socket.write(`${JSON.stringify(request)}\n`);
  for await (const line of createInterface({ input: socket })) {
    const answer = JSON.parse(line) as { result?: T; error?: string };
    if (answer.error !== undefined) throw new AppError('conflict', answer.error);
    return answer.result;
  }
  throw new AppError('unavailable', 'The running process ended before it had answered.', { retry_after: 5 });
}
