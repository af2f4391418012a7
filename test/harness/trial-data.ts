// Trial data that is not part of the project: tests that use it skip, and say so, where it is missing.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { ROOT } from '../../server/config.ts';

export function trialData(path: string): string | undefined {
  const folder = process.env['OFS_TRIAL_DATA'] ?? join(ROOT, '..', 'shared', 'data');
  const full = join(folder, path);
  return existsSync(full) ? full : undefined;
}

/** The real office storey where it is at hand, else the project's own sample plan. */
export function officePlan(): { file_name: string; bytes: Uint8Array; real: boolean } {
  const path = trialData('plans/office/officeA_Level1.dxf');
  return path === undefined
    ? { file_name: 'sample.dxf', bytes: samplePlanDxf(7), real: false }
    : { file_name: 'officeA_Level1.dxf', bytes: readFileSync(path), real: true };
}
