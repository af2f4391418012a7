// One line over the drawing: what the tool in hand expects, what it would make, how to keep it or leave it; and why an
// edit was not saved, with what to do.
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { areaOf } from '../../plan-editor/model/geometry.ts';
import { faultOf } from '../../plan-editor/model/rings.ts';
import { roomName } from '../../plan-editor/svg/layers.tsx';
import { useStore } from '../../plan-editor/svg/use-store.ts';
import { Button } from '../../ui/button.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { formatArea, formatCount } from '../../ui/units.ts';
import type { RoomActions } from './actions.ts';
import type { Hand } from './hand.ts';
import { TOOLS } from './keys.ts';
import type { PlanStage } from './stage.tsx';

export interface HandBarProps {
  stage: PlanStage;
  hand: Hand;
  actions: RoomActions;
}

export function HandBar({ stage, hand, actions }: HandBarProps) {
  return (
    <div className="flex flex-col items-end gap-2">
      {stage.edits.problem ? <NotSaved stage={stage} /> : <InHand stage={stage} hand={hand} />}
      <div role="status">
        <Said stage={stage} actions={actions} />
      </div>
    </div>
  );
}

/** What was done last, with the way back. */
function Said({ stage, actions }: { stage: PlanStage; actions: RoomActions }) {
  const { note, history } = stage.edits;
  if (!note) return null;
  return (
    <p className="appear pointer-events-auto flex min-h-8 items-center gap-3 rounded-md bg-ink py-0.5 pr-1.5 pl-3 text-sm text-ground max-md:hidden">
      {note.text}
      {note.undoes !== null && note.undoes === history.undo ? (
        <button
          type="button"
          onClick={actions.undo}
          className="h-7 rounded-sm px-1.5 font-medium underline underline-offset-3"
        >
          Undo
        </button>
      ) : (
        <span className="w-1" />
      )}
    </p>
  );
}

function Bar({ children, label }: { children: ReactNode; label: string }) {
  return (
    <section
      aria-label={label}
      className="pointer-events-auto ml-auto flex min-h-8 items-center gap-2 rounded-md border border-line bg-surface py-0.5 pr-1 pl-3 text-sm max-md:hidden"
    >
      {children}
    </section>
  );
}

function NotSaved({ stage }: { stage: PlanStage }) {
  const { problem, dismiss, apply } = stage.edits;
  if (!problem) return null;
  const { again } = problem;
  return (
    <section
      role="alert"
      className="pointer-events-auto ml-auto flex max-w-130 items-start gap-2.5 rounded-md border border-bad bg-surface p-2.5 text-sm"
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />
      <div>
        <p className="font-medium">
          {problem.conflict ? 'Not saved: the plan was changed meanwhile' : 'Not saved'}
        </p>
        <p className="text-ink-2">
          {problem.text} {problem.conflict ? 'The drawing shows the plan as it is now.' : ''}
        </p>
        <div className="mt-2 flex gap-2">
          {again ? (
            <Button size="sm" onClick={() => apply(again)}>
              {problem.conflict ? 'Apply mine again' : 'Try again'}
            </Button>
          ) : null}
          <Button size="sm" variant="quiet" onClick={dismiss}>
            Leave it
          </Button>
        </div>
      </div>
    </section>
  );
}

function InHand({ stage, hand }: { stage: PlanStage; hand: Hand }) {
  const now = useStore(stage.session);
  const units = useUnits();
  const info = TOOLS.find((tool) => tool.name === now.tool);
  const room = stage.chosen[0];
  const keep = (label: string) => (
    <Button size="sm" variant="primary" onClick={hand.finish}>
      {label} <Kbd inverted>↵</Kbd>
    </Button>
  );
  const leave = (
    <Button size="sm" variant="quiet" onClick={hand.leave}>
      Cancel <Kbd>Esc</Kbd>
    </Button>
  );
  if (now.draft) {
    const fault = faultOf(now.draft.ring);
    const scaled = stage.scene?.feet != null;
    const area = areaOf(now.draft.ring);
    const change = area - areaOf(now.draft.original);
    return (
      <Bar label="Outline in hand">
        <span className={fault ? 'text-bad' : 'text-ink-2'}>
          {fault ??
            (scaled
              ? `${formatArea(area, units)}, ${change < 0 ? '−' : '+'}${formatArea(Math.abs(change), units)}`
              : 'Outline changed')}
        </span>
        {keep('Keep')}
        {leave}
      </Bar>
    );
  }
  if (now.tool === 'select') return stage.chosen.length > 1 ? <Several stage={stage} /> : null;
  if (now.tool === 'scale') return null;
  const needsRoom = (now.tool === 'corners' || now.tool === 'split') && !room;
  return (
    <Bar label={info?.label ?? ''}>
      <span className="text-ink-2">
        {needsRoom
          ? `Click the room to ${now.tool === 'split' ? 'cut' : 'change'}.`
          : now.tool === 'merge' && stage.chosen.length > 1
            ? `${formatCount(stage.chosen.length)} rooms, ${formatArea(sumOf(stage), units)}, as ${room ? roomName(room) : ''}`
            : info?.hint}
      </span>
      {now.tool === 'merge' && stage.chosen.length > 1 ? keep('Merge') : null}
      {now.tool === 'draw' && now.path.length > 2 ? keep('Close') : null}
      {leave}
    </Bar>
  );
}

function sumOf(stage: PlanStage): number | null {
  return stage.chosen.reduce<number | null>(
    (sum, space) => (sum === null || space.area_sqft === null ? null : sum + space.area_sqft),
    0,
  );
}

function Several({ stage }: { stage: PlanStage }) {
  const units = useUnits();
  return (
    <Bar label="Rooms chosen">
      <span className="pr-2 text-ink-2">
        {formatCount(stage.chosen.length)} rooms, {formatArea(sumOf(stage), units)}. <Kbd>M</Kbd> merges them.
      </span>
    </Bar>
  );
}
