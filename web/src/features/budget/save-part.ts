// One part of an organization's terms: saved by itself, and taken back from the toast that says so.
import type { PlanningSettings } from '../../../../contract/terms.ts';
import { useSavePlanning } from '../../api/decisions.ts';
import { toast, toastProblem } from '../../ui/toast.tsx';

export interface PartProps {
  organizationId: string;
  settings: PlanningSettings;
  mayEdit: boolean;
}

/** Saves a part; the toast takes it back to what it was. */
export function useSavePart(organizationId: string, what: string) {
  const save = useSavePlanning(organizationId);
  const store = (change: PlanningSettings, before: PlanningSettings, onDone?: () => void) =>
    save.mutate(change, {
      onSuccess: () => {
        onDone?.();
        toast(`${what} saved`, {
          action: {
            label: 'Undo',
            onSelect: () =>
              save.mutate(before, {
                onSuccess: () => toast(`${what} as before`),
                onError: toastProblem(`${what} could not be taken back`),
              }),
          },
        });
      },
    });
  return { save, store };
}
