// An arrangement as a small plan: the rooms' floor, doors, windows and columns, and the furniture as it would stand.
import '../../plan-editor/svg/plan.css';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PlanRing } from '../../../../contract/plan.ts';
import type { ArrangementChoice } from '../../../../contract/recommendations.ts';
import { spacesQuery } from '../../api/floor-plans.ts';
import { piecesAt } from '../../plan-editor/model/furniture.ts';
import { type Box, boxOf, eachEdge, nearestOn } from '../../plan-editor/model/geometry.ts';
import type { Scene } from '../../plan-editor/model/scene.ts';
import { makeScene } from '../../plan-editor/model/scene.ts';
import { Columns, Doors, Furniture, floorColor, Windows } from '../../plan-editor/svg/layers.tsx';
import { usePlanStage } from '../plan/stage.tsx';

/** Feet of air around the rooms. */
const AIR = 1.5;

/** The floor that the room lies on, or the one on show; null where it is not drawn to scale. */
export function useArrangementScene(space_id: string | null): Scene | null {
  const { scene, plans } = usePlanStage();
  const here = space_id === null || scene?.rooms.some((room) => room.id === space_id) === true;
  const others = useQueries({
    queries: plans.map((plan) => ({ ...spacesQuery(plan.id), enabled: !here && plan.space_count > 0 })),
  });
  const away = here
    ? undefined
    : others.map((one) => one.data ?? []).find((spaces) => spaces.some((space) => space.id === space_id));
  const elsewhere = useMemo(() => (away === undefined ? null : makeScene(null, away)), [away]);
  const shown = here ? scene : elsewhere;
  return shown?.feet === 1 ? shown : null;
}

export function ArrangementDrawing({
  scene,
  space_id,
  furniture,
  label,
}: {
  scene: Scene;
  /** Null: all rooms of the floor. */
  space_id: string | null;
  furniture: ArrangementChoice['furniture'];
  /** What the drawing shows, in words. */
  label: string;
}) {
  const rooms = useMemo(
    () => scene.rooms.filter((room) => space_id === null || room.id === space_id),
    [scene, space_id],
  );
  const pieces = useMemo(() => {
    const shown = new Set(rooms.map((room) => room.id));
    return furniture
      .filter((line) => shown.has(line.space_id))
      .flatMap((line) => piecesAt(line.item_id, line.space_id, line, line.placements));
  }, [rooms, furniture]);
  const box = boxOf(rooms.flatMap((room) => room.rings));
  if (box === null) return null;
  const frame = grown(box, AIR);
  // On a whole floor doors and windows would hide the furniture.
  const around = space_id === null ? null : nearTo(scene, rooms);
  return (
    <svg
      viewBox={`${frame.min_x} ${frame.min_y} ${frame.max_x - frame.min_x} ${frame.max_y - frame.min_y}`}
      role="img"
      aria-label={label}
      className="block h-44 w-full"
    >
      {rooms.map((room) => (
        <path
          key={room.id}
          d={room.path}
          fillRule="evenodd"
          stroke="var(--plan-wall)"
          strokeWidth={space_id === null ? 1 : 2}
          vectorEffect="non-scaling-stroke"
          style={{ fill: floorColor(room, space_id === null) }}
        />
      ))}
      {around === null ? null : (
        <>
          <Windows scene={around} />
          <Doors scene={around} />
          <Columns scene={around} />
        </>
      )}
      <Furniture pieces={pieces} />
    </svg>
  );
}

/** Feet from a room's outline within which a door, a window or a column is the room's own: a thick wall. */
const WALL = 2;

/** Openings and columns in the rooms and their walls. */
function nearTo(scene: Scene, rooms: Scene['rooms']): Scene {
  const rings = rooms.flatMap((room) => room.rings);
  const own = ({ x, y }: { x: number; y: number }) =>
    isInside(rings, x, y) || (nearestOn(rings, x, y)?.distance ?? Infinity) <= WALL;
  return {
    ...scene,
    doors: scene.doors.filter(own),
    windows: scene.windows.filter(own),
    columns: scene.columns.filter(own),
  };
}

/** By the even-odd rule: a hole is outside. */
function isInside(rings: readonly PlanRing[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings)
    eachEdge(ring, (a, b) => {
      if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
    });
  return inside;
}

function grown(box: Box, by: number): Box {
  return {
    min_x: box.min_x - by,
    min_y: box.min_y - by,
    max_x: box.max_x + by,
    max_y: box.max_y + by,
  };
}
