// Steps of the walk as buttons that are held: for touch, and for a mouse without a keyboard.
import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  type LucideIcon,
  RotateCcw,
  RotateCw,
} from 'lucide-react';
import type { FloorStage } from './use-floor-stage.ts';
import type { Step } from './walk.ts';

const STEPS: readonly { step: Step; label: string; icon: LucideIcon }[] = [
  { step: 'turn_left', label: 'Turn left', icon: RotateCcw },
  { step: 'forward', label: 'Forward', icon: ArrowUp },
  { step: 'turn_right', label: 'Turn right', icon: RotateCw },
  { step: 'left', label: 'Step left', icon: ArrowLeft },
  { step: 'back', label: 'Back', icon: ArrowDown },
  { step: 'right', label: 'Step right', icon: ArrowRight },
];

export function WalkPad({ view }: { view: FloorStage }) {
  return (
    <div className="absolute bottom-3 left-3 z-10 flex flex-col gap-2">
      <fieldset className="grid w-max grid-cols-3 rounded-md border border-line bg-surface">
        <legend className="sr-only">Walk</legend>
        {STEPS.map(({ step, label, icon: Icon }) => (
          <button
            key={step}
            type="button"
            aria-label={label}
            title={label}
            className="grid size-9 touch-none place-items-center rounded-md text-ink-2 select-none hover:bg-hover active:bg-accent-wash active:text-accent [&_svg]:size-4"
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              view.press(step);
            }}
            onPointerUp={() => view.release(step)}
            onPointerCancel={() => view.release(step)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ' ') view.press(step);
            }}
            onKeyUp={() => view.release(step)}
            onBlur={() => view.release(step)}
          >
            <Icon aria-hidden="true" />
          </button>
        ))}
      </fieldset>
      <p className="rounded-md bg-plan/85 px-2 py-1 text-xs text-ink-2 max-md:hidden">
        W A S D walk, Q E turn, drag to look around, Esc to leave
      </p>
    </div>
  );
}
