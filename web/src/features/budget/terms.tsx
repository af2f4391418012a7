// What the scenarios are priced with: contract or discount with tiers, and the rates of the lines, each with its source.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import type { ProjectTerms, RateTerms } from '../../../../contract/terms.ts';
import { termsQuery, useSaveTerms } from '../../api/decisions.ts';
import { problemText } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Money, Stat, StatRow } from '../../ui/figures.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatPercent, UNKNOWN } from '../../ui/units.ts';
import { contractOf, plain, rowsOf, TierFields } from './tiers.tsx';

interface TermsProps {
  projectId: string;
  scenario: BudgetScenario;
  allowed: boolean;
}

export function Terms({ projectId, scenario, allowed }: TermsProps) {
  const query = useQuery(termsQuery(projectId));
  const [editing, setEditing] = useState(false);
  const { pricing, internal, currency } = scenario;
  return (
    <PanelSection
      title="Prices"
      note={noteOf(scenario)}
      actions={
        allowed && query.data && !editing ? (
          <Button size="sm" onClick={() => setEditing(true)}>
            Edit contract and rates
          </Button>
        ) : undefined
      }
    >
      {pricing ? (
        <StatRow className={cx('mb-3', internal && 'grid! grid-cols-2 @lg:flex!')}>
          <Stat label="At list" value={<Money amount={pricing.list_total} currency={currency} />} />
          <Stat
            label="Sell"
            value={<Money amount={pricing.sell_total} currency={currency} />}
            note={pricing.discount_pct ? `${formatPercent(pricing.discount_pct, 2)} off` : 'no discount'}
          />
          {internal ? (
            <Stat
              label="Cost"
              value={<Money amount={internal.cost} currency={currency} />}
              note={
                internal.lines_without_cost > 0
                  ? `${internal.lines_without_cost} lines without a cost`
                  : undefined
              }
            />
          ) : null}
          {internal ? (
            <Stat
              label="Margin"
              value={internal.margin_pct === null ? UNKNOWN : formatPercent(internal.margin_pct, 1)}
            />
          ) : null}
        </StatRow>
      ) : null}
      {editing && query.data ? (
        <TermsForm projectId={projectId} terms={query.data} onDone={() => setEditing(false)} />
      ) : null}
    </PanelSection>
  );
}

function noteOf({ pricing }: BudgetScenario): string | undefined {
  if (!pricing?.contract) return 'At list: no contract';
  return `${pricing.contract}${pricing.contract_discount ? `, ${pricing.contract_discount} at this total` : ''}`;
}

function TermsForm({
  projectId,
  terms,
  onDone,
}: {
  projectId: string;
  terms: ProjectTerms;
  onDone: () => void;
}) {
  const save = useSaveTerms(projectId);
  const [name, setName] = useState(terms.contract?.name ?? '');
  const [rows, setRows] = useState(rowsOf(terms.contract));
  const [rates, setRates] = useState<Record<string, string>>(
    Object.fromEntries(terms.rates.map((rate) => [rate.key, String(rate.pct)])),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changed = terms.rates.filter((rate) => plain(rates[rate.key] ?? '') !== rate.pct);
    const own = terms.rates.filter((rate) => rate.source === 'this project');
    const mine = Object.fromEntries(
      [...own, ...changed].map((rate) => [rate.key, plain(rates[rate.key] ?? '')]),
    ) as RateTerms;
    save.mutate(
      {
        contract: contractOf(name, rows, terms.contract),
        ...(Object.keys(mine).length > 0 ? { rates: mine } : {}),
      },
      {
        onSuccess: () => {
          toast('All scenarios priced anew');
          onDone();
        },
      },
    );
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
      className="flex flex-col gap-3 rounded-md border border-line p-3"
    >
      <Field label="Contract" optional hint="Its name, as it stands in the proposal">
        <Input autoFocus value={name} maxLength={150} onChange={(event) => setName(event.target.value)} />
      </Field>
      <TierFields rows={rows} onChange={setRows} />
      <fieldset className="grid grid-cols-2 gap-x-3 gap-y-2 max-xs:grid-cols-1">
        <legend className="mb-1 text-sm font-medium">Rates, percent</legend>
        {terms.rates.map((rate) => (
          <Field key={rate.key} label={rate.label} hint={rate.source}>
            <Input
              inputMode="decimal"
              value={rates[rate.key] ?? ''}
              onChange={(event) => setRates({ ...rates, [rate.key]: event.target.value })}
            />
          </Field>
        ))}
      </fieldset>
      {save.isError ? (
        <p role="alert" className="text-sm text-bad">
          {problemText(save.error)}
        </p>
      ) : null}
      <div className="flex gap-1.5">
        <Button type="submit" size="sm" variant="primary" busy={save.isPending}>
          Save and price anew
        </Button>
        <Button size="sm" variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
