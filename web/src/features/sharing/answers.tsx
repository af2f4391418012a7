// What somebody says and decides through a share link, always with a name.
import { type FormEvent, useState } from 'react';
import type { SharedProject } from '../../../../contract/sharing.ts';
import { ApiProblem, fieldError, problemText } from '../../api/problem.ts';
import { useDecide, useSharedComment } from '../../api/sharing.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Textarea } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatAgo } from '../../ui/units.ts';

const NAME = 'share:name';

export function Speak({
  token,
  shared,
  room,
}: {
  token: string;
  shared: SharedProject;
  room: string | null;
}) {
  const comment = useSharedComment(token);
  const [body, setBody] = useState('');
  const [name, setName] = useState(sessionStorage.getItem(NAME) ?? '');
  const space = shared.floors.flatMap(({ spaces }) => spaces).find(({ id }) => id === room);
  const about = space ? [space.number, space.name].filter(Boolean).join(' ') || 'this room' : 'the project';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sessionStorage.setItem(NAME, name);
    comment.mutate(
      { name: name.trim(), body: body.trim(), ...(space ? { space_id: space.id } : {}) },
      { onSuccess: () => setBody('') },
    );
  };
  return (
    <section className="mb-6">
      <h2 className="mb-2 text-sm font-medium">Comments</h2>
      {shared.comments.length > 0 ? (
        <ul className="mb-3 divide-y divide-hairline border-y border-hairline">
          {shared.comments.map((thread) => (
            <li key={thread.id} className="py-2 text-sm">
              <p className="text-xs text-ink-3">{thread.subject.label}</p>
              {[thread, ...thread.replies]
                .filter((said) => said.deleted_at === null)
                .map((said) => (
                  <p key={said.id} className="mt-1 break-words whitespace-pre-wrap">
                    <span className="font-medium">{said.author_name}</span>{' '}
                    <span className="text-xs text-ink-3">{formatAgo(said.created_at)}</span>
                    <br />
                    {said.body}
                  </p>
                ))}
            </li>
          ))}
        </ul>
      ) : null}
      <form onSubmit={submit} className="flex flex-col gap-2">
        <Field label={`Comment on ${about}`} error={comment.error ? problemText(comment.error) : undefined}>
          <Textarea
            value={body}
            onChange={(event) => setBody(event.target.value)}
            required
            maxLength={5000}
          />
        </Field>
        <div className="flex items-end gap-2">
          <Field label="Your name" className="flex-1">
            <Input value={name} onChange={(event) => setName(event.target.value)} required maxLength={200} />
          </Field>
          <Button type="submit" busy={comment.isPending}>
            Send
          </Button>
        </div>
      </form>
    </section>
  );
}

export function Decide({ token, shared }: { token: string; shared: SharedProject }) {
  const decide = useDecide(token);
  const [decision, setDecision] = useState<'approved' | 'changes_requested'>();
  const [last] = shared.decisions;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (decision === undefined) return;
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    decide.mutate(
      {
        decision,
        name: text('name'),
        email: text('email'),
        state: shared.state,
        ...(text('note') === '' ? {} : { note: text('note') }),
      },
      {
        onSuccess: () => {
          setDecision(undefined);
          toast(decision === 'approved' ? 'Approved. Thank you.' : 'They will hear what to change.');
        },
      },
    );
  };
  const stale = decide.error instanceof ApiProblem && decide.error.status === 412;
  return (
    <section className="rounded-md border border-line bg-surface p-4">
      <h2 className="mb-1 text-sm font-medium">Your decision</h2>
      {last ? (
        <p className="mb-3 text-sm text-ink-2">
          {last.name} {last.decision === 'approved' ? 'approved version' : 'asked for changes to version'}{' '}
          {last.version_number} on {new Date(last.decided_at).toLocaleString()}.
        </p>
      ) : null}
      {decision === undefined ? (
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={() => setDecision('approved')}>
            Approve
          </Button>
          <Button onClick={() => setDecision('changes_requested')}>Ask for changes</Button>
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Your name" error={fieldError(decide.error, 'name')}>
              <Input name="name" required maxLength={200} autoComplete="name" />
            </Field>
            <Field label="E-mail" error={fieldError(decide.error, 'email')}>
              <Input name="email" type="email" required autoComplete="email" />
            </Field>
          </div>
          <Field
            label={decision === 'approved' ? 'Note' : 'What should change'}
            optional={decision === 'approved'}
          >
            <Textarea name="note" maxLength={5000} required={decision !== 'approved'} />
          </Field>
          {decide.error ? (
            <p role="alert" className="text-sm text-bad">
              {stale
                ? 'The project was changed meanwhile; it is shown as it is now. Decide again.'
                : problemText(decide.error)}
            </p>
          ) : null}
          <div className="flex flex-wrap justify-end gap-2">
            <Button variant="quiet" onClick={() => setDecision(undefined)}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" busy={decide.isPending}>
              {decision === 'approved' ? 'Approve this version' : 'Send'}
            </Button>
          </div>
          <p className="text-xs text-ink-3">
            Your name, e-mail and the time are recorded with the version you see.
          </p>
        </form>
      )}
    </section>
  );
}
