// What an organization's projects are priced with: its price rules, its contract, the rates of the lines on top, how long
// prices hold; and, for those who may see it, what it pays.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { organizationRoleMay } from '../../../../contract/permissions.ts';
import type { ContractTerms, RateTerms } from '../../../../contract/terms.ts';
import { planningQuery } from '../../api/decisions.ts';
import { fieldError, problemText } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { useOrganization } from '../settings/organization.tsx';
import { BuyRules } from './buy-rules.tsx';
import { PriceRules } from './price-rules.tsx';
import { type PartProps, useSavePart } from './save-part.ts';
import { contractOf, plain, rowsOf, TierFields } from './tiers.tsx';

export default function PricesPage() {
  const organization = useOrganization();
  if (!organization)
    return (
      <EmptyState title="No organization">
        Prices belong to an organization; ask to be invited to yours.
      </EmptyState>
    );
  return <Prices key={organization.organization_id} organization={organization} />;
}

type Membership = NonNullable<ReturnType<typeof useOrganization>>;

function Prices({ organization: { organization_id, role } }: { organization: Membership }) {
  const query = useQuery(planningQuery(organization_id));
  const mayEdit = organizationRoleMay(role, 'organization:manage');
  const maySeeCost = organizationRoleMay(role, 'organization:create_project');
  if (query.isPending) return <SkeletonLines lines={8} />;
  if (query.isError)
    return (
      <ErrorState
        title="The terms could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  const props = { organizationId: organization_id, settings: query.data, mayEdit };
  return (
    <div className="flex max-w-200 flex-col gap-8">
      <p className="text-sm text-ink-2">
        Every project of the organization is priced with these; a project can have a contract and rates of its
        own. Saved quotes keep their prices until they are priced anew.
        {mayEdit ? '' : ' Owners and administrators change them.'}
      </p>
      <PriceRules {...props} />
      <Contract {...props} />
      <Rates {...props} />
      {maySeeCost ? <BuyRules organizationId={organization_id} mayEdit={mayEdit} /> : null}
    </div>
  );
}

function Contract({ organizationId, settings, mayEdit }: PartProps) {
  const before = settings.contract ?? null;
  return (
    <ContractForm
      key={JSON.stringify(before)}
      organizationId={organizationId}
      before={before}
      mayEdit={mayEdit}
    />
  );
}

function ContractForm({
  organizationId,
  before,
  mayEdit,
}: Omit<PartProps, 'settings'> & { before: ContractTerms | null }) {
  const { save, store } = useSavePart(organizationId, 'Contract');
  const [rows, setRows] = useState(rowsOf(before));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const contract = contractOf(text('name'), rows, null);
    const brands = text('brands')
      .split(',')
      .map((brand) => brand.trim())
      .filter((brand) => brand !== '');
    const next = contract && {
      ...contract,
      ...(brands.length > 0 ? { brands } : {}),
      ...(text('from') ? { effective_from: text('from') } : {}),
      ...(text('to') ? { effective_to: text('to') } : {}),
    };
    store({ contract: next }, { contract: before });
  };
  return (
    <form onSubmit={submit} aria-label="Contract">
      <fieldset disabled={!mayEdit} className="flex flex-col gap-3">
        <legend className="mb-2 text-base font-semibold">Contract</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Name" hint="As it stands in the proposal">
            <Input name="name" maxLength={150} defaultValue={before?.name ?? ''} />
          </Field>
          <Field
            label="Brands"
            optional
            hint="Parted by commas; empty means all"
            error={fieldError(save.error, 'brands')}
          >
            <Input name="brands" defaultValue={before?.brands?.join(', ') ?? ''} />
          </Field>
          <Field label="In force from" optional error={fieldError(save.error, 'effective_from')}>
            <Input name="from" type="date" defaultValue={before?.effective_from ?? ''} />
          </Field>
          <Field label="To" optional error={fieldError(save.error, 'effective_to')}>
            <Input name="to" type="date" defaultValue={before?.effective_to ?? ''} />
          </Field>
        </div>
        <TierFields rows={rows} onChange={setRows} />
        {save.isError ? (
          <p role="alert" className="text-sm text-bad">
            {problemText(save.error)}
          </p>
        ) : null}
        {mayEdit ? (
          <div className="flex gap-1.5">
            <Button type="submit" variant="primary" size="sm" busy={save.isPending}>
              Save contract
            </Button>
            {before ? (
              <Button
                size="sm"
                variant="quiet"
                onClick={() => store({ contract: null }, { contract: before })}
              >
                Remove contract
              </Button>
            ) : null}
          </div>
        ) : null}
      </fieldset>
    </form>
  );
}

const RATES = [
  ['freight_pct', 'Freight', '4'],
  ['installation_pct', 'Installation', '10'],
  ['design_pct', 'Design', '2'],
  ['project_management_pct', 'Project management', '2'],
  ['contingency_pct', 'Contingency', '5'],
  ['tax_pct', 'Sales tax', '0'],
] as const;

function Rates({ organizationId, settings, mayEdit }: PartProps) {
  const { save, store } = useSavePart(organizationId, 'Rates');
  const before = settings.rates ?? {};
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const own = RATES.flatMap(([key]) => {
      const text = String(form.get(key) ?? '').trim();
      return text === '' ? [] : [[key, plain(text)] as const];
    });
    const days = plain(String(form.get('price_valid_days') ?? ''));
    const rates: RateTerms = {
      ...Object.fromEntries(own),
      ...(form.get('tax_services') ? { tax_services: true } : {}),
    };
    store(
      { rates, ...(days > 0 ? { price_valid_days: Math.round(days) } : {}) },
      { rates: before, price_valid_days: settings.price_valid_days ?? 60 },
    );
  };
  return (
    <form key={JSON.stringify([before, settings.price_valid_days])} onSubmit={submit} aria-label="Rates">
      <fieldset disabled={!mayEdit} className="flex flex-col gap-3">
        <legend className="mb-1 text-base font-semibold">Lines on top of furniture, percent</legend>
        <p className="text-sm text-ink-2">
          Of the furniture at sell price; contingency also of the services. Empty takes the published default.
        </p>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
          {RATES.map(([key, label, usual]) => (
            <Field key={key} label={label} error={fieldError(save.error, key)}>
              <Input
                name={key}
                inputMode="decimal"
                placeholder={`${usual} (default)`}
                defaultValue={before[key] ?? ''}
              />
            </Field>
          ))}
        </div>
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            name="tax_services"
            defaultChecked={before.tax_services ?? false}
            className="size-4 accent-accent"
          />
          Tax is taken of services as well
        </label>
        <Field
          label="Prices hold, days"
          hint="Older quotes are told to be priced anew"
          className="max-w-60"
          error={fieldError(save.error, 'price_valid_days')}
        >
          <Input
            name="price_valid_days"
            inputMode="numeric"
            placeholder="60 (default)"
            defaultValue={settings.price_valid_days ?? ''}
          />
        </Field>
        {save.isError ? (
          <p role="alert" className="text-sm text-bad">
            {problemText(save.error)}
          </p>
        ) : null}
        {mayEdit ? (
          <Button type="submit" variant="primary" size="sm" busy={save.isPending} className="self-start">
            Save rates
          </Button>
        ) : null}
      </fieldset>
    </form>
  );
}
