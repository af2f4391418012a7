// Reads one plan file in a process of its own that is ended on time-out, cancel and too much memory; a DWG goes through
// its library first. Shared by the job, the first look at an upload and the command line.
import type { AnalyzeRequest } from '../../../contract/floorplans.ts';
import type { PlanDocument } from '../../../contract/plan.ts';
import { PlanError } from '../../../engine/plan/errors.ts';
import { LIMITS } from '../../../engine/plan/limits.data.ts';
import { sniffFormat } from '../../../engine/plan/sniff.ts';
import { runChildTask } from '../../platform/child-task.ts';
import { runTask, TaskError } from '../../platform/worker-task.ts';
import type { AnalyzeInput } from './analyze-task.ts';
import { dxfOfDwg } from './dwg.ts';

const TASKS = new URL('./analyze-task.ts', import.meta.url).href;
/** All memory of the process that reads, not its heap alone. */
const MEMORY_LIMIT_MB = 1024;
const TIME_LIMIT_MS = 120_000;
const QUICK_LOOK_MS = 15_000;

export type ReadFileOptions = {
  options: AnalyzeRequest;
  signal?: AbortSignal;
  onProgress?: (done: number, note: string) => void;
};

/** The plan document of a file. Throws PlanError for what the file itself causes, AppError `cancelled`, TaskError for faults of ours. */
export async function readPlanFile(
  bytes: Uint8Array<ArrayBuffer>,
  file_name: string,
  { options, signal, onProgress }: ReadFileOptions,
): Promise<PlanDocument> {
  const drawing = await drawingOf(bytes, file_name, signal);
  return await asPlanErrors(() =>
    runChildTask<PlanDocument>({
      module: TASKS,
      export_name: 'analyze',
      input: { ...drawing, file_name, options } satisfies AnalyzeInput,
      timeout_ms: TIME_LIMIT_MS,
      memory_mb: MEMORY_LIMIT_MB,
      label: `Reading ${file_name}`,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    }),
  );
}

/**
 * Opens a drawing without looking for rooms; throws as readPlanFile. For files small enough that a thread, which starts
 * sooner than a process, is limit enough; formats without a quick look pass.
 */
export async function openPlanFile(bytes: Uint8Array<ArrayBuffer>, file_name: string): Promise<void> {
  const format = sniffFormat(bytes);
  if (format !== 'dxf' && format !== 'dwg') return;
  const drawing = await drawingOf(bytes, file_name, undefined);
  await asPlanErrors(() =>
    runTask<true>({
      module: TASKS,
      export_name: 'open',
      input: { bytes: drawing.bytes },
      timeout_ms: QUICK_LOOK_MS,
      memory_mb: MEMORY_LIMIT_MB,
      label: `Opening ${file_name}`,
    }),
  );
}

async function drawingOf(
  bytes: Uint8Array<ArrayBuffer>,
  file_name: string,
  signal: AbortSignal | undefined,
): Promise<{ bytes: Uint8Array; source_format?: 'dwg' }> {
  if (sniffFormat(bytes) !== 'dwg' || bytes.length > LIMITS.file_bytes) return { bytes };
  return {
    bytes: await asPlanErrors(() => dxfOfDwg(bytes, file_name, signal)),
    source_format: 'dwg',
  };
}

/** What a process says of the file becomes the error it was inside. */
async function asPlanErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    if (error.code === 'timeout' || error.code === 'too_large')
      throw new PlanError(error.code, error.message);
    if (error.original_name === 'PlanError' && error.code !== undefined)
      throw new PlanError(error.code as PlanError['code'], error.message);
    throw error;
  }
}
