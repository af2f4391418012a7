// Named places where a test can end, fail or hold up this process, to prove that nothing acknowledged is lost between any
// two steps. Inert unless armFaults() was called, which config.ts allows in tests only.
import { readFileSync, rmSync } from 'node:fs';

/** Every place, in the order in which an upload, a job and an event pass them. */
export const FAULT_POINTS = [
  'files.before_rename',
  'files.stored',
  'user_tx.before_commit',
  'user_tx.committed',
  'system_tx.before_commit',
  'system_tx.committed',
  'job.before_run',
  'job.after_run',
  'events.before_append',
  'events.appended',
  'events.before_insert',
  'events.inserted',
  'events.finished',
  'migration.before_statement',
  'migration.before_record',
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

let armedBy: string | undefined;

/**
 * `path` names a file that arms one fault, `POINT kill|fail|wait:MILLISECONDS [SKIP]`: it goes off once, after the point was
 * passed SKIP times (0). Undefined: none ever.
 */
export function armFaults(path: string | undefined): void {
  armedBy = path;
}

let passed = 0;

/** Does what was armed for this point; a read of one variable otherwise. */
export function faultPoint(point: FaultPoint): Promise<void> | undefined {
  return armedBy === undefined ? undefined : act(armedBy, point);
}

async function act(path: string, point: FaultPoint): Promise<void> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return;
  }
  const [armed, action = '', skip = '0'] = text.trim().split(/\s+/);
  if (armed !== point) return;
  passed += 1;
  if (passed <= Number(skip)) return;
  passed = 0;
  rmSync(path, { force: true });
  if (action === 'kill') process.kill(process.pid, 'SIGKILL');
  if (action === 'fail') throw new Error(`The fault at ${point} was asked for`);
  if (action.startsWith('wait:'))
    await new Promise((resolve) => setTimeout(resolve, Number(action.slice(5))));
}
