// Runs inside a process that can be ended: makes damaged files one after the other and reads each.
import { PlanDocument } from '../../contract/plan.ts';
import { analyzePlan } from '../../engine/plan/analyze.ts';
import { PlanError } from '../../engine/plan/errors.ts';
import { type Case, makeCase } from './formats.ts';

/** What came of one file; `ended`: it overstayed or overgrew and its process was ended; `fault` is what must not happen. */
export type Outcome = Case & {
  outcome: 'read' | 'refused' | 'ended' | 'fault';
  note: string;
  took_ms: number;
  done: string[];
};

/** Each outcome is told as it comes, as the note of a progress report; `start` before a file is read. */
export async function readBatch(
  { cases }: { cases: Case[] },
  { onProgress }: { onProgress: (done: number, note: string) => void },
): Promise<true> {
  for (const [i, one] of cases.entries()) {
    const { bytes, done } = await makeCase(one);
    onProgress(i, 'start');
    const begun = performance.now();
    const { outcome, note } = await readOne(bytes, `damaged.${one.format.replace('binary_', '')}`);
    const told: Outcome = { ...one, outcome, note, took_ms: Math.round(performance.now() - begun), done };
    onProgress(i + 1, JSON.stringify(told));
  }
  return true;
}

/** One sentence, or two clauses of one, that begins in capitals or with the file's name and ends with a full stop. */
const SENTENCE = /^[A-Z"][^\n]{10,400}\.$/;

async function readOne(bytes: Uint8Array, file_name: string): Promise<Pick<Outcome, 'outcome' | 'note'>> {
  try {
    const document = PlanDocument.safeParse(await analyzePlan(bytes, { file_name }));
    if (document.success) return { outcome: 'read', note: `${document.data.spaces.length} rooms` };
    return { outcome: 'fault', note: `not by the contract: ${document.error.message.slice(0, 300)}` };
  } catch (error) {
    if (error instanceof PlanError) {
      const clear = SENTENCE.test(error.message);
      return { outcome: clear ? 'refused' : 'fault', note: `${error.code}: ${error.message}` };
    }
    return { outcome: 'fault', note: String((error as Error)?.stack ?? error).slice(0, 600) };
  }
}
