// The rooms of the floor, one under another: only those in sight are built, whatever their number.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Space } from '../../../../contract/floorplans.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import type { RoomActions } from '../plan/actions.ts';
import type { PlanStage } from '../plan/stage.tsx';
import { RoomRow } from './room-row.tsx';

export interface RoomListProps {
  spaces: readonly Space[];
  stage: PlanStage;
  actions: RoomActions;
}

export function RoomList({ spaces, stage, actions }: RoomListProps) {
  const { space_id, selectSpace } = useSelection();
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
  const several = stage.chosen.length > 1;
  const chosen = new Set(several ? stage.chosen.map((space) => space.id) : []);

  const select = (id: string, also: boolean) => {
    if (!also) {
      stage.setAlso([]);
      selectSpace(id === space_id && !several ? null : id);
    } else if (space_id === null) selectSpace(id);
    else if (id === space_id) {
      selectSpace(stage.also[0] ?? null);
      stage.setAlso(stage.also.slice(1));
    } else
      stage.setAlso(
        stage.also.includes(id) ? stage.also.filter((other) => other !== id) : [...stage.also, id],
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
                chosen={chosen.has(space.id)}
                mayEdit={stage.may_edit}
                onSelect={(also) => select(space.id, also)}
                onConfirm={() => actions.confirm(space)}
                onChange={(what) => actions.describe([space], what)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
