// A modal on the platform's own <dialog>: focus stays inside and goes back where it was, Escape closes, the page behind is
// inert.
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Buttons, right-aligned, the main one last. */
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg' | undefined;
  /** Content to the edges and no title bar (the title is still announced). */
  bare?: boolean | undefined;
  children: ReactNode;
}

const WIDTH = { sm: 'max-w-100', md: 'max-w-130', lg: 'max-w-220' };

export function Dialog({
  open,
  onClose,
  title,
  description,
  footer,
  size = 'md',
  bare,
  children,
}: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const opener = useRef<Element | null>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog) return;
    if (!dialog.contains(document.activeElement)) opener.current = document.activeElement;
    if (!dialog.open) dialog.showModal();
    // The platform would start at the first button, which is "Close".
    (dialog.querySelector<HTMLElement>('input, textarea, select') ?? dialog).focus();
    return () => {
      // A dialog that is taken out of the page gives focus back to nobody.
      const to = opener.current;
      if (document.activeElement === document.body && to instanceof HTMLElement) to.focus();
    };
  }, [open]);
  if (!open) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key that does what a click on the backdrop does.
    <dialog
      ref={ref}
      tabIndex={-1}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className={cx(
        'appear m-auto w-[calc(100%-2rem)] rounded-lg focus-visible:outline-none border border-line bg-surface p-0 text-ink shadow-float',
        'backdrop:bg-scrim max-sm:mb-0 max-sm:w-full max-sm:max-w-none max-sm:rounded-b-none',
        bare && 'mt-[12vh]',
        WIDTH[size],
      )}
    >
      {bare ? (
        <>
          <h2 id={titleId} className="sr-only">
            {title}
          </h2>
          {children}
        </>
      ) : (
        <div className="flex max-h-[85vh] flex-col">
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-1">
            <div>
              <h2 id={titleId} className="text-lg font-semibold">
                {title}
              </h2>
              {description ? <p className="mt-0.5 text-sm text-ink-2">{description}</p> : null}
            </div>
            <IconButton label="Close" size="sm" onClick={onClose} className="-mr-1.5">
              <X />
            </IconButton>
          </header>
          <div className="overflow-y-auto px-5 py-3">{children}</div>
          {footer ? (
            <footer className="flex justify-end gap-2 border-t border-hairline px-5 py-3">{footer}</footer>
          ) : (
            <div className="h-2" />
          )}
        </div>
      )}
    </dialog>
  );
}
