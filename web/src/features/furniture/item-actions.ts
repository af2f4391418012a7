// What can be done to an item: each shows at once, and a refusal or a swap can be taken back.

import { useMemo } from 'react';
import type { RecommendationItem, UpdateItemRequest } from '../../../../contract/recommendations.ts';
import { track } from '../../analytics-client/client.ts';
import { useUpdateItem } from '../../api/recommendations.ts';
import { toast, toastProblem } from '../../ui/toast.tsx';

export type AlternativeProduct = RecommendationItem['alternatives'][number];
export interface ItemActions {
  /** False for those who may only look. */
  allowed: boolean;
  /** The item a change of which is on its way. */
  busy_id: string | null;
  accept: (item: RecommendationItem) => void;
  lock: (item: RecommendationItem) => void;
  swap: (item: RecommendationItem, alternative: AlternativeProduct) => void;
  reject: (item: RecommendationItem, reason: string, categories: string[]) => void;
  askReason: (item: RecommendationItem | null) => void;
}

export function useItemActions(
  projectId: string,
  allowed: boolean,
  askReason: (item: RecommendationItem | null) => void,
): ItemActions {
  const { mutate, isPending, variables } = useUpdateItem(projectId);
  const busy_id = isPending ? (variables?.item.id ?? null) : null;
  return useMemo(() => {
    const change = (item: RecommendationItem, body: UpdateItemRequest, done?: () => void) => {
      if (!allowed) return;
      mutate(
        { item, change: body },
        {
          onSuccess: () => done?.(),
          onError: toastProblem(`${item.product.name} was not changed`),
        },
      );
    };
    return {
      allowed,
      busy_id,
      askReason,
      accept: (item) => change(item, { status: item.status === 'accepted' ? 'proposed' : 'accepted' }),
      lock: (item) => change(item, { locked: !item.locked }),
      reject: (item, reason, categories) => {
        askReason(null);
        track('item_rejected', { categories });
        change(
          item,
          {
            status: 'rejected',
            ...(reason ? { reason } : {}),
            ...(categories.length > 0 ? { categories } : {}),
          },
          () =>
            toast(`${item.product.name} rejected`, {
              action: {
                label: 'Undo',
                onSelect: () => change({ ...item, status: 'rejected' }, { status: item.status }),
              },
            }),
        );
      },
      swap: (item, alternative) =>
        change(item, { product_id: alternative.product_id }, () =>
          toast(`Swapped for ${alternative.name}`, {
            action: {
              label: 'Undo',
              onSelect: () => change(item, { product_id: item.product.id, status: item.status }),
            },
          }),
        ),
    };
  }, [allowed, askReason, busy_id, mutate]);
}
