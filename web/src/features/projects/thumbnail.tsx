// A project's plan, small: its rooms in their colours, drawn when the row comes into sight.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { spacesQuery } from '../../api/floor-plans.ts';
import { makeScene } from '../../plan-editor/model/scene.ts';
import { roomColor } from '../../ui/badge.tsx';

const WIDTH = 72;
const HEIGHT = 44;

export function PlanThumbnail({ floorPlanId }: { floorPlanId: string | null }) {
  const { data: spaces } = useQuery({
    ...spacesQuery(floorPlanId ?? ''),
    enabled: floorPlanId !== null,
    staleTime: 10 * 60_000,
  });
  const drawing = useMemo(() => {
    const scene = spaces && makeScene(null, spaces);
    if (!scene) return null;
    const { box } = scene;
    const k = Math.min((WIDTH - 1) / (box.max_x - box.min_x), (HEIGHT - 1) / (box.max_y - box.min_y));
    return {
      transform: `translate(0.5 ${HEIGHT / 2}) scale(${k}) translate(${-box.min_x} ${-(box.min_y + box.max_y) / 2})`,
      rooms: scene.rooms.map((room) => ({ id: room.id, type: room.type, path: room.path })),
    };
  }, [spaces]);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-11 w-18 shrink-0" aria-hidden="true">
      {drawing ? (
        <g transform={drawing.transform}>
          {drawing.rooms.map((room) => (
            <path
              key={room.id}
              d={room.path}
              fillRule="evenodd"
              style={{ fill: `color-mix(in oklab, ${roomColor(room.type)} 45%, var(--plan-room))` }}
              stroke="var(--plan-wall)"
              strokeWidth="0.6"
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </g>
      ) : (
        <rect x="0.5" y="6.5" width="51" height="31" fill="none" stroke="var(--line)" strokeDasharray="3 3" />
      )}
    </svg>
  );
}
