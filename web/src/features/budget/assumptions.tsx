// The inputs of the return on investment, each with its source; edited in place and kept with the scenario.
import { type FormEvent, useState } from 'react';
import type { RoiAnalysis, RoiInput } from '../../../../contract/budget.ts';
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import { useUpdateScenario } from '../../api/decisions.ts';
import { problemText } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';

const GROUPS = [
  ['hard', 'Hard: what is spent today and afterwards'],
  ['soft', 'Soft: counted apart, zero until you have evidence'],
  ['general', 'In general'],
] as const;

interface AssumptionsProps {
  projectId: string;
  scenario: BudgetScenario;
  roi: RoiAnalysis;
  allowed: boolean;
}

export function Assumptions({ projectId, scenario, roi, allowed }: AssumptionsProps) {
  const known = roi.assumptions.filter((each) => each.value !== null);
  const nothing = roi.annual_savings === 0 && roi.annual_soft_benefits === 0;
  return (
    <details className="text-sm" open={nothing && allowed}>
      <summary className="py-1 text-ink-2">
        {formatCount(known.length)} of {formatCount(roi.assumptions.length)} assumptions stated, with their
        sources
      </summary>
      {allowed ? (
        <AssumptionForm key={scenario.id} projectId={projectId} scenario={scenario} roi={roi} />
      ) : (
        <ul>
          {known.map((each) => (
            <li
              key={each.key}
              className="grid grid-cols-[minmax(0,1fr)_auto] gap-4 border-t border-hairline py-1.5"
            >
              <div>
                {each.label}
                <span className="block text-xs text-ink-3">{each.source}</span>
              </div>
              <span>
                {numberOf(each.value)} {each.unit}
              </span>
            </li>
          ))}
        </ul>
      )}
      {roi.notes.map((note) => (
        <p key={note} className="mt-1 text-xs text-ink-2">
          {note}
        </p>
      ))}
    </details>
  );
}

function numberOf(value: number | null): string {
  return value === null ? '' : new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 }).format(value);
}

/** Undefined: not a number; null: empty, back to the default. */
function readNumber(text: string): number | null | undefined {
  const plain = text.replaceAll(/[,\s$%]/g, '');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function AssumptionForm({ projectId, scenario, roi }: Omit<AssumptionsProps, 'allowed'>) {
  const save = useUpdateScenario(projectId);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const wrong = Object.entries(typed).find(([, text]) => readNumber(text) === undefined)?.[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong) return;
    const roi_inputs = Object.fromEntries(
      Object.entries(typed).map(([key, text]) => [key, readNumber(text) ?? null]),
    );
    save.mutate(
      { id: scenario.id, change: { roi_inputs } },
      {
        onSuccess: () => {
          setTyped({});
          toast(`Return of ${scenario.name} worked out anew`);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="mt-1 flex flex-col gap-4 rounded-md border border-line p-3">
      {GROUPS.map(([kind, title]) => (
        <fieldset key={kind} className="grid grid-cols-2 gap-x-3 gap-y-2.5 max-xs:grid-cols-1">
          <legend className="mb-1.5 text-xs text-ink-3">{title}</legend>
          {roi.assumptions
            .filter((each) => each.kind === kind)
            .map((each: RoiInput) => (
              <Field
                key={each.key}
                label={`${each.label}, ${each.unit}`}
                hint={each.source}
                error={wrong === each.key ? 'A number of zero or more, or nothing.' : undefined}
              >
                <Input
                  inputMode="decimal"
                  value={typed[each.key] ?? numberOf(each.value)}
                  onChange={(event) => setTyped({ ...typed, [each.key]: event.target.value })}
                />
              </Field>
            ))}
        </fieldset>
      ))}
      {save.isError ? (
        <p role="alert" className="text-sm text-bad">
          {problemText(save.error)}
        </p>
      ) : null}
      <div className="flex gap-1.5">
        <Button
          type="submit"
          size="sm"
          variant="primary"
          busy={save.isPending}
          disabled={Object.keys(typed).length === 0}
        >
          Keep with {scenario.name}
        </Button>
        <Button
          size="sm"
          variant="quiet"
          disabled={Object.keys(typed).length === 0}
          onClick={() => setTyped({})}
        >
          Put back
        </Button>
      </div>
    </form>
  );
}
