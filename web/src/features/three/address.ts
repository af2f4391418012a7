// Whether the drawing is shown as a plan or in three dimensions: kept in the address beside the other keys of the workspace.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export function useShown3d(): { shown: boolean; show: (on: boolean) => void } {
  const search = useSearch({ from: '/inside/projects/$projectId' }) as Record<string, unknown>;
  const navigate = useNavigate();
  const show = useCallback(
    (on: boolean) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({ ...before, as: on ? '3d' : undefined }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return { shown: search['as'] === '3d', show };
}
