// A copy of a project under a new name: what comes along is chosen.
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import type { ProjectListItem } from '../../../../contract/projects.ts';
import type { ClonePart } from '../../../../contract/versions.ts';
import { fieldError } from '../../api/problem.ts';
import { useCloneProject } from '../../api/versions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Field, Input } from '../../ui/field.tsx';
import { ErrorState } from '../../ui/states.tsx';

const PARTS: readonly { part: ClonePart; label: string }[] = [
  { part: 'brief', label: 'Brief and terms' },
  { part: 'plan', label: 'Floor plans and rooms' },
  { part: 'furniture', label: 'Furniture and scenarios' },
];

export function CloneDialog({
  project,
  onClose,
}: {
  project: Pick<ProjectListItem, 'id' | 'name'>;
  onClose: () => void;
}) {
  const clone = useCloneProject();
  const navigate = useNavigate();
  const form = useId();
  const [parts, setParts] = useState<readonly ClonePart[]>(['brief', 'plan', 'furniture']);
  const toggle = (part: ClonePart, on: boolean) =>
    setParts((before) => {
      const next = on ? [...before, part] : before.filter((one) => one !== part);
      // Furniture stands in rooms.
      return next.includes('plan') ? next : next.filter((one) => one !== 'furniture');
    });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    clone.mutate(
      { id: project.id, name, parts: [...parts] },
      { onSuccess: ({ id }) => void navigate({ to: '/projects/$projectId', params: { projectId: id } }) },
    );
  };
  return (
    <Dialog
      open
      size="sm"
      onClose={onClose}
      title="Copy the project"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" busy={clone.isPending}>
            Copy
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" error={fieldError(clone.error, 'name')}>
          <Input name="name" required maxLength={255} defaultValue={`${project.name}, copy`.slice(0, 255)} />
        </Field>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-sm font-medium">Take along</legend>
          {PARTS.map(({ part, label }) => (
            <Checkbox
              key={part}
              label={label}
              checked={parts.includes(part)}
              disabled={part === 'furniture' && !parts.includes('plan')}
              onChange={(event) => toggle(part, event.target.checked)}
            />
          ))}
        </fieldset>
        {clone.error && !fieldError(clone.error, 'name') ? (
          <ErrorState title="The project was not copied" error={clone.error} />
        ) : null}
      </form>
    </Dialog>
  );
}
