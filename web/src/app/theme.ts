// Light, dark or the system's choice: written on <html> and remembered for the next first paint (see public/theme.js).

import type { z } from 'zod';
import type { Preferences } from '../../../contract/accounts.ts';

export type Theme = NonNullable<z.infer<typeof Preferences>['theme']>;

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage may be closed; the account still remembers.
  }
}

/** What is on screen now. */
export function shownTheme(theme: Theme): 'light' | 'dark' {
  if (theme !== 'system') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
