// Seats of the whole, how the rooms are arranged, and whether the quote has aged.
import type { Project } from '../../../../contract/projects.ts';
import type { BudgetScenario, Recommendation } from '../../../../contract/recommendations.ts';
import { Area } from '../../ui/figures.tsx';
import { formatCount } from '../../ui/units.ts';
import { Arrangements } from './arrangement.tsx';
import type { ItemActions } from './item-actions.ts';
import { QuoteWarnings } from './quote-warnings.tsx';

export function SceneLine({
  project,
  scenario,
  recommendation,
  actions,
}: {
  project: Project;
  scenario: BudgetScenario;
  recommendation: Recommendation;
  actions: ItemActions;
}) {
  const { layout } = scenario;
  return (
    <>
      {layout ? (
        <div className="flex items-center gap-2">
          <p className="mr-auto text-sm">
            <span className="font-medium">
              {formatCount(layout.seats_placed)} of {formatCount(layout.seats_needed)} seats
            </span>
            {layout.sqft_per_seat === null ? null : (
              <span className="text-ink-2">
                , <Area sqft={layout.sqft_per_seat} /> a seat
              </span>
            )}
          </p>
          <Arrangements
            projectId={project.id}
            scenario={scenario}
            space_id={null}
            name="All rooms"
            actions={actions}
          />
        </div>
      ) : null}
      <QuoteWarnings
        projectId={project.id}
        recommendationId={recommendation.id}
        scenario={scenario.type}
        items={recommendation.items}
        currency={scenario.currency}
        allowed={actions.allowed}
        remember={actions.remember}
      />
    </>
  );
}
