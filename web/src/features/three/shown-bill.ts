// The bill that the list of furniture shows: the newest that has items, in the scenario of the address. What stands in the
// plan and in 3D comes from it, so that the three never show different furniture.
import { useQuery } from '@tanstack/react-query';
import {
  type RecommendationHeadline,
  recommendationQuery,
  recommendationsQuery,
} from '../../api/recommendations.ts';
import { useFurnitureAddress } from '../furniture/state.ts';

/** A request whose limits cannot be kept has no items; the bill made before it still stands. Newest first. */
export function newestBill(list: readonly RecommendationHeadline[] | undefined) {
  return list?.find((each) => each.summary['state'] === 'ready');
}

export function useShownBill(projectId: string) {
  const { scenario } = useFurnitureAddress();
  const { data: list } = useQuery(recommendationsQuery(projectId));
  const id = newestBill(list)?.id;
  const { data } = useQuery({
    ...recommendationQuery(id ?? '', scenario),
    enabled: id !== undefined,
    // While the next scenario loads the last one stands: the switch to 3D must not come and go.
    placeholderData: (before) => (before?.id === id ? before : undefined),
  });
  return data;
}
