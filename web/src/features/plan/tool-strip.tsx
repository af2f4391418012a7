// The tools at the drawing's edge: what the hand holds, and undo. On narrow screens only what needs no fine pointing.
import {
  Blend,
  MousePointer2,
  Pentagon,
  Redo2,
  Ruler,
  ScissorsLineDashed,
  SquarePen,
  Trash2,
  Undo2,
  VectorSquare,
} from 'lucide-react';
import { type ComponentType, useState } from 'react';
import type { ToolName } from '../../plan-editor/model/session.ts';
import { useStore } from '../../plan-editor/svg/use-store.ts';
import { IconButton } from '../../ui/button.tsx';
import { MOD } from '../../ui/kbd.tsx';
import type { RoomActions } from './actions.ts';
import type { Hand } from './hand.ts';
import { changeTool, TOOLS, type ToolInfo } from './keys.ts';
import type { PlanStage } from './stage.tsx';

const ICONS: Record<ToolName, ComponentType> = {
  select: MousePointer2,
  corners: VectorSquare,
  split: ScissorsLineDashed,
  merge: Blend,
  draw: Pentagon,
  measure: Ruler,
  scale: ScaleIcon,
};

/** Two points and the length between them. */
function ScaleIcon() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M4 8v8M20 8v8M4 12h16M8 9l-4 3 4 3M16 9l4 3-4 3" />
    </svg>
  );
}

export interface ToolStripProps {
  stage: PlanStage;
  hand: Hand;
  actions: RoomActions;
}

export function ToolStrip({ stage, hand, actions }: ToolStripProps) {
  const held = useStore(stage.session, (session) => session.tool);
  const [told, setTold] = useState(false);
  const { history } = stage.edits;
  if (!stage.scene) return null;
  const tools = TOOLS.filter((tool) => stage.may_edit || tool.looks);
  return (
    <>
      <div
        role="toolbar"
        aria-label="Plan tools"
        aria-orientation="vertical"
        className="absolute top-14 left-3 z-10 flex flex-col gap-px rounded-md border border-line bg-surface p-0.5"
      >
        {tools.map((tool) => (
          <Tool key={tool.name} tool={tool} held={held} stage={stage} hand={hand} actions={actions} />
        ))}
        {stage.may_edit ? (
          <div className="flex flex-col gap-px max-md:hidden">
            <IconButton
              label="Delete the selected rooms"
              shortcut="⌫"
              side="right"
              disabled={stage.chosen.length === 0}
              onClick={() => actions.remove(stage.chosen)}
            >
              <Trash2 />
            </IconButton>
            <hr className="mx-1 my-0.5 border-hairline" />
            <IconButton
              label={history.undo ? `Take back: ${history.undo}` : 'Nothing to take back'}
              shortcut={`${MOD} Z`}
              side="right"
              disabled={history.undo === null}
              onClick={actions.undo}
            >
              <Undo2 />
            </IconButton>
            <IconButton
              label={history.redo ? `Do again: ${history.redo}` : 'Nothing to do again'}
              shortcut={`Shift ${MOD} Z`}
              side="right"
              disabled={history.redo === null}
              onClick={actions.redo}
            >
              <Redo2 />
            </IconButton>
          </div>
        ) : null}
        {stage.may_edit ? (
          <IconButton
            label="Correct rooms"
            side="right"
            className="md:hidden"
            pressed={told}
            onClick={() => setTold(!told)}
          >
            <SquarePen />
          </IconButton>
        ) : null}
      </div>
      {told ? (
        <p
          role="status"
          className="absolute top-14 left-14 z-10 max-w-64 rounded-md border border-line bg-surface px-3 py-2 text-sm md:hidden"
        >
          Outlines are corrected with a pointer: open this project on a wider screen. Names, types and the
          review work here.
        </p>
      ) : null}
    </>
  );
}

function Tool(props: ToolStripProps & { tool: ToolInfo; held: ToolName }) {
  const { tool, held, stage, hand, actions } = props;
  const Icon = ICONS[tool.name];
  return (
    <IconButton
      label={tool.label}
      shortcut={tool.key}
      side="right"
      pressed={held === tool.name}
      className={tool.looks ? undefined : 'max-md:hidden'}
      onClick={() => {
        if (tool.name === 'merge' && stage.chosen.length > 1) actions.merge(stage.chosen);
        else changeTool(stage, hand, held === tool.name ? 'select' : tool.name);
      }}
    >
      <Icon />
    </IconButton>
  );
}
