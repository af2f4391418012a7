// Form controls: a Field carries label, hint and error and wires them to the control inside it.

import { ChevronDown, Search } from 'lucide-react';
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react';
import { cx } from './cx.ts';

interface FieldWiring {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}
const FieldContext = createContext<FieldWiring | null>(null);

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do; shown in place of the hint. */
  error?: string | undefined;
  /** Said after the label for what may be left empty. */
  optional?: boolean | undefined;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
}

export function Field({ label, hint, error, optional, hideLabel, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <FieldContext value={{ id, describedBy: note ? noteId : undefined, invalid: Boolean(error) }}>
      <div className={cx('flex flex-col gap-1.5', className)}>
        <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-medium text-ink'}>
          {label}
          {optional ? <span className="font-normal text-ink-3"> optional</span> : null}
        </label>
        {children}
        {note ? (
          <p
            id={noteId}
            className={cx('text-xs', error ? 'text-bad' : 'text-ink-3')}
            role={error ? 'alert' : undefined}
          >
            {note}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}

function useWiring() {
  const field = useContext(FieldContext);
  return field
    ? { id: field.id, 'aria-describedby': field.describedBy, 'aria-invalid': field.invalid || undefined }
    : {};
}

const CONTROL = cx(
  'w-full rounded-md border border-control bg-surface text-ink transition-colors',
  'hover:border-ink-3 focus-visible:border-accent focus-visible:outline-offset-0',
  'aria-invalid:border-bad disabled:bg-sunken disabled:text-ink-3',
);

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useWiring()} {...rest} className={cx(CONTROL, 'h-9 px-2.5 text-base', className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useWiring()}
      {...rest}
      className={cx(CONTROL, 'min-h-20 px-2.5 py-2 text-base', className)}
    />
  );
}

export interface SelectProps extends ComponentProps<'select'> {
  controlSize?: 'sm' | 'md' | undefined;
}
/** The platform's own list: keyboard, touch and screen readers come with it. */
export function Select({ className, controlSize = 'md', children, ...rest }: SelectProps) {
  return (
    <span className={cx('relative inline-flex', className)}>
      <select
        {...useWiring()}
        {...rest}
        className={cx(
          CONTROL,
          'appearance-none truncate pr-7',
          controlSize === 'sm' ? 'h-7 pl-2 text-sm' : 'h-9 pl-2.5 text-base',
        )}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-ink-3"
      />
    </span>
  );
}

export interface SearchInputProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: string;
}
export function SearchInput({ label, className, ...rest }: SearchInputProps) {
  return (
    <span className={cx('relative inline-flex min-w-0', className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        {...rest}
        className={cx(CONTROL, 'h-8 pr-2 pl-8 text-sm')}
      />
    </span>
  );
}

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode;
}
export function Checkbox({ label, className, ...rest }: CheckboxProps) {
  return (
    <label className={cx('inline-flex min-h-6 cursor-pointer items-center gap-2 text-sm', className)}>
      <input type="checkbox" {...rest} className="size-4 shrink-0 accent-[var(--accent)]" />
      {label}
    </label>
  );
}

export interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode }[];
  onChange: (value: T) => void;
  /** md stands beside fields, as high as they are. */
  size?: 'sm' | 'md' | undefined;
  className?: string | undefined;
}
/** Two to five choices side by side: a radio group. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  size = 'sm',
  className,
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={cx('inline-flex w-fit rounded-md border border-line bg-sunken p-0.5', className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'inline-flex cursor-pointer items-center gap-1.5 rounded-sm px-2.5 text-sm text-ink-2 has-checked:bg-surface has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line)] has-focus-visible:outline-2 has-focus-visible:outline-accent',
            size === 'md' ? 'h-7.5' : 'h-6.5',
          )}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
