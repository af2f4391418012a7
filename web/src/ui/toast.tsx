// Brief messages at the foot of the page, with an undo where something can be taken back.
import { X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { problemText } from '../api/problem.ts';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';

export interface ToastOptions {
  tone?: 'neutral' | 'bad' | undefined;
  action?: { label: string; onSelect: () => void } | undefined;
  /** Milliseconds on screen; time stands still under the pointer or focus. */
  duration?: number | undefined;
}
interface ToastEntry extends ToastOptions {
  id: number;
  message: string;
}

let entries: readonly ToastEntry[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly ToastEntry[]) {
  entries = next;
  for (const listener of listeners) listener();
}
function dismiss(id: number) {
  change(entries.filter((entry) => entry.id !== id));
}

/** Shows a message: `toast('Project deleted', { action: { label: 'Undo', onSelect } })`. */
export function toast(message: string, options: ToastOptions = {}): void {
  change([...entries.slice(-2), { id: nextId++, message, ...options }]);
}
/** A message's button that takes back what it tells; none where there is no way back. */
export const undoable = (back: (() => void) | null | undefined): ToastOptions =>
  back ? { action: { label: 'Undo', onSelect: back } } : {};
/** Shows why something failed; for `onError` of mutations. */
export function toastProblem(title: string): (error: unknown) => void {
  return (error) => toast(`${title}: ${problemText(error)}`, { tone: 'bad', duration: 9000 });
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const list = useSyncExternalStore(subscribe, () => entries);
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-18 z-60 flex flex-col items-center gap-2 px-4 md:bottom-5"
    >
      {list.map((entry) => (
        <ToastView key={entry.id} entry={entry} />
      ))}
    </section>
  );
}

function ToastView({ entry }: { entry: ToastEntry }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(entry.id), entry.duration ?? (entry.action ? 8000 : 4500));
    return () => clearTimeout(timer);
  }, [held, entry]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only holds the clock.
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={cx(
        'appear pointer-events-auto flex max-w-lg items-center gap-3 rounded-lg border py-1.5 pr-1.5 pl-3.5 text-sm shadow-float',
        entry.tone === 'bad' ? 'border-bad bg-surface text-ink' : 'border-ink bg-ink text-ground',
      )}
    >
      <span className="py-1">{entry.message}</span>
      {entry.action ? (
        <button
          type="button"
          className="h-7 shrink-0 rounded-md px-2 font-medium underline underline-offset-3"
          onClick={() => {
            entry.action?.onSelect();
            dismiss(entry.id);
          }}
        >
          {entry.action.label}
        </button>
      ) : null}
      <IconButton
        label="Dismiss"
        size="sm"
        className="text-current hover:bg-transparent hover:text-current hover:opacity-70"
        onClick={() => dismiss(entry.id)}
      >
        <X />
      </IconButton>
    </div>
  );
}
