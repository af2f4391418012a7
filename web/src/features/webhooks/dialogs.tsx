// Adding a webhook, its secret (shown once), a new secret, deleting.
import { type FormEvent, useState } from 'react';
import {
  type CreatedWebhook,
  WEBHOOK_TYPES,
  type Webhook,
  type WebhookType,
} from '../../../../contract/webhooks.ts';
import { fieldError } from '../../api/problem.ts';
import { useAddWebhook, useRemoveWebhook, useRotateSecret } from '../../api/webhooks.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Field, Input } from '../../ui/field.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { typeLabel } from './labels.ts';

interface MadeProps {
  onClose: () => void;
  onMade: (made: CreatedWebhook) => void;
}

export function AddDialog({ organizationId, onClose, onMade }: MadeProps & { organizationId: string }) {
  const add = useAddWebhook(organizationId);
  const [nothing, setNothing] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const types = form.getAll('types') as WebhookType[];
    // None would mean all to the server.
    setNothing(types.length === 0);
    if (types.length === 0) return;
    add.mutate(
      {
        url: String(form.get('url') ?? '').trim(),
        description: String(form.get('description') ?? ''),
        types: types.length === WEBHOOK_TYPES.length ? [] : types,
      },
      { onSuccess: onMade, onError: toastProblem('The webhook was not added') },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a webhook"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="add-webhook" variant="primary" busy={add.isPending}>
            Add
          </Button>
        </>
      }
    >
      <form id="add-webhook" onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Address" hint="https, reachable from the internet" error={fieldError(add.error, 'url')}>
          <Input
            name="url"
            type="url"
            required
            maxLength={500}
            placeholder="https://orders.example.com/ofs"
          />
        </Field>
        <Field label="What it is for" optional>
          <Input name="description" maxLength={200} />
        </Field>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-sm font-medium">Tell it when</legend>
          {WEBHOOK_TYPES.map((type) => (
            <Checkbox key={type} name="types" value={type} defaultChecked label={typeLabel(type)} />
          ))}
          {nothing ? (
            <p role="alert" className="text-xs text-bad">
              Choose at least one.
            </p>
          ) : null}
        </fieldset>
      </form>
    </Dialog>
  );
}

export function SecretDialog({ made, onClose }: { made: CreatedWebhook; onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <Dialog
      open
      onClose={onClose}
      title="The secret of this webhook"
      description="It is shown this once. Your program needs it to see that a message is ours."
      footer={
        <>
          <Button
            onClick={async () => {
              await navigator.clipboard?.writeText(made.secret).then(
                () => setCopied(true),
                () => toast('Copying is not allowed here; select the secret and copy it.'),
              );
            }}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <Field label="Secret">
        <Input
          readOnly
          className="font-mono text-xs"
          value={made.secret}
          onFocus={(event) => event.currentTarget.select()}
        />
      </Field>
      {made.previous_secret_until === null ? null : (
        <p className="mt-3 text-sm text-ink-2">
          For a day messages are signed with the old secret as well, so that you can change over at leisure.
        </p>
      )}
    </Dialog>
  );
}

export function RotateDialog({ webhook, onClose, onMade }: MadeProps & { webhook: Webhook }) {
  const rotate = useRotateSecret(webhook);
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title="Make a new secret?"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={rotate.isPending}
            onClick={() =>
              rotate.mutate(undefined, { onSuccess: onMade, onError: toastProblem('No secret was made') })
            }
          >
            Make a new secret
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">
        Messages to {webhook.url} are signed with both secrets for a day, then with the new one only.
      </p>
    </Dialog>
  );
}

export function RemoveDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const remove = useRemoveWebhook(webhook);
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title="Delete this webhook?"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            busy={remove.isPending}
            onClick={() =>
              remove.mutate(undefined, {
                onSuccess: onClose,
                onError: toastProblem('The webhook was not deleted'),
              })
            }
          >
            Delete
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">
        {webhook.url} gets no more messages, and the log of what was sent goes with it.
      </p>
    </Dialog>
  );
}
