// A reading under way, or one that failed, with what can be done about it: alone on the sheet, or over the drawing that
// the last reading made.
import { RotateCcw } from 'lucide-react';
import type { FloorPlan } from '../../../../contract/floorplans.ts';
import { isWorking, useAnalyze, useCancelReading } from '../../api/floor-plans.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/states.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import type { PlanStage } from './stage.tsx';

export function ReadingProgress({ plan, stage }: { plan: FloorPlan; stage: PlanStage }) {
  const cancel = useCancelReading(stage.project.id);
  return (
    <div className="flex items-start gap-4">
      <div className="flex-1">
        <Progress
          label={
            plan.status === 'uploaded' ? `${plan.file_name} waits to be read` : `Reading ${plan.file_name}`
          }
          value={plan.progress_pct}
          note={plan.progress_note}
        />
      </div>
      {stage.may_edit ? (
        <Button
          size="sm"
          busy={cancel.isPending}
          onClick={() => cancel.mutate(plan.id, { onError: toastProblem('The reading goes on') })}
        >
          Cancel
        </Button>
      ) : null}
    </div>
  );
}

export function ReadAgain({ plan, stage, size }: { plan: FloorPlan; stage: PlanStage; size: 'sm' | 'lg' }) {
  const analyze = useAnalyze(stage.project.id);
  return (
    <Button
      size={size}
      busy={analyze.isPending}
      onClick={() =>
        analyze.mutate({ id: plan.id, options: {} }, { onError: toastProblem('The reading did not start') })
      }
    >
      <RotateCcw /> Try again
    </Button>
  );
}

/** Over the drawing. */
export function ReadingBar({ plan, stage }: { plan: FloorPlan; stage: PlanStage }) {
  if (plan.status === 'analyzed') return null;
  return (
    <div className="absolute inset-x-14 bottom-3 z-20 mx-auto max-w-110 rounded-lg border border-line bg-surface p-3 shadow-float">
      {isWorking(plan) ? (
        <ReadingProgress plan={plan} stage={stage} />
      ) : (
        <div role="alert" className="flex items-start gap-3 text-sm">
          <div className="flex-1">
            <p className="font-medium">The new reading did not finish</p>
            <p className="text-ink-2">{plan.processing_error} The last reading stays on the sheet.</p>
          </div>
          {stage.may_edit ? <ReadAgain plan={plan} stage={stage} size="sm" /> : null}
        </div>
      )}
    </div>
  );
}
