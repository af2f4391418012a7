// The frame of a page outside the workspace: title, actions, content.
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { cx } from './cx.ts';

/** Sets the window's title: "Catalogue · OFS". */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · OFS`;
  }, [title]);
}

export interface PageProps {
  title: string;
  /** Buttons beside the title, the main one last. */
  actions?: ReactNode;
  /** A line under the title: counts, dates. */
  note?: ReactNode;
  /** Fills the height; the content scrolls by itself (virtual lists). */
  fill?: boolean | undefined;
  children: ReactNode;
}
export function Page({ title, actions, note, fill, children }: PageProps) {
  useTitle(title);
  return (
    <div
      className={cx(
        'mx-auto flex w-full max-w-300 flex-col gap-4 px-4 pt-6 md:px-8 md:pt-8',
        fill ? 'h-full min-h-0' : 'pb-12',
      )}
    >
      <header className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <div className="mr-auto min-w-0">
          <h1 className="text-2xl font-semibold">{title}</h1>
          {note ? <p className="mt-0.5 text-sm text-ink-2">{note}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}
