// Theme and units of the signed-in person, changed at once and saved with the account.
import { useEffect } from 'react';
import { useMe, useSetPreferences } from '../api/accounts.ts';
import type { Units } from '../ui/units.ts';
import { applyTheme, shownTheme, type Theme } from './theme.ts';

export interface Settings {
  theme: Theme;
  units: Units;
  setTheme: (theme: Theme) => void;
  toggleTheme: () => void;
  setUnits: (units: Units) => void;
  toggleUnits: () => void;
}

export function useSettings(): Settings {
  const { preferences } = useMe().user;
  const { mutate } = useSetPreferences();
  const theme = preferences.theme ?? 'system';
  const units = preferences.units ?? 'imperial';
  const setTheme = (next: Theme) => {
    applyTheme(next);
    mutate({ theme: next });
  };
  return {
    theme,
    units,
    setTheme,
    toggleTheme: () => setTheme(shownTheme(theme) === 'dark' ? 'light' : 'dark'),
    setUnits: (next) => mutate({ units: next }),
    toggleUnits: () => mutate({ units: units === 'imperial' ? 'metric' : 'imperial' }),
  };
}

/** Follows the account's theme, for instance when it was changed on another machine. */
export function useAccountTheme(theme: Theme): void {
  useEffect(() => applyTheme(theme), [theme]);
}
