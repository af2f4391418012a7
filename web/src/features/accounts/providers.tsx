// Signing in with Google or Microsoft: links to the server's redirect, and what each way of failing means.
import { SIGN_IN_ERRORS, type SignInError, type SignInProvider } from '../../../../contract/accounts.ts';
import { API } from '../../api/client.ts';
import { buttonClass } from '../../ui/button.tsx';

export const PROVIDER_NAMES: Record<SignInProvider, string> = { google: 'Google', microsoft: 'Microsoft' };

export function providerStart(
  provider: SignInProvider,
  options: { redirect?: string | undefined; link?: boolean; reactivate?: boolean } = {},
): string {
  const query = new URLSearchParams();
  if (options.redirect) query.set('redirect', options.redirect);
  if (options.link) query.set('link', 'true');
  if (options.reactivate) query.set('reactivate', 'true');
  return `${API}/auth/${provider}/start${query.size > 0 ? `?${query}` : ''}`;
}

export function signInError(value: unknown): SignInError | undefined {
  return SIGN_IN_ERRORS.find((error) => error === value);
}
export function providerOf(value: unknown): SignInProvider | undefined {
  return value === 'google' || value === 'microsoft' ? value : undefined;
}

/** One or two sentences: what happened and what to do. */
export function signInSentence(error: SignInError, provider: SignInProvider | undefined): string {
  const name = provider ? PROVIDER_NAMES[provider] : 'The provider';
  const sentences: Record<SignInError, string> = {
    cancelled: `You stopped at ${name}. Try again, or sign in with your password.`,
    expired: 'This sign-in took too long or was begun in another window. Start it again here.',
    failed: `${name} did not confirm who you are. Start again; if it stays, sign in with your password.`,
    unverified: `${name} does not confirm that your e-mail address is yours. Confirm it there, or register here with a password.`,
    address_unconfirmed:
      'An account here has this address but never confirmed it. Ask for a new password below: its link confirms the address, then this way works.',
    linked_elsewhere: `This ${name} account is linked to another account here. Remove it there first.`,
    linked_other: `Your account is linked to another ${name} account. Sign in with that one, or with your password.`,
    suspended: 'This account is suspended. Ask your administrator.',
    deactivated: 'You closed this account. Use it again, or leave it as it is.',
    not_configured: `Signing in with ${name} is not set up here. Sign in with your password.`,
    unreachable: `${name} cannot be reached. Try again in a moment, or sign in with your password.`,
  };
  return sentences[error];
}

/** The buttons under the password form; nothing where no provider is set up. */
export function ProviderButtons(props: {
  google: boolean;
  microsoft: boolean;
  redirect: string | undefined;
}) {
  const offered = (['google', 'microsoft'] as const).filter((name) => props[name]);
  if (offered.length === 0) return null;
  return (
    <div className="mt-5 flex flex-col gap-2 border-t border-hairline pt-5">
      {offered.map((name) => (
        <a
          key={name}
          className={buttonClass('secondary', 'lg')}
          href={providerStart(name, { redirect: props.redirect })}
        >
          Continue with {PROVIDER_NAMES[name]}
        </a>
      ))}
    </div>
  );
}
