// Guests: people with a role on the organization, one project or a team, until a day where one is set; and the teams.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Grant } from '../../../../contract/organizations.ts';
import type { GrantRole, GrantScope } from '../../../../contract/permissions.ts';
import { api, type Page } from '../../api/client.ts';
import {
  grantsQuery,
  type TeamRow,
  teamsQuery,
  useDeleteTeam,
  useGrant,
  useRevokeGrant,
  useSaveTeam,
} from '../../api/organizations.ts';
import { fieldError } from '../../api/problem.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Field, Input, Select } from '../../ui/field.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { formatCount, formatDate } from '../../ui/units.ts';
import { FormProblem } from './account.tsx';
import { Section } from './section.tsx';

const ROLE_NAMES: Record<GrantRole, string> = {
  admin: 'Manage',
  contributor: 'Edit',
  user: 'View',
  viewer: 'View',
};
const SCOPE_NAMES: Record<GrantScope, string> = {
  organization: 'Everything',
  project: 'Project',
  team: 'Team',
};

interface ProjectName {
  id: string;
  name: string;
}
function useProjects(organization: string) {
  return useQuery({
    queryKey: ['organization', organization, 'projects'],
    queryFn: async ({ signal }) =>
      (
        await api.get<Page<ProjectName>>('/projects', {
          query: { organization_id: organization, limit: 200 },
          signal,
        })
      ).items,
  });
}

export function Guests({ organization }: { organization: string }) {
  const grants = useQuery(grantsQuery(organization));
  const teams = useQuery(teamsQuery(organization));
  const revoke = useRevokeGrant(organization);
  const removeTeam = useDeleteTeam(organization);
  const [open, setOpen] = useState<'guest' | 'team' | TeamRow | null>(null);
  const now = Date.now();
  const guestColumns: Column<Grant>[] = [
    { key: 'who', header: 'Guest', cell: (row) => <span className="break-all">{row.email}</span> },
    {
      key: 'what',
      header: 'May',
      cell: (row) =>
        `${ROLE_NAMES[row.role]}${row.resource_type === 'organization' ? ' everything' : ` ${row.resource_name}`}`,
    },
    {
      key: 'until',
      header: 'Until',
      cell: (row) =>
        row.expires_at === null ? (
          'taken back'
        ) : Date.parse(row.expires_at) <= now ? (
          <Badge tone="warn">ended</Badge>
        ) : (
          formatDate(row.expires_at)
        ),
    },
    {
      key: 'act',
      header: '',
      align: 'right',
      cell: (row) => (
        <Button
          size="sm"
          aria-label={`Take back what ${row.email} may do`}
          onClick={() => revoke.mutate(row.id, { onError: toastProblem('It was not taken back') })}
        >
          Take back
        </Button>
      ),
    },
  ];
  const teamColumns: Column<TeamRow>[] = [
    { key: 'name', header: 'Team', cell: (row) => row.name },
    {
      key: 'projects',
      header: 'Projects',
      align: 'right',
      cell: (row) => formatCount(row.project_ids.length),
    },
    {
      key: 'act',
      header: '',
      align: 'right',
      cell: (row) => (
        <span className="inline-flex gap-2">
          <Button size="sm" aria-label={`Change ${row.name}`} onClick={() => setOpen(row)}>
            Change
          </Button>
          <Button
            size="sm"
            aria-label={`Delete ${row.name}`}
            onClick={() => removeTeam.mutate(row.id, { onError: toastProblem('The team was not deleted') })}
          >
            Delete
          </Button>
        </span>
      ),
    },
  ];
  return (
    <>
      <Section
        title="Guests"
        text="People with an account who may do one thing here without being members, until a day if you name one."
      >
        {grants.data && grants.data.length > 0 ? (
          <Table label="Guests" columns={guestColumns} rows={grants.data} rowKey={(row) => row.id} />
        ) : null}
        <Button className="self-start" onClick={() => setOpen('guest')}>
          Add a guest…
        </Button>
      </Section>
      <Section title="Teams" text="A team is a set of projects. Guests of the team see all of them.">
        {teams.data && teams.data.length > 0 ? (
          <Table label="Teams" columns={teamColumns} rows={teams.data} rowKey={(row) => row.id} />
        ) : null}
        <Button className="self-start" onClick={() => setOpen('team')}>
          New team…
        </Button>
      </Section>
      {open === 'guest' ? (
        <NewGuest organization={organization} teams={teams.data ?? []} onClose={() => setOpen(null)} />
      ) : null}
      {open !== null && open !== 'guest' ? (
        <EditTeam
          organization={organization}
          team={open === 'team' ? null : open}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}

function NewGuest(props: { organization: string; teams: readonly TeamRow[]; onClose: () => void }) {
  const { organization, teams, onClose } = props;
  const grant = useGrant(organization);
  const projects = useProjects(organization);
  const [scope, setScope] = useState<GrantScope>('project');
  const choices = scope === 'project' ? (projects.data ?? []) : teams;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const day = String(form.get('until') ?? '');
    grant.mutate(
      {
        email: String(form.get('email')),
        role: String(form.get('role')) as GrantRole,
        resource_type: scope,
        resource_id: scope === 'organization' ? organization : String(form.get('resource')),
        // To the end of that day where the reader is.
        ...(day ? { expires_at: new Date(`${day}T23:59:59`).toISOString() } : {}),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog open onClose={onClose} title="Add a guest" size="sm">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="E-mail" hint="Of an account here." error={fieldError(grant.error, 'email')}>
          <Input name="email" type="email" required autoComplete="off" />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="May">
            <Select name="role" defaultValue="viewer">
              <option value="viewer">View</option>
              <option value="contributor">Edit</option>
              <option value="admin">Manage</option>
            </Select>
          </Field>
          <Field label="What">
            <Select value={scope} onChange={(event) => setScope(event.target.value as GrantScope)}>
              {(['project', 'team', 'organization'] as const).map((each) => (
                <option key={each} value={each}>
                  {SCOPE_NAMES[each]}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {scope === 'organization' ? null : (
          <Field label={SCOPE_NAMES[scope]} hint={choices.length === 0 ? 'There is none yet.' : undefined}>
            <Select name="resource" required>
              {choices.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field label="Until" optional error={fieldError(grant.error, 'expires_at')}>
          <Input name="until" type="date" />
        </Field>
        <FormProblem error={grant.error} fields={['email', 'expires_at']} />
        <Button
          type="submit"
          variant="primary"
          busy={grant.isPending}
          disabled={scope !== 'organization' && choices.length === 0}
        >
          Add
        </Button>
      </form>
    </Dialog>
  );
}

function EditTeam(props: { organization: string; team: TeamRow | null; onClose: () => void }) {
  const { organization, team, onClose } = props;
  const save = useSaveTeam(organization);
  const projects = useProjects(organization);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate(
      {
        team: team?.id ?? null,
        name: String(form.get('name')),
        project_ids: form.getAll('project').map(String),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog open onClose={onClose} title={team ? `Change ${team.name}` : 'New team'} size="sm">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" error={fieldError(save.error, 'name')}>
          <Input name="name" required maxLength={100} defaultValue={team?.name ?? ''} />
        </Field>
        {projects.data ? (
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium">Projects</legend>
            <div className="flex max-h-60 flex-col gap-1.5 overflow-y-auto">
              {projects.data.length === 0 ? <p className="text-sm text-ink-3">There is none yet.</p> : null}
              {projects.data.map((each) => (
                <Checkbox
                  key={each.id}
                  name="project"
                  value={each.id}
                  label={each.name}
                  defaultChecked={team?.project_ids.includes(each.id) ?? false}
                />
              ))}
            </div>
          </fieldset>
        ) : null}
        <FormProblem error={save.error} fields={['name']} />
        <Button type="submit" variant="primary" busy={save.isPending || projects.isPending}>
          {team ? 'Save' : 'Make the team'}
        </Button>
      </form>
    </Dialog>
  );
}
