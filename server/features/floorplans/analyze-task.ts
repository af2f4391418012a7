// Runs inside a process of its own: looks whether a file can be opened at all, and reads one plan file into its document.
import type { AnalyzeRequest } from '../../../contract/floorplans.ts';
import type { PlanDocument } from '../../../contract/plan.ts';
import { analyzePlan } from '../../../engine/plan/analyze.ts';
import { readDxfLinework } from '../../../engine/plan/dxf/read.ts';
import { sniffFormat } from '../../../engine/plan/sniff.ts';

export interface AnalyzeInput {
  bytes: Uint8Array;
  file_name: string;
  options: AnalyzeRequest;
  /** What the file was before it was turned into DXF. */
  source_format?: 'dwg';
}

export async function analyze(
  { bytes, file_name, options, source_format }: AnalyzeInput,
  { onProgress }: { onProgress: (done: number, note: string) => void },
): Promise<PlanDocument> {
  const { scale, known, page } = options;
  return await analyzePlan(bytes, {
    file_name,
    onProgress,
    ...(source_format === undefined ? {} : { source_format }),
    ...(scale === undefined ? {} : { scale }),
    ...(known === undefined ? {} : { known }),
    ...(page === undefined ? {} : { page }),
  });
}

/** Opens a drawing within the reader's limits and throws PlanError where that fails; formats without a quick look pass. */
export function open({ bytes }: { bytes: Uint8Array }): true {
  if (sniffFormat(bytes) === 'dxf') readDxfLinework(bytes);
  return true;
}
