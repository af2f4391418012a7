// Three arrangements of a room or of all rooms, each drawn, with seats, floor a seat and price, to choose from by eye.
import { useQuery } from '@tanstack/react-query';
import { Check, LayoutGrid } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ArrangementChoice, BudgetScenario } from '../../../../contract/recommendations.ts';
import { arrangementsQuery, useArrange } from '../../api/decisions.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Area, Money } from '../../ui/figures.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';
import { ArrangementDrawing, useArrangementScene } from './arrangement-drawing.tsx';
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
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        data-arrange={space_id ?? 'all'}
        aria-haspopup="dialog"
        aria-label={`Arrangement of ${name}`}
        onClick={() => setOpen(true)}
      >
        <LayoutGrid />
        {presentOf(scenario, space_id)}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        size="lg"
        title={`Arrangement of ${space_id === null ? 'all rooms' : name}`}
        description={`Choose by eye: ${space_id === null ? 'the rooms are' : 'the room is'} furnished, counted and priced again.`}
      >
        <Choices {...props} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Choices(props: ArrangementsProps & { onDone: () => void }) {
  const { projectId, scenario, space_id, name, actions, onDone } = props;
  const query = useQuery(arrangementsQuery(scenario.id, space_id));
  const scene = useArrangementScene(space_id);
  const arrange = useArrange(projectId);
  const [taken, setTaken] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const ready = query.data !== undefined;
  useEffect(() => {
    if (ready) list.current?.querySelector<HTMLElement>('[aria-pressed=true], button')?.focus();
  }, [ready]);
  const take = (choice: ArrangementChoice) => {
    if (choice.current) return onDone();
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
          onDone();
        },
        onError: toastProblem('The rooms were not arranged anew'),
        onSettled: () => setTaken(null),
      },
    );
  };
  if (query.isPending) return <SkeletonLines lines={6} />;
  if (query.isError) return <ErrorState title="No arrangement could be worked out" error={query.error} />;
  const standing = query.data.choices.find((choice) => choice.current);
  return (
    <ul ref={list} className="grid gap-3 pb-2 sm:grid-cols-3" onKeyDown={walkChoices}>
      {query.data.choices.map((choice) => (
        <li key={choice.arrangement} className="grid">
          <button
            type="button"
            aria-pressed={choice.current}
            aria-disabled={!actions.allowed || arrange.isPending}
            onClick={() => (actions.allowed && !arrange.isPending ? take(choice) : undefined)}
            className={cx(
              'flex flex-col gap-2 rounded-md border p-3 text-left',
              choice.current ? 'border-accent bg-accent-wash' : 'border-line hover:border-control',
            )}
          >
            <Words
              choice={choice}
              currency={query.data.currency}
              busy={taken === choice.arrangement}
              same={standing !== undefined && alike(choice, standing)}
            />
            {scene === null ? null : (
              <ArrangementDrawing
                scene={scene}
                space_id={space_id}
                furniture={choice.furniture}
                label={`Plan of ${name} arranged for ${choice.arrangement}: ${inWords(choice)}`}
              />
            )}
            <Figures choice={choice} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Small rooms often hold their pieces one way only. */
function alike(one: ArrangementChoice, other: ArrangementChoice): boolean {
  const places = ({ furniture }: ArrangementChoice) =>
    furniture
      .flatMap(({ name, placements }) => placements.map((at) => `${name} ${at.x} ${at.y} ${at.rotation_deg}`))
      .sort()
      .join();
  return places(one) === places(other);
}

/** What the drawing shows, for those who do not see it. */
function inWords({ furniture }: ArrangementChoice): string {
  const count = new Map<string, number>();
  for (const { name, placements } of furniture) count.set(name, (count.get(name) ?? 0) + placements.length);
  const most = [...count].sort((a, b) => b[1] - a[1]);
  const named = most.slice(0, 4).map(([name, n]) => `${n} × ${name}`);
  const rest = most.slice(4).reduce((sum, [, n]) => sum + n, 0);
  return [...named, ...(rest > 0 ? [`${rest} other pieces`] : [])].join(', ');
}

interface WordsProps {
  choice: ArrangementChoice;
  currency: string;
  busy: boolean;
  /** Every piece stands where it stands now. */
  same: boolean;
}

function Words({ choice, currency, busy, same }: WordsProps) {
  const [title, purpose] = WORDS[choice.arrangement];
  return (
    <>
      <span className="flex items-baseline justify-between gap-3 text-sm">
        <span className="flex items-center gap-1.5 font-medium">
          {title}
          {choice.current ? <Check aria-hidden="true" className="size-3.5 text-accent" /> : null}
        </span>
        {busy ? (
          'Arranging'
        ) : choice.current ? (
          <span className="text-ink-3">as it stands</span>
        ) : same ? (
          <span className="text-ink-3">nothing moves</span>
        ) : choice.price_diff === 0 ? (
          <span className="text-ink-3">same price</span>
        ) : (
          <Money amount={choice.price_diff} currency={currency} signed />
        )}
      </span>
      <span className="min-h-9 text-xs text-ink-3">{purpose}</span>
    </>
  );
}

function Figures({ choice }: { choice: ArrangementChoice }) {
  return (
    <span className="mt-auto text-xs text-ink-2">
      {choice.seats_needed > 0
        ? `${formatCount(choice.seats_placed)} of ${formatCount(choice.seats_needed)} ${choice.seats_needed === 1 ? 'seat' : 'seats'}`
        : `${formatCount(choice.pieces)} ${choice.pieces === 1 ? 'piece' : 'pieces'}`}
      {choice.sqft_per_seat === null ? null : (
        <>
          , <Area sqft={choice.sqft_per_seat} /> a seat
        </>
      )}
      {choice.pieces_short > 0 ? (
        <span className="text-warn">
          , {formatCount(choice.pieces_short)} {choice.pieces_short === 1 ? 'piece' : 'pieces'} short
        </span>
      ) : null}
    </span>
  );
}

/** The arrow keys go from choice to choice. */
function walkChoices(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  event.preventDefault();
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}
