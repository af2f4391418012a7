// People of every organization: find them, suspend them, end their sessions.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { AdminUser } from '../../../../contract/admin.ts';
import { useMe } from '../../api/accounts.ts';
import { type UserChange, useChangeUser, usersQuery } from '../../api/admin.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SearchInput, Select } from '../../ui/field.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import type { Column } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatCount, humanize, UNKNOWN } from '../../ui/units.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import { PagedTable } from './parts.tsx';

const CHANGES: Record<
  UserChange,
  { title: string; sentence: (name: string) => string; button: string; done: string }
> = {
  suspend: {
    title: 'Suspend this person?',
    sentence: (name) =>
      `${name} is signed out everywhere at once and cannot sign in until reactivated. Nothing is deleted.`,
    button: 'Suspend',
    done: 'Suspended',
  },
  reactivate: {
    title: 'Reactivate this person?',
    sentence: (name) => `${name} can sign in again.`,
    button: 'Reactivate',
    done: 'Reactivated',
  },
  'end-sessions': {
    title: 'End every session?',
    sentence: (name) => `${name} is signed out everywhere and may sign in again.`,
    button: 'End sessions',
    done: 'Signed out everywhere',
  },
};

/** As the person left or was made to leave. */
const STATUSES: Record<string, string> = { active: 'Active', inactive: 'Closed', suspended: 'Suspended' };

interface Asked {
  user: AdminUser;
  change: UserChange;
}

export default function PeoplePage() {
  const [q, setQ] = useState('');
  const [status, setStatus] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const search = useDebounced(q.trim(), 250);
  const query = useInfiniteQuery(usersQuery({ q: search || undefined, status: status || undefined }));
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label="Search people"
          placeholder="Name or e-mail"
          value={q}
          onChange={(event) => setQ(event.target.value)}
          className="w-full sm:w-72"
        />
        <div className="w-40">
          <Select
            controlSize="sm"
            aria-label="Status"
            value={status}
            onChange={(event) => setStatus(event.target.value)}
          >
            <option value="">Everyone</option>
            <option value="active">Active</option>
            <option value="suspended">Suspended</option>
            <option value="inactive">Closed</option>
          </Select>
        </div>
      </div>
      <PagedTable
        query={query}
        label="People"
        columns={columns(useMe().user.id, setAsked)}
        rowKey={(row) => row.id}
        failed="The people could not be loaded"
        empty="Nobody matches."
      />
      {asked ? <Confirm asked={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function columns(self: string, ask: (asked: Asked) => void): readonly Column<AdminUser>[] {
  return [
    {
      key: 'name',
      header: 'Person',
      cell: (row) => (
        <div className="md:min-w-40">
          <p className="font-medium">
            {row.name || row.email} {row.is_admin ? <Badge tone="accent">Administrator</Badge> : null}
          </p>
          <p className="text-xs text-ink-3 [overflow-wrap:anywhere]">{row.email}</p>
        </div>
      ),
    },
    {
      key: 'organizations',
      header: 'Organizations',
      wideOnly: true,
      cell: (row) => row.organizations.map((one) => one.name).join(', ') || UNKNOWN,
    },
    {
      key: 'status',
      header: 'Status',
      cell: (row) => (
        <Badge tone={row.status === 'active' ? 'good' : row.status === 'inactive' ? 'neutral' : 'bad'}>
          {STATUSES[row.status] ?? humanize(row.status)}
        </Badge>
      ),
    },
    {
      key: 'sessions',
      header: 'Sessions',
      align: 'right',
      wideOnly: true,
      cell: (row) => formatCount(row.sessions),
    },
    {
      key: 'seen',
      header: 'Last sign-in',
      wideOnly: true,
      cell: (row) => (row.last_login_at === null ? UNKNOWN : formatAgo(row.last_login_at)),
    },
    {
      key: 'actions',
      header: <span className="sr-only">Actions</span>,
      align: 'right',
      cell: (row) =>
        row.id === self ? null : (
          <Menu
            trigger={
              <IconButton label={`Actions for ${row.name || row.email}`} size="sm">
                <Ellipsis />
              </IconButton>
            }
          >
            <MenuItem
              onSelect={() => ask({ user: row, change: 'end-sessions' })}
              disabled={row.sessions === 0}
            >
              End sessions
            </MenuItem>
            {row.status === 'active' ? (
              <MenuItem danger onSelect={() => ask({ user: row, change: 'suspend' })}>
                Suspend
              </MenuItem>
            ) : (
              <MenuItem onSelect={() => ask({ user: row, change: 'reactivate' })}>Reactivate</MenuItem>
            )}
          </Menu>
        ),
    },
  ];
}

function Confirm({ asked: { user, change }, onClose }: { asked: Asked; onClose: () => void }) {
  const act = useChangeUser();
  const words = CHANGES[change];
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.title}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={change === 'reactivate' ? 'primary' : 'danger'}
            busy={act.isPending}
            onClick={() =>
              act.mutate(
                { id: user.id, change },
                {
                  onSuccess: () => {
                    toast(words.done);
                    onClose();
                  },
                  onError: toastProblem('Nothing was changed'),
                },
              )
            }
          >
            {words.button}
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">{words.sentence(user.name || user.email)}</p>
    </Dialog>
  );
}
