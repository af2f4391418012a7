// Budget: the three scenarios beside each other, what differs and why, what they return, and which one is chosen.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import {
  recommendationQuery,
  type ScenarioType,
  scenariosQuery,
  useSelectScenario,
} from '../../api/recommendations.ts';
import { useLetterKeys } from '../../app/letter-keys.ts';
import { Segmented } from '../../ui/field.tsx';
import { ButtonLink, TextLink } from '../../ui/link.tsx';
import { PanelBody, PanelHeader, PanelSection } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatDate, formatMoney } from '../../ui/units.ts';
import { QuoteWarnings } from '../furniture/quote-warnings.tsx';
import { Changes } from './changes.tsx';
import { Comparison } from './comparison.tsx';
import { Lines } from './lines.tsx';
import { Roi } from './roi.tsx';
import { newestScenarios, proofOf, targetOf } from './scenarios.ts';
import { Terms } from './terms.tsx';
import { TotalBars } from './total-bars.tsx';

export default function Panel({ project }: { project: Project }) {
  const query = useQuery(scenariosQuery(project.id));
  const scenarios = newestScenarios(query.data ?? []);
  return (
    <>
      <PanelHeader title="Budget" note={headline(scenarios, project)} />
      <PanelBody>
        {query.isPending ? (
          <SkeletonLines lines={10} />
        ) : query.isError ? (
          <ErrorState
            title="The scenarios could not be loaded"
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : scenarios.length === 0 ? (
          <EmptyState
            title="No scenarios yet"
            action={
              <ButtonLink
                to="/projects/$projectId/$step"
                params={{ projectId: project.id, step: 'furniture' }}
                variant="primary"
              >
                Go to furniture
              </ButtonLink>
            }
          >
            A recommendation comes with three: the least that does the job, the balanced one, and the best the
            budget carries. They are compared here line by line.
          </EmptyState>
        ) : (
          <Scenarios project={project} scenarios={scenarios} />
        )}
      </PanelBody>
    </>
  );
}

function headline(scenarios: readonly BudgetScenario[], project: Project): string | undefined {
  if (scenarios.length === 0) return undefined;
  const selected = scenarios.find((each) => each.is_selected);
  const { target } = project.budget;
  const against =
    typeof target === 'number' ? `, target ${formatMoney(target, { currency: scenarios[0]?.currency })}` : '';
  return selected
    ? `${selected.name} chosen at ${formatMoney(selected.total_cost, { currency: selected.currency })}${against}`
    : `None chosen yet${against}`;
}

/** J and K look at the next and the previous scenario, S chooses the one shown. */
const SCENARIO_KEYS = ['j', 'k', 's'] as const;

function Scenarios({ project, scenarios }: { project: Project; scenarios: readonly BudgetScenario[] }) {
  const select = useSelectScenario(project.id);
  const mayEdit = projectRoleMay(project.role, 'project:edit');
  const [asked, setAsked] = useState<ScenarioType | null>(null);
  const shown =
    scenarios.find((each) => each.type === asked) ??
    scenarios.find((each) => each.is_selected) ??
    scenarios.find((each) => each.type === 'balanced') ??
    scenarios[0];
  const choose = mayEdit
    ? (scenario: BudgetScenario) => {
        const before = scenarios.find((each) => each.is_selected);
        setAsked(scenario.type);
        select.mutate(scenario, {
          onSuccess: () =>
            toast(`${scenario.name} chosen`, {
              action:
                before && before.id !== scenario.id
                  ? { label: `Back to ${before.name}`, onSelect: () => select.mutate(before) }
                  : undefined,
            }),
          onError: toastProblem('The scenario was not chosen'),
        });
      }
    : undefined;
  useLetterKeys(SCENARIO_KEYS, (key) => {
    const at = scenarios.findIndex((each) => each.id === shown?.id);
    if (key === 's') {
      if (shown && !shown.is_selected) choose?.(shown);
      return;
    }
    const next = scenarios[at + (key === 'j' ? 1 : -1)];
    if (next) setAsked(next.type);
  });
  if (!shown) return null;
  const proof = proofOf(shown);
  return (
    <div className="@container">
      <TotalBars scenarios={scenarios} target={targetOf(project, shown)} />
      {targetOf(project, shown) === null ? (
        <p className="mb-4 text-xs text-ink-2">
          No target yet.{' '}
          <TextLink to="/projects/$projectId/$step" params={{ projectId: project.id, step: 'brief' }}>
            Set one in the brief
          </TextLink>{' '}
          to see how far each scenario is from it.
        </p>
      ) : null}
      <Aged project={project} scenario={shown} allowed={mayEdit} />
      <Comparison scenarios={scenarios} choose={choose} />
      <div className="mb-5 border-t border-line pt-4">
        <Segmented
          label="Details of"
          value={shown.type}
          options={scenarios.map((each) => ({ value: each.type, label: each.name }))}
          onChange={setAsked}
        />
      </div>
      <Changes scenario={shown} scenarios={scenarios} />
      <Terms projectId={project.id} scenario={shown} allowed={mayEdit} />
      <Lines scenario={shown} />
      <Roi scenario={shown} allowed={mayEdit} />
      {proof ? (
        <PanelSection title="How sure">
          <p className="text-sm text-ink-2">{proof}</p>
        </PanelSection>
      ) : null}
      <p className="text-xs text-ink-3">
        Worked out {formatDate(shown.created_at)} from the catalogue's prices of that day.
      </p>
    </div>
  );
}

/** The quote of the scenario in hand, where it has aged. */
function Aged({
  project,
  scenario,
  allowed,
}: {
  project: Project;
  scenario: BudgetScenario;
  allowed: boolean;
}) {
  const id = scenario.recommendation_id;
  const query = useQuery({ ...recommendationQuery(id ?? '', scenario.type), enabled: id !== null });
  if (id === null || !query.data) return null;
  return (
    <div className="mb-5 empty:hidden">
      <QuoteWarnings
        projectId={project.id}
        recommendationId={id}
        scenario={scenario.type}
        items={query.data.items}
        currency={scenario.currency}
        allowed={allowed}
      />
    </div>
  );
}
