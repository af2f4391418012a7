// Corrections of one plan: shown at once, sent one after another, taken back and taken again through the server's history.
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FloorPlan, Space } from '../../../../contract/floorplans.ts';
import type { PlanEdit, PlanEditResult, PlanHistory } from '../../../../contract/plan-edits.ts';
import { keys } from '../../api/keys.ts';
import { historyQuery, sendEdit, sendStep } from '../../api/plan-edits.ts';
import { ApiProblem, problemText } from '../../api/problem.ts';
import { type Pending, withResult } from '../../plan-editor/model/pending.ts';

export interface EditProblem {
  /** What was not done and why, with what to do. */
  text: string;
  /** Someone else changed the plan meanwhile: the drawing shows theirs. */
  conflict: boolean;
  /** The same edit once more, where that can help. */
  again: PlanEdit | null;
}

export interface PlanEdits {
  pending: readonly Pending[];
  /** How many requests are on their way. */
  busy: boolean;
  history: PlanHistory;
  problem: EditProblem | null;
  dismiss: () => void;
  /** What was done last, said beside the drawing for a while; `undoes`: it can be taken back from there. */
  note: EditNote | null;
  say: (note: EditNote) => void;
  /** `done` hears the server's answer; `refused` that there is none to keep. */
  apply: (edit: PlanEdit, done?: (result: PlanEditResult) => void, refused?: () => void) => void;
  undo: (done?: (result: PlanEditResult) => void) => void;
  redo: (done?: (result: PlanEditResult) => void) => void;
}

export interface EditNote {
  text: string;
  /** The step of the history that it speaks of. */
  undoes: string | null;
}

type Step = {
  plan_id: string;
  done?: ((result: PlanEditResult) => void) | undefined;
  refused?: (() => void) | undefined;
} & ({ edit: PlanEdit; key: string; seen: ReadonlyMap<string, number> } | { step: 'undo' | 'redo' });
interface OnItsWay extends Pending {
  plan_id: string;
}

const NO_HISTORY: PlanHistory = { undo: null, redo: null, edit_revision: 0 };
const UNSAVED = 'unsaved-';
const NOTE_MS = 7000;

/** Rooms that have no id of the server's yet. */
export function isUnsaved(id: string): boolean {
  return id.startsWith(UNSAVED);
}

export function usePlanEdits(projectId: string, planId: string | null, enabled: boolean): PlanEdits {
  const client = useQueryClient();
  const [pending, setPending] = useState<readonly OnItsWay[]>([]);
  const [problem, setProblem] = useState<EditProblem | null>(null);
  const [note, say] = useState<EditNote | null>(null);
  useEffect(() => {
    if (!note) return;
    const timer = setTimeout(() => say(null), NOTE_MS);
    return () => clearTimeout(timer);
  }, [note]);
  const serial = useRef(0);
  const realIds = useRef(new Map<string, string>());
  const history = useQuery({ ...historyQuery(planId ?? ''), enabled: enabled && planId !== null });

  const { mutate, isPending } = useMutation({
    scope: { id: 'plan-edits' },
    mutationFn: (step: Step) => send(client, step, realIds.current),
    onSuccess: (result, step) => {
      const spacesKey = keys.spaces(step.plan_id);
      const before = client.getQueryData<Space[]>(spacesKey) ?? [];
      if ('key' in step) {
        const known = new Set(before.map((space) => space.id));
        const made = result.spaces.find((space) => !known.has(space.id));
        if (made) realIds.current.set(step.key, made.id);
      }
      client.setQueryData<Space[]>(spacesKey, withResult(before, result));
      client.setQueryData<PlanHistory>(historyQuery(step.plan_id).queryKey, result.history);
      client.setQueryData<FloorPlan[]>(keys.floorPlans(projectId), (plans) =>
        plans?.map((plan) => (plan.id === result.floor_plan.id ? result.floor_plan : plan)),
      );
      step.done?.(result);
    },
    onError: (error, step) => {
      say(null);
      step.refused?.();
      setProblem(problemOf(error, step));
      void client.invalidateQueries({ queryKey: keys.spaces(step.plan_id) });
    },
    onSettled: (_result, _error, step) => {
      if ('key' in step) setPending((now) => now.filter((other) => other.key !== step.key));
    },
  });

  const apply = useCallback(
    (edit: PlanEdit, done?: (result: PlanEditResult) => void, refused?: () => void) => {
      if (planId === null) return;
      const key = `${UNSAVED}${serial.current++}`;
      setProblem(null);
      setPending((now) => [...now, { key, edit, plan_id: planId }]);
      mutate({ edit, key, plan_id: planId, done, refused, seen: revisionsOf(client, planId, edit) });
    },
    [mutate, planId, client],
  );
  const step = useCallback(
    (which: 'undo' | 'redo', done?: (result: PlanEditResult) => void) => {
      if (planId === null) return;
      setProblem(null);
      mutate({ step: which, plan_id: planId, done });
    },
    [mutate, planId],
  );
  const dismiss = useCallback(() => setProblem(null), []);
  const known = history.data ?? NO_HISTORY;
  const here = useMemo(() => pending.filter((edit) => edit.plan_id === planId), [pending, planId]);
  return useMemo(
    () => ({
      pending: here,
      busy: isPending,
      history: known,
      problem,
      dismiss,
      note,
      say,
      apply,
      undo: (done) => step('undo', done),
      redo: (done) => step('redo', done),
    }),
    [here, isPending, known, problem, note, dismiss, apply, step],
  );
}

/**
 * Sends one step against the revision that was seen. Where somebody else was faster but left the rooms of this edit
 * alone, it is simply sent again; where they changed the same rooms, the person decides.
 */
async function send(
  client: QueryClient,
  step: Step,
  realIds: ReadonlyMap<string, string>,
): Promise<PlanEditResult> {
  const { plan_id } = step;
  const revision = client.getQueryData<PlanHistory>(historyQuery(plan_id).queryKey)?.edit_revision;
  if ('step' in step) return await sendStep(plan_id, step.step, revision);
  const edit = withIds(step.edit, realIds);
  try {
    return await sendEdit(plan_id, edit, revision);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 412)) throw error;
    await client.refetchQueries({ queryKey: keys.spaces(plan_id) });
    const now = revisionsOf(client, plan_id, edit);
    if ([...step.seen].some(([id, seen]) => now.get(realIds.get(id) ?? id) !== seen)) throw error;
    return await sendEdit(plan_id, edit);
  }
}

/** The revisions of the rooms an edit speaks of, as they are known here. */
function revisionsOf(client: QueryClient, planId: string, edit: PlanEdit): Map<string, number> {
  const ids = 'space_id' in edit ? [edit.space_id] : 'space_ids' in edit ? edit.space_ids : [];
  const spaces = client.getQueryData<Space[]>(keys.spaces(planId)) ?? [];
  return new Map(spaces.filter((space) => ids.includes(space.id)).map((space) => [space.id, space.revision]));
}

function problemOf(error: unknown, step: Step): EditProblem {
  const status = error instanceof ApiProblem ? error.status : 0;
  const conflict = status === 412 || status === 409;
  // What the server finds wrong in itself stays wrong.
  const worthTrying = conflict || status === 0 || status >= 500;
  return { text: problemText(error), conflict, again: worthTrying && 'edit' in step ? step.edit : null };
}

/** An edit of a room that was drawn a moment ago names it by the id the server gave it since. */
function withIds(edit: PlanEdit, ids: ReadonlyMap<string, string>): PlanEdit {
  const real = (id: string) => ids.get(id) ?? id;
  if ('space_id' in edit) return { ...edit, space_id: real(edit.space_id) };
  if ('space_ids' in edit) return { ...edit, space_ids: edit.space_ids.map(real) };
  return edit;
}
