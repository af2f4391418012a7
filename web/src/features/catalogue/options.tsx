// The options of a product: each attribute a row of choices; together they name one variant with its own price.
import { useMemo, useState } from 'react';
import type { ProductVariant } from '../../../../contract/catalog.ts';
import { cx } from '../../ui/cx.ts';
import { formatDays, formatMoney, humanize } from '../../ui/units.ts';

export interface VariantChoice {
  variant: ProductVariant | null;
  attributes: { name: string; values: string[] }[];
  chosen: Record<string, string>;
  choose: (name: string, value: string) => void;
}

/** The variant that has `value` and otherwise as much of what was chosen as there is. */
function nearest(
  variants: readonly ProductVariant[],
  chosen: Record<string, string>,
  name: string,
  value: string,
): ProductVariant | undefined {
  const same = (variant: ProductVariant) =>
    Object.entries(chosen).filter(([key, wanted]) => variant.attributes[key] === wanted).length;
  return variants
    .filter((variant) => variant.attributes[name] === value)
    .sort((a, b) => same(b) - same(a))[0];
}

export function useVariantChoice(variants: readonly ProductVariant[]): VariantChoice {
  const [id, setId] = useState<string | null>(null);
  const variant = variants.find((other) => other.id === id) ?? null;
  const attributes = useMemo(() => {
    const found = new Map<string, Set<string>>();
    for (const { attributes: own } of variants)
      for (const [name, value] of Object.entries(own))
        found.set(name, (found.get(name) ?? new Set()).add(value));
    return [...found].map(([name, values]) => ({ name, values: [...values] }));
  }, [variants]);
  const chosen = variant?.attributes ?? {};
  return {
    variant,
    attributes,
    chosen,
    choose: (name, value) =>
      setId(chosen[name] === value ? null : (nearest(variants, chosen, name, value)?.id ?? null)),
  };
}

export function OptionPicker({
  choice,
  variants,
  failed,
}: {
  choice: VariantChoice;
  variants: readonly ProductVariant[];
  failed: boolean;
}) {
  if (failed)
    return <p className="text-sm text-bad">The options could not be loaded. Reload the page to try again.</p>;
  if (choice.attributes.length === 0) return null;
  return (
    <section aria-label="Options" className="flex flex-col gap-3 border-t border-hairline pt-4">
      {choice.attributes.map(({ name, values }) => (
        <fieldset key={name}>
          <legend className="mb-1.5 text-xs text-ink-3">{humanize(name)}</legend>
          <div className="flex flex-wrap gap-1.5">
            {values.map((value) => {
              const on = choice.chosen[name] === value;
              const offered = nearest(variants, choice.chosen, name, value);
              return (
                <button
                  key={value}
                  type="button"
                  aria-pressed={on}
                  onClick={() => choice.choose(name, value)}
                  title={
                    offered
                      ? `${formatMoney(offered.price_adjustment, { signed: true })}${offered.in_stock ? ', in stock' : ''}${offered.lead_time_days == null ? '' : `, ${formatDays(offered.lead_time_days)}`}`
                      : undefined
                  }
                  className={cx(
                    'inline-flex min-h-7 items-center gap-1.5 rounded-md border px-2.5 text-sm',
                    on
                      ? 'border-accent bg-accent-wash text-accent'
                      : 'border-line bg-surface hover:border-control',
                  )}
                >
                  {humanize(value)}
                  {offered && offered.price_adjustment !== 0 && choice.attributes.length === 1 ? (
                    <span className={cx('text-xs', on ? 'text-accent' : 'text-ink-3')}>
                      {formatMoney(offered.price_adjustment, { signed: true })}
                    </span>
                  ) : null}
                </button>
              );
            })}
          </div>
        </fieldset>
      ))}
    </section>
  );
}
