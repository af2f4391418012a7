// One figure from several mentions of the same thing in one turn: a stated total, a sum over different things, or the
// last word on one thing.
import type { Op } from './ops.ts';

type CountOp = Extract<Op, { kind: 'count' }>;

/** One figure from several mentions in a turn: a stated total, a sum over different nouns, or the last word. */
export function resolvePlain(counts: readonly { op: CountOp; start: number }[]): {
  value: number;
  index: number;
} {
  const total = counts.findLastIndex(({ op }) => op.mode === 'total');
  if (total >= 0) return { value: counts[total]?.op.value ?? 0, index: total };
  const slots: { op: CountOp; index: number }[] = [];
  counts.forEach(({ op, start }, index) => {
    const same = slots.findIndex((slot) =>
      sameThing(slot.op, op, counts[slot.index]?.start === start && slot.op.clause === op.clause),
    );
    if (same >= 0) slots[same] = { op, index };
    else slots.push({ op, index });
  });
  const values = slots.map((slot) => slot.op.value);
  const sum = values.reduce((a, b) => a + b, 0);
  const whole = values.findIndex(
    (value, i) =>
      values.length > 2 &&
      value === sum - value &&
      slots.every((slot, j) => j === i || slot.op.head !== slots[i]?.op.head),
  );
  if (whole >= 0) return { value: values[whole] ?? 0, index: slots[whole]?.index ?? 0 };
  return { value: sum, index: slots.at(-1)?.index ?? 0 };
}

/** True when a later mention corrects an earlier one instead of adding to it. */
function sameThing(a: CountOp, b: CountOp, sameSentence: boolean): boolean {
  if (a.value === 0 || b.value === 0) return true;
  if (
    a.scope !== b.scope &&
    (a.scope ?? b.scope) !== undefined &&
    a.scope !== undefined &&
    b.scope !== undefined
  )
    return false;
  if (a.head === b.head) return !sameSentence;
  const core = (head: string): string => head.replace(/s$/, '').split(' ').slice(-2).join(' ');
  if (sameSentence) return false;
  if (core(a.head) === core(b.head)) return true;
  const generic =
    /^(?:people|person|employee|staff|headcount|workstation|desk|station|meeting room|private office|office)s?$/;
  return generic.test(a.head) || generic.test(b.head);
}
