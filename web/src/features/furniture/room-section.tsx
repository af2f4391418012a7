// One room's part of the bill; its heading opens it and selects the room on the plan.
import { ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { RecommendationItem } from '../../../../contract/recommendations.ts';
import { cx } from '../../ui/cx.ts';
import { Money } from '../../ui/figures.tsx';
import { showInBox } from '../../ui/scroll.ts';
import { formatCount } from '../../ui/units.ts';
import type { RoomGroup } from './groups.ts';
import type { ItemActions } from './item-actions.ts';
import { ItemRow } from './item-row.tsx';

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
  onItem: (item: RecommendationItem) => void;
}

export function RoomSection(props: RoomSectionProps) {
  const { group, currency, selected, open, onToggle, item_id, rejecting_id, actions, onItem } = props;
  const section = useRef<HTMLElement>(null);
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
      {open ? (
        <ul className="pb-2">
          {group.items.map((item) => (
            <ItemRow
              key={item.id}
              item={item}
              currency={currency}
              open={item.id === item_id}
              rejecting={item.id === rejecting_id}
              actions={actions}
              onToggle={() => onItem(item)}
            />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
