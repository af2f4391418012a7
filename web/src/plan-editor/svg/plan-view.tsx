// The plan viewer: the drawing under a camera, rooms that can be selected by pointer and keyboard, tools at its edges.
import './plan.css';
import { Maximize, Minus, Plus } from 'lucide-react';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { PlanPoint } from '../../../../contract/plan.ts';
import { IconButton } from '../../ui/button.tsx';
import { useUnits } from '../../ui/figures.tsx';
import type { ScenePiece } from '../model/furniture.ts';
import type { Scene } from '../model/scene.ts';
import { neighbour } from '../model/view.ts';
import { Columns, Doubts, Furniture, Hatches, Labels, Openings, Rooms, Walls } from './layers.tsx';
import { NorthMark, Pins, Ruler, ScaleBar } from './overlays.tsx';
import { RoomTable } from './room-table.tsx';
import { useCamera } from './use-view.ts';

export interface Layers {
  colours: boolean;
  labels: boolean;
  openings: boolean;
  columns: boolean;
  furniture: boolean;
  doubts: boolean;
  findings: boolean;
}
export const ALL_LAYERS: Layers = {
  colours: true,
  labels: true,
  openings: true,
  columns: true,
  furniture: true,
  doubts: true,
  findings: true,
};

export interface PlanViewProps {
  /** Changes when another floor is shown: the camera then fits it afresh. */
  subject: string;
  scene: Scene;
  pieces: readonly ScenePiece[];
  layers: Layers;
  selected: string | null;
  onSelect: (id: string | null) => void;
  selectedPin: string | null;
  onSelectPin: (key: string | null) => void;
  /** While two points are asked for: the points so far, and what to do with the next. */
  picking: { points: readonly PlanPoint[]; onPick: (point: PlanPoint) => void } | null;
  /** More tools, beside zoom. */
  tools?: ReactNode;
}

const ARROWS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const;

export function PlanView(props: PlanViewProps) {
  const { scene, layers, selected, onSelect, picking } = props;
  const frame = useRef<HTMLDivElement>(null);
  const units = useUnits();
  const camera = useCamera(frame, scene.box, props.subject);
  const { view, reveal } = camera;
  const [focused, setFocused] = useState<string | null>(null);
  const tabStop = focused ?? selected ?? scene.rooms[0]?.id ?? null;
  const selectedRoom = useMemo(
    () => scene.rooms.find((room) => room.id === selected) ?? null,
    [scene, selected],
  );

  const furnished = useMemo(
    () => new Set(layers.furniture ? props.pieces.map((piece) => piece.space_id ?? '') : []),
    [layers.furniture, props.pieces],
  );

  useEffect(() => {
    if (selectedRoom) reveal(selectedRoom.box);
  }, [selectedRoom, reveal]);

  const onClick = (event: MouseEvent) => {
    if (camera.dragged.current || !view || !frame.current) return;
    const target = event.target as Element;
    if (target.closest('[data-still]')) return;
    if (picking) {
      const rect = frame.current.getBoundingClientRect();
      picking.onPick([
        (event.clientX - rect.left - view.x) / view.k,
        (event.clientY - rect.top - view.y) / view.k,
      ]);
      return;
    }
    const pin = target.closest('[data-pin]')?.getAttribute('data-pin');
    props.onSelectPin(pin ?? null);
    if (pin) return;
    const room = target.closest('[data-room]')?.getAttribute('data-room') ?? null;
    if (room) setFocused(room);
    onSelect(room === selected ? null : room);
  };

  const zoomToSelected = () =>
    selectedRoom ? camera.fitBox(selectedRoom.box, 90) : camera.fitBox(scene.box);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as Element;
    const room = scene.rooms.find((candidate) => candidate.id === target.getAttribute('data-room'));
    const arrow = ARROWS[event.key as keyof typeof ARROWS];
    if (target.closest('[data-still]')) return;
    if (arrow && room) {
      const next = neighbour(scene.rooms, room, arrow);
      if (next) {
        setFocused(next.id);
        frame.current?.querySelector<SVGElement>(`[data-room="${next.id}"]`)?.focus();
        reveal(next.box);
      }
    } else if (arrow) {
      const step = event.shiftKey ? 160 : 48;
      camera.panBy(
        arrow === 'left' ? step : arrow === 'right' ? -step : 0,
        arrow === 'up' ? step : arrow === 'down' ? -step : 0,
      );
    } else if (room && (event.key === 'Enter' || event.key === ' ')) {
      onSelect(room.id === selected ? null : room.id);
    } else if (event.key === '+' || event.key === '=') camera.zoomBy(1.4);
    else if (event.key === '-') camera.zoomBy(1 / 1.4);
    else if (event.key === 'f') camera.fitBox(scene.box);
    else if (event.key === 'z') zoomToSelected();
    else if (event.key === 'Escape') {
      props.onSelectPin(null);
      onSelect(null);
    } else return;
    event.preventDefault();
  };

  return (
    <div
      ref={frame}
      role="application"
      aria-label="Floor plan"
      aria-roledescription="floor plan"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys pan while the drawing has the focus.
      tabIndex={0}
      className="plan-view absolute inset-0 overflow-hidden outline-offset-[-2px]"
      data-dragging={camera.dragging}
      data-picking={picking !== null}
      onClick={onClick}
      onDoubleClick={(event) => {
        if (!(event.target as Element).closest('[data-still]')) zoomToSelected();
      }}
      onKeyDown={onKeyDown}
    >
      {view ? (
        // biome-ignore lint/a11y/noSvgWithoutTitle: the frame around it carries the name.
        <svg width={camera.size.width} height={camera.size.height} className="block">
          <Hatches k={view.k} />
          <g transform={`translate(${view.x} ${view.y}) scale(${view.k})`}>
            <Walls scene={scene} />
            <Rooms
              rooms={scene.rooms}
              units={units}
              coloured={layers.colours}
              tabStop={tabStop}
              selected={selected}
            />
            {layers.openings ? <Openings scene={scene} /> : null}
            {layers.columns ? <Columns scene={scene} /> : null}
            {layers.doubts ? <Doubts rooms={scene.rooms} /> : null}
            {selectedRoom ? (
              <path d={selectedRoom.path} fillRule="evenodd" className="plan-selected" />
            ) : null}
            {layers.furniture ? <Furniture pieces={props.pieces} /> : null}
            {layers.labels ? (
              <Labels
                rooms={scene.rooms}
                k={view.k}
                units={units}
                coloured={layers.colours}
                furnished={furnished}
              />
            ) : null}
            {layers.findings ? <Pins pins={scene.pins} k={view.k} selected={props.selectedPin} /> : null}
            {picking ? <Ruler points={picking.points} k={view.k} /> : null}
          </g>
        </svg>
      ) : null}
      <RoomTable rooms={scene.rooms} units={units} />
      {view ? (
        <div className="pointer-events-none absolute bottom-3 left-3 flex items-end gap-4 rounded-md bg-plan/85 px-2 py-1.5">
          <NorthMark />
          <ScaleBar view={view} feet={scene.feet} units={units} />
        </div>
      ) : null}
      <div
        data-still
        className="absolute right-3 bottom-3 flex cursor-default flex-col rounded-md border border-line bg-surface"
      >
        {props.tools}
        <IconButton label="Zoom in" shortcut="+" side="left" onClick={() => camera.zoomBy(1.4)}>
          <Plus />
        </IconButton>
        <IconButton label="Zoom out" shortcut="−" side="left" onClick={() => camera.zoomBy(1 / 1.4)}>
          <Minus />
        </IconButton>
        <IconButton label="Fit the plan" shortcut="F" side="left" onClick={() => camera.fitBox(scene.box)}>
          <Maximize />
        </IconButton>
      </div>
    </div>
  );
}
