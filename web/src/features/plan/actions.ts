// What can be done to rooms, each in one call: shown at once, saved through the plan's history, with a way back.
import { useMemo, useRef } from 'react';
import type { Space } from '../../../../contract/floorplans.ts';
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import type { PlanEditResult } from '../../../../contract/plan-edits.ts';
import type { SpaceChange } from '../../api/floor-plans.ts';
import { AT_REST, takeTool } from '../../plan-editor/model/session.ts';
import { roomName } from '../../plan-editor/svg/layers.tsx';
import { useSelection } from '../../routes/workspace/selection.ts';
import { SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';
import { isUnsaved } from './edits.ts';
import type { PlanStage } from './stage.tsx';

export interface RoomActions {
  reshape: (spaceId: string, ring: PlanRing) => void;
  split: (spaceId: string, line: readonly PlanPoint[]) => void;
  merge: (spaces: readonly Space[]) => void;
  draw: (ring: PlanRing) => void;
  remove: (spaces: readonly Space[]) => void;
  describe: (spaces: readonly Space[], changes: SpaceChange) => void;
  confirm: (space: Space) => void;
  undo: () => void;
  redo: () => void;
}

export function useRoomActions(stage: PlanStage): RoomActions {
  const { selectSpace } = useSelection();
  const latest = useRef({ stage, selectSpace });
  latest.current = { stage, selectSpace };
  return useMemo(() => {
    const now = () => latest.current.stage;
    const toFile = (ring: readonly PlanPoint[]) => {
      const { frame } = now();
      return frame ? ring.map(frame.toSource) : null;
    };
    /** Undoes what `result` did, unless something else was done since. */
    const wayBack = (result: PlanEditResult) => ({
      label: 'Undo',
      onSelect: () => {
        const { edits } = now();
        if (edits.history.undo === result.history.undo) edits.undo();
        else toast('More was changed since. Undo step by step, the last change first.');
      },
    });
    const say = (text: string, result: PlanEditResult | null) =>
      now().edits.say({ text, undoes: result?.history.undo ?? null });
    const choose = (id: string | null) => {
      now().setAlso([]);
      latest.current.selectSpace(id);
    };
    const newRoom = (result: PlanEditResult, known: ReadonlySet<string>) =>
      result.spaces.find((space) => !known.has(space.id));
    const knownIds = () => new Set(now().spaces.map((space) => space.id));

    return {
      reshape: (space_id, ring) => {
        const polygon = toFile(ring);
        if (polygon) now().edits.apply({ op: 'reshape', space_id, polygon });
      },
      split: (space_id, points) => {
        const line = toFile(points);
        const known = knownIds();
        if (!line) return;
        now().edits.apply({ op: 'split', space_id, line }, (result) => {
          const made = newRoom(result, known);
          if (made) say('Cut in two; the larger part kept its name', result);
        });
      },
      merge: (spaces) => {
        if (spaces.length < 2) return;
        const first = spaces[0]!;
        now().edits.apply({ op: 'merge', space_ids: spaces.map((space) => space.id) }, (result) => {
          say(`${formatCount(spaces.length)} rooms are now ${roomName(first)}`, result);
          choose(first.id);
        });
      },
      draw: (ring) => {
        const polygon = toFile(ring);
        const known = knownIds();
        if (!polygon) return;
        now().edits.apply(
          { op: 'draw', polygon },
          (result) => {
            const made = newRoom(result, known);
            if (!made) return;
            choose(made.id);
            now().setNaming(made.id);
          },
          // The corners stay in hand, to be set right.
          () => now().session.set({ ...takeTool('draw'), path: ring }),
        );
      },
      remove: (spaces) => {
        const saved = spaces.filter((space) => !isUnsaved(space.id));
        if (saved.length === 0) return;
        const what = saved.length === 1 ? roomName(saved[0]!) : `${formatCount(saved.length)} rooms`;
        choose(null);
        now().session.set(AT_REST);
        now().edits.apply({ op: 'delete', space_ids: saved.map((space) => space.id) }, (result) =>
          toast(`${what} deleted`, { action: wayBack(result) }),
        );
      },
      describe: (spaces, changes) => {
        if (spaces.length === 0) return;
        const { type } = changes;
        const retyped = type !== undefined && spaces.some((space) => space.type !== type);
        const what =
          spaces.length === 1 ? `${roomName(spaces[0]!)} is` : `${formatCount(spaces.length)} rooms are`;
        now().edits.apply(
          { op: 'describe', space_ids: spaces.map((space) => space.id), changes },
          (result) => {
            if (retyped)
              toast(`${what} now ${SPACE_TYPE_LABELS[type].toLowerCase()}`, { action: wayBack(result) });
          },
        );
      },
      confirm: (space) => now().edits.apply({ op: 'confirm', space_ids: [space.id] }),
      undo: () => {
        const { edits } = now();
        const what = edits.history.undo;
        if (what !== null) edits.undo(() => say(`Taken back: ${what}`, null));
      },
      redo: () => {
        const { edits } = now();
        const what = edits.history.redo;
        if (what !== null) edits.redo((result) => say(`Done again: ${what}`, result));
      },
    };
  }, []);
}
