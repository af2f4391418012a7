// From the furniture to the total: freight, installation, contingency, tax, each with what it is taken of.
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import { Money } from '../../ui/figures.tsx';
import { PanelSection } from '../../ui/panel.tsx';

export function Lines({ scenario }: { scenario: BudgetScenario }) {
  const { lines, currency, total_cost } = scenario;
  if (lines.length === 0) return null;
  return (
    <PanelSection title="Lines">
      <table aria-label={`Lines of ${scenario.name}`} className="w-full border-collapse text-sm">
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className="border-t border-hairline">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                {line.label}
                {line.note ? <span className="block text-xs text-ink-3">{line.note}</span> : null}
              </th>
              <td className="py-1.5 text-right align-top">
                <Money amount={line.amount} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line font-medium">
            <th scope="row" className="py-1.5 text-left font-medium">
              Total
            </th>
            <td className="py-1.5 text-right">
              <Money amount={total_cost} currency={currency} />
            </td>
          </tr>
        </tfoot>
      </table>
    </PanelSection>
  );
}
