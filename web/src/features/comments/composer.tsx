// Writes a comment. "@" offers the people on the project; whose name stays in the text is named.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { ProjectPerson } from '../../../../contract/comments.ts';
import type { Project } from '../../../../contract/projects.ts';
import { peopleQuery } from '../../api/comments.ts';
import { problemText } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Textarea } from '../../ui/field.tsx';

export interface ComposerProps {
  project: Project;
  label: string;
  value?: string | undefined;
  autoFocus?: boolean | undefined;
  busy: boolean;
  /** Rejects where it did not arrive; the words then stay. */
  onSend: (body: string, mentions: string[]) => Promise<void>;
  onCancel?: (() => void) | undefined;
}

const OFFERED = 5;

export function Composer({ project, label, value = '', autoFocus, busy, onSend, onCancel }: ComposerProps) {
  const [body, setBody] = useState(value);
  const [problem, setProblem] = useState<string>();
  const { data: people = [] } = useQuery(peopleQuery(project.id));
  const area = useRef<HTMLFormElement>(null);
  const asked = /(?:^|\s)@([^\s@]*)$/.exec(body)?.[1]?.toLowerCase();
  const offered =
    asked === undefined
      ? []
      : people.filter(({ name }) => name.toLowerCase().includes(asked)).slice(0, OFFERED);
  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    if (body.trim() === '' || busy) return;
    try {
      await onSend(body.trim(), namedIn(body, people));
      setBody('');
      setProblem(undefined);
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
    if (event.key === 'Escape' && onCancel) onCancel();
    if (event.key === 'Tab' && offered[0] && !event.shiftKey) {
      event.preventDefault();
      take(offered[0]);
    }
  };
  const take = (person: ProjectPerson) => {
    setBody((text) => `${text.replace(/@[^\s@]*$/, '')}@${person.name} `);
    area.current?.querySelector('textarea')?.focus();
  };
  return (
    <form ref={area} onSubmit={(event) => void send(event)} className="flex flex-col gap-2">
      <Field label={label} hideLabel error={problem}>
        <Textarea
          value={body}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={onKeyDown}
          maxLength={5000}
          rows={2}
          autoFocus={autoFocus}
          placeholder={label}
          className="min-h-14 text-sm"
        />
      </Field>
      {offered.length > 0 ? (
        <fieldset className="flex flex-wrap gap-1">
          <legend className="sr-only">People</legend>
          {offered.map((person) => (
            <Button key={person.user_id} size="sm" onClick={() => take(person)}>
              {person.name}
            </Button>
          ))}
        </fieldset>
      ) : null}
      {body.trim() === '' && !onCancel ? null : (
        <div className="flex justify-end gap-2">
          {onCancel ? (
            <Button size="sm" variant="quiet" onClick={onCancel}>
              Cancel
            </Button>
          ) : null}
          <Button type="submit" size="sm" variant="primary" busy={busy} disabled={body.trim() === ''}>
            Send
          </Button>
        </div>
      )}
    </form>
  );
}

function namedIn(body: string, people: readonly ProjectPerson[]): string[] {
  return people.filter(({ name }) => body.includes(`@${name}`)).map(({ user_id }) => user_id);
}
