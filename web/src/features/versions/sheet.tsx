// The plan while versions are compared: the drawing in grey, on it what was added, removed, changed and moved.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { PieceSide, SpaceSide, VersionDiff } from '../../../../contract/versions.ts';
import { versionDiffQuery } from '../../api/versions.ts';
import { pathOf } from '../../plan-editor/model/geometry.ts';
import { ALL_LAYERS } from '../../plan-editor/model/layers.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { Spinner } from '../../ui/button.tsx';
import { type PlanStage, usePlanStage } from '../plan/stage.tsx';
import { type Comparison, comparedTo } from './comparison.ts';

const PlanView = lazy(() =>
  import('../../plan-editor/svg/plan-view.tsx').then((module) => ({ default: module.PlanView })),
);

const LAYERS = { ...ALL_LAYERS, colours: false, doubts: false, findings: false, furniture: false };

/** Null where there is no drawing to lay it on. */
export function ComparisonSheet({ comparison }: { comparison: Comparison }) {
  const stage = usePlanStage();
  const { space_id, selectSpace } = useSelection();
  const { from, to } = comparedTo(comparison);
  const { data: diff } = useQuery({
    ...versionDiffQuery(stage.project.id, from, to),
    enabled: from > 0,
  });
  const { plan, scene } = stage;
  if (plan === null || scene === null) return null;
  return (
    <Suspense fallback={<Spinner />}>
      <PlanView
        subject={plan.id}
        scene={scene}
        pieces={[]}
        layers={LAYERS}
        selected={space_id}
        onSelect={selectSpace}
        selectedPin={null}
        onSelectPin={() => {}}
        layer={() => (diff === undefined ? null : <Changes diff={diff} stage={stage} floor={plan.id} />)}
      />
      <p className="pointer-events-none absolute top-3 left-1/2 max-w-[90%] -translate-x-1/2 rounded-md border border-line bg-surface px-3 py-1 text-xs text-ink-2">
        {to === 'current'
          ? `Version ${from} against the project as it stands`
          : from === 0
            ? 'The first version'
            : `Version ${from} against version ${to}`}
      </p>
    </Suspense>
  );
}

function Changes({ diff, stage, floor }: { diff: VersionDiff; stage: PlanStage; floor: string }) {
  const here = <T extends { floor_plan_id: string | null }>(all: readonly T[]) =>
    all.filter((one) => one.floor_plan_id === floor);
  const changed = diff.spaces.changed.filter(({ after }) => after.floor_plan_id === floor);
  const room = (space: SpaceSide, kind: string) => {
    const d = outlineOf(space, stage);
    return d === null ? null : (
      <path key={`${kind}-${space.id}`} d={d} className={`plan-difference plan-difference-${kind}`} />
    );
  };
  return (
    <g pointerEvents="none">
      {here(diff.spaces.added).map((space) => room(space, 'added'))}
      {changed.map(({ after }) => room(after, 'changed'))}
      {changed
        .filter(({ fields }) => fields.includes('outline'))
        .map(({ before }) => room({ ...before, id: `${before.id}-before` }, 'removed'))}
      {here(diff.spaces.removed).map((space) => room(space, 'removed'))}
      {here(diff.placements).map(({ kind, before, after, name }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names of their own.
        <g key={index}>
          <title>{`${name}, ${kind}`}</title>
          {before === null ? null : <Piece piece={before} look="removed" />}
          {after === null ? null : <Piece piece={after} look={kind === 'added' ? 'added' : 'changed'} />}
          {kind === 'moved' && before !== null && after !== null ? (
            <line
              x1={before.x}
              y1={-before.y}
              x2={after.x}
              y2={-after.y}
              className="plan-difference plan-difference-changed"
            />
          ) : null}
        </g>
      ))}
    </g>
  );
}

/** Scene coordinates are feet with y downwards; at unknown scale the file's own, which the frame knows. */
function outlineOf(space: SpaceSide, { scene, frame }: PlanStage): string | null {
  if (scene?.feet === 1 && space.polygon.length > 0)
    return pathOf([space.polygon.map(([x, y]): [number, number] => [x, -y])]);
  if (frame !== null && space.source_polygon.length > 0)
    return pathOf([space.source_polygon.map(frame.toScene)]);
  return null;
}

function Piece({ piece, look }: { piece: PieceSide; look: 'added' | 'removed' | 'changed' }) {
  return (
    <rect
      x={-piece.width_ft / 2}
      y={-piece.depth_ft / 2}
      width={piece.width_ft}
      height={piece.depth_ft}
      transform={`translate(${piece.x} ${-piece.y}) rotate(${-piece.rotation_deg})`}
      className={`plan-difference plan-difference-${look}`}
    />
  );
}
