// Which version is compared, and with what, kept in the address: the history and the plan both read it there.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export interface Comparison {
  version: number;
  /** With the version before it, or with the project as it stands. */
  against: 'before' | 'now';
}

export function comparedTo({ version, against }: Comparison): { from: number; to: number | 'current' } {
  return against === 'now' ? { from: version, to: 'current' } : { from: version - 1, to: version };
}

/** Inside /projects/$projectId only. */
export function useComparison() {
  const search = useSearch({ from: '/inside/projects/$projectId' }) as Record<string, unknown>;
  const navigate = useNavigate();
  const version = Number(search['version']);
  const known = search['side'] === 'history' && Number.isInteger(version) && version > 0;
  const shown: Comparison | null = known
    ? { version, against: search['against'] === 'now' ? 'now' : 'before' }
    : null;
  const show = useCallback(
    (comparison: Comparison | null) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          version: comparison?.version,
          against: comparison?.against === 'now' ? 'now' : undefined,
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return { shown, show };
}
