// Editing one field where it stands: Enter keeps, Escape leaves, and a refusal is said beside what was typed.
import { Check, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { problemText } from '../../api/problem.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Input, Select } from '../../ui/field.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { humanize, type Units } from '../../ui/units.ts';
import type { BriefField } from './fields.ts';

const SQFT_PER_SQM = 10.7639104;

/** The value as text in the input, in the person's units. */
function toText(field: BriefField, value: unknown, units: Units): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.join(', ');
  if (field.kind === 'area' && typeof value === 'number' && units === 'metric')
    return String(Math.round((value / SQFT_PER_SQM) * 10) / 10);
  return String(value);
}

type Read = { value: unknown } | { problem: string };

function readNumber(field: BriefField, text: string, units: Units): Read {
  const scaled = /^(.*?)\s*([km])$/i.exec(text.replaceAll(/[,$€£\s]/g, ''));
  const figure =
    Number(scaled?.[1] ?? text.replaceAll(/[,$€£\s]/g, '')) *
    (scaled ? (scaled[2]?.toLowerCase() === 'm' ? 1e6 : 1e3) : 1);
  if (!Number.isFinite(figure) || figure < 0) return { problem: 'Give a number, for instance 48' };
  if (field.kind === 'money') return { value: Math.round(figure * 100) / 100 };
  if (field.kind === 'area') return { value: Math.round(figure * (units === 'metric' ? SQFT_PER_SQM : 1)) };
  return Number.isInteger(figure) ? { value: figure } : { problem: 'Give a whole number' };
}

function read(field: BriefField, text: string, units: Units): Read {
  const trimmed = text.trim();
  if (trimmed === '') return { value: undefined };
  switch (field.kind) {
    case 'count':
    case 'area':
    case 'money':
    case 'days':
      return readNumber(field, trimmed, units);
    case 'words':
      return {
        value: trimmed
          .split(',')
          .map((word) => word.trim())
          .filter(Boolean),
      };
    case 'currency':
      return /^[a-z]{3}$/i.test(trimmed)
        ? { value: trimmed.toUpperCase() }
        : { problem: 'Three letters, for instance USD' };
    case 'flag':
      return { value: trimmed === 'true' };
    default:
      return { value: trimmed };
  }
}

const HINTS: Partial<Record<BriefField['kind'], string>> = {
  money: '587,500 or 600k',
  days: 'days',
  words: 'separated by commas',
  currency: 'USD',
};

export interface EditorProps {
  field: BriefField;
  value: unknown;
  onSave: (value: unknown) => Promise<void>;
  onClose: () => void;
}

export function FieldEditor({ field, value, onSave, onClose }: EditorProps) {
  const units = useUnits();
  const [text, setText] = useState(() => toText(field, value, units));
  const [many, setMany] = useState<string[]>(() => (Array.isArray(value) ? value.map(String) : []));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    const result: Read =
      field.kind === 'choices' ? { value: many.length > 0 ? many : undefined } : read(field, text, units);
    if ('problem' in result) return setProblem(result.problem);
    setBusy(true);
    try {
      await onSave(result.value);
      onClose();
    } catch (error) {
      setProblem(problemText(error));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form onSubmit={save} onKeyDown={onKeyDown} className="flex flex-col gap-1.5">
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          {field.kind === 'choices' ? (
            <Choices options={field.options ?? []} chosen={many} onChange={setMany} />
          ) : (
            <Control field={field} text={text} problem={problem} onText={setText} />
          )}
        </div>
        <IconButton label="Keep" type="submit" size="sm" disabled={busy} className="text-accent">
          <Check />
        </IconButton>
        <IconButton label="Leave as it was" size="sm" shortcut="Esc" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      {problem ? (
        <p role="alert" className="text-xs text-bad">
          {problem}
        </p>
      ) : null}
    </form>
  );
}

function Control(props: {
  field: BriefField;
  text: string;
  problem: string | null;
  onText: (text: string) => void;
}): ReactNode {
  const { field, text, problem, onText } = props;
  const metric = useUnits() === 'metric';
  if (field.kind === 'choice' || field.kind === 'flag') {
    const options = field.kind === 'flag' ? ['true', 'false'] : (field.options ?? []);
    return (
      <Select
        autoFocus
        aria-label={field.label}
        controlSize="sm"
        className="w-full"
        value={text}
        onChange={(event) => onText(event.target.value)}
      >
        <option value="">Not stated</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option === 'true' ? 'Important' : option === 'false' ? 'Not important' : humanize(option)}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <Input
      autoFocus
      aria-label={field.label}
      aria-invalid={problem ? true : undefined}
      type={field.kind === 'date' ? 'date' : 'text'}
      inputMode={['count', 'area', 'money', 'days'].includes(field.kind) ? 'decimal' : undefined}
      className="h-7! text-sm"
      placeholder={field.kind === 'area' ? (metric ? 'm²' : 'sq ft') : HINTS[field.kind]}
      value={text}
      onChange={(event) => onText(event.target.value)}
      onFocus={(event) => {
        if (field.kind !== 'date') event.target.select();
      }}
    />
  );
}

function Choices(props: {
  options: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const { options, chosen, onChange } = props;
  return (
    <div className="flex flex-wrap gap-1">
      {options.map((option) => {
        const on = chosen.includes(option);
        return (
          <button
            key={option}
            type="button"
            aria-pressed={on}
            onClick={() => onChange(on ? chosen.filter((other) => other !== option) : [...chosen, option])}
            className={cx(
              'min-h-6 rounded-sm border px-1.5 text-xs',
              on ? 'border-accent bg-accent-wash text-accent' : 'border-line text-ink-2 hover:border-control',
            )}
          >
            {humanize(option)}
          </button>
        );
      })}
    </div>
  );
}
