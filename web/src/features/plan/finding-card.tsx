// One screening finding, beside its pin on the plan.
import { X } from 'lucide-react';
import { StatusDot } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import type { PlanStage } from './stage.tsx';

export function FindingCard({ stage }: { stage: PlanStage }) {
  const pin = stage.scene?.pins.find((candidate) => candidate.key === stage.finding);
  if (!pin) return null;
  return (
    <aside
      aria-label="Finding"
      className="appear absolute right-14 bottom-3 z-10 w-80 max-w-[calc(100%-4.5rem)] rounded-lg border border-line bg-surface p-3 text-sm shadow-float"
    >
      <div className="flex items-start gap-2">
        <div className="mr-auto">
          <StatusDot status={pin.status} />
          <p className="mt-1">{pin.detail}</p>
          <p className="mt-1 text-xs text-ink-3">
            {pin.code}. Screening only: an aid to find what to look at.
          </p>
        </div>
        <IconButton label="Close" size="sm" onClick={() => stage.setFinding(null)}>
          <X />
        </IconButton>
      </div>
    </aside>
  );
}
