// The frame of a step's panel in the workspace: a quiet header that stays, a body that scrolls.
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface PanelHeaderProps {
  title: string;
  /** What is there, in figures: "60 rooms, 24,310 sq ft". */
  note?: ReactNode;
  actions?: ReactNode;
  /** A second row: search, filters. */
  children?: ReactNode;
}
export function PanelHeader({ title, note, actions, children }: PanelHeaderProps) {
  return (
    <header className="flex shrink-0 flex-col gap-3 border-b border-hairline px-5 pt-4 pb-3">
      <div className="flex items-start gap-3">
        <div className="mr-auto min-w-0">
          <h2 className="text-lg font-semibold">{title}</h2>
          {note ? <p className="text-sm text-ink-2">{note}</p> : null}
        </div>
        {actions ? <div className="flex shrink-0 items-center gap-1.5">{actions}</div> : null}
      </div>
      {children}
    </header>
  );
}

export function PanelBody({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return <div className={cx('relative min-h-0 flex-1 overflow-y-auto px-5 py-4', className)}>{children}</div>;
}

/** A titled part of a panel. */
export function PanelSection({
  title,
  note,
  actions,
  children,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mb-6 last:mb-0">
      <header className="mb-2 flex items-baseline gap-3">
        <h3 className="text-sm font-medium">{title}</h3>
        {note ? <p className="text-xs text-ink-3">{note}</p> : null}
        {actions ? <div className="ml-auto">{actions}</div> : null}
      </header>
      {children}
    </section>
  );
}
