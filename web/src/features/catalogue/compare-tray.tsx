// What is picked for comparison, at the lower edge while one goes on searching.
import { X } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { MOST_COMPARED } from './compare-state.ts';

export function CompareTray({ picked, onClear }: { picked: readonly string[]; onClear: () => void }) {
  if (picked.length === 0) return null;
  return (
    <section
      aria-label="Picked to compare"
      className="sticky bottom-4 z-20 mx-auto flex w-max max-w-full items-center gap-3 rounded-lg border border-line bg-surface py-1.5 pr-1.5 pl-4 shadow-float"
    >
      <p role="status" className="text-sm">
        {picked.length} of {MOST_COMPARED} picked
      </p>
      {picked.length > 1 ? (
        <ButtonLink to="/catalogue/compare" search={{ ids: picked.join(',') }} variant="primary">
          Compare
        </ButtonLink>
      ) : (
        <Button disabled>Pick another</Button>
      )}
      <IconButton label="Pick none" onClick={onClear}>
        <X />
      </IconButton>
    </section>
  );
}
