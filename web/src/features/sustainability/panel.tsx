// Sustainability: carbon and content with the grade of the data behind them, credits with what is missing, targets.
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import type { BudgetScenario, SustainabilityMetrics } from '../../../../contract/recommendations.ts';
import type { SustainabilityReport } from '../../../../contract/sustainability.ts';
import { scenariosQuery, sustainabilityQuery } from '../../api/recommendations.ts';
import { Carbon, Stat, StatRow } from '../../ui/figures.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { PanelBody, PanelHeader, PanelSection } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { formatCount, formatDate, formatPercent } from '../../ui/units.ts';
import { BySpace } from './by-space.tsx';
import { Credits } from './credits.tsx';
import { DataQuality } from './data-quality.tsx';
import { GRADE_MEANING, metricsFor, reportOf } from './report.ts';
import { Targets } from './targets.tsx';

export default function Panel({ project }: { project: Project }) {
  const search = useSearch({ from: '/inside/projects/$projectId' }) as Record<string, unknown>;
  const rows = useQuery(sustainabilityQuery(project.id));
  const scenarios = useQuery(scenariosQuery(project.id));
  const asked = typeof search['scenario'] === 'string' ? search['scenario'] : null;
  const { metrics, scenario } = metricsFor(rows.data ?? [], scenarios.data ?? [], asked);
  const mayEdit = projectRoleMay(project.role, 'project:edit');
  const report = metrics ? reportOf(metrics) : null;
  return (
    <>
      <PanelHeader
        title="Sustainability"
        note={
          metrics
            ? `${scenario ? `${scenario.name} scenario, ` : ''}worked out ${formatDate(metrics.calculated_at)}`
            : undefined
        }
      />
      <PanelBody>
        {rows.isPending || scenarios.isPending ? (
          <SkeletonLines lines={9} />
        ) : rows.isError ? (
          <ErrorState
            title="The figures could not be loaded"
            error={rows.error}
            onRetry={() => void rows.refetch()}
          />
        ) : metrics ? (
          <>
            <Totals metrics={metrics} report={report} />
            <Targets project={project} mayEdit={mayEdit} results={report?.targets ?? []} metrics={metrics} />
            {report ? (
              <Detail report={report} projectId={project.id} scenario={scenario ?? null} mayEdit={mayEdit} />
            ) : null}
          </>
        ) : (
          <>
            <EmptyState
              title="Nothing to count yet"
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
              With a recommendation come its carbon, recycled content, certificates and credits, each with the
              grade of the data behind it. Targets can be set before.
            </EmptyState>
            <Targets project={project} mayEdit={mayEdit} results={[]} metrics={null} />
          </>
        )}
      </PanelBody>
    </>
  );
}

function Totals({
  metrics,
  report,
}: {
  metrics: SustainabilityMetrics;
  report: SustainabilityReport | null;
}) {
  const grade = report?.totals.data_quality_grade;
  return (
    <section aria-label="Totals" className="mb-6">
      <StatRow>
        <Stat
          size="lg"
          label="Carbon, cradle to grave"
          value={<Carbon kg={metrics.carbon_footprint_kg} />}
          note={
            grade ? (
              <>
                Data grade {grade}, {GRADE_MEANING[grade]}
              </>
            ) : undefined
          }
        />
        <Stat size="lg" label="Overall score, of 100" value={formatCount(metrics.overall_score)} />
      </StatRow>
      <StatRow className="mt-3">
        <Stat label="Recycled content" value={formatPercent(metrics.recycled_content_pct)} />
        <Stat label="Recyclable" value={formatPercent(metrics.recyclable_pct)} />
        <Stat label="LEED points" value={formatCount(metrics.leed_points)} />
      </StatRow>
      {report ? <DataQuality totals={report.totals} /> : null}
    </section>
  );
}

function Detail({
  report,
  projectId,
  scenario,
  mayEdit,
}: {
  report: SustainabilityReport;
  projectId: string;
  scenario: BudgetScenario | null;
  mayEdit: boolean;
}) {
  return (
    <>
      <Credits report={report} projectId={projectId} scenario={scenario} mayEdit={mayEdit} />
      <Certificates report={report} />
      <BySpace report={report} />
    </>
  );
}

function Certificates({ report }: { report: SustainabilityReport }) {
  const { certification_coverage: coverage } = report;
  if (coverage.length === 0) return null;
  return (
    <PanelSection title="Certificates" note="Share of the pieces, and of the money">
      <ul>
        {[...coverage]
          .sort((a, b) => b.pieces_pct - a.pieces_pct)
          .map((each) => (
            <li
              key={each.certification}
              className="grid grid-cols-[minmax(0,1fr)_5rem_3.5rem_3.5rem] items-center gap-3 border-t border-hairline py-1.5 text-sm"
            >
              <span className="min-w-0 truncate">{each.certification}</span>
              <span aria-hidden="true" className="h-1 bg-hairline">
                <span className="block h-full bg-[var(--chart-3)]" style={{ width: `${each.pieces_pct}%` }} />
              </span>
              <span className="text-right">{formatPercent(each.pieces_pct)}</span>
              <span className="text-right text-ink-2">{formatPercent(each.spend_pct)}</span>
            </li>
          ))}
      </ul>
    </PanelSection>
  );
}
