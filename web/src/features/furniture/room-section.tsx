// One room's part of the bill; its heading opens it and selects the room on the plan.
import { Check, CheckCheck, ChevronRight, Copy, Lock, LockOpen, MoreHorizontal, Plus } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { BudgetScenario, RecommendationItem } from '../../../../contract/recommendations.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Area, Money } from '../../ui/figures.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { showInBox } from '../../ui/scroll.ts';
import { formatCount } from '../../ui/units.ts';
import { Arrangements } from './arrangement.tsx';
import type { RoomGroup } from './groups.ts';
import type { ItemActions } from './item-actions.ts';
import { ItemRow } from './item-row.tsx';
import { sharedSources, sourceOf } from './reasons.ts';
import type { DecideRoom } from './room-actions.ts';

export interface RoomSectionProps {
  group: RoomGroup;
  currency: string;
  /** Selected on the plan. */
  selected: boolean;
  open: boolean;
  onToggle: () => void;
  item_id: string | null;
  rejecting_id: string | null;
  actions: ItemActions;
  projectId: string;
  scenario: BudgetScenario;
  decideRoom: DecideRoom;
  onAdd: (space_id: string | null) => void;
  onItem: (item: RecommendationItem) => void;
}

export function RoomSection(props: RoomSectionProps) {
  const { group, currency, selected, open, onToggle, item_id, rejecting_id, actions, onItem } = props;
  const section = useRef<HTMLElement>(null);
  const shared = useMemo(() => sharedSources(group.items), [group.items]);
  const holdsItem = group.items.some((item) => item.id === item_id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an opened room is higher than it was, and shown again.
  useEffect(() => {
    if (selected && !holdsItem) showInBox(section.current);
  }, [selected, holdsItem, open]);
  return (
    <section
      ref={section}
      aria-label={group.name}
      className={cx(
        '-mx-5 scroll-my-4 border-b border-hairline px-5',
        selected && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <h3>
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-h-10 w-full items-center gap-2 text-left"
        >
          <ChevronRight
            aria-hidden="true"
            className={cx('-ml-1 size-4 shrink-0 text-ink-3 transition-transform', open && 'rotate-90')}
          />
          <span className={cx('min-w-0 truncate text-sm font-medium', selected && 'text-accent')}>
            {group.name}
          </span>
          <span className="shrink-0 text-xs text-ink-3">
            {formatCount(group.pieces)} {group.pieces === 1 ? 'piece' : 'pieces'}
            {group.open === 0 ? ', all decided' : ''}
          </span>
          <span className="ml-auto shrink-0 text-sm">
            <Money amount={group.total} currency={currency} />
          </span>
        </button>
      </h3>
      {open && group.space_id !== null ? <RoomTools {...props} /> : null}
      {open && shared.length > 0 ? (
        <ul
          aria-label={`What ${group.name} rests on`}
          className="flex flex-col gap-1 pb-2 pl-5 text-xs text-ink-2 max-xs:pl-0"
        >
          {shared.map(({ source, labels }) => (
            <li key={source}>
              {source} <span className="text-ink-3">Hence {listed(labels)}.</span>
            </li>
          ))}
        </ul>
      ) : null}
      {open ? (
        <ul className="pb-2">
          {group.items.map((item) => (
            <ItemRow
              key={item.id}
              item={item}
              currency={currency}
              open={item.id === item_id}
              rejecting={item.id === rejecting_id}
              told={shared.some(({ source }) => source === sourceOf(item))}
              actions={actions}
              onToggle={() => onItem(item)}
            />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** "desks, task chairs and coat storage" */
function listed(labels: readonly string[]): string {
  const words = labels.map((label) => label.charAt(0).toLowerCase() + label.slice(1));
  return [words.slice(0, -1).join(', '), words.at(-1) ?? ''].filter(Boolean).join(' and ');
}

/** Seats of the room, what is short of what was asked, and what can be done to all of it. */
function RoomTools({ group, projectId, scenario, decideRoom, onAdd, actions }: RoomSectionProps) {
  const room = scenario.layout?.rooms.find((one) => one.space_id === group.space_id);
  const short = scenario.shortfalls.filter((one) => one.space_id === group.space_id);
  const locked = group.items.length > 0 && group.items.every((item) => item.locked);
  const failed = room?.checks.filter((check) => check.status === 'fail') ?? [];
  return (
    <div className="flex flex-col gap-1.5 pb-2 pl-5 max-xs:pl-0">
      <div className="flex items-center gap-2">
        <p className="mr-auto text-xs text-ink-2">
          {room && room.seats_needed > 0 ? (
            <>
              {formatCount(room.seats_placed)} of {formatCount(room.seats_needed)}{' '}
              {room.seats_needed === 1 ? 'seat' : 'seats'}
              {room.sqft_per_seat === null ? null : (
                <>
                  , <Area sqft={room.sqft_per_seat} /> a seat
                </>
              )}
            </>
          ) : null}
        </p>
        {room ? (
          <Arrangements
            projectId={projectId}
            scenario={scenario}
            space_id={group.space_id}
            name={group.name}
            actions={actions}
          />
        ) : null}
        {actions.allowed ? (
          <Menu
            trigger={
              <IconButton size="sm" label={`All of ${group.name}`}>
                <MoreHorizontal />
              </IconButton>
            }
          >
            <MenuItem icon={<Check />} shortcut="⇧A" onSelect={() => decideRoom(group, 'accept')}>
              Accept all
            </MenuItem>
            <MenuItem
              icon={locked ? <LockOpen /> : <Lock />}
              shortcut="⇧L"
              onSelect={() => decideRoom(group, locked ? 'unlock' : 'lock')}
            >
              {locked ? 'Unlock the room' : 'Lock the room'}
            </MenuItem>
            <MenuItem icon={<CheckCheck />} shortcut="⇧E" onSelect={() => decideRoom(group, 'accept_like')}>
              Accept here and in rooms like it
            </MenuItem>
            <MenuItem icon={<Plus />} shortcut="I" onSelect={() => onAdd(group.space_id)}>
              Add a product
            </MenuItem>
            <MenuItem icon={<Copy />} shortcut="⇧C" onSelect={() => decideRoom(group, 'copy_to_like')}>
              Take over in rooms like it
            </MenuItem>
          </Menu>
        ) : null}
      </div>
      {short.length > 0 || failed.length > 0 ? (
        <ul aria-label={`Short in ${group.name}`} className="rounded-md bg-warn-wash px-2.5 py-1.5 text-xs">
          {short.map((one) => (
            <li key={one.need_key}>
              <span className="font-medium text-warn">
                {one.label}: {formatCount(one.placed)} of {formatCount(one.wanted)}{' '}
                {one.measure === 'each' ? '' : `${one.measure} `}placed.
              </span>{' '}
              {one.why}
            </li>
          ))}
          {failed.map((check) => (
            <li key={check.code}>{check.detail}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
