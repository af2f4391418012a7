// DWG drawings through an optional library that is not part of this project (GPL): found where the user installed it,
// run in a process of its own, and left out with one clear sentence where it is missing.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PlanError } from '../../../engine/plan/errors.ts';
import { runChildTask } from '../../platform/child-task.ts';

const PACKAGE = '@mlightcad/libredwg-web';
const ROOT = join(import.meta.dirname, '../../..');
const TASK = new URL('./dwg-task.ts', import.meta.url).href;
const MEMORY_MB = 1024;
const TIME_LIMIT_MS = 60_000;

/** How to add the library, as the end of a sentence. */
export const HOW_TO_READ_DWG = `install the optional reader (npm install --no-save ${PACKAGE}, or set OFS_DWG_MODULE to its folder) or export the plan as DXF`;

/** File of the library's entry, or null where it is not installed. OFS_DWG_MODULE names its folder or entry file. */
export function findDwgLibrary(environment: Record<string, string | undefined> = process.env): string | null {
  const named = environment['OFS_DWG_MODULE'];
  const place = named ? resolve(named) : join(ROOT, 'node_modules', PACKAGE);
  if (!existsSync(place)) return null;
  if (statSync(place).isFile()) return place;
  for (const folder of [place, join(place, 'node_modules', PACKAGE)]) {
    const entry = entryOf(folder);
    if (entry !== null) return entry;
  }
  return null;
}

function entryOf(folder: string): string | null {
  try {
    const { module } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { module?: string };
    const entry = module === undefined ? null : join(folder, module);
    return entry !== null && existsSync(entry) ? entry : null;
  } catch {
    return null;
  }
}

/** DXF bytes with the content of a DWG. Throws PlanError unsupported_format without the library; see runChildTask for the rest. */
export async function dxfOfDwg(
  bytes: Uint8Array,
  file_name: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const module_path = findDwgLibrary();
  if (module_path === null)
    throw new PlanError(
      'unsupported_format',
      `"${file_name}" is a DWG inside, which cannot be read without its library; ${HOW_TO_READ_DWG}.`,
    );
  return await runChildTask<Uint8Array>({
    module: TASK,
    export_name: 'dwgToDxf',
    input: { bytes, module_path, file_name },
    timeout_ms: TIME_LIMIT_MS,
    memory_mb: MEMORY_MB,
    label: `Opening ${file_name}`,
    ...(signal ? { signal } : {}),
  });
}
