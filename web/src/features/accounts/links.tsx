// Pages that links in letters open: a new address confirmed, one taken back, an invitation.
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useAccountLink } from '../../api/accounts.ts';
import { useAcceptInvitation } from '../../api/organizations.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { TextLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { AccountFrame } from './frame.tsx';

interface LinkPageProps {
  what: 'confirm-email' | 'restore-email';
  title: string;
  text: string;
  act: string;
  done: string;
  next: string;
}
/** Acts on a press, not on opening: programs that look at mail open links too. */
function LinkPage({ what, title, text, act, done, next }: LinkPageProps) {
  const link = useAccountLink(what);
  const { token } = useSearch({ strict: false }) as { token?: string };
  if (link.isSuccess)
    return (
      <AccountFrame title={done}>
        <p className="mb-5 text-ink-2">{next}</p>
        <Link to="/sign-in" className={buttonClass('primary', 'lg')}>
          Sign in
        </Link>
      </AccountFrame>
    );
  return (
    <AccountFrame title={title}>
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">
          {token ? text : 'This address lacks the code from the mail. Open the link in the mail again.'}
        </p>
        {link.error ? <ErrorState title="Nothing has changed" error={link.error} /> : null}
        {token ? (
          <Button variant="primary" size="lg" busy={link.isPending} onClick={() => link.mutate(token)}>
            {act}
          </Button>
        ) : null}
      </div>
    </AccountFrame>
  );
}

export function ConfirmEmailPage() {
  return (
    <LinkPage
      what="confirm-email"
      title="Use this address"
      text="From now on you sign in with this e-mail address, and letters go here. The old address is told."
      act="Use this address"
      done="Your address is changed"
      next="Sign in with it from now on."
    />
  );
}

export function RestoreEmailPage() {
  return (
    <LinkPage
      what="restore-email"
      title="Take your account back"
      text="The account returns to the address this letter went to, every session and API token ends, and a link to set a new password is sent to you."
      act="Take it back"
      done="The account is yours again"
      next="Set a new password with the link that is on its way to you."
    />
  );
}

export function InvitationPage() {
  const accept = useAcceptInvitation();
  const navigate = useNavigate();
  const { token } = useSearch({ strict: false }) as { token?: string };
  return (
    <Page title="Invitation">
      <div className="flex max-w-120 flex-col items-start gap-4">
        <p className="text-ink-2">
          {token
            ? 'You are invited to an organization. Its members see your name and address, and you see its projects.'
            : 'This address lacks the code from the mail. Open the link in the mail again.'}
        </p>
        {accept.error ? <ErrorState title="You have not joined" error={accept.error} /> : null}
        {token ? (
          <Button
            variant="primary"
            busy={accept.isPending}
            onClick={() =>
              accept.mutate(token, {
                onSuccess: (organization) => {
                  toast(`You are in ${organization.name}.`);
                  void navigate({ to: '/projects' });
                },
              })
            }
          >
            Join
          </Button>
        ) : null}
        <TextLink to="/projects">To your projects</TextLink>
      </div>
    </Page>
  );
}
