// The step "Plan": what was read from the file, how sure the scale is, what the screening found.
import { RotateCcw, Ruler, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FloorPlan, Space } from '../../../../contract/floorplans.ts';
import type { PlanDocument, SpaceType } from '../../../../contract/plan.ts';
import type { Project } from '../../../../contract/projects.ts';
import { useAnalyze, useRemoveFloor, useRenameFloor } from '../../api/floor-plans.ts';
import { Badge, RoomSwatch, SPACE_TYPE_LABELS, StatusDot } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EditableText } from '../../ui/editable.tsx';
import { Area, Stat, StatRow } from '../../ui/figures.tsx';
import { PanelBody, PanelHeader, PanelSection } from '../../ui/panel.tsx';
import { EmptyState, SkeletonLines } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatBytes, formatCount, formatPercent, humanize } from '../../ui/units.ts';
import { type PlanStage, usePlanStage } from './stage.tsx';

export default function PlanPanel({ project }: { project: Project }) {
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
        actions={stage.may_edit ? <ReadAgain plan={plan} projectId={project.id} /> : null}
      />
      <PanelBody>
        {stage.may_edit ? <FloorName plan={plan} projectId={project.id} /> : null}
        {plan.status === 'analyzed' ? (
          <Reading plan={plan} stage={stage} />
        ) : (
          <StatusDot status={plan.status} />
        )}
      </PanelBody>
    </>
  );
}

function ReadAgain({ plan, projectId }: { plan: FloorPlan; projectId: string }) {
  const analyze = useAnalyze(projectId);
  const working = plan.status === 'uploaded' || plan.status === 'processing';
  return (
    <Button
      size="sm"
      busy={analyze.isPending || working}
      onClick={() =>
        analyze.mutate({ id: plan.id, options: {} }, { onError: toastProblem('The reading did not start') })
      }
    >
      <RotateCcw /> Read again
    </Button>
  );
}

function FloorName({ plan, projectId }: { plan: FloorPlan; projectId: string }) {
  const rename = useRenameFloor(projectId);
  return (
    <div className="mb-5 flex items-center gap-3 text-sm">
      <span className="text-ink-3">Floor</span>
      <EditableText
        label="Name of the floor"
        value={plan.level_name ?? ''}
        placeholder="Name this floor"
        maxLength={100}
        onSave={(level_name) =>
          rename.mutate({ id: plan.id, level_name }, { onError: toastProblem('The name was not saved') })
        }
      />
      <span className="ml-auto">
        <RemoveFloor plan={plan} projectId={projectId} />
      </span>
    </div>
  );
}

/** Asked first, because a removed file cannot be brought back. */
function RemoveFloor({ plan, projectId }: { plan: FloorPlan; projectId: string }) {
  const [asking, setAsking] = useState(false);
  const remove = useRemoveFloor(projectId);
  const name = plan.level_name ?? plan.file_name;
  return (
    <>
      <IconButton label="Remove this floor" size="sm" onClick={() => setAsking(true)}>
        <Trash2 />
      </IconButton>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Remove ${name}?`}
        size="sm"
        footer={
          <>
            <Button variant="quiet" onClick={() => setAsking(false)}>
              Keep it
            </Button>
            <Button
              variant="danger"
              busy={remove.isPending}
              onClick={() =>
                remove.mutate(plan.id, {
                  onSuccess: () => toast(`${name} was removed`),
                  onError: (error) => {
                    setAsking(false);
                    toastProblem('The floor was not removed')(error);
                  },
                })
              }
            >
              Remove
            </Button>
          </>
        }
      >
        <p className="text-ink-2">
          {plan.file_name} and the {formatCount(plan.space_count)} rooms read from it leave the project, with
          any corrections made to them. This cannot be taken back.
        </p>
      </Dialog>
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
      <Scale plan={plan} stage={stage} />
      <TypeTable spaces={stage.spaces} />
      {document ? <Findings document={document} stage={stage} /> : null}
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

function Scale({ plan, stage }: { plan: FloorPlan; stage: PlanStage }) {
  const scale = stage.document?.scale;
  return (
    <PanelSection
      title="Scale"
      note={
        scale && scale.feet_per_unit !== null ? `${formatPercent(scale.confidence * 100)} sure` : undefined
      }
      actions={
        stage.may_edit && stage.scene ? (
          <Button size="sm" variant="quiet" onClick={() => stage.takeTool('scale')}>
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
function TypeTable({ spaces }: { spaces: readonly Space[] }) {
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

function Findings({ document, stage }: { document: PlanDocument; stage: PlanStage }) {
  const open = document.compliance.checks.filter((check) => check.status !== 'pass');
  const passed = document.compliance.checks.length - open.length;
  return (
    <PanelSection
      title="Screening"
      note={`${formatCount(passed)} passed, ${formatCount(open.length)} to look at`}
    >
      {open.length === 0 ? (
        <p className="text-sm text-ink-2">Nothing stood out. This is an aid, not a code review.</p>
      ) : (
        <ul className="border-t border-hairline text-sm">
          {document.compliance.checks.map((check, index) => {
            if (check.status === 'pass') return null;
            const key = `${check.code}-${check.section}-${index}`;
            const pin = stage.scene?.pins.find((candidate) => candidate.key === key);
            const body = (
              <>
                <StatusDot status={check.status} hideLabel />
                <span className="min-w-0 flex-1">
                  {check.detail}
                  <span className="block text-xs text-ink-3">
                    {check.code} {check.section}
                  </span>
                </span>
              </>
            );
            return (
              <li key={key} className="border-b border-hairline">
                {pin ? (
                  <button
                    type="button"
                    aria-pressed={stage.finding === key}
                    onClick={() => stage.setFinding(stage.finding === key ? null : key)}
                    className="flex w-full items-start gap-2.5 py-2 text-left hover:bg-hover aria-pressed:bg-accent-wash"
                  >
                    {body}
                  </button>
                ) : (
                  <div className="flex items-start gap-2.5 py-2">{body}</div>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </PanelSection>
  );
}
