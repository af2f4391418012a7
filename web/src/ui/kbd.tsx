// A key, as it is written on the keyboard.
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export function Kbd({ children, inverted = false }: { children: ReactNode; inverted?: boolean | undefined }) {
  return (
    <kbd
      className={cx(
        'inline-grid h-[18px] min-w-[18px] place-items-center rounded-sm border px-1 font-sans text-2xs leading-none',
        inverted ? 'border-ink-3 text-ground' : 'border-line bg-sunken text-ink-2',
      )}
    >
      {children}
    </kbd>
  );
}

/** "⌘" on Apple machines, "Ctrl" elsewhere. */
export const MOD = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '') ? '⌘' : 'Ctrl';
