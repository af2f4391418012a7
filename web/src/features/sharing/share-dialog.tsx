// Sharing a project with people who have no account: links, what each allows, and what was decided through them.
import { useQuery } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { Project } from '../../../../contract/projects.ts';
import type { CreatedShareLink, CreateShareLinkRequest, ShareLink } from '../../../../contract/sharing.ts';
import { fieldError } from '../../api/problem.ts';
import {
  decisionsQuery,
  shareLinksQuery,
  useCreateShareLink,
  useRevokeShareLink,
} from '../../api/sharing.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Field, Input, Select } from '../../ui/field.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatCount, formatDate } from '../../ui/units.ts';

const ROLES = { viewer: 'look', commenter: 'look and comment', approver: 'look and approve' } as const;
const PRICES = { none: 'no prices', list: 'list prices', sell: 'selling prices' } as const;

export function ShareDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const links = useQuery(shareLinksQuery(project.id));
  const [made, setMade] = useState<CreatedShareLink | null>(null);
  const living = (links.data ?? []).filter(isLiving);
  return (
    <Dialog
      open
      size="lg"
      onClose={onClose}
      title="Share"
      description="A link shows the plan, the rooms and the furniture to people without an account. Cost and margin are on no link."
    >
      <div className="flex flex-col gap-6">
        {made === null ? (
          <NewLink project={project} onMade={setMade} />
        ) : (
          <MadeLink made={made} onAnother={() => setMade(null)} />
        )}
        <section>
          <h3 className="mb-2 text-sm font-medium">Links in use</h3>
          {links.isPending ? (
            <SkeletonLines lines={2} />
          ) : links.isError ? (
            <ErrorState
              title="The links could not be loaded"
              error={links.error}
              onRetry={() => void links.refetch()}
            />
          ) : living.length === 0 ? (
            <p className="text-sm text-ink-2">None.</p>
          ) : (
            <ul className="divide-y divide-hairline border-y border-hairline">
              {living.map((link) => (
                <LinkRow key={link.id} project={project} link={link} />
              ))}
            </ul>
          )}
        </section>
        <Decisions project={project} />
      </div>
    </Dialog>
  );
}

function isLiving(link: ShareLink): boolean {
  return link.revoked_at === null && Date.parse(link.expires_at) > Date.now();
}

function NewLink({ project, onMade }: { project: Project; onMade: (made: CreatedShareLink) => void }) {
  const create = useCreateShareLink(project.id);
  const form = useId();
  const [prices, setPrices] = useState<'none' | 'list' | 'sell'>('none');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    create.mutate(
      {
        label: text('label'),
        role: text('role') as NonNullable<CreateShareLinkRequest['role']>,
        prices,
        days: Number(text('days')),
        downloads: data.get('downloads') !== null,
        ...(text('password') === '' ? {} : { password: text('password') }),
      },
      { onSuccess: onMade },
    );
  };
  return (
    <form id={form} onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <Field label="For" error={fieldError(create.error, 'label')}>
        <Input name="label" required maxLength={200} placeholder="The client’s facilities team" />
      </Field>
      <Field label="They may">
        <Select name="role" defaultValue="viewer" className="w-full">
          {Object.entries(ROLES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="They see">
        <Select
          value={prices}
          onChange={(event) => setPrices(event.target.value as typeof prices)}
          className="w-full"
        >
          {Object.entries(PRICES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Until">
        <Select name="days" defaultValue="30" className="w-full">
          <option value="7">a week from now</option>
          <option value="30">a month from now</option>
          <option value="90">three months from now</option>
          <option value="365">a year from now</option>
        </Select>
      </Field>
      <Field
        label="Password"
        optional
        hint="At least 8 characters; tell it them another way."
        error={fieldError(create.error, 'password')}
      >
        <Input name="password" type="password" autoComplete="new-password" minLength={8} maxLength={200} />
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-3 sm:pt-7">
        <Checkbox
          name="downloads"
          label="May download files"
          disabled={prices !== 'sell'}
          title={prices === 'sell' ? undefined : 'Files hold selling prices'}
        />
        <Button type="submit" variant="primary" busy={create.isPending}>
          Make link
        </Button>
      </div>
      {create.error && !fieldError(create.error, 'label') && !fieldError(create.error, 'password') ? (
        <ErrorState title="The link was not made" error={create.error} />
      ) : null}
    </form>
  );
}

function MadeLink({ made, onAnother }: { made: CreatedShareLink; onAnother: () => void }) {
  const address = `${location.origin}${made.path}`;
  return (
    <div className="rounded-md border border-line bg-sunken p-4">
      <p className="mb-2 text-sm">The link for “{made.label}”. It is shown this once; copy it now.</p>
      <div className="flex gap-2">
        <Field label="Address of the link" hideLabel className="min-w-0 flex-1">
          <Input readOnly value={address} onFocus={(event) => event.target.select()} />
        </Field>
        <IconButton
          label="Copy the address"
          onClick={() =>
            void navigator.clipboard.writeText(address).then(
              () => toast('Copied'),
              () => toast('Select the address and copy it by hand.', { tone: 'bad' }),
            )
          }
        >
          <Copy />
        </IconButton>
        <Button onClick={onAnother}>Another link</Button>
      </div>
    </div>
  );
}

function LinkRow({ project, link }: { project: Project; link: ShareLink }) {
  const revoke = useRevokeShareLink(project.id);
  return (
    <li className="flex items-center gap-3 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{link.label}</p>
        <p className="text-xs text-ink-3">
          {ROLES[link.role]}, {PRICES[link.prices]}
          {link.downloads ? ', downloads' : ''}
          {link.has_password ? ', with a password' : ''}; until {formatDate(link.expires_at)};{' '}
          {link.last_opened_at === null
            ? 'not opened yet'
            : `opened ${formatCount(link.opened_count)} ${link.opened_count === 1 ? 'time' : 'times'}, last ${formatAgo(link.last_opened_at)}`}
        </p>
      </div>
      <Button
        size="sm"
        variant="danger"
        busy={revoke.isPending}
        aria-label={`End the link for ${link.label}`}
        onClick={() => revoke.mutate(link.id, { onError: toastProblem('The link was not ended') })}
      >
        End
      </Button>
    </li>
  );
}

function Decisions({ project }: { project: Project }) {
  const { data } = useQuery(decisionsQuery(project.id));
  if (!data || data.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 text-sm font-medium">Decisions</h3>
      <ul className="divide-y divide-hairline border-y border-hairline">
        {data.map((one) => (
          <li key={one.id} className="py-2 text-sm">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{one.name}</span>
              <Badge tone={one.decision === 'approved' ? 'good' : 'warn'}>
                {one.decision === 'approved' ? 'approved' : 'asked for changes'}
              </Badge>
              <span className="text-xs text-ink-3">
                version {one.version_number}, {new Date(one.decided_at).toLocaleString()}, {one.email}
              </span>
            </p>
            {one.note === null ? null : <p className="mt-0.5 whitespace-pre-wrap text-ink-2">{one.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
