// The order of the room list, kept in the address: by number, or the review.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type RoomOrder = 'list' | 'review';

export function useRoomOrder(): { order: RoomOrder; setOrder: (order: RoomOrder) => void } {
  const search = useSearch({ from: '/inside/projects/$projectId' }) as Record<string, unknown>;
  const navigate = useNavigate();
  const setOrder = useCallback(
    (order: RoomOrder) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          rooms: order === 'review' ? 'review' : undefined,
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return { order: search['rooms'] === 'review' ? 'review' : 'list', setOrder };
}
