// History: every version with its time, person and reason; opened, what changed in words and in the bill, while the plan
// shows the same in the drawing; and the way back.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import type { ProjectVersion } from '../../../../contract/versions.ts';
import { useRestoreVersion, useSaveVersion, versionDiffQuery, versionsQuery } from '../../api/versions.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Segmented } from '../../ui/field.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo } from '../../ui/units.ts';
import { BillChanges } from './bill-changes.tsx';
import { type Comparison, comparedTo, useComparison } from './comparison.ts';

const KINDS = { named: null, automatic: 'automatic', restored: 'brought back' } as const;

export function HistoryPanel({ project }: { project: Project }) {
  const versions = useQuery(versionsQuery(project.id));
  const { shown, show } = useComparison();
  const mayEdit = projectRoleMay(project.role, 'project:edit');
  return (
    <>
      {mayEdit ? <SaveVersion project={project} /> : null}
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        {versions.isPending ? (
          <div className="px-5 py-4">
            <SkeletonLines lines={5} />
          </div>
        ) : versions.isError ? (
          <ErrorState
            title="The history could not be loaded"
            error={versions.error}
            onRetry={() => void versions.refetch()}
          />
        ) : versions.data.length === 0 ? (
          <EmptyState title="No versions yet" className="px-5">
            A version is kept by itself when the plan is read, furniture is recommended, a scenario is
            selected or the project is approved. You can also keep one by name.
          </EmptyState>
        ) : (
          <ol>
            {versions.data.map((version) => (
              <Version
                key={version.id}
                project={project}
                version={version}
                mayRestore={mayEdit && version.can_restore}
                comparison={shown?.version === version.version_number ? shown : null}
                onShow={show}
              />
            ))}
          </ol>
        )}
      </div>
    </>
  );
}

function SaveVersion({ project }: { project: Project }) {
  const save = useSaveVersion(project.id);
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(name.trim(), {
      onSuccess: ({ version_number }) => {
        setName('');
        toast(`Version ${version_number} kept`);
      },
      onError: toastProblem('The version was not kept'),
    });
  };
  return (
    <form onSubmit={submit} className="flex gap-2 border-b border-hairline px-5 py-3">
      <Field label="Name of the version" hideLabel className="min-w-0 flex-1">
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={500}
          placeholder="Name the present state"
          className="h-8 text-sm"
        />
      </Field>
      <Button type="submit" disabled={name.trim() === ''} busy={save.isPending}>
        Keep
      </Button>
    </form>
  );
}

interface VersionProps {
  project: Project;
  version: ProjectVersion;
  mayRestore: boolean;
  comparison: Comparison | null;
  onShow: (comparison: Comparison | null) => void;
}

function Version({ project, version, mayRestore, comparison, onShow }: VersionProps) {
  const { version_number, kind, change_summary, created_by_name, created_at } = version;
  const open = comparison !== null;
  return (
    <li className={cx('border-b border-hairline', open && 'bg-surface shadow-[inset_3px_0_0_var(--accent)]')}>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => onShow(open ? null : { version: version_number, against: 'before' })}
        className="grid w-full grid-cols-[2rem_minmax(0,1fr)_auto] items-baseline gap-2 px-5 py-2.5 text-left outline-offset-[-2px] hover:bg-hover"
      >
        <span className="text-sm text-ink-3 tabular-nums">{version_number}</span>
        <span className="min-w-0">
          <span className="block text-sm font-medium">{change_summary ?? 'Version'}</span>
          <span className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
            {created_by_name ?? 'through a link'}
            {KINDS[kind] === null ? null : <Badge>{KINDS[kind]}</Badge>}
          </span>
        </span>
        <time
          dateTime={created_at}
          title={new Date(created_at).toLocaleString()}
          className="text-xs text-ink-3"
        >
          {formatAgo(created_at)}
        </time>
      </button>
      {comparison ? (
        <Changes
          project={project}
          version={version}
          mayRestore={mayRestore}
          comparison={comparison}
          onShow={onShow}
        />
      ) : null}
    </li>
  );
}

function Changes({
  project,
  version,
  mayRestore,
  comparison,
  onShow,
}: VersionProps & { comparison: Comparison }) {
  const { from, to } = comparedTo(comparison);
  const first = from === 0;
  const diff = useQuery({ ...versionDiffQuery(project.id, from, to), enabled: !first });
  const [asking, setAsking] = useState(false);
  return (
    <div className="px-5 pb-4 pl-15">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Segmented
          label="Compare"
          value={comparison.against}
          onChange={(against) => onShow({ ...comparison, against })}
          options={[
            { value: 'before', label: 'What it changed' },
            { value: 'now', label: 'Since then' },
          ]}
        />
        {mayRestore ? (
          <Button size="sm" className="ml-auto" onClick={() => setAsking(true)}>
            Bring back
          </Button>
        ) : null}
      </div>
      {first ? (
        <p className="text-sm text-ink-2">The first version: there is nothing before it.</p>
      ) : diff.isPending ? (
        <SkeletonLines lines={3} />
      ) : diff.isError ? (
        <ErrorState
          title="They could not be compared"
          error={diff.error}
          onRetry={() => void diff.refetch()}
        />
      ) : diff.data.words.length === 0 ? (
        <p className="text-sm text-ink-2">Nothing differs.</p>
      ) : (
        <>
          <ul className="mb-3 list-disc pl-4 text-sm marker:text-ink-3">
            {diff.data.words.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <Legend />
          <BillChanges diff={diff.data} />
        </>
      )}
      {asking ? (
        <AskRestore
          project={project}
          version={version}
          onClose={() => setAsking(false)}
          onDone={() => onShow(null)}
        />
      ) : null}
    </div>
  );
}

function Legend() {
  const keys = [
    ['added', 'border-good bg-good-wash'],
    ['removed', 'border-dashed border-bad bg-bad-wash'],
    ['changed', 'border-warn bg-warn-wash'],
  ] as const;
  return (
    <p className="mb-3 flex flex-wrap gap-x-4 text-xs text-ink-3">
      On the plan:
      {keys.map(([name, look]) => (
        <span key={name} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={cx('size-2.5 rounded-xs border', look)} /> {name}
        </span>
      ))}
    </p>
  );
}

function AskRestore(props: {
  project: Project;
  version: ProjectVersion;
  onClose: () => void;
  onDone: () => void;
}) {
  const { project, version, onClose, onDone } = props;
  const restore = useRestoreVersion(project.id);
  return (
    <Dialog
      open
      size="sm"
      onClose={onClose}
      title={`Bring version ${version.version_number} back?`}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            busy={restore.isPending}
            onClick={() =>
              restore.mutate(version.version_number, {
                onSuccess: ({ kept_as, notes }) => {
                  const kept = kept_as === null ? '' : ` What stood before is version ${kept_as}.`;
                  toast(`Version ${version.version_number} is back.${kept} ${notes.join(' ')}`.trim());
                  onClose();
                  onDone();
                },
              })
            }
          >
            Bring back
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">
        Brief, rooms, furniture and scenarios become what they were in “{version.change_summary}”, as a new
        version. What stands now is kept too, so you can go back again.
      </p>
      {restore.error ? <ErrorState title="It was not brought back" error={restore.error} /> : null}
    </Dialog>
  );
}
