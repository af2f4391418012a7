// The floors of the building over the drawing, and another one.
import type { ReactNode } from 'react';
import { useSelection } from '../../routes/workspace/selection.ts';
import { cx } from '../../ui/cx.ts';
import { ChooseFile } from './choose-file.tsx';
import type { PlanStage } from './stage.tsx';

export interface FloorBarProps {
  stage: PlanStage;
  onFile: (file: File) => void;
  /** Stands beside the floors. */
  after?: ReactNode;
}

export function FloorBar({ stage, onFile, after }: FloorBarProps) {
  const { selectFloor } = useSelection();
  return (
    <div className="absolute top-3 left-3 z-10 flex max-w-[calc(100%-1.5rem)] items-center gap-2">
      <div className="flex min-w-0 items-center gap-0.5 overflow-x-auto rounded-md border border-line bg-surface p-0.5">
        {stage.plans.map((plan) => (
          <button
            key={plan.id}
            type="button"
            aria-pressed={plan.id === stage.plan?.id}
            title={plan.file_name}
            onClick={() => selectFloor(plan.id)}
            className={cx(
              'h-7 max-w-48 truncate rounded-sm px-2.5 text-sm',
              plan.id === stage.plan?.id
                ? 'bg-accent-wash font-medium text-accent'
                : 'text-ink-2 hover:bg-hover',
            )}
          >
            {plan.level_name ?? plan.file_name}
          </button>
        ))}
        {stage.may_edit ? <ChooseFile onFile={onFile} quiet /> : null}
      </div>
      {after}
    </div>
  );
}
