// Legal holds: what must be kept whatever the policies say, until it is released.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { LEGAL_HOLD_SCOPES, type LegalHold } from '../../../../contract/retention.ts';
import { legalHoldsQuery, usePlaceHold, useReleaseHold } from '../../api/retention.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select, Textarea } from '../../ui/field.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatDate, humanize } from '../../ui/units.ts';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

export default function LegalHoldsPage() {
  const holds = useQuery(legalHoldsQuery);
  const [placing, setPlacing] = useState(false);
  const [releasing, setReleasing] = useState<LegalHold | null>(null);
  if (holds.isPending) return <SkeletonLines lines={4} />;
  if (holds.isError)
    return (
      <ErrorState
        title="The holds could not be read"
        error={holds.error}
        onRetry={() => void holds.refetch()}
      />
    );
  const place = (
    <Button variant="primary" onClick={() => setPlacing(true)}>
      Place a hold
    </Button>
  );
  return (
    <>
      {holds.data.length === 0 ? (
        <EmptyState title="Nothing is under a legal hold" action={place}>
          A hold keeps everything of a project, an organization or a person, whatever the retention policies
          say.
        </EmptyState>
      ) : (
        <>
          <div>{place}</div>
          <ul className="border-t border-hairline">
            {holds.data.map((hold) => (
              <li key={hold.id} className="flex items-start gap-4 border-b border-hairline py-3">
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                    <span className="min-w-0 truncate">{hold.subject_name ?? hold.subject_id}</span>
                    <Badge tone={hold.released_at === null ? 'warn' : 'neutral'}>
                      {hold.released_at === null
                        ? `${humanize(hold.scope)} on hold`
                        : `Released ${formatDate(hold.released_at)}`}
                    </Badge>
                  </p>
                  <p className="text-sm break-words text-ink-2">{hold.reason}</p>
                  <p className="text-xs text-ink-3">Since {formatDate(hold.created_at)}</p>
                </div>
                {hold.released_at === null ? (
                  <Button size="sm" onClick={() => setReleasing(hold)}>
                    Release
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
      {placing ? <PlaceDialog onClose={() => setPlacing(false)} /> : null}
      {releasing ? <ReleaseDialog hold={releasing} onClose={() => setReleasing(null)} /> : null}
    </>
  );
}

function PlaceDialog({ onClose }: { onClose: () => void }) {
  const place = usePlaceHold();
  const [idError, setIdError] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const id = ID.exec(String(form.get('subject')))?.[0];
    setIdError(id ? undefined : 'Paste the address of the page, or the id it ends with.');
    if (!id) return;
    place.mutate(
      {
        scope: String(form.get('scope')) as LegalHold['scope'],
        subject_id: id.toLowerCase(),
        reason: String(form.get('reason')).trim(),
      },
      {
        onSuccess: () => {
          toast('The hold is placed.');
          onClose();
        },
        onError: toastProblem('The hold was not placed'),
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Place a legal hold"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="place-hold" busy={place.isPending}>
            Place the hold
          </Button>
        </>
      }
    >
      <form id="place-hold" onSubmit={submit} className="flex flex-col gap-4">
        <Field label="What is kept">
          <Select name="scope" defaultValue="project">
            {LEGAL_HOLD_SCOPES.map((scope) => (
              <option key={scope} value={scope}>
                {scope === 'user' ? 'A person' : scope === 'project' ? 'A project' : 'An organization'}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Address or id" hint="For instance the address of the project’s page." error={idError}>
          <Input name="subject" required maxLength={500} />
        </Field>
        <Field label="Reason">
          <Textarea name="reason" required maxLength={1000} rows={3} />
        </Field>
      </form>
    </Dialog>
  );
}

function ReleaseDialog({ hold, onClose }: { hold: LegalHold; onClose: () => void }) {
  const release = useReleaseHold();
  return (
    <Dialog
      open
      onClose={onClose}
      title="Release this hold?"
      size="sm"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            busy={release.isPending}
            onClick={() =>
              release.mutate(hold.id, {
                onSuccess: onClose,
                onError: toastProblem('The hold was not released'),
              })
            }
          >
            Release
          </Button>
        </>
      }
    >
      <p className="text-sm">
        The retention policies take hold of {hold.subject_name ?? 'it'} again at their next run; what is long
        due is deleted then.
      </p>
    </Dialog>
  );
}
