// What the newest reading changed against the one before it: in words beside the plan, and on the plan.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlanDifferences } from '../../../../contract/plan-edits.ts';
import { differencesQuery } from '../../api/plan-edits.ts';
import { boxOf, pathOf } from '../../plan-editor/model/geometry.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Checkbox } from '../../ui/field.tsx';
import { Area } from '../../ui/figures.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/states.tsx';
import { formatCount, formatPercent } from '../../ui/units.ts';
import type { PlanStage } from './stage.tsx';

type Kind = 'added' | 'removed' | 'changed' | 'kept';

const TITLES: Record<Kind, string> = {
  added: 'New',
  removed: 'Gone',
  changed: 'Changed',
  kept: 'Kept',
};

const KEYS: Record<Kind, string> = {
  added: 'border-good bg-good-wash',
  removed: 'border-dashed border-bad bg-bad-wash',
  changed: 'border-warn bg-warn-wash',
  kept: 'border-dotted border-accent',
};

/** Rows of a kind before the rest is folded away. */
const SHORT = 5;

function useDifferences(stage: PlanStage): PlanDifferences | null {
  const { plan } = stage;
  const { data } = useQuery({
    ...differencesQuery(plan?.id ?? '', plan?.processing_completed_at ?? null),
    enabled: plan?.has_differences === true,
  });
  return data ?? null;
}

export function Differences({ stage }: { stage: PlanStage }) {
  const differences = useDifferences(stage);
  if (!stage.plan?.has_differences) return null;
  if (!differences) return <SkeletonLines lines={2} />;
  const { added, removed, changed, kept } = differences;
  const moved = added.length + removed.length + changed.length + kept.length;
  return (
    <PanelSection
      title="What the new reading changed"
      note={differences.previous_file_name ? `against ${differences.previous_file_name}` : 'same file'}
      actions={
        moved > 0 ? (
          <Checkbox
            label="On the plan"
            checked={stage.comparing}
            onChange={(event) => stage.setComparing(event.target.checked)}
          />
        ) : null
      }
    >
      <p className="text-sm text-ink-2">
        {differences.unchanged === 0
          ? 'No room is as it was.'
          : `${moved === 0 ? 'All ' : ''}${formatCount(differences.unchanged)} rooms are as they were.`}{' '}
        {differences.alignment}
      </p>
      <ul className="text-sm">
        <Rows kind="added" stage={stage} rows={added.map((room) => ({ ...room, detail: null }))} />
        <Rows
          kind="removed"
          stage={stage}
          rows={removed.map((room) => ({ ...room, space_id: null, detail: null }))}
        />
        <Rows
          kind="changed"
          stage={stage}
          rows={changed.map((room) => ({
            ...room,
            area_sqft: null,
            detail: [
              ...room.changes.map((change) => `${change.field}: ${change.before} → ${change.after}`),
              ...(room.overlap < 0.98 ? [`outline overlaps ${formatPercent(room.overlap * 100)}`] : []),
            ].join(', '),
          }))}
        />
        <Rows
          kind="kept"
          stage={stage}
          rows={kept.map((room) => ({
            ...room,
            area_sqft: null,
            detail: room.file_says
              ? `As you left it. The file says: ${room.file_says}`
              : 'As you left it; the file says the same.',
          }))}
        />
      </ul>
    </PanelSection>
  );
}

interface Row {
  space_id: string | null;
  label: string;
  area_sqft: number | null;
  detail: string | null;
  source_polygon?: [number, number][];
}

function Rows({ kind, rows, stage }: { kind: Kind; rows: readonly Row[]; stage: PlanStage }) {
  const { selectSpace } = useSelection();
  const show = (row: Row) => {
    stage.setComparing(true);
    selectSpace(row.space_id);
    if (row.space_id) stage.zoomTo(row.space_id);
    else if (row.source_polygon && stage.frame) {
      const box = boxOf([row.source_polygon.map(stage.frame.toScene)]);
      if (box) stage.zoomTo(box);
    }
  };
  const [all, setAll] = useState(false);
  const listed = all || rows.length <= SHORT + 2 ? rows : rows.slice(0, SHORT);
  const items = listed.map((row, index) => (
    <li key={`${kind}-${row.space_id ?? index}`} className="border-b border-hairline">
      <button
        type="button"
        onClick={() => show(row)}
        className="grid w-full grid-cols-[6rem_minmax(0,1fr)_auto] items-baseline gap-3 py-1.5 text-left hover:bg-hover"
      >
        <span className="flex items-center gap-2 text-ink-3">
          <span aria-hidden="true" className={cx('size-2.5 shrink-0 rounded-xs border', KEYS[kind])} />
          {TITLES[kind]}
        </span>
        <span className="min-w-0">
          {row.label}
          {row.detail ? <span className="block text-xs text-ink-3">{row.detail}</span> : null}
        </span>
        {row.area_sqft === null ? null : (
          <span className="text-ink-2">
            <Area sqft={row.area_sqft} />
          </span>
        )}
      </button>
    </li>
  ));
  if (listed.length === rows.length) return items;
  return (
    <>
      {items}
      <li className="border-b border-hairline py-1">
        <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
          Show all {formatCount(rows.length)} that are {TITLES[kind].toLowerCase()}
        </Button>
      </li>
    </>
  );
}

/** The same on the drawing: rooms that are new, changed or kept, and the outlines of those that are gone. */
export function DifferencesLayer({ stage }: { stage: PlanStage }) {
  const differences = useDifferences(stage);
  const { scene, frame } = stage;
  if (!differences || !scene || !stage.comparing) return null;
  const paths = new Map(scene.rooms.map((room) => [room.id, room.path]));
  const marks = (kind: Kind, rooms: readonly { space_id: string }[]) =>
    rooms.map((room) => (
      <path
        key={`${kind}-${room.space_id}`}
        d={paths.get(room.space_id)}
        fillRule="evenodd"
        className={`plan-difference plan-difference-${kind}`}
      />
    ));
  return (
    <g pointerEvents="none">
      {marks('added', differences.added)}
      {marks('changed', differences.changed)}
      {marks('kept', differences.kept)}
      {frame
        ? differences.removed.map((room, index) => (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: rooms that are gone may bear the same name.
              key={index}
              d={pathOf([room.source_polygon.map(frame.toScene)])}
              className="plan-difference plan-difference-removed"
            />
          ))
        : null}
    </g>
  );
}
