// What a scenario does differently from the balanced one, largest change of price first, each with its reason.
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import { Money } from '../../ui/figures.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { formatCount, formatMoney } from '../../ui/units.ts';
import { together } from './scenarios.ts';

const SHOWN = 6;

export function Changes({ scenario }: { scenario: BudgetScenario }) {
  const { trade_offs, type, currency } = scenario;
  if (type === 'balanced' && trade_offs.length === 0)
    return (
      <PanelSection title="What changed and why">
        <p className="text-sm text-ink-2">
          The other two are measured against this one. Choose one of them above to see its differences.
        </p>
      </PanelSection>
    );
  const sum = trade_offs.reduce((total, each) => total + (each.amount ?? 0), 0);
  const changes = together(trade_offs);
  const list = (from: number, to?: number) =>
    changes.slice(from, to).map((each) => (
      <li
        key={each.change}
        className="grid grid-cols-[minmax(0,1fr)_auto] gap-4 border-t border-hairline py-2 text-sm"
      >
        <div>
          <p>{each.change}</p>
          <p className="text-xs text-ink-2">
            {each.times > 1 ? `In ${formatCount(each.times)} rooms. The largest: ` : null}
            {each.reason}
          </p>
        </div>
        <span className="font-medium">
          <Money amount={each.amount} currency={currency} signed />
        </span>
      </li>
    ));
  return (
    <PanelSection
      title="What changed and why"
      note={
        trade_offs.length > 0
          ? `${formatCount(changes.length)} ${changes.length === 1 ? 'change' : 'changes'}, ${formatMoney(sum, { currency, signed: true })} against balanced`
          : undefined
      }
    >
      {trade_offs.length === 0 ? (
        <p className="text-sm text-ink-2">Nothing: the balanced choice is also the best here.</p>
      ) : (
        <>
          <ul>{list(0, SHOWN)}</ul>
          {changes.length > SHOWN ? (
            <details>
              <summary className="py-2 text-sm text-ink-2">
                {formatCount(changes.length - SHOWN)} smaller changes
              </summary>
              <ul>{list(SHOWN)}</ul>
            </details>
          ) : null}
        </>
      )}
    </PanelSection>
  );
}
