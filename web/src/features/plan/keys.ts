// Keys of the plan's tools, heard anywhere in the steps where rooms are corrected, except while typing.
import { useEffect, useRef } from 'react';
import { isTyping } from '../../app/shortcuts.ts';
import type { ToolName } from '../../plan-editor/model/session.ts';
import type { RoomActions } from './actions.ts';
import type { Hand } from './hand.ts';
import type { PlanStage } from './stage.tsx';

export interface ToolInfo {
  name: ToolName;
  label: string;
  key: string;
  /** What to do with it, said while it is in hand. */
  hint: string;
  /** Reading is enough for it. */
  looks?: boolean;
}

export const TOOLS: readonly ToolInfo[] = [
  { name: 'select', label: 'Select', key: 'V', hint: '', looks: true },
  {
    name: 'corners',
    label: 'Move corner',
    key: 'C',
    hint: 'Drag a corner, or the middle of an edge to add one. Alt: nothing pulls.',
  },
  { name: 'split', label: 'Split', key: 'S', hint: 'Click from one wall to another to cut the room.' },
  { name: 'merge', label: 'Merge', key: 'M', hint: 'Click the rooms to join; the first gives its name.' },
  { name: 'draw', label: 'Draw room', key: 'D', hint: 'Click the corners; the first one again closes it.' },
  {
    name: 'measure',
    label: 'Measure',
    key: 'R',
    hint: 'Click points; Enter ends the line.',
    looks: true,
  },
  { name: 'scale', label: 'Set scale', key: 'L', hint: '' },
];

/** After "g" the next key names a page. */
const GO_MS = 1200;

export function usePlanKeys(stage: PlanStage, hand: Hand, actions: RoomActions, active: boolean): void {
  const latest = useRef({ stage, hand, actions });
  latest.current = { stage, hand, actions };
  useEffect(() => {
    if (!active) return;
    let going = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event)) return;
      if (document.querySelector('dialog[open], [role="menu"]')) return;
      if (!event.ctrlKey && !event.metaKey && event.key === 'g') {
        going = event.timeStamp + GO_MS;
        return;
      }
      if (event.timeStamp < going) return;
      if (hear(event, latest.current)) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [active]);
}

interface Hearing {
  stage: PlanStage;
  hand: Hand;
  actions: RoomActions;
}

function hear(event: KeyboardEvent, { stage, hand, actions }: Hearing): boolean {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (!stage.may_edit || event.altKey) return false;
    if (key === 'z') event.shiftKey ? actions.redo() : actions.undo();
    else if (key === 'y') actions.redo();
    else return false;
    return true;
  }
  if (event.altKey) return false;
  // A button that has the focus keeps its own Enter.
  const onControl =
    event.target instanceof Element && event.target.closest('button, a, [role="button"]') !== null;
  if (key === 'escape') return hand.leave();
  if (key === 'enter') return !onControl && hand.finish();
  if (event.shiftKey) return false;
  if (key === 'delete' || key === 'backspace') {
    if (!stage.may_edit || stage.chosen.length === 0 || stage.session.get().path.length > 0) return false;
    actions.remove(stage.chosen);
    return true;
  }
  if (key === 'f2') {
    const first = stage.chosen[0];
    if (!first || !stage.may_edit) return false;
    stage.setNaming(first.id);
    return true;
  }
  const tool = TOOLS.find((candidate) => candidate.key.toLowerCase() === key);
  if (!tool || !stage.scene || (!stage.may_edit && !tool.looks)) return false;
  if (tool.name === 'merge' && stage.chosen.length > 1) actions.merge(stage.chosen);
  else changeTool(stage, hand, tool.name);
  return true;
}

/** What is in hand is kept before another tool is taken. */
export function changeTool(stage: PlanStage, hand: Hand, tool: ToolName): void {
  if (stage.session.get().draft) hand.finish();
  stage.takeTool(tool);
}
