// What a place shows while it has nothing to show: loading, empty, failed; and how far a job is.
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { problemText } from '../api/problem.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';

export function Skeleton({ className }: { className?: string | undefined }) {
  return <div aria-hidden="true" className={cx('skeleton rounded-sm', className)} />;
}

/** Lines of text to come. */
export function SkeletonLines({ lines = 4 }: { lines?: number | undefined }) {
  return (
    <div className="flex flex-col gap-3" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move.
        <Skeleton key={index} className={cx('h-4', index % 3 === 2 ? 'w-1/2' : 'w-full')} />
      ))}
    </div>
  );
}

export interface EmptyStateProps {
  /** What this place is for. */
  title: string;
  children?: ReactNode;
  /** The one next action. */
  action?: ReactNode;
  className?: string | undefined;
}
export function EmptyState({ title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cx('flex flex-col items-start gap-3', className ?? 'py-8')}>
      <div className="max-w-120">
        <h2 className="text-lg font-semibold">{title}</h2>
        {children ? <div className="mt-1 text-base text-ink-2">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}

export interface ErrorStateProps {
  /** What could not be done: "The products could not be loaded". */
  title: string;
  error: unknown;
  onRetry?: (() => void) | undefined;
  className?: string | undefined;
}
/** What happened and what to do, in place. */
export function ErrorState({ title, error, onRetry, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cx('flex gap-3 rounded-md bg-bad-wash p-3 text-sm', className)}>
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="flex flex-col items-start gap-2">
        <div>
          <p className="font-medium">{title}</p>
          <p className="text-ink-2">{problemText(error)}</p>
        </div>
        {onRetry ? (
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        ) : null}
      </div>
    </div>
  );
}

export interface ProgressProps {
  label: string;
  /** 0 to 100; absent while the end is not known. */
  value?: number | undefined;
  note?: string | null | undefined;
}
export function Progress({ label, value, note }: ProgressProps) {
  const shown = value === undefined ? undefined : Math.max(0, Math.min(100, Math.round(value)));
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <span className="font-medium">{label}</span>
        {shown === undefined ? null : <span className="text-ink-2">{shown} %</span>}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={shown}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={note ?? undefined}
        className="h-1 overflow-hidden rounded-full bg-hairline"
      >
        <div
          className={cx(
            'h-full rounded-full bg-accent transition-[width] duration-300',
            shown === undefined && 'w-1/3 animate-pulse',
          )}
          style={shown === undefined ? undefined : { width: `${shown}%` }}
        />
      </div>
      {note ? <p className="text-xs text-ink-2">{note}</p> : null}
    </div>
  );
}

/** A thin bar of a share, 0 to 1, with its number: confidence, coverage. */
export function ShareBar({ value, label }: { value: number | null; label: string }) {
  if (value === null) return <span className="text-ink-3">–</span>;
  const percent = Math.round(value * 100);
  const tone = percent >= 80 ? 'bg-good' : percent >= 60 ? 'bg-warn' : 'bg-bad';
  return (
    <span className="inline-flex items-center gap-2" title={`${label}: ${percent} %`}>
      <span className="h-1 w-10 overflow-hidden rounded-full bg-hairline" aria-hidden="true">
        <span className={cx('block h-full', tone)} style={{ width: `${percent}%` }} />
      </span>
      <span className="w-9 text-right text-xs text-ink-2">
        <span className="sr-only">{label} </span>
        {percent} %
      </span>
    </span>
  );
}
