// The structured brief: what is stated, each value with the sentence it came from, and what nobody has said yet.
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Evidence } from '../../../../contract/brief.ts';
import type { Project } from '../../../../contract/projects.ts';
import { cx } from '../../ui/cx.ts';
import { useUnits } from '../../ui/figures.tsx';
import { useEditBrief } from './edit.ts';
import { FieldEditor } from './editors.tsx';
import { BRIEF_FIELDS, type BriefField, evidenceFor, formatValue, statedValue } from './fields.ts';

export interface SheetProps {
  project: Project;
  evidence: readonly Evidence[];
  /** Evidence of the project's other conversations. */
  elsewhere: readonly Evidence[];
  mayEdit: boolean;
  /** Fields the last message changed. */
  fresh: readonly string[];
  onSource: (source: Evidence) => void;
}

export function BriefSheet({ project, evidence, elsewhere, mayEdit, fresh, onSource }: SheetProps) {
  const [editing, setEditing] = useState<string | null>(null);
  const edit = useEditBrief(project);
  const stated = BRIEF_FIELDS.filter((field) => statedValue(project, field.path) !== undefined);
  const open = BRIEF_FIELDS.filter((field) => statedValue(project, field.path) === undefined);
  const row = (field: BriefField) => (
    <FieldRow
      key={field.path}
      field={field}
      project={project}
      evidence={evidence}
      elsewhere={elsewhere}
      editing={editing === field.path}
      mayEdit={mayEdit}
      fresh={fresh.includes(field.path)}
      onEdit={() => setEditing(field.path)}
      onClose={() => setEditing(null)}
      onSave={(value) => edit([{ path: field.path, value }])}
      onSource={onSource}
    />
  );
  const adding = open.find((field) => field.path === editing);
  return (
    <div>
      <dl>{stated.map(row)}</dl>
      {adding ? <dl>{row(adding)}</dl> : null}
      {mayEdit && open.length > 0 ? (
        <div
          className={cx(
            'flex flex-wrap gap-x-1 gap-y-0.5',
            stated.length > 0 && 'border-t border-hairline pt-2',
          )}
        >
          <h3 className="mr-1 inline-flex min-h-6 items-center text-xs text-ink-3">Not stated</h3>
          {open
            .filter((field) => field !== adding)
            .map((field) => (
              <button
                key={field.path}
                type="button"
                onClick={() => setEditing(field.path)}
                className="inline-flex min-h-6 items-center gap-0.5 rounded-sm px-1 text-xs text-ink-2 hover:bg-hover hover:text-ink"
              >
                <Plus aria-hidden="true" className="size-3 text-ink-3" />
                {field.label}
              </button>
            ))}
        </div>
      ) : null}
    </div>
  );
}

interface RowProps {
  field: BriefField;
  project: Project;
  evidence: readonly Evidence[];
  elsewhere: readonly Evidence[];
  editing: boolean;
  mayEdit: boolean;
  fresh: boolean;
  onEdit: () => void;
  onClose: () => void;
  onSave: (value: unknown) => Promise<void>;
  onSource: (source: Evidence) => void;
}

function FieldRow(props: RowProps) {
  const { field, project, evidence, elsewhere, editing, mayEdit, fresh, onEdit, onClose, onSave, onSource } =
    props;
  const units = useUnits();
  const value = statedValue(project, field.path);
  const sources = evidenceFor(evidence, field.path, value);
  const currency = typeof project.budget['currency'] === 'string' ? project.budget['currency'] : 'USD';
  return (
    <div className="group grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 border-t border-hairline py-1.5 first:border-t-0">
      <dt className="pt-0.5 text-xs text-ink-3">{field.label}</dt>
      <dd className="min-w-0 text-sm">
        {editing ? (
          <FieldEditor field={field} value={value} onSave={onSave} onClose={onClose} />
        ) : (
          <>
            {mayEdit ? (
              <button
                type="button"
                onClick={onEdit}
                aria-label={`${field.label}: ${formatValue(field.path, value, units, currency)}. Edit`}
                className={cx(
                  '-mx-1 inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-sm px-1 text-left font-medium hover:bg-hover',
                  fresh && 'bg-accent-wash',
                )}
              >
                {formatValue(field.path, value, units, currency)}
                <Pencil
                  aria-hidden="true"
                  className="size-3 shrink-0 text-ink-3 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
                />
              </button>
            ) : (
              <span className="font-medium">{formatValue(field.path, value, units, currency)}</span>
            )}
            <Sources
              sources={sources}
              elsewhere={evidenceFor(elsewhere, field.path, value)}
              onSource={onSource}
            />
          </>
        )}
      </dd>
    </div>
  );
}

/** The sentence on one line; a click shows it where it was said. */
function Sources({
  sources,
  elsewhere,
  onSource,
}: {
  sources: readonly Evidence[];
  /** Of the project's other conversations. */
  elsewhere: readonly Evidence[];
  onSource: (source: Evidence) => void;
}) {
  const [other] = elsewhere;
  if (sources.length === 0 && other !== undefined)
    return (
      <p className="flex items-baseline gap-1.5 text-xs text-ink-2" title={`“${other.quote.trim()}”`}>
        <q className="min-w-0 truncate">{other.quote.trim()}</q>
        <span className="shrink-0 text-ink-3">another conversation</span>
      </p>
    );
  if (sources.length === 0) return <p className="text-xs text-ink-3">Entered by hand</p>;
  return (
    <ul>
      {sources.map((source) => (
        <li key={`${source.turn}:${source.quote}`}>
          <button
            type="button"
            onClick={() => onSource(source)}
            title={`Message ${source.turn + 1}: “${source.quote.trim()}”`}
            className="-mx-1 flex w-[calc(100%+0.5rem)] items-baseline gap-1.5 rounded-sm px-1 text-left text-xs text-ink-2 hover:bg-hover hover:text-ink"
          >
            <q className="min-w-0 truncate">{source.quote.trim()}</q>
            <span className="shrink-0 text-ink-3">
              <span className="sr-only">message </span>
              {source.turn + 1}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
