// One row of the kit table in hand: figures of one's own, empty ones as built in; back to what is built in with one press.
import type { FormEvent } from 'react';
import { type KitRuleRow, KitRuleUpdate } from '../../../../contract/terms.ts';
import { useSaveRule } from '../../api/decisions.ts';
import { fieldError, problemText } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { humanize } from '../../ui/units.ts';

const BASIS = { workstations: 'workstations', seats: 'seats', room: 'rooms', area_sqft: 'sq ft' } as const;
const PRIORITIES = ['essential', 'standard', 'optional'] as const;

interface RuleDialogProps {
  organizationId: string;
  rule: KitRuleRow;
  onClose: () => void;
}

/** What the row holds of its own, to be put back. */
function ownOf({ own, in_force, built_in }: KitRuleRow): KitRuleUpdate | null {
  if (!own) return null;
  const same = (key: 'enabled' | 'per' | 'at_least' | 'at_most' | 'priority') =>
    built_in !== null && built_in[key] === in_force[key] ? null : in_force[key];
  return KitRuleUpdate.parse({
    enabled: same('enabled'),
    per: same('per'),
    at_least: same('at_least'),
    at_most: same('at_most'),
    priority: same('priority'),
    source: in_force.source === 'your organization' ? null : in_force.source,
  });
}

export function RuleDialog({ organizationId, rule, onClose }: RuleDialogProps) {
  const save = useSaveRule(organizationId);
  const { built_in, in_force } = rule;
  const before = ownOf(rule);
  const take = (update: KitRuleUpdate | null, said: string) =>
    save.mutate(
      { id: rule.id, update },
      {
        onSuccess: () => {
          onClose();
          toast(said, {
            action: {
              label: 'Undo',
              onSelect: () =>
                save.mutate(
                  { id: rule.id, update: before },
                  {
                    onSuccess: () => toast(`${rule.label} as before`),
                    onError: toastProblem(`${rule.label} could not be taken back`),
                  },
                ),
            },
          });
        },
      },
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const figure = (name: string) => {
      const text = String(form.get(name) ?? '').replaceAll(/[,\s]/g, '');
      return text === '' ? null : Number(text);
    };
    // What equals the built-in figure is not one's own.
    const unless = <T,>(value: T | null, builtIn: T | null | undefined) => (value === builtIn ? null : value);
    take(
      {
        enabled: unless(form.get('enabled') === 'on', built_in?.enabled),
        per: unless(figure('per'), built_in?.per),
        at_least: unless(figure('at_least'), built_in?.at_least),
        at_most: unless(figure('at_most'), built_in?.at_most),
        priority: unless(String(form.get('priority')) as (typeof PRIORITIES)[number], built_in?.priority),
        source: String(form.get('source') ?? '').trim() || null,
      },
      `${rule.label} saved`,
    );
  };
  const formId = `rule-${rule.id}`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={rule.label}
      description={`${rule.kits.map((kit) => humanize(kit)).join(', ')}: ${built_in?.source ?? 'your own rule'}`}
      footer={
        <>
          {rule.own ? (
            <Button
              className="mr-auto"
              busy={save.isPending}
              onClick={() =>
                take(null, built_in ? `${rule.label} is as built in` : `${rule.label} is removed`)
              }
            >
              {built_in ? 'Reset to built in' : 'Remove'}
            </Button>
          ) : null}
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" busy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3">
        <div className="grid grid-cols-[1.6fr_1fr_1fr] gap-3 max-xs:grid-cols-1">
          <Field
            label={`One for so many ${BASIS[rule.basis]}`}
            hint={built_in ? `Built in: ${built_in.per}` : undefined}
            error={fieldError(save.error, 'per')}
          >
            <Input name="per" inputMode="decimal" required defaultValue={in_force.per} />
          </Field>
          <Field
            label="At least"
            hint={built_in ? `Built in: ${built_in.at_least ?? 'none'}` : undefined}
            error={fieldError(save.error, 'at_least')}
          >
            <Input name="at_least" inputMode="numeric" defaultValue={in_force.at_least ?? ''} />
          </Field>
          <Field
            label="At most"
            hint={built_in ? `Built in: ${built_in.at_most ?? 'none'}` : undefined}
            error={fieldError(save.error, 'at_most')}
          >
            <Input name="at_most" inputMode="numeric" defaultValue={in_force.at_most ?? ''} />
          </Field>
        </div>
        <Field label="Priority" hint="Optional pieces are left out where the budget is short">
          <Select name="priority" defaultValue={in_force.priority}>
            {PRIORITIES.map((priority) => (
              <option key={priority} value={priority}>
                {humanize(priority)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Source of your figure" optional hint="Stands in the reason of every item">
          <Input
            name="source"
            maxLength={300}
            defaultValue={rule.own && in_force.source !== 'your organization' ? in_force.source : ''}
          />
        </Field>
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            name="enabled"
            defaultChecked={in_force.enabled}
            className="size-4 accent-accent"
          />
          Rooms of these kits get it
        </label>
        {save.isError ? (
          <p role="alert" className="text-sm text-bad">
            {problemText(save.error)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
