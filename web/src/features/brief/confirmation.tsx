// A language model's reading of words that do not say it outright: shown with its sentence, part of the brief once confirmed.
import { Check } from 'lucide-react';
import { useState } from 'react';
import type { Action } from '../../../../contract/conversations.ts';
import type { Project } from '../../../../contract/projects.ts';
import { Button } from '../../ui/button.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { confirming, useEditBrief } from './edit.ts';
import { formatValue, labelOf, statedValue } from './fields.ts';

export function Confirmation({
  reading,
  project,
  mayEdit,
}: {
  reading: Action['reading'];
  project: Project;
  mayEdit: boolean;
}) {
  const units = useUnits();
  const edit = useEditBrief(project);
  const [busy, setBusy] = useState(false);
  if (reading === undefined) return null;
  const { path, value, quote } = reading;
  const now = statedValue(project, path);
  const stands = Array.isArray(now) ? now.includes(value) : now === value;
  const confirm = async () => {
    setBusy(true);
    await edit(confirming(project, path, value)).catch(toastProblem('The reading was not taken over'));
    setBusy(false);
  };
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-hairline px-3 py-1.5 text-sm">
      <span className="min-w-0 flex-1 break-words">
        <span className="text-xs text-ink-3">{labelOf(path)}</span>{' '}
        <span className="font-medium">{formatValue(path, value, units, 'USD')}</span>
        <span className="block text-xs text-ink-3">The model’s reading of “{quote}”. Is that meant?</span>
      </span>
      {stands ? (
        <span className="inline-flex items-center gap-1 text-good [&_svg]:size-3.5">
          <Check aria-hidden="true" />
          In the brief
        </span>
      ) : mayEdit ? (
        <Button size="sm" busy={busy} onClick={() => void confirm()}>
          Confirm
        </Button>
      ) : null}
    </div>
  );
}
