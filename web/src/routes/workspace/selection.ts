// What is selected in the workspace, kept in the address: plan, lists and panels all read and write it here.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export interface Selection {
  space_id: string | null;
  floor_id: string | null;
  selectSpace: (id: string | null) => void;
  selectFloor: (id: string) => void;
}

/** Inside /projects/$projectId only. `selectSpace(null)` clears. */
export function useSelection(): Selection {
  const search = useSearch({ from: '/inside/projects/$projectId' });
  const navigate = useNavigate();
  const selectSpace = useCallback(
    (id: string | null) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({ ...before, space: id ?? undefined }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const selectFloor = useCallback(
    (id: string) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({ ...before, floor: id, space: undefined }),
        resetScroll: false,
      }),
    [navigate],
  );
  return { space_id: search.space ?? null, floor_id: search.floor ?? null, selectSpace, selectFloor };
}
