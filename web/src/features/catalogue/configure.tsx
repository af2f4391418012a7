// The options of a product: each group a row of choices, with what it adds; what does not go with the rest says why.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Configuration, OfferedGroup } from '../../../../contract/catalog-options.ts';
import { configurationQuery } from '../../api/catalog.ts';
import { cx } from '../../ui/cx.ts';
import { formatDays, humanize } from '../../ui/units.ts';
import { extraCost } from './product-facts.ts';

export interface Choosing {
  /** Undefined until it is worked out. */
  configuration: Configuration | undefined;
  failed: boolean;
  choose: (group: string, choice: string) => void;
  /** Nothing chosen by hand. */
  untouched: boolean;
}

export function useConfiguration(productId: string): Choosing {
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const answer = useQuery(configurationQuery(productId, chosen));
  return {
    configuration: answer.data,
    failed: answer.isError,
    untouched: Object.keys(chosen).length === 0,
    choose: (group, choice) =>
      setChosen((before) => {
        const { [group]: old, ...others } = before;
        return old === choice ? others : { ...others, [group]: choice };
      }),
  };
}

export function Options({ choosing }: { choosing: Choosing }) {
  const { configuration, failed } = choosing;
  if (failed)
    return <p className="text-sm text-bad">The options could not be loaded. Reload the page to try again.</p>;
  if (!configuration || configuration.groups.length === 0) return null;
  const { groups, reason, problems, part_number, complete } = configuration;
  return (
    <section aria-label="Options" className="flex flex-col gap-3 border-t border-hairline pt-4">
      {groups.map((group) => (
        <Group
          key={group.code}
          group={group}
          currency={configuration.currency}
          problem={problems.find((one) => one.group === group.code)?.message}
          onChoose={(choice) => choosing.choose(group.code, choice)}
        />
      ))}
      <p role="status" className="text-sm text-ink-2">
        {complete && part_number ? (
          <>
            Part number <strong className="font-medium text-ink">{part_number}</strong>
          </>
        ) : choosing.untouched ? null : (
          reason
        )}
      </p>
    </section>
  );
}

interface GroupProps {
  group: OfferedGroup;
  currency: string;
  problem: string | undefined;
  onChoose: (choice: string) => void;
}

function Group({ group, currency, problem, onChoose }: GroupProps) {
  const refused = group.choices.filter((choice) => !choice.available && choice.reason);
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs text-ink-3">
        {humanize(group.name)}
        {group.required ? '' : ', optional'}
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {group.choices.map((choice) => {
          const on = group.chosen === choice.code;
          return (
            <button
              key={choice.code}
              type="button"
              aria-pressed={on}
              aria-disabled={!choice.available && !on}
              title={choice.reason ?? addition(choice.lead_time_days)}
              onClick={() => (choice.available || on ? onChoose(choice.code) : undefined)}
              className={cx(
                'inline-flex min-h-7 items-center gap-1.5 rounded-md border px-2.5 text-sm',
                on
                  ? 'border-accent bg-accent-wash text-accent'
                  : choice.available
                    ? 'border-line bg-surface hover:border-control'
                    : 'cursor-not-allowed border-dashed border-line text-ink-3 line-through',
              )}
            >
              {humanize(choice.name)}
              {choice.price_adjustment !== 0 ? (
                <span className={cx('text-xs', on ? 'text-accent' : 'text-ink-3')}>
                  {extraCost(choice.price_adjustment, currency)}
                </span>
              ) : null}
            </button>
          );
        })}
      </div>
      {problem ? (
        <p role="alert" className="mt-1 text-xs text-bad">
          {problem}
        </p>
      ) : refused.length > 0 ? (
        <ul className="mt-1 text-xs text-ink-3">
          {[...new Set(refused.map((choice) => choice.reason))].slice(0, 3).map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
    </fieldset>
  );
}

const addition = (days: number) => (days > 0 ? `${formatDays(days)} more lead time` : undefined);
