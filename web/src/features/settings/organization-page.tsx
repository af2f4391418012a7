// What an organization is called and how it is reached; making another one.
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { organizationRoleMay } from '../../../../contract/permissions.ts';
import { organizationQuery, useUpdateOrganization } from '../../api/organizations.ts';
import { fieldError } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { FormProblem } from './account.tsx';
import { type Membership, useOrganization } from './organization.tsx';

const FIELDS = ['name', 'type', 'billing_email', 'website', 'phone'];

export default function OrganizationPage() {
  const membership = useOrganization();
  return membership ? <Facts key={membership.organization_id} membership={membership} /> : null;
}

function Facts({ membership }: { membership: Membership }) {
  const organization = useQuery(organizationQuery(membership.organization_id));
  const update = useUpdateOrganization(membership.organization_id);
  if (organization.isPending) return <SkeletonLines lines={6} />;
  if (organization.isError)
    return (
      <ErrorState
        title="The organization did not load"
        error={organization.error}
        onRetry={() => void organization.refetch()}
      />
    );
  const { data } = organization;
  const may = organizationRoleMay(membership.role, 'organization:manage');
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const type = text('type') as 'dealer' | 'design_firm' | 'corporate' | '';
    update.mutate(
      {
        name: text('name'),
        ...(type === '' ? {} : { type }),
        billing_email: text('billing_email') || null,
        website: text('website') || null,
        phone: text('phone') || null,
      },
      { onSuccess: () => toast('The organization is saved.'), onError: toastProblem('It was not saved') },
    );
  };
  return (
    <form onSubmit={save} className="grid max-w-160 gap-4 sm:grid-cols-2">
      <Field label="Name" className="sm:col-span-2" error={fieldError(update.error, 'name')}>
        <Input name="name" required maxLength={255} defaultValue={data.name} readOnly={!may} />
      </Field>
      <Field
        label="Kind"
        hint={
          data.type !== 'dealer'
            ? undefined
            : data.price_access === 'dealer'
              ? 'Confirmed by the maker: your people see dealer prices.'
              : 'Dealer prices show once the maker has confirmed you.'
        }
        error={fieldError(update.error, 'type')}
      >
        {data.type === 'ofs_internal' ? (
          <Input value="Maker" readOnly />
        ) : (
          <Select name="type" defaultValue={data.type ?? ''} disabled={!may}>
            {data.type === null ? <option value="">Not said</option> : null}
            <option value="dealer">Dealer</option>
            <option value="design_firm">Design firm</option>
            <option value="corporate">Company that furnishes</option>
          </Select>
        )}
      </Field>
      <Field label="Phone" optional error={fieldError(update.error, 'phone')}>
        <Input name="phone" type="tel" maxLength={20} defaultValue={data.phone ?? ''} readOnly={!may} />
      </Field>
      <Field label="Website" optional error={fieldError(update.error, 'website')}>
        <Input
          name="website"
          type="url"
          placeholder="https://"
          maxLength={255}
          defaultValue={data.website ?? ''}
          readOnly={!may}
        />
      </Field>
      <Field label="Address for invoices" optional error={fieldError(update.error, 'billing_email')}>
        <Input name="billing_email" type="email" defaultValue={data.billing_email ?? ''} readOnly={!may} />
      </Field>
      <div className="flex flex-col gap-3 sm:col-span-2">
        <FormProblem error={update.error} fields={FIELDS} />
        {may ? (
          <Button type="submit" variant="primary" className="self-start" busy={update.isPending}>
            Save
          </Button>
        ) : (
          <p className="text-sm text-ink-3">Administrators of the organization change this.</p>
        )}
      </div>
    </form>
  );
}
