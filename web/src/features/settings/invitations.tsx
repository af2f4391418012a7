// Inviting people by mail, and the invitations that are still open.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Invited, invitationsQuery, useInvite, useRevokeInvitation } from '../../api/organizations.ts';
import { fieldError } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatDate, humanize } from '../../ui/units.ts';
import { FormProblem } from './account.tsx';
import { Section } from './section.tsx';

export function Invitations({ organization }: { organization: string }) {
  const invitations = useQuery(invitationsQuery(organization));
  const invite = useInvite(organization);
  const revoke = useRevokeInvitation(organization);
  const [link, setLink] = useState<string | null>(null);
  const now = Date.now();
  const open = (invitations.data ?? []).filter(
    (row) => !row.accepted_at && !row.revoked_at && Date.parse(row.expires_at) > now,
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    invite.mutate(
      { email: String(data.get('email')), role: String(data.get('role')) as 'admin' | 'member' | 'viewer' },
      {
        onSuccess: ({ token, email }) => {
          form.reset();
          setLink(`${window.location.origin}/invitation?token=${token}`);
          toast(`An invitation is on its way to ${email}.`);
        },
      },
    );
  };
  const columns: Column<Invited>[] = [
    { key: 'email', header: 'Address', cell: (row) => <span className="break-all">{row.email}</span> },
    { key: 'role', header: 'Role', cell: (row) => humanize(row.role) },
    { key: 'ends', header: 'Open until', wideOnly: true, cell: (row) => formatDate(row.expires_at) },
    {
      key: 'revoke',
      header: '',
      align: 'right',
      cell: (row) => (
        <Button
          size="sm"
          aria-label={`Take back the invitation of ${row.email}`}
          onClick={() => revoke.mutate(row.id, { onError: toastProblem('It was not taken back') })}
        >
          Take back
        </Button>
      ),
    },
  ];
  return (
    <Section
      title="Invite"
      text="A link goes to the address; it works for two weeks, for an account with that address."
    >
      <form
        onSubmit={submit}
        className="grid max-w-160 items-start gap-3 sm:grid-cols-[minmax(0,1fr)_9rem_auto]"
      >
        <Field label="E-mail" error={fieldError(invite.error, 'email')}>
          <Input name="email" type="email" required autoComplete="off" />
        </Field>
        <Field label="Role">
          <Select name="role" defaultValue="member">
            <option value="admin">Admin</option>
            <option value="member">Member</option>
            <option value="viewer">Viewer</option>
          </Select>
        </Field>
        <Button type="submit" variant="primary" className="h-9 sm:mt-6.5" busy={invite.isPending}>
          Invite
        </Button>
        <div className="sm:col-span-3">
          <FormProblem error={invite.error} fields={['email']} />
        </div>
      </form>
      {link ? (
        <p className="flex max-w-160 flex-wrap items-center gap-3 rounded-md border border-hairline bg-sunken p-3 text-sm">
          <span className="min-w-0 flex-1 break-all">{link}</span>
          <Button
            size="sm"
            onClick={() => void navigator.clipboard.writeText(link).then(() => toast('The link is copied.'))}
          >
            Copy link
          </Button>
        </p>
      ) : null}
      {invitations.isError ? (
        <ErrorState title="The invitations did not load" error={invitations.error} />
      ) : null}
      {open.length > 0 ? (
        <Table label="Open invitations" columns={columns} rows={open} rowKey={(row) => row.id} />
      ) : null}
    </Section>
  );
}
