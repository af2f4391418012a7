// Why this product, what it rests on, what it costs in money, days and carbon, and what could stand in its place.
import { Link } from '@tanstack/react-router';
import { Check, Lock, LockOpen, X } from 'lucide-react';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import type { RecommendationItem } from '../../../../contract/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Field, Input, Textarea } from '../../ui/field.tsx';
import { Carbon, Days, Inches, Money } from '../../ui/figures.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { showInBox } from '../../ui/scroll.ts';
import { ShareBar } from '../../ui/states.tsx';
import { formatCarbon, formatCount, formatMoney, formatPercent } from '../../ui/units.ts';
import { lineCarbon } from './groups.ts';
import type { AlternativeProduct, ItemActions } from './item-actions.ts';
import { reasonOf, sourceOf } from './reasons.ts';
import { focusRow } from './state.ts';

interface DetailProps {
  item: RecommendationItem;
  currency: string;
  rejecting: boolean;
  /** What it is needed for stands above the room's lines. */
  told: boolean;
  actions: ItemActions;
}

export function ItemDetail({ item, currency, rejecting, told, actions }: DetailProps) {
  const { product } = item;
  return (
    <div className="flex flex-col gap-3 pb-4 pl-15 text-sm max-xs:pl-0">
      <p>{reasonOf(item)}</p>
      {sourceOf(item) !== '' && !told ? (
        <p className="border-l-2 border-line pl-2.5 text-xs text-ink-2">
          <span className="text-ink-3">Needed because </span>
          {sourceOf(item)}
        </p>
      ) : null}
      <dl className="flex flex-wrap gap-x-5 gap-y-1.5 text-xs [&_dt]:text-ink-3">
        <div>
          <dt>Size</dt>
          <dd>
            <Inches inches={product.width_in} /> × <Inches inches={product.depth_in} /> ×{' '}
            <Inches inches={product.height_in} />
          </dd>
        </div>
        <div>
          <dt>Lead time</dt>
          <dd>
            <Days days={product.lead_time_days} />
          </dd>
        </div>
        <div>
          <dt>{item.quantity === 1 ? 'Carbon' : `Carbon, ${formatCount(item.quantity)} pieces`}</dt>
          <dd>
            <Carbon kg={lineCarbon(item)} />
          </dd>
        </div>
        <div>
          <dt>Confidence</dt>
          <dd>
            {item.confidence_score === null ? (
              'Chosen by hand'
            ) : (
              <span title={item.confidence_note} className="inline-flex items-center gap-2">
                <ShareBar value={item.confidence_score} label="Confidence" />
                {item.confidence_basis === 'margin' ? (
                  <span className="text-ink-3">by its lead over the next best</span>
                ) : null}
              </span>
            )}
          </dd>
        </div>
        {item.unit_list_price !== null && item.unit_list_price !== item.unit_price ? (
          <div>
            <dt>List, each</dt>
            <dd>
              <Money amount={item.unit_list_price} currency={currency} cents />
            </dd>
          </div>
        ) : null}
        {item.internal ? (
          <div>
            <dt>Cost, each</dt>
            <dd>
              <Money amount={item.internal.unit_cost} currency={currency} cents />
              {item.internal.margin_pct === null
                ? null
                : `, margin ${formatPercent(item.internal.margin_pct, 1)}`}
            </dd>
          </div>
        ) : null}
        <div>
          <dt>{product.brand ?? 'Product'}</dt>
          <dd>
            <ProductLink item={item} />
          </dd>
        </div>
      </dl>
      {item.warnings.length > 0 ? (
        <ul className="rounded-md bg-warn-wash px-2.5 py-1.5 text-xs">
          {item.warnings.map((warning) => (
            <li key={warning.code}>{warning.message}</li>
          ))}
        </ul>
      ) : null}
      {item.successor && actions.allowed ? (
        <Button
          size="sm"
          className="self-start"
          disabled={item.locked || actions.busy_id === item.id}
          title={item.locked ? 'Unlock the item first' : undefined}
          onClick={() => actions.succeed(item)}
        >
          Take the successor, {item.successor.name}
        </Button>
      ) : null}
      {rejecting ? <RejectForm item={item} actions={actions} /> : <Decide item={item} actions={actions} />}
      <Alternatives item={item} currency={currency} actions={actions} />
    </div>
  );
}

function Decide({ item, actions }: Pick<DetailProps, 'item' | 'actions'>) {
  if (!actions.allowed) return null;
  const accepted = item.status === 'accepted';
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button
        size="sm"
        aria-pressed={accepted}
        variant={accepted ? 'secondary' : 'primary'}
        onClick={() => actions.accept(item)}
      >
        <Check />
        {accepted ? 'Accepted' : 'Accept'}
      </Button>
      {item.status === 'rejected' ? null : (
        <Button size="sm" onClick={() => actions.askReason(item)}>
          <X />
          Reject
        </Button>
      )}
      <Button size="sm" aria-pressed={item.locked} onClick={() => actions.lock(item)}>
        {item.locked ? <LockOpen /> : <Lock />}
        {item.locked ? 'Unlock' : 'Lock'}
      </Button>
      <Quantity key={`${item.id} ${item.quantity}`} item={item} actions={actions} />
    </div>
  );
}

/** Taken with Enter or on leaving; what the room does not hold comes back as a question. */
function Quantity({ item, actions }: Pick<DetailProps, 'item' | 'actions'>) {
  const [value, setValue] = useState(String(item.quantity));
  const left = useRef(false);
  const take = () => {
    const quantity = Number(value);
    // What was asked stands here once it is taken; what is refused does not linger.
    setValue(String(item.quantity));
    const asked = Number.isInteger(quantity) && quantity >= 1 && quantity !== item.quantity;
    if (asked && !left.current) actions.count(item, quantity);
    left.current = false;
  };
  return (
    <form
      className="ml-auto w-16"
      onSubmit={(event) => {
        event.preventDefault();
        // Leaving the field takes it, once.
        focusRow(item.id);
      }}
    >
      <Field label={`Quantity of ${item.product.name}`} hideLabel>
        <Input
          inputMode="numeric"
          className="h-7! text-right text-sm!"
          data-count={item.id}
          disabled={actions.busy_id === item.id || item.status === 'rejected'}
          value={value}
          onChange={(event) => setValue(event.target.value.replaceAll(/\D/g, ''))}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            left.current = true;
            focusRow(item.id);
          }}
          onBlur={take}
        />
      </Field>
    </form>
  );
}

const REASONS = [
  ['price', 'Too expensive'],
  ['style', 'Wrong style'],
  ['size', 'Wrong size'],
  ['lead_time', 'Too slow'],
  ['quality', 'Quality'],
  ['sustainability', 'Sustainability'],
  ['not_needed', 'Not needed'],
] as const;

function RejectForm({ item, actions }: Pick<DetailProps, 'item' | 'actions'>) {
  const [categories, setCategories] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => showInBox(form.current), []);
  const toggle = (key: string) =>
    setCategories((marked) =>
      marked.includes(key) ? marked.filter((other) => other !== key) : [...marked, key],
    );
  const leave = () => {
    actions.askReason(null);
    focusRow(item.id);
  };
  const submit = (event: SyntheticEvent, otherwise?: string) => {
    event.preventDefault();
    const marked = categories.length === 0 && otherwise !== undefined ? [otherwise] : categories;
    actions.reject(item, reason.trim(), marked);
  };
  return (
    <form
      ref={form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
        const writing = event.target instanceof HTMLTextAreaElement;
        if (event.key === 'Enter' && !event.shiftKey && writing) submit(event);
        const reason = writing ? undefined : REASONS[Number(event.key) - 1];
        if (reason === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        // Taken here: elsewhere the figures open the steps.
        event.preventDefault();
        toggle(reason[0]);
      }}
      className="flex flex-col gap-2.5 rounded-md border border-line p-3"
    >
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">
          Why not? A figure marks a reason, Enter rejects; the next proposal learns from it.
        </legend>
        <div className="flex flex-wrap gap-1.5">
          {REASONS.map(([key, label], index) => {
            const on = categories.includes(key);
            return (
              <button
                key={key}
                type="button"
                // biome-ignore lint/a11y/noAutofocus: the form opens because the person asked for it.
                autoFocus={index === 0}
                aria-pressed={on}
                onClick={() => toggle(key)}
                onKeyDown={(event) => {
                  // Space marks a reason, Enter rejects: for the reason in focus where none is marked.
                  if (event.key === 'Enter') submit(event, key);
                }}
                className={cx(
                  'inline-flex h-7 items-center gap-1.5 rounded-md border px-2.5 text-sm',
                  on ? 'border-accent bg-accent-wash text-accent' : 'border-line hover:border-control',
                )}
              >
                <span aria-hidden="true" className="text-xs text-ink-3">
                  {index + 1}
                </span>
                {label}
              </button>
            );
          })}
        </div>
      </fieldset>
      <Field label="In your words" optional hideLabel>
        <Textarea
          rows={2}
          className="min-h-14! text-sm"
          placeholder="In your words (optional)"
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <div className="flex gap-1.5">
        <Button size="sm" type="submit" variant="danger">
          Reject
        </Button>
        <Button size="sm" variant="quiet" onClick={leave}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** "4 days sooner, −18 kg CO2e": what the alternative changes beside the price. */
function difference({ lead_time_diff: days, carbon_diff: kg }: AlternativeProduct): string {
  const parts = [
    days === null || days === 0
      ? null
      : `${formatCount(Math.abs(days))} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'sooner' : 'later'}`,
    kg === null || Math.round(kg) === 0 ? null : `${kg < 0 ? '−' : '+'}${formatCarbon(Math.abs(kg))}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** What it was offered for and what it changes; its price stands beside it. */
function insteadOf(alternative: AlternativeProduct): string {
  const label = /^([^:.]+):/.exec(alternative.reason)?.[1] ?? '';
  return [label, difference(alternative)].filter((part) => part !== '').join(': ');
}

function Alternatives({ item, currency, actions }: Omit<DetailProps, 'rejecting' | 'told'>) {
  if (item.alternatives.length === 0)
    return <p className="text-xs text-ink-3">No other product meets this need within the limits.</p>;
  const busy = actions.busy_id === item.id;
  return (
    <section aria-label="Alternatives">
      <h4 className="flex items-center gap-1.5 text-xs text-ink-3">
        Instead
        {actions.allowed ? <Kbd>s</Kbd> : null}
      </h4>
      <ul>
        {item.alternatives.map((alternative, index) => (
          <li
            key={alternative.product_id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 border-t border-hairline py-1.5 first:border-t-0"
          >
            <div className="min-w-0">
              <p className="flex items-baseline justify-between gap-3 text-sm">
                <span>{alternative.name}</span>
                <span className="shrink-0 text-ink-2">
                  {Math.round(alternative.price_diff) === 0
                    ? 'same price'
                    : formatMoney(alternative.price_diff, { currency, signed: true })}
                </span>
              </p>
              <p className="text-xs text-ink-2">{insteadOf(alternative)}</p>
              {alternative.keeps_limits === false ? (
                <p className="text-xs text-warn">Breaks a limit of the project</p>
              ) : null}
            </div>
            {actions.allowed ? (
              <Button
                size="sm"
                disabled={busy || item.locked}
                data-swap={index === 0 ? item.id : undefined}
                title={item.locked ? 'Unlock the item first' : undefined}
                onClick={() => actions.swap(item, alternative)}
              >
                Swap
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ProductLink({ item }: { item: RecommendationItem }) {
  return (
    <Link
      to="/catalogue/$productId"
      params={{ productId: item.product.id }}
      state={{ viewed_from: 'recommendation' }}
      className="text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent"
    >
      {item.product.sku}
    </Link>
  );
}
