// One line of the bill: drawing, product, quantity and price; opened, its reason, source, facts and alternatives.
import { Lock, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { RecommendationItem } from '../../../../contract/recommendations.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { Days, Money } from '../../ui/figures.tsx';
import { ProductThumb } from '../../ui/product/drawing.tsx';
import { showInBox } from '../../ui/scroll.ts';
import { formatCount } from '../../ui/units.ts';
import { CommentButton } from '../comments/comment-button.tsx';
import type { ItemActions } from './item-actions.ts';
import { ItemDetail } from './item-detail.tsx';

const WARNING = {
  price_changed: 'Price changed',
  price_stale: 'Old price',
  lead_time_changed: 'Slower now',
  late: 'Late',
  discontinued: 'No longer sold',
} as const;

export interface ItemRowProps {
  item: RecommendationItem;
  currency: string;
  open: boolean;
  /** The reason for a refusal is being asked. */
  rejecting: boolean;
  /** What it is needed for stands above the room's lines. */
  told: boolean;
  actions: ItemActions;
  onToggle: () => void;
}

export function ItemRow({ item, currency, open, rejecting, told, actions, onToggle }: ItemRowProps) {
  const row = useRef<HTMLLIElement>(null);
  const { product } = item;
  // A swap may put the row elsewhere in its room: it stays in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown again where the row has moved.
  useEffect(() => {
    if (open) showInBox(row.current);
  }, [open, product.id, item.total_price]);
  const refused = item.status === 'rejected';
  return (
    <li ref={row} className={cx('scroll-my-3 border-t border-hairline', open && 'bg-surface')}>
      <button
        type="button"
        data-item={item.id}
        aria-expanded={open}
        onClick={onToggle}
        className="grid w-full grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-3 py-2 text-left hover:bg-hover"
      >
        <ProductThumb product={product} className="size-12" />
        <span className="min-w-0">
          <span
            className={cx(
              'block truncate text-sm font-medium max-xs:whitespace-normal',
              refused && 'text-ink-3 line-through',
            )}
          >
            {product.name}
          </span>
          <span className="flex flex-wrap items-center gap-x-2 text-xs text-ink-2">
            <span>{item.need.label}</span>
            {item.status === 'proposed' ? null : <StatusDot status={item.status} />}
            {item.quantity < item.wanted && !refused ? (
              <span className="text-warn">
                {formatCount(item.quantity)} of {formatCount(item.wanted)} placed
              </span>
            ) : null}
            {item.warnings.length > 0 ? (
              <span className="inline-flex items-center gap-1 text-warn">
                <TriangleAlert aria-hidden="true" className="size-3" />
                {WARNING[item.warnings[0]?.code ?? 'price_stale']}
              </span>
            ) : null}
            {item.locked ? (
              <span className="inline-flex items-center gap-1 text-accent">
                <Lock aria-hidden="true" className="size-3" />
                Locked
              </span>
            ) : null}
          </span>
        </span>
        <span className="text-right">
          <span className={cx('block text-sm font-medium', refused && 'text-ink-3 line-through')}>
            <Money amount={item.total_price} currency={currency} />
          </span>
          <span className="block text-xs text-ink-3">
            {formatCount(item.quantity)} × <Money amount={item.unit_price} currency={currency} cents />
          </span>
          <span className="block text-xs text-ink-3">
            <Days days={product.lead_time_days} />
          </span>
        </span>
      </button>
      {open ? (
        <div className="flex justify-end">
          <CommentButton
            topic={{
              type: 'item',
              id: item.id,
              label: product.name,
              space_id: item.space_id,
              sku: product.sku,
            }}
          />
        </div>
      ) : null}
      {open ? (
        <ItemDetail item={item} currency={currency} rejecting={rejecting} told={told} actions={actions} />
      ) : null}
    </li>
  );
}
