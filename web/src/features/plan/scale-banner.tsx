// The scale of a drawing, asked for in place when it is not known: two clicks and their distance, or the words of the
// sheet ("1/8 in = 1 ft").
import { type FormEvent, useState } from 'react';
import { useAnalyze } from '../../api/floor-plans.ts';
import { problemText } from '../../api/problem.ts';
import { parseLength } from '../../plan-editor/model/lengths.ts';
import { distance } from '../../plan-editor/model/rings.ts';
import { useStore } from '../../plan-editor/svg/use-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { formatLength } from '../../ui/units.ts';
import type { PlanStage } from './stage.tsx';

/** Over the drawing while the scale is unknown or being corrected. `inline`: as part of a message, without picking. */
export function ScaleBanner({ stage, inline }: { stage: PlanStage; inline?: boolean | undefined }) {
  const { plan } = stage;
  const tool = useStore(stage.session, (session) => session.tool);
  const [picking, idle] = [tool === 'scale', tool === 'select'];
  if (!plan || !stage.may_edit) return null;
  const unknown = plan.feet_per_unit === null;
  if (inline) return <SheetScale stage={stage} />;
  if (picking) return <KnownDistance stage={stage} />;
  // What is said beside the drawing just now stands in the same place.
  if (!unknown || !idle || plan.status !== 'analyzed' || stage.edits.problem || stage.edits.note) return null;
  return (
    <section
      aria-label="Scale"
      className="absolute z-10 flex flex-wrap items-center gap-2 rounded-md border border-warn bg-surface py-1 pr-1.5 pl-3 text-sm max-md:inset-x-3 max-md:top-14 md:top-3 md:right-3"
    >
      <p
        className="mr-auto"
        title="Areas and furniture need the scale. One known length is enough, a door for instance."
      >
        <span className="font-medium">The scale is not known.</span>
      </p>
      <Button size="sm" variant="primary" onClick={() => stage.takeTool('scale')}>
        Show a known length
      </Button>
      <span className="text-ink-3">or</span>
      <SheetScale stage={stage} />
    </section>
  );
}

function SheetScale({ stage }: { stage: PlanStage }) {
  const analyze = useAnalyze(stage.project.id);
  const plan = stage.plan;
  if (!plan) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const scale = String(new FormData(event.currentTarget).get('scale') ?? '').trim();
    if (scale) analyze.mutate({ id: plan.id, options: { scale } });
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-2">
      <Field
        label="Scale of the sheet"
        hideLabel
        className="w-40"
        error={analyze.error ? problemText(analyze.error) : undefined}
      >
        <Input name="scale" placeholder="1/8 in = 1 ft, or 1:100" className="h-7! text-sm!" maxLength={100} />
      </Field>
      <Button type="submit" size="sm" busy={analyze.isPending}>
        Set
      </Button>
    </form>
  );
}

function KnownDistance({ stage }: { stage: PlanStage }) {
  const analyze = useAnalyze(stage.project.id);
  const units = useUnits();
  const points = useStore(stage.session, (session) => session.path);
  const [problem, setProblem] = useState<string | null>(null);
  const { plan, frame, scene } = stage;
  const [a, b] = points;
  const leave = () => stage.takeTool('select');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!plan || !a || !b || !frame) return;
    const feet = parseLength(String(new FormData(event.currentTarget).get('distance') ?? ''), units);
    if (feet === null) {
      setProblem('Write it as on a drawing: 12\u2032, 12\u2032-6\u2033, 3.7 m or 3700 mm.');
      return;
    }
    setProblem(null);
    const known = `${[...frame.toSource(a), ...frame.toSource(b)].join(',')}=${feet} ft`;
    analyze.mutate(
      { id: plan.id, options: { known } },
      { onSuccess: leave, onError: (error) => setProblem(problemText(error)) },
    );
  };
  const now = a && b && scene?.feet != null ? distance(a, b) : null;
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
      }}
      className="absolute z-10 flex min-h-8.5 flex-col justify-center rounded-md border border-line bg-surface py-0.5 pr-1 pl-3 text-sm max-md:inset-x-3 max-md:top-14 md:top-3 md:right-3"
    >
      <div className="flex flex-wrap items-center gap-2">
        <p className="mr-auto">
          {!a ? (
            'Click one end of a length you know.'
          ) : !b ? (
            'Click its other end.'
          ) : now === null ? (
            'How long is it?'
          ) : (
            <>
              Now {formatLength(now, units)}. <span className="text-ink-2">It is in truth</span>
            </>
          )}
        </p>
        {a && b ? (
          <>
            <span className="w-36">
              <Input
                aria-label="Distance"
                aria-invalid={problem === null ? undefined : true}
                name="distance"
                placeholder={units === 'metric' ? '3.7 m or 3700 mm' : '12\u2032-6\u2033 or 3.7 m'}
                className="h-7! text-sm!"
                maxLength={40}
                autoComplete="off"
                autoFocus
              />
            </span>
            <Button type="submit" size="sm" variant="primary" busy={analyze.isPending}>
              Set the scale
            </Button>
          </>
        ) : null}
        <Button size="sm" variant="quiet" onClick={leave}>
          Cancel <Kbd>Esc</Kbd>
        </Button>
      </div>
      {problem ? (
        <p role="alert" className="pb-1.5 text-xs text-bad">
          {problem}
        </p>
      ) : a && b ? (
        <p className="pb-1.5 text-xs text-ink-3">The plan is then read again at that scale.</p>
      ) : null}
    </form>
  );
}
