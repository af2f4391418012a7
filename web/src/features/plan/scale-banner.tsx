// The scale of a drawing, asked for in place when it is not known: two clicks and their distance, or the words of the
// sheet ("1/8 in = 1 ft").
import { type FormEvent, useState } from 'react';
import { useAnalyze } from '../../api/floor-plans.ts';
import { problemText } from '../../api/problem.ts';
import { sourceOf } from '../../plan-editor/model/scene.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import type { PlanStage } from './stage.tsx';

/** Over the drawing while the scale is unknown or being corrected. `inline`: as part of a message, without picking. */
export function ScaleBanner({ stage, inline }: { stage: PlanStage; inline?: boolean | undefined }) {
  const { plan, picking } = stage;
  if (!plan || !stage.may_edit) return null;
  const unknown = plan.feet_per_unit === null;
  if (inline) return <SheetScale stage={stage} />;
  if (!unknown && !picking) return null;
  return (
    <div className="absolute inset-x-3 top-14 z-10 mx-auto max-w-120 rounded-lg border border-line bg-surface p-4 text-sm shadow-float">
      {picking ? (
        <KnownDistance stage={stage} />
      ) : (
        <div className="flex flex-col gap-3">
          <div>
            <p className="font-medium">The scale of this drawing is not known</p>
            <p className="text-ink-2">
              Areas and furniture need it. One known length is enough, a door for instance.
            </p>
          </div>
          <div className="flex flex-wrap items-end gap-2">
            <Button variant="primary" onClick={() => stage.setPicking([])}>
              Show a known length
            </Button>
            <SheetScale stage={stage} />
          </div>
        </div>
      )}
    </div>
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
    <form onSubmit={submit} className="flex items-end gap-2">
      <Field
        label="Scale of the sheet"
        hideLabel
        error={analyze.error ? problemText(analyze.error) : undefined}
      >
        <Input
          name="scale"
          placeholder="1/8 in = 1 ft, or 1:100"
          className="h-8 w-44 text-sm"
          maxLength={100}
        />
      </Field>
      <Button type="submit" busy={analyze.isPending}>
        Set
      </Button>
    </form>
  );
}

function KnownDistance({ stage }: { stage: PlanStage }) {
  const analyze = useAnalyze(stage.project.id);
  const [problem, setProblem] = useState<string | null>(null);
  const { picking, plan, scene } = stage;
  const count = picking?.length ?? 0;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const distance = String(data.get('distance') ?? '').trim();
    const unit = String(data.get('unit') ?? 'ft');
    const [a, b] = picking ?? [];
    const convert = scene ? sourceOf(scene, stage.spaces, stage.document) : null;
    if (!plan || !a || !b || !convert) return;
    if (!/^\d+([.,]\d+)?$/.test(distance) || Number(distance.replace(',', '.')) <= 0) {
      setProblem('Give the distance as a number, for instance 36 or 12.5.');
      return;
    }
    setProblem(null);
    const known = `${[...convert(a), ...convert(b)].join(',')}=${distance.replace(',', '.')} ${unit}`;
    analyze.mutate(
      { id: plan.id, options: { known } },
      { onSuccess: () => stage.setPicking(null), onError: (error) => setProblem(problemText(error)) },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div>
        <p className="font-medium">
          {count === 0
            ? 'Click one end of a length you know'
            : count === 1
              ? 'Click its other end'
              : 'How long is it?'}
        </p>
        {count < 2 ? <p className="text-ink-2">Zoom in first for a more exact point.</p> : null}
      </div>
      <div className="flex items-end gap-2">
        {count === 2 ? (
          <>
            <Field label="Distance" hideLabel error={problem ?? undefined}>
              <Input
                name="distance"
                inputMode="decimal"
                placeholder="Distance"
                className="h-8 w-28 text-sm"
                autoFocus
              />
            </Field>
            <Field label="Unit" hideLabel>
              <Select name="unit" controlSize="sm" className="h-8 [&>select]:h-8">
                <option value="ft">feet</option>
                <option value="in">inches</option>
                <option value="m">metres</option>
                <option value="mm">millimetres</option>
              </Select>
            </Field>
            <Button type="submit" variant="primary" busy={analyze.isPending}>
              Set the scale
            </Button>
          </>
        ) : null}
        <Button variant="quiet" onClick={() => stage.setPicking(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
