// The step "Spaces": every room of the floor, searchable, editable in place; doubtful rooms first when reviewing.
import { useVirtualizer } from '@tanstack/react-virtual';
import { Check } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Space } from '../../../../contract/floorplans.ts';
import type { SpaceType } from '../../../../contract/plan.ts';
import { useUpdateSpace } from '../../api/floor-plans.ts';
import { ApiProblem } from '../../api/problem.ts';
import { DOUBT_BELOW, roomName } from '../../plan-editor/svg/layers.tsx';
import { useSelection } from '../../routes/workspace/selection.ts';
import { SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { SearchInput, Segmented, Select } from '../../ui/field.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { PanelBody, PanelHeader } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatArea, formatCount } from '../../ui/units.ts';
import { type PlanStage, usePlanStage } from '../plan/stage.tsx';
import { RoomRow } from './room-row.tsx';

type Order = 'list' | 'review';

/** A room that nobody has looked at yet and that the reading was not sure of. */
export function needsReview(space: Space): boolean {
  return (
    !space.manually_edited && space.detection_confidence !== null && space.detection_confidence < DOUBT_BELOW
  );
}

const byNumber = new Intl.Collator('en', { numeric: true });

function inOrder(spaces: readonly Space[], order: Order): Space[] {
  return [...spaces].sort((a, b) => {
    if (order === 'review') {
      const doubt = Number(needsReview(b)) - Number(needsReview(a));
      if (doubt !== 0) return doubt;
      return (a.detection_confidence ?? 1) - (b.detection_confidence ?? 1);
    }
    if ((a.number === null) !== (b.number === null)) return a.number === null ? 1 : -1;
    return byNumber.compare(a.number ?? a.name ?? '', b.number ?? b.name ?? '');
  });
}

function matches(space: Space, words: string): boolean {
  const text = `${space.number ?? ''} ${space.name ?? ''} ${SPACE_TYPE_LABELS[space.type]}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export default function SpacesPanel() {
  const stage = usePlanStage();
  if (stage.plan?.status !== 'analyzed') {
    return (
      <>
        <PanelHeader title="Spaces" />
        <PanelBody>
          {stage.plans_state.pending ? (
            <SkeletonLines />
          ) : (
            <EmptyState title="Rooms come from the floor plan" className="py-0">
              Once a plan has been read, its rooms are listed here with type, area and how sure the reading
              is.
            </EmptyState>
          )}
        </PanelBody>
      </>
    );
  }
  if (stage.spaces_state.error) {
    return (
      <PanelBody>
        <ErrorState
          title="The rooms could not be loaded"
          error={stage.spaces_state.error}
          onRetry={stage.spaces_state.retry}
        />
      </PanelBody>
    );
  }
  return <Rooms stage={stage} planId={stage.plan.id} />;
}

function Rooms({ stage, planId }: { stage: PlanStage; planId: string }) {
  const units = useUnits();
  const [words, setWords] = useState('');
  const [type, setType] = useState<SpaceType | ''>('');
  const [order, setOrder] = useState<Order>('list');
  const wanted = useDeferredValue(words.trim());
  const shown = useMemo(
    () =>
      inOrder(
        stage.spaces.filter(
          (space) => (type === '' || space.type === type) && (wanted === '' || matches(space, wanted)),
        ),
        order,
      ),
    [stage.spaces, type, wanted, order],
  );
  const area = shown.reduce<number | null>(
    (sum, space) => (sum === null || space.area_sqft === null ? null : sum + space.area_sqft),
    0,
  );
  const doubtful = stage.spaces.filter(needsReview).length;
  const types = [...new Set(stage.spaces.map((space) => space.type))].sort();
  return (
    <>
      <PanelHeader
        title="Spaces"
        note={`${formatCount(shown.length)} ${shown.length === 1 ? 'room' : 'rooms'}, ${formatArea(area, units)}`}
        actions={
          <Segmented
            label="Order"
            value={order}
            onChange={setOrder}
            options={[
              { value: 'list', label: 'By number' },
              {
                value: 'review',
                label: doubtful > 0 ? `Review ${formatCount(doubtful)}` : 'Least sure first',
              },
            ]}
          />
        }
      >
        <div className="flex gap-2">
          <SearchInput
            label="Search rooms"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            className="flex-1"
          />
          <Select
            aria-label="Type"
            controlSize="sm"
            value={type}
            onChange={(event) => setType(event.target.value as SpaceType | '')}
            className="[&>select]:h-8"
          >
            <option value="">All types</option>
            {types.map((value) => (
              <option key={value} value={value}>
                {SPACE_TYPE_LABELS[value]}
              </option>
            ))}
          </Select>
        </div>
      </PanelHeader>
      {stage.spaces_state.pending ? (
        <PanelBody>
          <SkeletonLines lines={8} />
        </PanelBody>
      ) : shown.length === 0 ? (
        <PanelBody>
          <p className="text-sm text-ink-2">No room matches. Clear the search to see all.</p>
        </PanelBody>
      ) : (
        <RoomList spaces={shown} stage={stage} planId={planId} />
      )}
      {order === 'review' && doubtful === 0 ? (
        <p className="flex items-center gap-2 border-t border-hairline px-5 py-2.5 text-sm text-good">
          <Check className="size-4" /> Every doubtful room has been looked at.
        </p>
      ) : null}
    </>
  );
}

function RoomList({ spaces, stage, planId }: { spaces: readonly Space[]; stage: PlanStage; planId: string }) {
  const { space_id, selectSpace } = useSelection();
  const update = useUpdateSpace(planId);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: spaces.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 48,
    getItemKey: (index) => spaces[index]?.id ?? index,
    overscan: 10,
  });
  const selectedIndex = spaces.findIndex((space) => space.id === space_id);
  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtual]);

  const change = (space: Space, what: Parameters<typeof update.mutate>[0]['change']) => {
    const before = { type: space.type, name: space.name, suggested_capacity: space.suggested_capacity };
    update.mutate(
      { space, change: what },
      {
        onSuccess: () => {
          if (what.type === undefined || what.type === before.type) return;
          toast(`${roomName(space)} is now ${SPACE_TYPE_LABELS[what.type].toLowerCase()}`, {
            action: {
              label: 'Undo',
              onSelect: () => update.mutate({ space, change: { type: before.type } }),
            },
          });
        },
        onError: (error) => {
          if (error instanceof ApiProblem && error.status === 412) {
            toast(
              'Someone else changed this room just now. It shows their values; change it again if needed.',
              {
                tone: 'bad',
              },
            );
          } else toastProblem('The room was not changed')(error);
        },
      },
    );
  };

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
      <ul aria-label="Rooms" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const space = spaces[item.index];
          if (!space) return null;
          return (
            <li
              key={space.id}
              ref={virtual.measureElement}
              data-index={item.index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <RoomRow
                space={space}
                selected={space.id === space_id}
                mayEdit={stage.may_edit}
                onSelect={() => selectSpace(space.id === space_id ? null : space.id)}
                onChange={(what) => change(space, what)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
