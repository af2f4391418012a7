// Targets of the project beside what the scenario reaches; set here, met or not shown at once.
import { type FormEvent, useState } from 'react';
import { CERTIFICATIONS } from '../../../../contract/catalog.ts';
import type { Project } from '../../../../contract/projects.ts';
import type { SustainabilityMetrics } from '../../../../contract/recommendations.ts';
import type { SustainabilityReport } from '../../../../contract/sustainability.ts';
import { problemText } from '../../api/problem.ts';
import { useUpdateProject } from '../../api/projects.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Field, Input } from '../../ui/field.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { formatCarbon, formatPercent, UNKNOWN } from '../../ui/units.ts';

interface Row {
  key: string;
  label: string;
  target: string;
  actual: string;
  met: boolean | null;
}

const amount = (value: unknown) => (typeof value === 'number' ? value : null);
function certificates(project: Project): string[] {
  const list = project.sustainability_targets['required_certifications'];
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
}

/** Target and actual, from the engine where it has judged, else compared here. */
function rowsOf(
  project: Project,
  results: SustainabilityReport['targets'],
  metrics: SustainabilityMetrics | null,
): Row[] {
  const { max_carbon_kg, min_recycled_content_pct, min_recyclable_pct } = project.sustainability_targets;
  const judged = (key: string, fallback: boolean | null) =>
    results.find((each) => each.key === key)?.met ?? fallback;
  const rows: Row[] = [];
  const carbon = amount(max_carbon_kg);
  if (carbon !== null) {
    const actual = metrics?.carbon_footprint_kg ?? null;
    rows.push({
      key: 'max_carbon_kg',
      label: 'Carbon',
      target: `${formatCarbon(carbon)} at most`,
      actual: formatCarbon(actual),
      met: actual === null ? null : actual <= carbon,
    });
  }
  for (const [key, label, wanted, actual] of [
    [
      'min_recycled_content_pct',
      'Recycled content',
      amount(min_recycled_content_pct),
      metrics?.recycled_content_pct ?? null,
    ],
    ['min_recyclable_pct', 'Recyclable', amount(min_recyclable_pct), metrics?.recyclable_pct ?? null],
  ] as const) {
    if (wanted === null) continue;
    rows.push({
      key,
      label,
      target: `${formatPercent(wanted)} or more`,
      actual: formatPercent(actual),
      met: actual === null ? null : actual >= wanted,
    });
  }
  for (const name of certificates(project)) {
    const held = metrics ? metrics.certifications_achieved.includes(name) : null;
    rows.push({
      key: `certification:${name}`,
      label: name,
      target: 'held',
      actual: held === null ? UNKNOWN : held ? 'held' : 'not held',
      met: judged(`certification:${name}`, held),
    });
  }
  return rows;
}

export function Targets(props: {
  project: Project;
  mayEdit: boolean;
  results: SustainabilityReport['targets'];
  metrics: SustainabilityMetrics | null;
}) {
  const { project, mayEdit, results, metrics } = props;
  const [editing, setEditing] = useState(false);
  const rows = rowsOf(project, results, metrics);
  return (
    <PanelSection
      title="Targets"
      actions={
        mayEdit && !editing ? (
          <Button size="sm" onClick={() => setEditing(true)}>
            {rows.length > 0 ? 'Edit' : 'Set targets'}
          </Button>
        ) : undefined
      }
    >
      {editing ? (
        <TargetForm project={project} onClose={() => setEditing(false)} />
      ) : rows.length === 0 ? (
        <p className="text-sm text-ink-2">
          None set. A carbon limit also guides which products are recommended.
        </p>
      ) : (
        <table aria-label="Targets and what is reached" className="w-full border-collapse text-sm">
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} className="border-t border-hairline">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                  {row.label}
                </th>
                <td className="py-1.5 pr-3 text-ink-2">{row.target}</td>
                <td className="py-1.5 pr-3 text-right font-medium whitespace-nowrap">{row.actual}</td>
                <td className="w-5 py-1.5 text-right">
                  {row.met === null ? null : <StatusDot status={row.met ? 'pass' : 'fail'} hideLabel />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </PanelSection>
  );
}

function TargetForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const update = useUpdateProject(project.id);
  const { sustainability_targets: targets } = project;
  const [chosen, setChosen] = useState(() => certificates(project));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const figure = (name: string) => {
      const text = String(form.get(name) ?? '').replaceAll(/[,\s]/g, '');
      return text === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);
    };
    const tonnes = figure('carbon_t');
    const recycled = figure('recycled');
    const recyclable = figure('recyclable');
    update.mutate(
      {
        sustainability_targets: {
          ...(tonnes === undefined ? {} : { max_carbon_kg: tonnes * 1000 }),
          ...(recycled === undefined ? {} : { min_recycled_content_pct: recycled }),
          ...(recyclable === undefined ? {} : { min_recyclable_pct: recyclable }),
          ...(chosen.length > 0 ? { required_certifications: chosen } : {}),
        },
      },
      { onSuccess: onClose },
    );
  };
  const carbon = amount(targets['max_carbon_kg']);
  const names = [...new Set([...CERTIFICATIONS, ...chosen])];
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="flex flex-col gap-3"
    >
      <div className="grid grid-cols-3 gap-3">
        <Field label="Carbon, t CO2e">
          <Input
            name="carbon_t"
            inputMode="decimal"
            placeholder="at most"
            defaultValue={carbon === null ? '' : carbon / 1000}
          />
        </Field>
        <Field label="Recycled, %">
          <Input
            name="recycled"
            inputMode="decimal"
            placeholder="at least"
            defaultValue={amount(targets['min_recycled_content_pct']) ?? ''}
          />
        </Field>
        <Field label="Recyclable, %">
          <Input
            name="recyclable"
            inputMode="decimal"
            placeholder="at least"
            defaultValue={amount(targets['min_recyclable_pct']) ?? ''}
          />
        </Field>
      </div>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Certificates to hold</legend>
        <div className="grid grid-cols-2 gap-x-3">
          {names.map((name) => (
            <Checkbox
              key={name}
              label={name}
              checked={chosen.includes(name)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, name] : chosen.filter((other) => other !== name))
              }
            />
          ))}
        </div>
      </fieldset>
      {update.error ? (
        <p role="alert" className="text-xs text-bad">
          {problemText(update.error)}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" size="sm" variant="primary" busy={update.isPending}>
          Save targets
        </Button>
        <Button size="sm" variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
