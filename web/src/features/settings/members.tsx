// Who belongs to an organization: members with their roles, open invitations, and guests with a role on a part of it.
import { useQuery } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { OrganizationMember } from '../../../../contract/organizations.ts';
import {
  ORGANIZATION_ROLES,
  type OrganizationRole,
  organizationRoleMay,
} from '../../../../contract/permissions.ts';
import { useMe } from '../../api/accounts.ts';
import {
  membersQuery,
  useRemoveMember,
  useSetMemberRole,
  useTransferOwnership,
} from '../../api/organizations.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/field.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatDate, humanize } from '../../ui/units.ts';
import { Guests } from './guests.tsx';
import { Invitations } from './invitations.tsx';
import { type Membership, useOrganization } from './organization.tsx';
import { Section } from './section.tsx';

export default function MembersPage() {
  const membership = useOrganization();
  if (!membership) return null;
  const manages = organizationRoleMay(membership.role, 'organization:manage');
  const id = membership.organization_id;
  return (
    <>
      <Members key={id} membership={membership} manages={manages} />
      {manages ? <Invitations key={`${id} invitations`} organization={id} /> : null}
      {manages ? <Guests key={`${id} guests`} organization={id} /> : null}
    </>
  );
}

const ROLES =
  'An owner names other owners; an admin manages members and all projects; a member makes and edits projects; a viewer looks at them.';

type Act = { what: 'remove' | 'transfer'; member: OrganizationMember };

function Members({ membership, manages }: { membership: Membership; manages: boolean }) {
  const id = membership.organization_id;
  const me = useMe();
  const members = useQuery(membersQuery(id));
  const setRole = useSetMemberRole(id);
  const [act, setAct] = useState<Act | null>(null);
  if (members.isPending) return <SkeletonLines lines={5} />;
  if (members.isError)
    return (
      <ErrorState
        title="The members did not load"
        error={members.error}
        onRetry={() => void members.refetch()}
      />
    );
  const owner = membership.role === 'owner';
  const mayChange = (row: OrganizationMember) => manages && (owner || row.role !== 'owner');
  const columns: Column<OrganizationMember>[] = [
    {
      key: 'name',
      header: 'Name',
      cell: (row) => (
        <span className="block min-w-0">
          <span className="block font-medium">
            {[row.first_name, row.last_name].filter(Boolean).join(' ') || row.email}
            {row.user_id === me.user.id ? <span className="font-normal text-ink-3"> you</span> : null}
          </span>
          <span className="block text-xs break-all text-ink-3">{row.email}</span>
        </span>
      ),
    },
    {
      key: 'role',
      header: 'Role',
      width: '9rem',
      cell: (row) =>
        mayChange(row) ? (
          <Select
            controlSize="sm"
            aria-label={`Role of ${row.email}`}
            value={row.role}
            onChange={(event) =>
              setRole.mutate(
                { user_id: row.user_id, role: event.target.value as OrganizationRole },
                { onError: toastProblem('The role was not changed') },
              )
            }
          >
            {ORGANIZATION_ROLES.filter((role) => owner || role !== 'owner').map((role) => (
              <option key={role} value={role}>
                {humanize(role)}
              </option>
            ))}
          </Select>
        ) : (
          humanize(row.role)
        ),
    },
    { key: 'joined', header: 'Since', wideOnly: true, cell: (row) => formatDate(row.joined_at) },
    {
      key: 'acts',
      header: '',
      align: 'right',
      width: '3rem',
      cell: (row) => {
        const self = row.user_id === me.user.id;
        if (!self && !mayChange(row)) return null;
        return (
          <Menu
            trigger={
              <IconButton label={`More for ${row.email}`} size="sm">
                <Ellipsis />
              </IconButton>
            }
          >
            {owner && !self ? (
              <MenuItem onSelect={() => setAct({ what: 'transfer', member: row })}>
                Hand ownership over…
              </MenuItem>
            ) : null}
            <MenuItem onSelect={() => setAct({ what: 'remove', member: row })}>
              {self ? 'Leave…' : 'Remove…'}
            </MenuItem>
          </Menu>
        );
      },
    },
  ];
  return (
    <Section title="People" text={ROLES}>
      <Table label="Members" columns={columns} rows={members.data} rowKey={(row) => row.id} />
      {act ? <Confirm organization={membership} act={act} onClose={() => setAct(null)} /> : null}
    </Section>
  );
}

function Confirm(props: { organization: Membership; act: Act; onClose: () => void }) {
  const { organization, act, onClose } = props;
  const me = useMe();
  const remove = useRemoveMember(organization.organization_id);
  const transfer = useTransferOwnership(organization.organization_id);
  const name = act.member.first_name ?? act.member.email;
  const self = act.member.user_id === me.user.id;
  const change = act.what === 'remove' ? remove : transfer;
  const [title, text, button] =
    act.what === 'transfer'
      ? [
          `Hand ${organization.name} over`,
          `${name} becomes its owner and you an administrator. Only ${name} can give it back.`,
          'Hand over',
        ]
      : self
        ? [
            `Leave ${organization.name}`,
            'You no longer see its projects. An administrator can invite you again.',
            'Leave',
          ]
        : [`Remove ${name}`, `${name} no longer sees the organization’s projects, from now on.`, 'Remove'];
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            busy={change.isPending}
            onClick={() =>
              change.mutate(act.member.user_id, {
                onSuccess: () => {
                  toast('Done.');
                  onClose();
                },
              })
            }
          >
            {button}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-sm text-ink-2">{text}</p>
        {change.error ? <ErrorState title="Nothing has changed" error={change.error} /> : null}
      </div>
    </Dialog>
  );
}
