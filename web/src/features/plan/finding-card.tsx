// One screening finding, beside its place on the plan.
import { X } from 'lucide-react';
import { StatusDot } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { findingOf } from './screening-layer.tsx';
import type { PlanStage } from './stage.tsx';

export function FindingCard({ stage }: { stage: PlanStage }) {
  const check = findingOf(stage);
  if (!check) return null;
  return (
    <aside
      aria-label="Finding"
      className="appear absolute right-14 bottom-3 z-10 w-80 max-w-[calc(100%-4.5rem)] rounded-lg border border-line bg-surface p-3 text-sm shadow-float"
    >
      <div className="flex items-start gap-2">
        <div className="mr-auto">
          <StatusDot status={check.status} />
          <p className="mt-1">{check.detail}</p>
          <p className="mt-1 text-xs text-ink-3">
            {check.code} {check.section}. Screening, not a code review.
          </p>
        </div>
        <IconButton label="Close" size="sm" onClick={() => stage.setFinding(null)}>
          <X />
        </IconButton>
      </div>
    </aside>
  );
}
