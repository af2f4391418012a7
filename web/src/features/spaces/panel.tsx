// The step "Spaces": every room of the floor, searchable, editable in place; doubtful rooms first when reviewing.
import { useDeferredValue, useMemo, useState } from 'react';
import type { Space } from '../../../../contract/floorplans.ts';
import type { SpaceType } from '../../../../contract/plan.ts';
import { needsReview } from '../../plan-editor/model/review.ts';
import { SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { SearchInput, Segmented, Select } from '../../ui/field.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { PanelBody, PanelHeader } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { formatArea, formatCount } from '../../ui/units.ts';
import { useRoomActions } from '../plan/actions.ts';
import { type PlanStage, usePlanStage } from '../plan/stage.tsx';
import { useRoomOrder } from './order.ts';
import { ReviewQueue } from './review-queue.tsx';
import { RoomList } from './room-list.tsx';
import { SeveralRooms } from './several-rooms.tsx';

const byNumber = new Intl.Collator('en', { numeric: true });

function inOrder(spaces: readonly Space[]): Space[] {
  return [...spaces].sort((a, b) => {
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
  return <Rooms stage={stage} />;
}

function Rooms({ stage }: { stage: PlanStage }) {
  const units = useUnits();
  const actions = useRoomActions(stage);
  const { order, setOrder } = useRoomOrder();
  const [words, setWords] = useState('');
  const [type, setType] = useState<SpaceType | ''>('');
  const wanted = useDeferredValue(words.trim());
  const shown = useMemo(
    () =>
      inOrder(
        stage.spaces.filter(
          (space) => (type === '' || space.type === type) && (wanted === '' || matches(space, wanted)),
        ),
      ),
    [stage.spaces, type, wanted],
  );
  const area = shown.reduce<number | null>(
    (sum, space) => (sum === null || space.area_sqft === null ? null : sum + space.area_sqft),
    0,
  );
  const waiting = stage.spaces.filter(needsReview).length;
  const types = [...new Set(stage.spaces.map((space) => space.type))].sort();
  return (
    <>
      <PanelHeader
        title="Spaces"
        note={
          stage.spaces_state.pending
            ? undefined
            : `${formatCount(shown.length)} ${shown.length === 1 ? 'room' : 'rooms'}, ${formatArea(area, units)}`
        }
        actions={
          <Segmented
            label="Order"
            value={order}
            onChange={setOrder}
            options={[
              { value: 'list', label: 'By number' },
              {
                value: 'review',
                label: waiting > 0 ? `Review ${formatCount(waiting)}` : 'Review',
              },
            ]}
          />
        }
      >
        {order === 'review' ? null : (
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
        )}
      </PanelHeader>
      <SeveralRooms stage={stage} actions={actions} />
      {stage.spaces_state.pending ? (
        <PanelBody>
          <SkeletonLines lines={8} />
        </PanelBody>
      ) : order === 'review' ? (
        <ReviewQueue stage={stage} actions={actions} />
      ) : shown.length === 0 ? (
        <PanelBody>
          <p className="text-sm text-ink-2">No room matches. Clear the search to see all.</p>
        </PanelBody>
      ) : (
        <RoomList spaces={shown} stage={stage} actions={actions} />
      )}
    </>
  );
}
