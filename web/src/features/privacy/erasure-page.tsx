// Erasing a person: found by e-mail, shown what it would do, confirmed by the address once more; with the receipts of all
// erasures, which name nobody.
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { ErasurePreview, ErasureReceipt } from '../../../../contract/privacy.ts';
import { erasuresQuery, useErase, useFindPerson } from '../../api/privacy.ts';
import { fieldError, problemText } from '../../api/problem.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { download } from '../../ui/csv.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Textarea } from '../../ui/field.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatAgo, formatCount, formatDate, humanize } from '../../ui/units.ts';
import { ErasureEffects } from './effects.tsx';

export default function ErasurePage() {
  const [person, setPerson] = useState<ErasurePreview | null>(null);
  return (
    <>
      <Find onFound={setPerson} />
      <Receipts />
      {person ? <EraseDialog person={person} onClose={() => setPerson(null)} /> : null}
    </>
  );
}

function Find({ onFound }: { onFound: (person: ErasurePreview) => void }) {
  const find = useFindPerson();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    find.mutate(String(new FormData(event.currentTarget).get('email')).trim(), { onSuccess: onFound });
  };
  return (
    <form onSubmit={submit} className="flex max-w-130 flex-wrap items-end gap-3">
      <Field
        label="Person"
        hint="The e-mail of the account."
        className="min-w-60 flex-1"
        error={
          find.isError
            ? (fieldError(find.error, 'email') ?? 'There is no account with this address.')
            : undefined
        }
      >
        <Input name="email" type="email" required maxLength={255} autoComplete="off" />
      </Field>
      <Button type="submit" busy={find.isPending} className="mb-6">
        Show what would be erased
      </Button>
    </form>
  );
}

function EraseDialog({ person, onClose }: { person: ErasurePreview; onClose: () => void }) {
  const erase = useErase();
  const blocked = person.blocked_by.length > 0;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    erase.mutate(
      {
        user_id: person.user_id,
        email: String(form.get('email')).trim(),
        reason: String(form.get('reason')).trim(),
      },
      {
        onSuccess: () => {
          toast('The person is being erased; the receipt is below.');
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Erase ${person.email}?`}
      description="Their words, visits, sessions and files are deleted in every store. This cannot be taken back."
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="danger" type="submit" form="erase" disabled={blocked} busy={erase.isPending}>
            Erase
          </Button>
        </>
      }
    >
      <form id="erase" onSubmit={submit} className="flex flex-col gap-4">
        <ErasureEffects preview={person} />
        {blocked ? null : (
          <>
            <Field label="Reason" hint="Stands on the receipt: no names.">
              <Textarea name="reason" required maxLength={1000} rows={2} />
            </Field>
            <Field label="The address once more" error={erase.isError ? problemText(erase.error) : undefined}>
              <Input name="email" type="email" required autoComplete="off" />
            </Field>
          </>
        )}
      </form>
    </Dialog>
  );
}

const STEP_COLUMNS: readonly Column<ErasureReceipt['steps'][number]>[] = [
  { key: 'store', header: 'Store', cell: (step) => step.store, wideOnly: true },
  {
    key: 'subject',
    header: 'What',
    cell: (step) => (
      <>
        {humanize(step.subject)}
        {step.why ? <span className="block text-xs text-ink-3">{step.why}</span> : null}
      </>
    ),
  },
  { key: 'done', header: 'Done', cell: (step) => humanize(step.done) },
  { key: 'records', header: 'Records', align: 'right', cell: (step) => formatCount(step.records) },
];

function Receipts() {
  const receipts = useQuery(erasuresQuery);
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">Receipts</h2>
      {receipts.isPending ? <SkeletonLines lines={3} /> : null}
      {receipts.isError ? (
        <ErrorState
          title="The receipts could not be read"
          error={receipts.error}
          onRetry={() => void receipts.refetch()}
        />
      ) : null}
      {receipts.data?.length === 0 ? <p className="text-sm text-ink-3">Nobody has been erased.</p> : null}
      {receipts.data?.map((receipt) => (
        <details key={receipt.id} className="border-t border-hairline pt-2">
          <summary className="flex cursor-pointer flex-wrap items-center gap-2 py-1 text-sm">
            <span>{formatDate(receipt.requested_at)}</span>
            <span className="text-ink-3">{formatAgo(receipt.requested_at)}</span>
            <Badge tone={receipt.status === 'done' ? 'good' : receipt.status === 'failed' ? 'bad' : 'accent'}>
              {humanize(receipt.status)}
            </Badge>
          </summary>
          <div className="flex flex-col gap-3 py-2">
            <p className="text-sm break-words text-ink-2">
              {receipt.reason}
              {receipt.backups_gone_by
                ? ` Backups that still hold the person are to be deleted by ${formatDate(receipt.backups_gone_by)}.`
                : ''}
            </p>
            {receipt.error ? <p className="text-sm text-bad">{receipt.error}</p> : null}
            <Table
              label="What was erased"
              columns={STEP_COLUMNS}
              rows={receipt.steps}
              rowKey={(step) => `${step.store}/${step.subject}/${step.done}`}
            />
            <div>
              <Button
                size="sm"
                onClick={() =>
                  download(`erasure-${receipt.id}.json`, JSON.stringify(receipt, null, 2), 'application/json')
                }
              >
                <Download aria-hidden="true" />
                Receipt
              </Button>
            </div>
          </div>
        </details>
      ))}
    </section>
  );
}
