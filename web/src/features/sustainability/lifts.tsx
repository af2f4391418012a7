// What would bring a credit over its threshold: swaps in the order in which they help, each made from here and taken back.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  BudgetScenario,
  ChangedItem,
  CreditSwaps,
  RecommendationItem,
} from '../../../../contract/recommendations.ts';
import type { CreditResult } from '../../../../contract/sustainability.ts';
import { creditSwapsQuery, useUndoChange } from '../../api/decisions.ts';
import { problemText } from '../../api/problem.ts';
import { useUpdateItem } from '../../api/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem, undoable } from '../../ui/toast.tsx';
import { formatCount, formatMoney, formatPercent } from '../../ui/units.ts';

interface LiftsProps {
  credit: CreditResult;
  projectId: string;
  scenario: BudgetScenario;
  mayEdit: boolean;
}

export function Lifts({ credit, projectId, scenario, mayEdit }: LiftsProps) {
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...creditSwapsQuery(scenario.id, credit.rule_id), enabled: open });
  return (
    <div className="mt-1.5">
      <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide what would reach it' : 'What would reach it'}
      </Button>
      {!open ? null : query.isPending ? (
        <SkeletonLines lines={3} />
      ) : query.isError ? (
        <p role="alert" className="mt-1 text-xs text-bad">
          {problemText(query.error)}
        </p>
      ) : (
        <Swaps result={query.data} projectId={projectId} mayEdit={mayEdit} />
      )}
    </div>
  );
}

function Swaps({ result, projectId, mayEdit }: { result: CreditSwaps; projectId: string; mayEdit: boolean }) {
  const { swaps, after, currency } = result;
  const update = useUpdateItem(projectId);
  const undo = useUndoChange(projectId);
  if (swaps.length === 0)
    return (
      <p className="mt-1.5 text-xs text-ink-2">
        No certified product of the same kind and size is in the catalogue for the lines that are not locked.
      </p>
    );
  const cost = swaps.reduce((sum, one) => sum + one.price_diff, 0);
  const requestFor = (one: CreditSwaps['swaps'][number]) => ({
    item: { id: one.item_id, recommendation_id: one.recommendation_id } as RecommendationItem,
    change: { product_id: one.to.product_id, reason: `for ${result.before.name}` },
  });
  /** One after the other, in the order in which they help; stops at the first that a room or a limit refuses. */
  const swapAll = async () => {
    const made: ChangedItem[] = [];
    try {
      for (const one of swaps) made.push(await update.mutateAsync(requestFor(one)));
    } catch (error) {
      toastProblem(`Stopped after ${formatCount(made.length)} of ${formatCount(swaps.length)} swaps`)(error);
      return;
    }
    const spent = made.reduce((sum, { effect }) => sum + (effect.price_diff ?? 0), 0);
    toast(
      `${formatCount(made.length)} swaps made, ${formatMoney(spent, { currency, signed: true })} in all`,
      undoable(() => void takeBack(made)),
    );
  };
  const takeBack = async (made: readonly ChangedItem[]) => {
    try {
      for (const { recommendation_id, effect } of made.toReversed())
        if (effect.change_id) await undo.mutateAsync({ id: recommendation_id, change_id: effect.change_id });
    } catch (error) {
      toastProblem('The swaps were not all taken back')(error);
    }
  };
  const swap = (one: CreditSwaps['swaps'][number]) =>
    update.mutate(requestFor(one), {
      onSuccess: ({ effect: { change_id, price_diff } }) =>
        toast(
          `${one.from.name} swapped for ${one.to.name}${price_diff ? `, ${formatMoney(price_diff, { currency, signed: true })} in all` : ''}`,
          undoable(
            change_id
              ? () =>
                  undo.mutate(
                    { id: one.recommendation_id, change_id },
                    { onError: toastProblem('The swap was not taken back') },
                  )
              : null,
          ),
        ),
      onError: toastProblem(`${one.from.name} was not swapped`),
    });
  return (
    <>
      <div className="mt-1.5 flex items-center gap-3">
        <p className="mr-auto text-xs text-ink-2">
          {after.passed
            ? `${formatCount(swaps.length)} ${swaps.length === 1 ? 'swap reaches' : 'swaps reach'} it, ${formatMoney(cost, { currency, signed: true })} in all.`
            : `The catalogue brings it to ${formatPercent(swaps.at(-1)?.reached_pct ?? 0)} of the threshold, no further.`}
        </p>
        {mayEdit && swaps.length > 1 ? (
          <Button size="sm" busy={update.isPending} onClick={() => void swapAll()}>
            Make all {formatCount(swaps.length)}
          </Button>
        ) : null}
      </div>
      <ul aria-label={`Swaps towards ${result.before.name}`}>
        {swaps.map((one) => (
          <li
            key={one.item_id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 border-t border-hairline py-1.5 text-xs first:border-t-0"
          >
            <div className="min-w-0">
              <p className="text-sm">
                {one.from.name} → {one.to.name}
              </p>
              <p className="text-ink-2">
                {[
                  one.space_name,
                  `${formatCount(one.quantity)} pieces`,
                  formatMoney(one.price_diff, { currency, signed: true }),
                  one.to.certifications.join(', '),
                  `then at ${formatPercent(one.reached_pct)} of the threshold`,
                ]
                  .filter(Boolean)
                  .join('; ')}
              </p>
            </div>
            {mayEdit ? (
              <Button
                size="sm"
                disabled={update.isPending}
                aria-label={`Swap ${one.from.name} for ${one.to.name}`}
                onClick={() => swap(one)}
              >
                Swap
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
