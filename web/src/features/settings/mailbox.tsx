// Mail kept on this machine because no mail server is set: read as plain text, its links as links.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mailboxQuery, mailQuery } from '../../api/security.ts';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { formatAgo } from '../../ui/units.ts';

export default function MailboxPage() {
  const mails = useQuery(mailboxQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  if (mails.isPending) return <SkeletonLines lines={6} />;
  if (mails.isError)
    return (
      <ErrorState title="The mailbox did not load" error={mails.error} onRetry={() => void mails.refetch()} />
    );
  if (mails.data.length === 0)
    return (
      <EmptyState title="No mail here">
        Without SMTP_URL, what the platform sends is kept on this machine and shown here.
      </EmptyState>
    );
  const open = chosen ?? mails.data[0]?.id ?? null;
  return (
    <div className="grid gap-6 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <ul aria-label="Messages" className="max-h-140 self-start overflow-y-auto border-y border-hairline">
        {mails.data.map((mail) => (
          <li key={mail.id} className="border-b border-hairline last:border-b-0">
            <button
              type="button"
              aria-pressed={mail.id === open}
              onClick={() => setChosen(mail.id)}
              className="flex w-full flex-col gap-0.5 px-2 py-2 text-left text-sm hover:bg-hover aria-pressed:bg-accent-wash"
            >
              <span className="truncate font-medium">{mail.subject}</span>
              <span className="flex justify-between gap-2 text-xs text-ink-3">
                <span className="truncate">{mail.to}</span>
                <span className="shrink-0">{formatAgo(mail.sent_at)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {open ? <Message id={open} /> : null}
    </div>
  );
}

function Message({ id }: { id: string }) {
  const mail = useQuery(mailQuery(id));
  if (mail.isPending) return <SkeletonLines lines={6} />;
  if (mail.isError) return <ErrorState title="The message did not load" error={mail.error} />;
  return (
    <article className="min-w-0">
      <h2 className="text-lg font-semibold">{mail.data.subject}</h2>
      <p className="mt-0.5 text-sm text-ink-3">To {mail.data.to}</p>
      <p className="mt-4 max-w-160 text-sm break-words whitespace-pre-wrap">
        {linksIn(mail.data.text).map(({ text, href, at }) =>
          href ? (
            <a key={at} href={href} className="text-accent underline underline-offset-2">
              {text}
            </a>
          ) : (
            text
          ),
        )}
      </p>
    </article>
  );
}

/** Cuts a text at its web addresses; only http and https become links. */
function linksIn(text: string): { text: string; href: string | null; at: number }[] {
  const parts: { text: string; href: string | null; at: number }[] = [];
  let end = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"']+/g)) {
    parts.push({ text: text.slice(end, found.index), href: null, at: end });
    parts.push({ text: found[0], href: found[0], at: found.index });
    end = found.index + found[0].length;
  }
  return [...parts, { text: text.slice(end), href: null, at: end }];
}
