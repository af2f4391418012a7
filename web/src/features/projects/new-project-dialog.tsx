// A new project: a name is enough, the rest may come later from the brief.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId } from 'react';
import type { Project } from '../../../../contract/projects.ts';
import { useMe } from '../../api/accounts.ts';
import { fieldError } from '../../api/problem.ts';
import { projectListQuery, useCreateProject } from '../../api/projects.ts';
import { useCloneProject } from '../../api/versions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { readAmount } from './read-amount.ts';

export function NewProjectDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const create = useCreateProject();
  const clone = useCloneProject();
  const templates = useInfiniteQuery(projectListQuery({ template: 'true' }));
  const patterns = templates.data?.pages.flatMap((page) => page.items) ?? [];
  const navigate = useNavigate();
  const { organizations } = useMe();
  const homes = organizations.filter((organization) => organization.role !== 'viewer');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const target = readAmount(text('target'));
    const home = text('organization_id');
    const pattern = text('template');
    const begun = {
      onSuccess: (project: Project) =>
        void navigate({
          to: '/projects/$projectId/$step',
          params: { projectId: project.id, step: 'plan' },
        }),
    };
    if (pattern !== '') {
      clone.mutate({ id: pattern, name: text('name'), organization_id: home === '' ? null : home }, begun);
      return;
    }
    create.mutate(
      {
        name: text('name'),
        ...(text('client') ? { client: { name: text('client') } } : {}),
        ...(target ? { budget: { target, currency: 'USD' } } : {}),
        ...(homes.length > 0 ? { organization_id: home === '' ? null : home } : {}),
      },
      begun,
    );
  };
  const named = ['name', 'client.name', 'budget.target', 'organization_id'];
  return (
    <Dialog
      open
      onClose={onClose}
      title="New project"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" busy={create.isPending || clone.isPending}>
            Create project
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" error={fieldError(create.error, 'name')}>
          <Input name="name" required maxLength={255} autoFocus placeholder="Second floor, Harbour Street" />
        </Field>
        {patterns.length > 0 ? (
          <Field label="Begin from" hint="A template brings its brief, plans and furniture along.">
            <Select name="template" defaultValue="">
              <option value="">nothing</option>
              {patterns.map((pattern) => (
                <option key={pattern.id} value={pattern.id}>
                  {pattern.name}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Client" optional error={fieldError(create.error, 'client.name')}>
            <Input name="client" maxLength={255} />
          </Field>
          <Field label="Budget to aim for" optional error={fieldError(create.error, 'budget.target')}>
            <Input
              name="target"
              inputMode="decimal"
              placeholder="$250,000"
              pattern="\s*\$?\s*[\d,\s]+(\.\d+)?\s*[kKmM]?\s*"
              title="An amount, for instance 250,000 or 250k"
            />
          </Field>
        </div>
        {homes.length > 0 ? (
          <Field label="Belongs to" error={fieldError(create.error, 'organization_id')}>
            <Select name="organization_id" defaultValue={homes[0]?.organization_id ?? ''}>
              {homes.map((organization) => (
                <option key={organization.organization_id} value={organization.organization_id}>
                  {organization.name}
                </option>
              ))}
              <option value="">Only me</option>
            </Select>
          </Field>
        ) : null}
        {clone.error ? <ErrorState title="The project was not created" error={clone.error} /> : null}
        {create.error && !named.some((name) => fieldError(create.error, name)) ? (
          <ErrorState title="The project was not created" error={create.error} />
        ) : null}
      </form>
    </Dialog>
  );
}
