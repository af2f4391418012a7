// The exclusive lock on an embedded data folder: two processes on one folder would silently lose data.
// The lock file names its holder; a lock whose holder is dead is taken over.
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from './errors.ts';

interface Holder {
  pid: number;
  /** Start time of the process in clock ticks since boot, where the system tells: a reused pid is not the holder. */
  started: string | null;
  command: string;
  since: string;
}

function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.started === null || startOf(holder.pid) === null || startOf(holder.pid) === holder.started;
}

/** Locks the folder for this process; the function returned gives it free. Throws an AppError naming the holder. */
export function lockFolder(folder: string, command: string): () => void {
  makeFolder(folder);
  const path = join(folder, 'lock.json');
  const own = join(folder, `lock.${process.pid}.json`);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const holder: Holder = {
        pid: process.pid,
        started: startOf(process.pid),
        command,
        since: new Date().toISOString(),
      };
      // Written whole before it gets its name: nobody ever sees a lock that does not name its holder.
      writeFileSync(own, JSON.stringify(holder));
      linkSync(own, path);
      let held = true;
      const release = () => {
        if (held) rmSync(path, { force: true });
        held = false;
      };
      process.once('exit', release);
      return release;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = readHolder(path);
      if (holder !== undefined && isAlive(holder)) {
        throw new AppError(
          'conflict',
          `The data folder ${folder} is in use by process ${holder.pid} ("${holder.command}", since ${holder.since}); stop it first or choose another folder with --data.`,
        );
      }
      rmSync(path, { force: true });
    } finally {
      rmSync(own, { force: true });
    }
  }
  throw new AppError('conflict', `The data folder ${folder} could not be locked; try again.`);
}

function makeFolder(folder: string): void {
  try {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      accessSync(folder, constants.W_OK);
      return;
    }
    // One level at a time: on file systems that take no folders the recursive call of Node never returns.
    if (dirname(folder) !== folder && !existsSync(folder)) makeFolder(dirname(folder));
    mkdirSync(folder);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    // Another process made it in between.
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'is no folder' : `cannot be used (${code})`;
    throw new AppError(
      'invalid_input',
      `The data folder ${folder} ${why}; choose a folder that may be written with --data or OFS_DATA_DIR.`,
    );
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
