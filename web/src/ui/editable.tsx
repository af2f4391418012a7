// Text that is edited where it stands: click or Enter to begin, Enter or leaving to save, Escape to leave it as it was.
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { cx } from './cx.ts';

export interface EditableTextProps {
  label: string;
  value: string;
  placeholder: string;
  maxLength: number;
  onSave: (value: string) => void;
  /** Whether an empty value may be saved. */
  mayBeEmpty?: boolean | undefined;
  className?: string | undefined;
}

export function EditableText(props: EditableTextProps) {
  const { label, value, placeholder, maxLength, onSave, mayBeEmpty = false, className } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const finish = (save: boolean) => {
    const next = (draft ?? '').trim();
    setDraft(null);
    if (save && next !== value && (next !== '' || mayBeEmpty)) onSave(next);
  };
  if (draft === null) {
    return (
      <button
        type="button"
        aria-label={`${label}: ${value || 'none'}, edit`}
        onClick={(event) => {
          event.stopPropagation();
          setDraft(value);
        }}
        className={cx(
          'group/edit -mx-1.5 inline-flex min-h-7 min-w-0 items-center gap-1.5 rounded-sm px-1.5 text-left hover:bg-hover',
          className,
        )}
      >
        <span className={cx('truncate', !value && 'text-ink-3')}>{value || placeholder}</span>
        <Pencil
          aria-hidden="true"
          className="size-3 shrink-0 text-ink-3 opacity-0 group-hover/edit:opacity-100 group-focus-visible/edit:opacity-100"
        />
      </button>
    );
  }
  return (
    <input
      aria-label={label}
      value={draft}
      maxLength={maxLength}
      placeholder={placeholder}
      // biome-ignore lint/a11y/noAutofocus: the person just asked to type here.
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onClick={(event) => event.stopPropagation()}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(false);
      }}
      className={cx('-mx-1.5 h-7 min-w-0 rounded-sm border border-accent bg-surface px-1.5', className)}
    />
  );
}
