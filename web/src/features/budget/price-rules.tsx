// An organization's price rules: a discount chain off list or a net price, for a brand, a collection, a kind or a product.
import { type FormEvent, useState } from 'react';
import type { PriceRule } from '../../../../contract/terms.ts';
import { ApiProblem, problemText } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { type RuleRow, RuleRows, rowOf, scopeOf } from './rule-rows.tsx';
import { type PartProps, useSavePart } from './save-part.ts';

/** "=249.50" is a net price; anything else a discount or chain. */
const valueText = (rule: PriceRule) =>
  rule.net_price === undefined ? (rule.discount ?? '') : `=${rule.net_price}`;

function ruleOf(row: RuleRow): PriceRule {
  const value = row.value.trim();
  const net = /^=\s*\$?\s*([\d,]+(\.\d+)?)$/.exec(value);
  return {
    name: row.name.trim(),
    ...scopeOf(row),
    ...(net ? { net_price: Number((net[1] ?? '').replaceAll(',', '')) } : { discount: value }),
  };
}

export function PriceRules({ organizationId, settings, mayEdit }: PartProps) {
  const before = settings.price_rules ?? [];
  return (
    <Rules key={JSON.stringify(before)} organizationId={organizationId} before={before} mayEdit={mayEdit} />
  );
}

function Rules({
  organizationId,
  before,
  mayEdit,
}: Omit<PartProps, 'settings'> & { before: readonly PriceRule[] }) {
  const { save, store } = useSavePart(organizationId, 'Price rules');
  const [rows, setRows] = useState(() => before.map((rule) => rowOf(rule, valueText(rule))));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    store({ price_rules: rows.map(ruleOf) }, { price_rules: [...before] });
  };
  const errorAt = (at: number) =>
    save.error instanceof ApiProblem
      ? save.error.field_errors.find((error) => error.path.includes(`price_rules.${at}`))?.message
      : undefined;
  return (
    <form onSubmit={submit} aria-label="Price rules">
      <fieldset disabled={!mayEdit} className="flex flex-col gap-3">
        <legend className="mb-1 text-base font-semibold">Price rules</legend>
        <p className="text-sm text-ink-2">
          A rule goes before the contract; of several, the one with the most exact word. Write a discount off
          list as 40 or 50/10/5, a net price as =249.50.
        </p>
        {rows.length === 0 ? (
          <p className="text-sm text-ink-3">None: the contract or list price holds.</p>
        ) : null}
        <RuleRows
          label="Price rules"
          rows={rows}
          onChange={setRows}
          valueLabel="Discount or price"
          placeholder="50/10 or =249"
          disabled={!mayEdit}
          error={errorAt}
        />
        {save.isError ? (
          <p role="alert" className="text-sm text-bad">
            {problemText(save.error)}
          </p>
        ) : null}
        {mayEdit && (rows.length > 0 || before.length > 0) ? (
          <Button type="submit" variant="primary" size="sm" busy={save.isPending} className="self-start">
            Save price rules
          </Button>
        ) : null}
      </fieldset>
    </form>
  );
}
