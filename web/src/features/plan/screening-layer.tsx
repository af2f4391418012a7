// One finding on the drawing: the way that was walked, the floor that is needed, the door or exit it is about.
import type { ComplianceCheck, PlanPoint } from '../../../../contract/plan.ts';
import { type Box, boxOf, pathOf } from '../../plan-editor/model/geometry.ts';
import type { PlanStage } from './stage.tsx';

/** The key of a check, as its pin on the drawing carries it. */
export function checkKey(check: ComplianceCheck, index: number): string {
  return `${check.code}-${check.section}-${index}`;
}
export function exitKey(doorId: string): string {
  return `exit-${doorId}`;
}

export function findingOf(stage: PlanStage): ComplianceCheck | null {
  const checks = stage.document?.compliance.checks ?? [];
  return checks.find((check, index) => checkKey(check, index) === stage.finding) ?? null;
}

/** What of a check can be drawn, in scene coordinates. */
function marksOf(stage: PlanStage, check: ComplianceCheck | null) {
  const { frame, document, finding } = stage;
  if (!frame) return null;
  if (!check) {
    const door = document?.doors.find((candidate) => exitKey(candidate.id) === finding);
    return door ? { at: frame.toScene([door.source_x, door.source_y]), path: [], polygon: [] } : null;
  }
  const { where } = check;
  if (!where) return null;
  return {
    at: frame.toScene([where.source_x, where.source_y]),
    path: (where.source_path ?? []).map(frame.toScene),
    polygon: (where.source_polygon ?? []).map(frame.toScene),
  };
}

/** The part of the drawing a finding needs to be seen, with some room around; null where it is about the whole floor. */
export function findingBox(stage: PlanStage, check: ComplianceCheck): Box | null {
  const marks = marksOf(stage, check);
  return marks && around(stage, [marks.at, ...marks.path, ...marks.polygon]);
}

/** The part of the drawing around a door. */
export function doorBox(stage: PlanStage, doorId: string): Box | null {
  const door = stage.document?.doors.find((candidate) => candidate.id === doorId);
  return door && stage.frame ? around(stage, [stage.frame.toScene([door.source_x, door.source_y])]) : null;
}

function around(stage: PlanStage, points: readonly PlanPoint[]): Box | null {
  const box = boxOf([[...points]]);
  if (!box) return null;
  const unit = stage.scene?.feet ?? 0;
  const margin = Math.max(8 * unit, 0.1 * Math.max(box.max_x - box.min_x, box.max_y - box.min_y));
  return {
    min_x: box.min_x - margin,
    min_y: box.min_y - margin,
    max_x: box.max_x + margin,
    max_y: box.max_y + margin,
  };
}

export function ScreeningLayer({ stage, k }: { stage: PlanStage; k: number }) {
  const check = findingOf(stage);
  const marks = stage.finding === null ? null : marksOf(stage, check);
  if (!marks) return null;
  const tone = check?.status === 'fail' ? 'bad' : check?.status === 'needs_input' ? 'warn' : 'accent';
  const end = marks.path.at(-1);
  return (
    <g pointerEvents="none" className="plan-screening" style={{ color: `var(--${tone})` }}>
      {marks.polygon.length > 2 ? (
        <path d={pathOf([marks.polygon])} className="plan-screening-floor" />
      ) : null}
      {marks.path.length > 1 ? (
        <>
          <path d={lineOf(marks.path)} className="plan-screening-casing" />
          <path d={lineOf(marks.path)} className="plan-screening-way" />
          <Spot at={marks.path[0]!} k={k} />
          {end ? <Spot at={end} k={k} filled /> : null}
        </>
      ) : marks.polygon.length === 0 ? (
        <Spot at={marks.at} k={k} />
      ) : null}
    </g>
  );
}

/** A ring where a way begins or a door stands, a disc where the way ends. */
function Spot({ at, k, filled = false }: { at: PlanPoint; k: number; filled?: boolean }) {
  return (
    <circle
      cx={at[0]}
      cy={at[1]}
      r={6 / k}
      className="plan-screening-spot"
      fill={filled ? 'currentColor' : 'var(--surface)'}
    />
  );
}

function lineOf(points: readonly PlanPoint[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}
