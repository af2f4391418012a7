// One's own account: the address, the password, other ways to sign in, closing it.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { SignInMethods } from '../../../../contract/accounts.ts';
import { useMe, useProviders } from '../../api/accounts.ts';
import { fieldError } from '../../api/problem.ts';
import {
  signInMethodsQuery,
  useChangeEmail,
  useChangePassword,
  useCloseAccount,
  useResendVerification,
  useUnlink,
} from '../../api/security.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Segmented } from '../../ui/field.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatDate } from '../../ui/units.ts';
import {
  PROVIDER_NAMES,
  providerOf,
  providerStart,
  signInError,
  signInSentence,
} from '../accounts/providers.tsx';
import { Section } from './section.tsx';

export default function AccountPage() {
  const methods = useQuery(signInMethodsQuery);
  if (methods.isPending) return <SkeletonLines lines={6} />;
  if (methods.isError)
    return (
      <ErrorState
        title="Your account did not load"
        error={methods.error}
        onRetry={() => void methods.refetch()}
      />
    );
  return (
    <>
      <Address methods={methods.data} />
      <Password methods={methods.data} />
      <Providers methods={methods.data} />
      <Closing methods={methods.data} />
    </>
  );
}

interface Part {
  methods: SignInMethods;
}
const fieldOf = (event: FormEvent<HTMLFormElement>, name: string) =>
  String(new FormData(event.currentTarget).get(name) ?? '');

function Address({ methods }: Part) {
  const { user } = useMe();
  const change = useChangeEmail();
  const resend = useResendVerification();
  return (
    <Section
      title="E-mail address"
      text={
        <>
          {user.email}{' '}
          {user.email_verified_at ? (
            <Badge tone="good">confirmed</Badge>
          ) : (
            <Badge tone="warn">not confirmed</Badge>
          )}
        </>
      }
    >
      {user.email_verified_at ? null : (
        <Button
          size="sm"
          className="self-start"
          busy={resend.isPending}
          onClick={() =>
            resend.mutate(undefined, {
              onSuccess: () => toast('A link is on its way to you.'),
              onError: toastProblem('The link was not sent'),
            })
          }
        >
          Send the link again
        </Button>
      )}
      <form
        className="grid max-w-160 gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const password = fieldOf(event, 'password');
          change.mutate(
            { email: fieldOf(event, 'email'), ...(password ? { password } : {}) },
            {
              onSuccess: () => {
                form.reset();
                toast('Open the link in the mail to the new address.');
              },
            },
          );
        }}
      >
        <Field label="New address" error={fieldError(change.error, 'email')}>
          <Input name="email" type="email" required autoComplete="email" />
        </Field>
        {methods.password ? (
          <Field label="Your password" error={fieldError(change.error, 'password')}>
            <Input name="password" type="password" required autoComplete="current-password" />
          </Field>
        ) : null}
        <div className="flex flex-col gap-3 sm:col-span-2">
          <FormProblem error={change.error} fields={['email', 'password']} />
          <Button type="submit" className="self-start" busy={change.isPending}>
            Change address
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Password({ methods }: Part) {
  const change = useChangePassword();
  return (
    <Section
      title="Password"
      text={
        methods.password
          ? 'Changing it ends every other session.'
          : 'Your account has none yet; with one you can sign in without a provider.'
      }
    >
      <form
        className="grid max-w-160 gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const current = fieldOf(event, 'current_password');
          change.mutate(
            {
              new_password: fieldOf(event, 'new_password'),
              ...(current ? { current_password: current } : {}),
            },
            {
              onSuccess: () => {
                form.reset();
                toast('The new password is set. Every other session has ended.');
              },
            },
          );
        }}
      >
        {methods.password ? (
          <Field label="Present password" error={fieldError(change.error, 'current_password')}>
            <Input name="current_password" type="password" required autoComplete="current-password" />
          </Field>
        ) : null}
        <Field
          label="New password"
          hint="At least 12 characters; a sentence of several words is best."
          error={fieldError(change.error, 'new_password')}
        >
          <Input name="new_password" type="password" required minLength={12} autoComplete="new-password" />
        </Field>
        <div className="flex flex-col gap-3 sm:col-span-2">
          <FormProblem error={change.error} fields={['current_password', 'new_password']} />
          <Button type="submit" className="self-start" busy={change.isPending}>
            {methods.password ? 'Change password' : 'Set password'}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Providers({ methods }: Part) {
  const offered = useProviders().data;
  const unlink = useUnlink();
  const [removing, setRemoving] = useState<'google' | 'microsoft' | null>(null);
  const search = useSearch({ strict: false }) as { error?: string; provider?: string };
  const error = signInError(search.error);
  const names = (['google', 'microsoft'] as const).filter((name) => methods[name] || offered?.[name]);
  if (names.length === 0) return null;
  const remove = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = fieldOf(event, 'password');
    if (removing)
      unlink.mutate(
        { provider: removing, ...(password ? { password } : {}) },
        { onSuccess: () => setRemoving(null) },
      );
  };
  return (
    <Section
      title="Other ways to sign in"
      text="Linked only where the provider confirms your e-mail address."
    >
      {error ? (
        <p role="alert" className="max-w-160 text-sm text-bad">
          {signInSentence(error, providerOf(search.provider))}
        </p>
      ) : null}
      <ul className="max-w-160">
        {names.map((name) => (
          <li
            key={name}
            className="flex items-center gap-3 border-b border-hairline py-2.5 text-sm last:border-b-0"
          >
            <span className="mr-auto">{PROVIDER_NAMES[name]}</span>
            {methods[name] ? (
              <>
                <Badge tone="good">linked</Badge>
                <Button size="sm" onClick={() => setRemoving(name)}>
                  Remove
                </Button>
              </>
            ) : (
              <a
                className={buttonClass('secondary', 'sm')}
                href={providerStart(name, { link: true, redirect: '/settings/account' })}
              >
                Connect {PROVIDER_NAMES[name]}
              </a>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        size="sm"
        title={`Remove ${removing ? PROVIDER_NAMES[removing] : ''}`}
      >
        <form onSubmit={remove} className="flex flex-col gap-4">
          <p className="text-sm text-ink-2">You sign in another way from now on.</p>
          {methods.password ? (
            <Field label="Your password" error={fieldError(unlink.error, 'password')}>
              <Input name="password" type="password" required autoComplete="current-password" />
            </Field>
          ) : null}
          <FormProblem error={unlink.error} fields={['password']} />
          <Button type="submit" variant="danger" busy={unlink.isPending}>
            Remove
          </Button>
        </form>
      </Dialog>
    </Section>
  );
}

function Closing({ methods }: Part) {
  const { user } = useMe();
  const close = useCloseAccount();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [way, setWay] = useState<'deactivate' | 'delete'>('deactivate');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = fieldOf(event, 'password');
    close.mutate(
      { email: fieldOf(event, 'email'), delete: way === 'delete', ...(password ? { password } : {}) },
      {
        onSuccess: ({ due_at }) => {
          toast(due_at ? `Your account is erased on ${formatDate(due_at)}.` : 'Your account is deactivated.');
          void navigate({ to: '/sign-in', replace: true });
        },
      },
    );
  };
  return (
    <Section
      title="Close the account"
      text="Deactivated, it waits until you sign in again. Deleted, what it says about you is erased after 30 days; until then you may change your mind."
    >
      <Button className="self-start" variant="danger" onClick={() => setOpen(true)}>
        Close account…
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Close the account" size="sm">
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Segmented
            label="What happens"
            value={way}
            onChange={setWay}
            options={[
              { value: 'deactivate', label: 'Deactivate' },
              { value: 'delete', label: 'Delete' },
            ]}
          />
          <p className="text-sm text-ink-2">
            Every session and API token ends at once.{' '}
            {way === 'delete'
              ? 'Projects of an organization go to its owner; projects only you work on are deleted.'
              : 'Your projects stay as they are.'}
          </p>
          <Field label={`Type ${user.email} to confirm`} error={fieldError(close.error, 'email')}>
            <Input name="email" type="email" required autoComplete="off" />
          </Field>
          {methods.password ? (
            <Field label="Your password" error={fieldError(close.error, 'password')}>
              <Input name="password" type="password" required autoComplete="current-password" />
            </Field>
          ) : null}
          <FormProblem error={close.error} fields={['email', 'password']} />
          <Button type="submit" variant="danger" busy={close.isPending}>
            {way === 'delete' ? 'Delete account' : 'Deactivate account'}
          </Button>
        </form>
      </Dialog>
    </Section>
  );
}

/** A problem that belongs to none of the form's fields. */
export function FormProblem({ error, fields }: { error: unknown; fields: readonly string[] }) {
  if (!error || fields.some((name) => fieldError(error, name))) return null;
  return <ErrorState title="Nothing has changed" error={error} />;
}
