// The step "Plan": what was read from the file, how sure the scale is, what the screening found.
import type { FloorPlan } from '../../../../contract/floorplans.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Area, Stat, StatRow } from '../../ui/figures.tsx';
import { PanelBody, PanelHeader, PanelSection } from '../../ui/panel.tsx';
import { EmptyState, SkeletonLines } from '../../ui/states.tsx';
import { formatBytes, formatCount } from '../../ui/units.ts';
import { Differences } from './differences.tsx';
import { Floors } from './floors.tsx';
import { ReviewLine, Scale, TypeTable } from './reading.tsx';
import { ScreeningSection } from './screening.tsx';
import { type PlanStage, usePlanStage } from './stage.tsx';

export default function PlanPanel() {
  const stage = usePlanStage();
  const { plan } = stage;
  if (!plan) {
    return (
      <>
        <PanelHeader title="Plan" />
        <PanelBody>
          {stage.plans_state.pending ? (
            <SkeletonLines />
          ) : (
            <EmptyState title="No floor plan yet" className="py-0">
              Bring one in on the drawing side. What is read from it appears here: areas, rooms by type, how
              sure the scale is, and what to look at.
            </EmptyState>
          )}
        </PanelBody>
      </>
    );
  }
  return (
    <>
      <PanelHeader
        title="Plan"
        note={`${plan.file_name}, ${plan.file_format.toUpperCase()}, ${formatBytes(plan.file_size_bytes)}`}
      />
      <PanelBody>
        <Floors stage={stage} />
        {plan.status === 'analyzed' || plan.space_count > 0 ? (
          <Reading plan={plan} stage={stage} />
        ) : (
          <StatusDot status={plan.status} />
        )}
      </PanelBody>
    </>
  );
}

function Reading({ plan, stage }: { plan: FloorPlan; stage: PlanStage }) {
  const { document } = stage;
  return (
    <>
      <StatRow className="mb-6">
        <Stat label="Rooms" value={formatCount(plan.space_count)} />
        <Stat label="Total area" value={<Area sqft={plan.total_area_sqft} />} note="inside the outer walls" />
        <Stat
          label="Usable area"
          value={<Area sqft={plan.usable_area_sqft} />}
          note="rooms without stairs and shafts"
        />
      </StatRow>
      <ReviewLine stage={stage} />
      <Differences stage={stage} />
      <Scale plan={plan} stage={stage} />
      <TypeTable spaces={stage.spaces} />
      <ScreeningSection stage={stage} />
      {document && document.warnings.length > 0 ? (
        <PanelSection title="What the reading was unsure of">
          <ul className="flex flex-col gap-2 text-sm text-ink-2">
            {document.warnings.map((warning) => (
              <li key={`${warning.code}${warning.space_id ?? ''}${warning.message}`}>
                {warning.message}{' '}
                {warning.question ? <span className="text-ink">{warning.question}</span> : null}
              </li>
            ))}
          </ul>
        </PanelSection>
      ) : null}
    </>
  );
}
