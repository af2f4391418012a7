// How much floor a seat takes, by kind of room: built in with sources, or the organization's own.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { PlanningSettings, SpaceStandardRow } from '../../../../contract/terms.ts';
import { planningQuery, useSavePlanning } from '../../api/decisions.ts';
import { problemText } from '../../api/problem.ts';
import { Badge, SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';
import { Area } from '../../ui/figures.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';

interface SpaceStandardsProps {
  organizationId: string;
  rows: readonly SpaceStandardRow[];
  mayEdit: boolean;
}

export function SpaceStandards({ organizationId, rows, mayEdit }: SpaceStandardsProps) {
  const settings = useQuery(planningQuery(organizationId));
  const save = useSavePlanning(organizationId);
  const [editing, setEditing] = useState<string | null>(null);
  const own = settings.data?.space_standards ?? {};
  const store = (next: NonNullable<PlanningSettings['space_standards']>, said: string) =>
    save.mutate(
      { space_standards: next },
      {
        onSuccess: () => {
          setEditing(null);
          toast(said, {
            action: {
              label: 'Undo',
              onSelect: () =>
                save.mutate(
                  { space_standards: own },
                  { onError: toastProblem('The standard could not be taken back') },
                ),
            },
          });
        },
      },
    );
  const reset = (row: SpaceStandardRow) => {
    const { [row.space_type]: _gone, ...rest } = own;
    store(rest, `${SPACE_TYPE_LABELS[row.space_type]} is as built in`);
  };
  return (
    <section aria-label="Floor for a seat">
      <h2 className="text-lg font-semibold">Floor for a seat</h2>
      <p className="mt-1 mb-2 max-w-160 text-sm text-ink-2">
        Inside the room’s walls, in square feet. The comfortable figure counts seats where a plan states none;
        below the least no more seats are put in.
      </p>
      <ul className="border-t border-line">
        {rows.map((row) => (
          <li key={row.space_type} className="border-b border-hairline py-2">
            {editing === row.space_type ? (
              <StandardForm
                row={row}
                busy={save.isPending}
                error={save.error}
                onCancel={() => setEditing(null)}
                onSave={(standard) =>
                  store({ ...own, [row.space_type]: standard }, `${SPACE_TYPE_LABELS[row.space_type]} saved`)
                }
              />
            ) : (
              <div className="flex items-center gap-4">
                <div className="mr-auto min-w-0">
                  <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
                    <span className="font-medium">{SPACE_TYPE_LABELS[row.space_type]}</span>
                    <span>
                      <Area sqft={row.comfortable_sqft} />, at least <Area sqft={row.minimum_sqft} />
                      {row.most_seats === null ? '' : `, up to ${formatCount(row.most_seats)} seats`}
                    </span>
                    {row.own ? <Badge tone="accent">Yours</Badge> : null}
                  </p>
                  <p className="text-xs text-ink-3">{row.source}</p>
                </div>
                {mayEdit && row.own ? (
                  <Button size="sm" variant="quiet" onClick={() => reset(row)}>
                    Reset
                  </Button>
                ) : null}
                {mayEdit ? (
                  <Button
                    size="sm"
                    aria-label={`Edit ${SPACE_TYPE_LABELS[row.space_type]}`}
                    onClick={() => setEditing(row.space_type)}
                  >
                    Edit
                  </Button>
                ) : null}
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Standard = NonNullable<NonNullable<PlanningSettings['space_standards']>[SpaceStandardRow['space_type']]>;

function StandardForm({
  row,
  busy,
  error,
  onSave,
  onCancel,
}: {
  row: SpaceStandardRow;
  busy: boolean;
  error: unknown;
  onSave: (standard: Standard) => void;
  onCancel: () => void;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const figure = (name: string) => Number(String(form.get(name) ?? '').replaceAll(/[,\s]/g, ''));
    onSave({
      comfortable_sqft: figure('comfortable_sqft'),
      minimum_sqft: figure('minimum_sqft'),
      most_seats: figure('most_seats') || null,
      source: 'your organization',
    });
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      className="flex flex-wrap items-center gap-2"
    >
      <span className="w-36 text-sm font-medium">{SPACE_TYPE_LABELS[row.space_type]}</span>
      <Input
        autoFocus
        aria-label="Comfortable, sq ft"
        title="Comfortable, sq ft"
        name="comfortable_sqft"
        inputMode="decimal"
        required
        className="w-24"
        defaultValue={row.comfortable_sqft}
      />
      <Input
        aria-label="At least, sq ft"
        title="At least, sq ft"
        name="minimum_sqft"
        inputMode="decimal"
        required
        className="w-24"
        defaultValue={row.minimum_sqft}
      />
      <Input
        aria-label="Most seats"
        title="Most seats"
        name="most_seats"
        inputMode="numeric"
        placeholder="any"
        className="w-20"
        defaultValue={row.most_seats ?? ''}
      />
      <Button type="submit" size="sm" variant="primary" busy={busy}>
        Save
      </Button>
      <Button size="sm" variant="quiet" onClick={onCancel}>
        Cancel
      </Button>
      {error ? (
        <p role="alert" className="w-full text-sm text-bad">
          {problemText(error)}
        </p>
      ) : null}
    </form>
  );
}
