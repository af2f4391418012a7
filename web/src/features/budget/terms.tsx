// What the scenarios are priced with: contract or discount with tiers, and the rates of the lines, each with its source.
import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import type { ContractTerms, ProjectTerms, RateTerms } from '../../../../contract/terms.ts';
import { termsQuery, useSaveTerms } from '../../api/decisions.ts';
import { problemText } from '../../api/problem.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Money, Stat, StatRow } from '../../ui/figures.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatPercent, UNKNOWN } from '../../ui/units.ts';

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
        <StatRow className="mb-3">
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

interface TierRow {
  up_to: string;
  discount: string;
}

const plain = (text: string) => Number(text.replaceAll(/[^\d.]/g, ''));

function rowsOf(contract: ContractTerms | null): TierRow[] {
  if (contract?.tiers)
    return contract.tiers.map((tier) => ({
      up_to: tier.up_to_list === null ? '' : String(tier.up_to_list),
      discount: tier.discount,
    }));
  return [{ up_to: '', discount: contract?.discount ?? '' }];
}

/** One row is a plain discount; several are tiers by the order's total at list. */
function contractOf(
  name: string,
  rows: readonly TierRow[],
  before: ContractTerms | null,
): ContractTerms | null {
  const kept = rows.filter((row) => row.discount.trim() !== '');
  if (kept.length === 0) return null;
  const frame = {
    name: name.trim() || 'Contract',
    ...(before?.brands ? { brands: before.brands } : {}),
    ...(before?.effective_from ? { effective_from: before.effective_from } : {}),
    ...(before?.effective_to ? { effective_to: before.effective_to } : {}),
  };
  const [only] = kept;
  if (kept.length === 1 && only && only.up_to.trim() === '') return { ...frame, discount: only.discount };
  return {
    ...frame,
    tiers: kept.map((row) => ({
      up_to_list: row.up_to.trim() === '' ? null : plain(row.up_to),
      discount: row.discount,
    })),
  };
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
  const setRow = (at: number, change: Partial<TierRow>) =>
    setRows(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
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
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Discount off list</legend>
        <p className="mb-1.5 text-xs text-ink-3">
          A chain such as 50/10/5. With several rows the order’s total at list decides; leave the last “up to”
          empty.
        </p>
        <ul className="flex flex-col gap-1.5">
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place.
            <li key={at} className="grid grid-cols-[1fr_1fr_auto] gap-2">
              <Input
                aria-label={`Up to, row ${at + 1}`}
                placeholder="Up to (list total)"
                inputMode="decimal"
                value={row.up_to}
                onChange={(event) => setRow(at, { up_to: event.target.value })}
              />
              <Input
                aria-label={`Discount, row ${at + 1}`}
                placeholder="50/10/5"
                value={row.discount}
                onChange={(event) => setRow(at, { discount: event.target.value })}
              />
              <IconButton
                label={`Remove row ${at + 1}`}
                disabled={rows.length === 1}
                onClick={() => setRows(rows.filter((_, index) => index !== at))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
        <Button
          size="sm"
          variant="quiet"
          className="mt-1.5"
          onClick={() => setRows([...rows, { up_to: '', discount: '' }])}
        >
          <Plus />
          Tier
        </Button>
      </fieldset>
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
