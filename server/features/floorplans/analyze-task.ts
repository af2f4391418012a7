// Runs inside a worker thread: reads one plan file and returns its document.
import type { AnalyzeRequest } from '../../../contract/floorplans.ts';
import type { PlanDocument } from '../../../contract/plan.ts';
import { analyzePlan } from '../../../engine/plan/analyze.ts';

export interface AnalyzeInput {
  bytes: Uint8Array;
  file_name: string;
  options: AnalyzeRequest;
}

export async function analyze(
  { bytes, file_name, options }: AnalyzeInput,
  { onProgress }: { onProgress: (done: number, note: string) => void },
): Promise<PlanDocument> {
  const { scale, known, page } = options;
  return await analyzePlan(bytes, {
    file_name,
    onProgress,
    ...(scale === undefined ? {} : { scale }),
    ...(known === undefined ? {} : { known }),
    ...(page === undefined ? {} : { page }),
  });
}
