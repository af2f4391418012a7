// Three arrangements of a room or of all rooms, with seats, floor a seat and price, to choose from.
import { useQuery } from '@tanstack/react-query';
import { Check, LayoutGrid } from 'lucide-react';
import { useState } from 'react';
import type { ArrangementChoice, BudgetScenario } from '../../../../contract/recommendations.ts';
import { arrangementsQuery, useArrange } from '../../api/decisions.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Area, Money } from '../../ui/figures.tsx';
import { Popover } from '../../ui/menu.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';
import type { ItemActions } from './item-actions.ts';

const WORDS = {
  density: ['Density', 'As many seats as the floor holds, in rows'],
  light: ['Light', 'Desks near the windows, screens across them'],
  collaboration: ['Collaboration', 'Small clusters, the middle free to meet in'],
} as const;

export interface ArrangementsProps {
  projectId: string;
  scenario: BudgetScenario;
  /** Null: all rooms. */
  space_id: string | null;
  name: string;
  actions: ItemActions;
}

/** What most rooms concerned are arranged for. */
function presentOf(scenario: BudgetScenario, space_id: string | null): string {
  const rooms = scenario.layout?.rooms ?? [];
  const shown = space_id === null ? rooms : rooms.filter((room) => room.space_id === space_id);
  const kinds = new Set(shown.map((room) => room.arrangement));
  const [only] = kinds;
  return kinds.size === 1 && only ? WORDS[only][0] : 'Mixed';
}

export function Arrangements(props: ArrangementsProps) {
  const { scenario, space_id, name } = props;
  return (
    <Popover
      align="end"
      trigger={
        <Button size="sm" data-arrange={space_id ?? 'all'} aria-label={`Arrangement of ${name}`}>
          <LayoutGrid />
          {presentOf(scenario, space_id)}
        </Button>
      }
    >
      <Choices {...props} />
    </Popover>
  );
}

function Choices({ projectId, scenario, space_id, name, actions }: ArrangementsProps) {
  const query = useQuery(arrangementsQuery(scenario.id, space_id));
  const arrange = useArrange(projectId);
  const [taken, setTaken] = useState<string | null>(null);
  const take = (choice: ArrangementChoice) => {
    setTaken(choice.arrangement);
    arrange.mutate(
      {
        scenario_id: scenario.id,
        arrangement: choice.arrangement,
        ...(space_id === null ? {} : { space_id }),
      },
      {
        onSuccess: ({ effect }) => {
          actions.remember(effect.change_id);
          toast(`${name} arranged for ${choice.arrangement}`, {
            action: { label: 'Undo', onSelect: actions.undoLast },
          });
        },
        onError: toastProblem('The rooms were not arranged anew'),
        onSettled: () => setTaken(null),
      },
    );
  };
  return (
    <div className="w-80 max-w-[calc(100vw-2rem)] p-2">
      <p className="pb-1.5 text-xs text-ink-3">{name}: furnished again, counted and priced again.</p>
      {query.isPending ? (
        <SkeletonLines lines={4} />
      ) : query.isError ? (
        <ErrorState title="No arrangement could be worked out" error={query.error} />
      ) : (
        <ul className="flex flex-col gap-1.5">
          {query.data.choices.map((choice) => (
            <li key={choice.arrangement}>
              <button
                type="button"
                aria-pressed={choice.current}
                disabled={!actions.allowed || arrange.isPending}
                onClick={() => take(choice)}
                className={cx(
                  'grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-3 rounded-md border px-2.5 py-2 text-left',
                  choice.current ? 'border-accent bg-accent-wash' : 'border-line hover:border-control',
                )}
              >
                <span className="flex items-center gap-1.5 text-sm font-medium">
                  {WORDS[choice.arrangement][0]}
                  {choice.current ? <Check aria-hidden="true" className="size-3.5 text-accent" /> : null}
                </span>
                <span className="text-right text-sm">
                  {taken === choice.arrangement ? (
                    'Arranging'
                  ) : choice.price_diff === 0 ? (
                    <span className="text-ink-3">same price</span>
                  ) : (
                    <Money amount={choice.price_diff} currency={query.data.currency} signed />
                  )}
                </span>
                <span className="col-span-2 text-xs text-ink-3">{WORDS[choice.arrangement][1]}</span>
                <span className="col-span-2 text-xs text-ink-2">
                  {formatCount(choice.seats_placed)} of {formatCount(choice.seats_needed)} seats
                  {choice.sqft_per_seat === null ? null : (
                    <>
                      , <Area sqft={choice.sqft_per_seat} /> a seat
                    </>
                  )}
                  {choice.pieces_short > 0 ? (
                    <span className="text-warn">, {formatCount(choice.pieces_short)} pieces short</span>
                  ) : null}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
