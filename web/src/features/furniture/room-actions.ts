// What can be done to a whole room: accept, lock, take its choices over to rooms of its kind.
import { useMemo } from 'react';
import type { BulkRequest } from '../../../../contract/recommendations.ts';
import { useBulk } from '../../api/decisions.ts';
import type { ScenarioType } from '../../api/recommendations.ts';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';
import type { RoomGroup } from './groups.ts';
import type { ItemActions } from './item-actions.ts';

export type RoomAction = BulkRequest['action'];
export type DecideRoom = (group: RoomGroup, action: RoomAction) => void;

const DONE: Record<RoomAction, string> = {
  accept: 'accepted',
  reset: 'open again',
  lock: 'locked',
  unlock: 'unlocked',
  copy_to_like: 'taken over in rooms like it',
  accept_like: 'accepted here and in rooms like it',
  take_successors: 'swapped for their successors',
  take_sooner: 'swapped for sooner ones',
};

export function useRoomActions(
  projectId: string,
  recommendationId: string,
  scenario: ScenarioType,
  actions: ItemActions,
): DecideRoom {
  const { mutate } = useBulk(projectId);
  const { allowed, tell } = actions;
  return useMemo(
    () => (group, action) => {
      if (!allowed || group.space_id === null) return;
      mutate(
        { id: recommendationId, scenario, space_id: group.space_id, action },
        {
          onSuccess: ({ changed, skipped, effect }) => {
            const rooms = skipped.map((one) => `${one.space_name ?? 'A room'}: ${one.why}`);
            const said = `${group.name}: ${formatCount(changed)} ${changed === 1 ? 'item' : 'items'} ${DONE[action]}`;
            const back = inverseOf(group, action);
            tell(
              rooms.length > 0 ? `${said}. Not taken over: ${rooms.join(' ')}` : said,
              effect,
              back && changed > 0
                ? () =>
                    mutate(
                      { id: recommendationId, scenario, space_id: group.space_id ?? undefined, action: back },
                      {
                        onSuccess: () => toast(`Taken back: ${said}`),
                        onError: toastProblem('The change was not taken back'),
                      },
                    )
                : undefined,
            );
          },
          onError: toastProblem(`${group.name} was not changed`),
        },
      );
    },
    [allowed, mutate, recommendationId, scenario, tell],
  );
}

/** What takes a decision on a whole room back, where nothing in it had been decided before. */
function inverseOf(group: RoomGroup, action: RoomAction): RoomAction | null {
  const kept = group.items.filter((item) => item.status !== 'rejected');
  if (action === 'accept' && kept.every((item) => item.status === 'proposed')) return 'reset';
  if (action === 'lock' && kept.every((item) => !item.locked)) return 'unlock';
  return null;
}
