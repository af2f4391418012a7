// Asks which value stays where somebody else changed the same field meanwhile; then the change is saved.
import { useState, useSyncExternalStore } from 'react';
import { answerConflict, pendingConflict, watchConflicts } from '../../api/conflicts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { humanize, UNKNOWN } from '../../ui/units.ts';
import { type Conflict, withTheirs } from './conflict.ts';

/** Mounted once inside the workspace. */
export function ConflictDialog() {
  const asked = useSyncExternalStore(watchConflicts, pendingConflict);
  if (asked === null) return null;
  return <Ask key={asked.id} body={asked.body} conflicts={asked.conflicts} />;
}

function Ask({ body, conflicts }: { body: Record<string, unknown>; conflicts: readonly Conflict[] }) {
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const choose = (path: string, taken: boolean) =>
    setTheirs((before) => {
      const next = new Set(before);
      if (taken) next.add(path);
      else next.delete(path);
      return next;
    });
  return (
    <Dialog
      open
      onClose={() => answerConflict(null)}
      title="Somebody else changed this too"
      description="Choose what stays; everything else of both changes is kept."
      footer={
        <>
          <Button variant="quiet" onClick={() => answerConflict(null)}>
            Drop my change
          </Button>
          <Button
            variant="primary"
            onClick={() =>
              answerConflict(
                withTheirs(
                  body,
                  conflicts.filter(({ path }) => theirs.has(path)),
                ),
              )
            }
          >
            Save
          </Button>
        </>
      }
    >
      <ul className="flex flex-col gap-4">
        {conflicts.map((conflict) => (
          <li key={conflict.path}>
            <fieldset>
              <legend className="mb-1.5 text-sm font-medium">{label(conflict.path)}</legend>
              <p className="mb-1.5 text-xs text-ink-3">was {say(conflict.base)}</p>
              <div className="grid gap-2 sm:grid-cols-2">
                <Choice
                  name={conflict.path}
                  title="Mine"
                  value={conflict.mine}
                  checked={!theirs.has(conflict.path)}
                  onChoose={() => choose(conflict.path, false)}
                />
                <Choice
                  name={conflict.path}
                  title="Theirs"
                  value={conflict.theirs}
                  checked={theirs.has(conflict.path)}
                  onChoose={() => choose(conflict.path, true)}
                />
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Choice(props: {
  name: string;
  title: string;
  value: unknown;
  checked: boolean;
  onChoose: () => void;
}) {
  return (
    <label className="flex cursor-pointer gap-2 rounded-md border border-line p-2.5 text-sm has-checked:border-accent has-checked:bg-accent-wash">
      <input
        type="radio"
        name={props.name}
        checked={props.checked}
        onChange={props.onChoose}
        className="mt-0.5 size-4 accent-[var(--accent)]"
      />
      <span className="min-w-0 break-words">
        <span className="block text-xs text-ink-3">{props.title}</span>
        {say(props.value)}
      </span>
    </label>
  );
}

function label(path: string): string {
  return path
    .split('.')
    .filter((part) => part !== 'requirements')
    .map(humanize)
    .join(', ');
}

function say(value: unknown): string {
  if (value === undefined || value === null || value === '') return UNKNOWN;
  if (Array.isArray(value)) return value.length === 0 ? UNKNOWN : value.map(say).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, inner]) => `${humanize(key)}: ${say(inner)}`)
      .join(', ');
  if (typeof value === 'number') return value.toLocaleString('en-US');
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
