// What a scenario does differently from another one, largest change of price first, each with its reason.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import { type ScenarioType, scenariosAgainstQuery } from '../../api/recommendations.ts';
import { Segmented } from '../../ui/field.tsx';
import { Money } from '../../ui/figures.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { formatCount, formatMoney } from '../../ui/units.ts';
import { type Change, together } from './scenarios.ts';

const SHOWN = 6;

interface ChangesProps {
  scenario: BudgetScenario;
  scenarios: readonly BudgetScenario[];
}

/** Measured from the balanced scenario, the balanced one from the first other; any of the others may be asked for. */
export function Changes({ scenario, scenarios }: ChangesProps) {
  const [asked, setAsked] = useState<ScenarioType>('balanced');
  const others = scenarios.filter((each) => each.id !== scenario.id);
  const from = others.find((each) => each.type === asked) ?? others[0];
  const stored = from?.type === 'balanced';
  const query = useQuery({
    ...scenariosAgainstQuery(scenario.project_id, from?.type ?? 'balanced'),
    enabled: from !== undefined && !stored,
  });
  if (!from) return null;
  const found = stored ? scenario : query.data?.find((each) => each.id === scenario.id);
  const changes = found ? together(found.trade_offs) : [];
  const sum = changes.reduce((total, each) => total + each.amount, 0);
  return (
    <PanelSection
      title="What changed and why"
      note={
        changes.length > 0
          ? `${formatCount(changes.length)} ${changes.length === 1 ? 'change' : 'changes'}, ${formatMoney(sum, { currency: scenario.currency, signed: true })}`
          : undefined
      }
    >
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
        <span className="text-ink-2">{scenario.name} measured from</span>
        <Segmented
          label="Measured from"
          value={from.type}
          options={others.map((each) => ({ value: each.type, label: each.name }))}
          onChange={setAsked}
        />
      </div>
      {found ? (
        <ChangeList changes={changes} currency={scenario.currency} />
      ) : query.isError ? (
        <ErrorState
          title="The changes could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <SkeletonLines lines={6} />
      )}
    </PanelSection>
  );
}

function ChangeList({ changes, currency }: { changes: readonly Change[]; currency: string }) {
  if (changes.length === 0) return <p className="text-sm text-ink-2">Nothing: both choose the same.</p>;
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
    <>
      <ul>{list(0, SHOWN)}</ul>
      {changes.length > SHOWN ? (
        <details>
          <summary className="py-2 text-sm text-ink-2">
            {formatCount(changes.length - SHOWN)} smaller{' '}
            {changes.length - SHOWN === 1 ? 'change' : 'changes'}
          </summary>
          <ul>{list(SHOWN)}</ul>
        </details>
      ) : null}
    </>
  );
}
