// Which scenario and which item are shown, kept in the address; and the keys that walk through the items.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { SCENARIO_TYPES } from '../../../../contract/recommendations.ts';
import type { ScenarioType } from '../../api/recommendations.ts';
import { useLetterKeys } from '../../app/letter-keys.ts';

export interface FurnitureAddress {
  scenario: ScenarioType | null;
  item_id: string | null;
  showScenario: (scenario: ScenarioType) => void;
  /** Also selects the item's room, so that the plan follows. */
  showItem: (item: { id: string; space_id: string | null } | null) => void;
}

export function useFurnitureAddress(): FurnitureAddress {
  const search = useSearch({ from: '/inside/projects/$projectId' }) as Record<string, unknown>;
  const navigate = useNavigate();
  const set = useCallback(
    (change: Record<string, unknown>) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({ ...before, ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const showItem = useCallback(
    (item: { id: string; space_id: string | null } | null) =>
      set({ item: item?.id, ...(item?.space_id ? { space: item.space_id } : {}) }),
    [set],
  );
  const showScenario = useCallback((scenario: ScenarioType) => set({ scenario, item: undefined }), [set]);
  return {
    scenario: SCENARIO_TYPES.find((type) => type === search['scenario']) ?? null,
    item_id: typeof search['item'] === 'string' ? search['item'] : null,
    showScenario,
    showItem,
  };
}

const ITEM_KEYS = [
  'j',
  'k',
  'a',
  'r',
  'l',
  's',
  'q',
  'u',
  'n',
  'i',
  'o',
  'A',
  'L',
  'C',
  'E',
  'J',
  'K',
] as const;
/** Capital letters are with Shift and mean the whole room. */
export type ItemKey = (typeof ITEM_KEYS)[number];

export function useItemKeys(onKey: (key: ItemKey) => void): void {
  useLetterKeys(ITEM_KEYS, onKey);
}

/** To the item's row, so that Tab goes on from there; the panel scrolls by itself. */
export function focusRow(item_id: string): void {
  document.querySelector<HTMLElement>(`[data-item="${CSS.escape(item_id)}"]`)?.focus({ preventScroll: true });
}
