// What is held under one's account, to take away; and what closing the account would do to the work it is part of.
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { PersonExport } from '../../../../contract/privacy.ts';
import { dataCopiesQuery, dataCopyUrl, ownErasureQuery, useAskForCopy } from '../../api/privacy.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatBytes, formatCount, formatDate, humanize } from '../../ui/units.ts';
import { ErasureEffects } from './effects.tsx';

export default function YourDataPage() {
  return (
    <>
      <Copies />
      <Closing />
    </>
  );
}

function Copies() {
  const copies = useQuery(dataCopiesQuery);
  const ask = useAskForCopy();
  const waiting = copies.data?.some((copy) => copy.status === 'queued' || copy.status === 'running') ?? false;
  return (
    <section className="flex max-w-160 flex-col gap-3">
      <h2 className="text-lg font-semibold">A copy of your data</h2>
      <p className="text-sm text-ink-2">
        Everything held under your account as a zip: profile, projects, conversations, decisions, the plans
        you uploaded and what was counted about your visits. It stays here for seven days.
      </p>
      <div>
        <Button
          variant="primary"
          busy={ask.isPending || waiting}
          disabled={waiting}
          onClick={() => ask.mutate(undefined, { onError: toastProblem('The copy was not begun') })}
        >
          {waiting ? 'The copy is being made' : 'Make a copy'}
        </Button>
      </div>
      {copies.isPending ? <SkeletonLines lines={2} /> : null}
      {copies.isError ? (
        <ErrorState
          title="The copies could not be listed"
          error={copies.error}
          onRetry={() => void copies.refetch()}
        />
      ) : null}
      {copies.data && copies.data.length > 0 ? (
        <ul className="border-t border-hairline">
          {copies.data.map((copy) => (
            <CopyRow key={copy.id} copy={copy} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function CopyRow({ copy }: { copy: PersonExport }) {
  const kinds = Object.entries(copy.contents)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([kind, count]) => `${formatCount(count)} ${humanize(kind).toLowerCase()}`);
  return (
    <li className="flex items-start gap-4 border-b border-hairline py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {formatDate(copy.created_at)}
          {copy.status === 'ready' ? null : (
            <Badge tone={copy.status === 'failed' ? 'bad' : 'neutral'}>{humanize(copy.status)}</Badge>
          )}
        </p>
        <p className="text-xs text-ink-3">
          {[
            formatAgo(copy.created_at),
            copy.file_size_bytes === null ? null : formatBytes(copy.file_size_bytes),
            copy.status === 'ready' ? `until ${formatDate(copy.expires_at)}` : null,
          ]
            .filter(Boolean)
            .join(', ')}
        </p>
        {kinds.length > 0 ? <p className="text-xs text-ink-3">{kinds.join(', ')} and more</p> : null}
        {copy.error ? <p className="text-sm text-bad">{copy.error}</p> : null}
      </div>
      {copy.status === 'ready' ? (
        <a className={buttonClass('secondary', 'sm')} href={dataCopyUrl(copy.id)} download>
          <Download aria-hidden="true" />
          Download
        </a>
      ) : null}
    </li>
  );
}

function Closing() {
  const preview = useQuery(ownErasureQuery);
  if (!preview.data) return null;
  return (
    <section className="flex max-w-160 flex-col gap-3 border-t border-hairline pt-6">
      <h2 className="text-lg font-semibold">If you delete your account</h2>
      <p className="text-sm text-ink-2">
        What you wrote is erased everywhere. Work that others share stays with them, without your name.
      </p>
      <ErasureEffects preview={preview.data} />
    </section>
  );
}
