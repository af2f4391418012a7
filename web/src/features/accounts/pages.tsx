// Sign in, register, forgotten and new password, e-mail confirmation.
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import {
  useForgotPassword,
  useLogin,
  useProviders,
  useRegister,
  useResetPassword,
  useVerifyEmail,
} from '../../api/accounts.ts';
import { ApiProblem, fieldError } from '../../api/problem.ts';
import { signInSearch } from '../../routes/search.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { TextLink } from '../../ui/link.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { AccountFrame } from './frame.tsx';
import { ProviderButtons, providerOf, providerStart, signInError, signInSentence } from './providers.tsx';

type Values = Record<string, string>;

/** A form whose fields arrive as trimmed strings, with the problem that belongs to no field above the button. */
function Form(props: {
  onSubmit: (values: Values) => void;
  error: unknown;
  errorTitle: string;
  fields: readonly string[];
  busy: boolean;
  submit: string;
  children: ReactNode;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    props.onSubmit(Object.fromEntries([...data].map(([key, value]) => [key, String(value)])));
  };
  const atField = props.fields.some((name) => fieldError(props.error, name));
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {props.children}
      {props.error && !atField ? <ErrorState title={props.errorTitle} error={props.error} /> : null}
      <Button type="submit" variant="primary" size="lg" busy={props.busy}>
        {props.submit}
      </Button>
    </form>
  );
}

function useLeave() {
  const { redirect } = signInSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return () => void navigate({ href: redirect ?? '/projects', replace: true });
}

export function SignInPage() {
  const login = useLogin();
  const leave = useLeave();
  const search = signInSearch(useSearch({ strict: false }));
  const providers = useProviders();
  const demo = providers.data?.demo;
  const values = useRef<{ email: string; password: string } | null>(null);
  const closed = login.error instanceof ApiProblem && login.error.status === 409;
  return (
    <AccountFrame title="Sign in">
      <ProviderProblem redirect={search.redirect} />
      <Form
        onSubmit={(given) => {
          values.current = { email: given['email'] ?? '', password: given['password'] ?? '' };
          login.mutate(values.current, { onSuccess: leave });
        }}
        error={login.error}
        errorTitle="You are not signed in"
        fields={['email', 'password']}
        busy={login.isPending}
        submit="Sign in"
      >
        <Field label="E-mail" error={fieldError(login.error, 'email')}>
          <Input name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field label="Password" error={fieldError(login.error, 'password')}>
          <Input name="password" type="password" autoComplete="current-password" required />
        </Field>
      </Form>
      {closed ? (
        <Button
          className="mt-3 w-full"
          busy={login.isPending}
          onClick={() =>
            values.current && login.mutate({ ...values.current, reactivate: true }, { onSuccess: leave })
          }
        >
          Use the account again
        </Button>
      ) : null}
      <ProviderButtons
        google={providers.data?.google ?? false}
        microsoft={providers.data?.microsoft ?? false}
        redirect={search.redirect}
      />
      {demo ? (
        <section
          className="mt-5 rounded-md border border-hairline bg-sunken p-3 text-sm"
          aria-label="Demo account"
        >
          <p className="text-ink-2">A fictional project, finished to the end, to look around in.</p>
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3">
            <dt className="text-ink-3">E-mail</dt>
            <dd className="truncate">{demo.email}</dd>
            <dt className="text-ink-3">Password</dt>
            <dd className="break-all">{demo.password}</dd>
          </dl>
          <Button
            size="sm"
            className="mt-3"
            busy={login.isPending}
            onClick={() => login.mutate(demo, { onSuccess: leave })}
          >
            Sign in to the demo
          </Button>
        </section>
      ) : null}
      <p className="mt-6 flex justify-between text-sm text-ink-2">
        <TextLink to="/register" search={search.redirect ? { redirect: search.redirect } : {}}>
          Create an account
        </TextLink>
        <TextLink to="/forgot-password">Forgot the password?</TextLink>
      </p>
    </AccountFrame>
  );
}

/** Why signing in with a provider did not work; the address says it. */
function ProviderProblem({ redirect }: { redirect: string | undefined }) {
  const search = useSearch({ strict: false }) as { error?: string; provider?: string };
  const error = signInError(search.error);
  const provider = providerOf(search.provider);
  if (!error) return null;
  return (
    <div role="alert" className="mb-5 rounded-md border border-bad/40 p-3 text-sm">
      <p className="font-medium">You are not signed in</p>
      <p className="mt-1 text-ink-2">{signInSentence(error, provider)}</p>
      {error === 'deactivated' && provider ? (
        <a
          className={`mt-3 ${buttonClass('secondary', 'sm')}`}
          href={providerStart(provider, { redirect, reactivate: true })}
        >
          Use the account again
        </a>
      ) : null}
    </div>
  );
}

const USER_TYPES = [
  { value: 'designer', label: 'Designer' },
  { value: 'dealer', label: 'Dealer' },
  { value: 'sales_rep', label: 'Sales representative' },
  { value: 'facilities_manager', label: 'Facilities manager' },
  { value: 'architect', label: 'Architect' },
] as const;

export function RegisterPage() {
  const register = useRegister();
  const leave = useLeave();
  const providers = useProviders();
  const search = signInSearch(useSearch({ strict: false }));
  const problem = (name: string) => fieldError(register.error, name);
  return (
    <AccountFrame title="Create an account">
      <Form
        onSubmit={(values) =>
          register.mutate(
            {
              email: values['email'] ?? '',
              password: values['password'] ?? '',
              first_name: values['first_name'] ?? '',
              last_name: values['last_name'] ?? '',
              user_type: USER_TYPES.find((type) => type.value === values['user_type'])?.value ?? 'designer',
              ...(values['company'] ? { company: values['company'] } : {}),
            },
            { onSuccess: leave },
          )
        }
        error={register.error}
        errorTitle="The account was not created"
        fields={['email', 'password', 'first_name', 'last_name', 'company', 'user_type']}
        busy={register.isPending}
        submit="Create account"
      >
        <div className="grid grid-cols-2 gap-3">
          <Field label="First name" error={problem('first_name')}>
            <Input name="first_name" autoComplete="given-name" required maxLength={100} autoFocus />
          </Field>
          <Field label="Last name" error={problem('last_name')}>
            <Input name="last_name" autoComplete="family-name" required maxLength={100} />
          </Field>
        </div>
        <Field label="E-mail" error={problem('email')}>
          <Input name="email" type="email" autoComplete="username" required />
        </Field>
        <Field
          label="Password"
          hint="At least 12 characters; a sentence of several words is best."
          error={problem('password')}
        >
          <Input name="password" type="password" autoComplete="new-password" required minLength={12} />
        </Field>
        <Field label="Company" optional error={problem('company')}>
          <Input name="company" autoComplete="organization" maxLength={255} />
        </Field>
        <Field label="You work as" error={problem('user_type')}>
          <Select name="user_type" defaultValue="designer">
            {USER_TYPES.map((type) => (
              <option key={type.value} value={type.value}>
                {type.label}
              </option>
            ))}
          </Select>
        </Field>
      </Form>
      <ProviderButtons
        google={providers.data?.google ?? false}
        microsoft={providers.data?.microsoft ?? false}
        redirect={search.redirect}
      />
      <p className="mt-6 text-sm text-ink-2">
        Already registered? <TextLink to="/sign-in">Sign in</TextLink>
      </p>
    </AccountFrame>
  );
}

export function ForgotPasswordPage() {
  const forgot = useForgotPassword();
  if (forgot.isSuccess) {
    return (
      <AccountFrame title="Look at your mail">
        <p className="text-ink-2">
          If an account has the address {forgot.variables}, a link to set a new password is on its way. It
          works once.
        </p>
        <BackToSignIn />
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title="Forgot the password?">
      <Form
        onSubmit={(values) => forgot.mutate(values['email'] ?? '')}
        error={forgot.error}
        errorTitle="The mail was not sent"
        fields={['email']}
        busy={forgot.isPending}
        submit="Send a link"
      >
        <Field
          label="E-mail"
          hint="A link to set a new password goes to this address."
          error={fieldError(forgot.error, 'email')}
        >
          <Input name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
      </Form>
      <BackToSignIn />
    </AccountFrame>
  );
}

export function ResetPasswordPage() {
  const reset = useResetPassword();
  const { token } = useSearch({ from: '/reset-password' });
  if (reset.isSuccess) {
    return (
      <AccountFrame title="The new password is set">
        <Link to="/sign-in" className={buttonClass('primary', 'lg')}>
          Sign in
        </Link>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title="Set a new password">
      {token ? (
        <Form
          onSubmit={(values) => reset.mutate({ token, password: values['password'] ?? '' })}
          error={reset.error}
          errorTitle="The password was not changed"
          fields={['password']}
          busy={reset.isPending}
          submit="Set password"
        >
          <Field
            label="New password"
            hint="At least 12 characters; a sentence of several words is best."
            error={fieldError(reset.error, 'password')}
          >
            <Input
              name="password"
              type="password"
              autoComplete="new-password"
              required
              minLength={12}
              autoFocus
            />
          </Field>
        </Form>
      ) : (
        <p className="text-ink-2">
          This address lacks the code from the mail. Open the link in the mail again, or{' '}
          <TextLink to="/forgot-password">ask for a new one</TextLink>.
        </p>
      )}
      <BackToSignIn />
    </AccountFrame>
  );
}

export function VerifyEmailPage() {
  const verify = useVerifyEmail();
  const { token } = useSearch({ from: '/verify-email' });
  const sent = useRef(false);
  const { mutate } = verify;
  useEffect(() => {
    if (!token || sent.current) return;
    sent.current = true;
    mutate(token);
  }, [token, mutate]);
  if (verify.isSuccess) {
    return (
      <AccountFrame title="Your e-mail is confirmed">
        <Link to="/projects" className={buttonClass('primary', 'lg')}>
          Go to projects
        </Link>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title="Confirm your e-mail">
      {verify.error ? <ErrorState title="The address is not confirmed" error={verify.error} /> : null}
      {!token ? (
        <p className="text-ink-2">This address lacks the code from the mail. Open the link again.</p>
      ) : null}
      {token && !verify.error ? <SkeletonLines lines={2} /> : null}
      <BackToSignIn />
    </AccountFrame>
  );
}

function BackToSignIn() {
  return (
    <p className="mt-6 text-sm">
      <TextLink to="/sign-in">Back to sign in</TextLink>
    </p>
  );
}
