// What was read of a floor as a whole: its scale with the cues it rests on, rooms by type, and the way to the review.
import { useNavigate } from '@tanstack/react-router';
import { Ruler } from 'lucide-react';
import type { FloorPlan, Space } from '../../../../contract/floorplans.ts';
import type { SpaceType } from '../../../../contract/plan.ts';
import { reviewProgress } from '../../plan-editor/model/review.ts';
import { Badge, RoomSwatch, SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Area } from '../../ui/figures.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { formatCount, formatPercent, humanize } from '../../ui/units.ts';
import type { PlanStage } from './stage.tsx';

/** How far the review is; the queue itself is in the step "Spaces". */
export function ReviewLine({ stage }: { stage: PlanStage }) {
  const { done, of } = reviewProgress(stage.spaces);
  if (of === 0) return null;
  return (
    <div className="mb-6 flex items-center gap-3 rounded-md bg-warn-wash px-3 py-2 text-sm">
      <p className="mr-auto">
        {done === of
          ? `All ${formatCount(of)} doubtful rooms have been reviewed.`
          : `${formatCount(of - done)} of ${formatCount(stage.spaces.length)} rooms were read with doubt.`}
      </p>
      {done < of ? (
        <ButtonLink
          size="sm"
          to="/projects/$projectId/$step"
          params={{ projectId: stage.project.id, step: 'spaces' }}
          search={(before: Record<string, unknown>) => ({ ...before, rooms: 'review' })}
        >
          Review them
        </ButtonLink>
      ) : null}
    </div>
  );
}

export function Scale({ plan, stage }: { plan: FloorPlan; stage: PlanStage }) {
  const navigate = useNavigate();
  const scale = stage.document?.scale;
  return (
    <PanelSection
      title="Scale"
      note={
        scale && scale.feet_per_unit !== null ? `${formatPercent(scale.confidence * 100)} sure` : undefined
      }
      actions={
        stage.may_edit && stage.scene ? (
          <Button
            size="sm"
            variant="quiet"
            onClick={() => {
              stage.takeTool('scale');
              // On narrow screens the drawing is the other view.
              void navigate({
                to: '.',
                search: (before) => ({ ...before, view: 'plan' as const }),
                replace: true,
              });
            }}
          >
            <Ruler /> Check with a known length
          </Button>
        ) : null
      }
    >
      <p className="text-sm">{plan.scale ?? 'Not known.'}</p>
      {scale && scale.cues.length > 0 ? (
        <ul className="mt-2 border-t border-hairline text-sm">
          {scale.cues.map((cue) => (
            <li key={`${cue.kind}${cue.detail}`} className="flex gap-3 border-b border-hairline py-1.5">
              <span className="w-32 shrink-0 text-ink-3">{humanize(cue.kind)}</span>
              <span className="min-w-0 flex-1 text-ink-2">{cue.detail}</span>
              {cue.agrees === undefined ? null : (
                <Badge tone={cue.agrees ? 'good' : 'warn'}>{cue.agrees ? 'agrees' : 'differs'}</Badge>
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </PanelSection>
  );
}

interface TypeRow {
  type: SpaceType;
  count: number;
  area: number | null;
}

/** The legend of the drawing, with its figures. */
export function TypeTable({ spaces }: { spaces: readonly Space[] }) {
  const rows = new Map<SpaceType, TypeRow>();
  for (const space of spaces) {
    const row = rows.get(space.type) ?? { type: space.type, count: 0, area: 0 };
    row.count += 1;
    row.area = row.area === null || space.area_sqft === null ? null : row.area + space.area_sqft;
    rows.set(space.type, row);
  }
  const sorted = [...rows.values()].sort((a, b) => (b.area ?? 0) - (a.area ?? 0));
  if (sorted.length === 0) return null;
  return (
    <PanelSection title="Rooms by type">
      <Table
        label="Rooms by type"
        rowKey={(row) => row.type}
        rows={sorted}
        columns={[
          {
            key: 'type',
            header: 'Type',
            cell: (row) => (
              <span className="flex items-center gap-2">
                <RoomSwatch type={row.type} /> {SPACE_TYPE_LABELS[row.type]}
              </span>
            ),
          },
          { key: 'count', header: 'Rooms', align: 'right', cell: (row) => formatCount(row.count) },
          { key: 'area', header: 'Area', align: 'right', cell: (row) => <Area sqft={row.area} /> },
        ]}
      />
    </PanelSection>
  );
}
