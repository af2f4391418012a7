// API tokens: for programs that act as their maker, within scopes and until an end; shown once.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { API_SCOPES, type ApiToken } from '../../../../contract/accounts.ts';
import { fieldError } from '../../api/problem.ts';
import { apiTokensQuery, useCreateApiToken, useRevokeApiToken } from '../../api/security.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Field, Input, Select } from '../../ui/field.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatDate } from '../../ui/units.ts';
import { FormProblem } from './account.tsx';

type Row = z.infer<typeof ApiToken>;
const SCOPE_TEXT = {
  read: 'Read: projects, products and plans',
  write: 'Write: create and change them',
  export: 'Export: make and fetch files',
};

export default function TokensPage() {
  const tokens = useQuery(apiTokensQuery);
  const revoke = useRevokeApiToken();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  if (tokens.isPending) return <SkeletonLines lines={5} />;
  if (tokens.isError)
    return (
      <ErrorState
        title="Your tokens did not load"
        error={tokens.error}
        onRetry={() => void tokens.refetch()}
      />
    );
  const now = Date.now();
  const columns: Column<Row>[] = [
    { key: 'name', header: 'Name', cell: (row) => <span className="break-words">{row.name}</span> },
    { key: 'scopes', header: 'May', cell: (row) => row.scopes.join(', ') },
    {
      key: 'expires',
      header: 'Ends',
      cell: (row) =>
        row.expires_at !== null && Date.parse(row.expires_at) < now ? (
          <Badge tone="warn">ended</Badge>
        ) : row.expires_at === null ? (
          'never'
        ) : (
          formatDate(row.expires_at)
        ),
    },
    {
      key: 'used',
      header: 'Last used',
      wideOnly: true,
      cell: (row) => (row.last_used_at ? formatAgo(row.last_used_at) : 'never'),
    },
    {
      key: 'revoke',
      header: '',
      align: 'right',
      cell: (row) => (
        <Button
          size="sm"
          aria-label={`Revoke ${row.name}`}
          onClick={() => revoke.mutate(row.id, { onError: toastProblem('The token was not revoked') })}
        >
          Revoke
        </Button>
      ),
    },
  ];
  const makeOne = (
    <Button className="self-start" variant="primary" onClick={() => setMaking(true)}>
      New token…
    </Button>
  );
  return (
    <>
      <p className="max-w-160 text-sm text-ink-2">
        A program sends a token as “Authorization: Bearer …” and then acts as you, within the token’s scopes.
      </p>
      {tokens.data.length > 0 ? (
        <Table label="API tokens" columns={columns} rows={tokens.data} rowKey={(row) => row.id} />
      ) : (
        <EmptyState title="No tokens yet" action={makeOne}>
          Make one for each program, so that each can be revoked alone.
        </EmptyState>
      )}
      {tokens.data.length > 0 ? makeOne : null}
      <NewToken
        open={making}
        onClose={() => setMaking(false)}
        onMade={(token) => {
          setMaking(false);
          setMade(token);
        }}
      />
      <Dialog
        open={made !== null}
        onClose={() => setMade(null)}
        title="Your new token"
        description="It is shown only now. Keep it where secrets are kept."
        footer={
          <>
            <Button onClick={() => setMade(null)}>Done</Button>
            <Button
              variant="primary"
              onClick={() =>
                void navigator.clipboard.writeText(made ?? '').then(() => toast('The token is copied.'))
              }
            >
              Copy
            </Button>
          </>
        }
      >
        <code className="block rounded-md border border-hairline bg-sunken p-3 text-sm break-all">
          {made}
        </code>
      </Dialog>
    </>
  );
}

function NewToken(props: { open: boolean; onClose: () => void; onMade: (token: string) => void }) {
  const create = useCreateApiToken();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate(
      {
        name: String(form.get('name') ?? ''),
        scopes: API_SCOPES.filter((scope) => form.get(scope) === 'on'),
        expires_in_days: Number(form.get('days')),
      },
      { onSuccess: ({ token }) => props.onMade(token) },
    );
  };
  return (
    <Dialog open={props.open} onClose={props.onClose} title="New token" size="sm">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" hint="The program it is for." error={fieldError(create.error, 'name')}>
          <Input name="name" required maxLength={100} />
        </Field>
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 text-sm font-medium">It may</legend>
          {API_SCOPES.map((scope) => (
            <Checkbox key={scope} name={scope} label={SCOPE_TEXT[scope]} defaultChecked={scope === 'read'} />
          ))}
          {fieldError(create.error, 'scopes') ? (
            <p role="alert" className="text-xs text-bad">
              Choose at least one.
            </p>
          ) : null}
        </fieldset>
        <Field label="Ends after">
          <Select name="days" defaultValue="90">
            <option value="7">7 days</option>
            <option value="30">30 days</option>
            <option value="90">90 days</option>
            <option value="365">1 year</option>
          </Select>
        </Field>
        <FormProblem error={create.error} fields={['name', 'scopes']} />
        <Button type="submit" variant="primary" busy={create.isPending}>
          Make the token
        </Button>
      </form>
    </Dialog>
  );
}
