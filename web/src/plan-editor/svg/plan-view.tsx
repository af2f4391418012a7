// The plan viewer: the drawing under a camera, rooms that can be selected by pointer and keyboard, tools at its edges.
import './plan.css';
import { Focus, Maximize, Minus, Plus } from 'lucide-react';
import { type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { PlanPoint } from '../../../../contract/plan.ts';
import { IconButton } from '../../ui/button.tsx';
import { useUnits } from '../../ui/figures.tsx';
import type { ScenePiece } from '../model/furniture.ts';
import type { Box } from '../model/geometry.ts';
import { thingsByRoom } from '../model/label-places.ts';
import type { Layers, ZoomRequest } from '../model/layers.ts';
import type { Scene } from '../model/scene.ts';
import { framing } from '../model/view.ts';
import { Labels } from './labels.tsx';
import { Columns, Doors, Doubts, Furniture, Hatches, Rooms, Walls, Windows } from './layers.tsx';
import { NorthMark, Pins, ScaleBar } from './overlays.tsx';
import { RoomTable } from './room-table.tsx';
import type { PlanTool, Pointed } from './tool.ts';
import { useKeys } from './use-keys.ts';
import { type Camera, type Grip, useCamera } from './use-view.ts';

export interface PlanViewProps {
  /** Changes when another floor is shown: the camera then fits it afresh. */
  subject: string;
  scene: Scene;
  pieces: readonly ScenePiece[];
  layers: Layers;
  selected: string | null;
  /** Rooms chosen besides. */
  also?: readonly string[] | undefined;
  onSelect: (id: string | null) => void;
  /** Shift-click: adds to the choice or takes out of it. */
  onToggle?: ((id: string) => void) | undefined;
  /** A double click on a room's label. True: taken. */
  onLabel?: ((id: string) => boolean) | undefined;
  selectedPin: string | null;
  onSelectPin: (key: string | null) => void;
  tool?: PlanTool | null | undefined;
  zoom?: ZoomRequest | null | undefined;
  /** Between the rooms and their labels, and above everything, in scene coordinates; `k` pixels for one unit. */
  under?: ReactNode;
  layer?: ((k: number) => ReactNode) | undefined;
  over?: ((k: number) => ReactNode) | undefined;
  /** More tools, beside zoom. */
  tools?: ReactNode;
}

const NO_PINS: Scene['pins'] = [];

export function PlanView(props: PlanViewProps) {
  const { scene, layers, selected, onSelect, tool = null } = props;
  const frame = useRef<HTMLDivElement>(null);
  const units = useUnits();
  const grip = useRef<Grip | null>(null);
  const camera = useCamera(frame, scene.box, props.subject, grip);
  const { view } = camera;
  const [focused, setFocused] = useState<string | null>(null);
  const keys = useKeys({
    frame,
    camera,
    scene,
    tool,
    selected,
    onSelect,
    setFocused,
    onEscape: props.onSelectPin,
  });
  grip.current = useGrip(camera, tool, keys.panning);
  const tabStop = focused ?? selected ?? scene.rooms[0]?.id ?? null;
  const byId = useMemo(() => new Map(scene.rooms.map((room) => [room.id, room])), [scene]);
  const selectedRoom = selected === null ? null : (byId.get(selected) ?? null);
  const things = useMemo(
    () =>
      thingsByRoom(
        scene.rooms,
        layers.furniture ? props.pieces : [],
        layers.doors ? scene.doors : [],
        layers.columns ? scene.columns : [],
      ),
    [scene, layers.furniture, layers.doors, layers.columns, props.pieces],
  );
  useFollow(camera, byId, scene.box, selected, props.zoom ?? null);

  const onClick = (event: MouseEvent) => {
    if (camera.dragged.current || keys.panning.current || !view) return;
    const target = event.target as Element;
    if (target.closest('[data-still]')) return;
    const at = pointedAt(camera, event);
    if (at && tool?.click(at)) return;
    const pin = target.closest('[data-pin]')?.getAttribute('data-pin');
    props.onSelectPin(pin ?? null);
    if (pin) return;
    const room = roomAt(target);
    if (room) setFocused(room);
    if (event.shiftKey && props.onToggle) {
      if (room) props.onToggle(room);
    } else if (event.detail < 2) onSelect(room === selected && !props.also?.length ? null : room);
  };
  const onDoubleClick = (event: MouseEvent) => {
    if (tool?.crosshair || (event.target as Element).closest('[data-still], [data-corner]') || !view) return;
    const at = pointedAt(camera, event);
    const room = byId.get(roomAt(event.target as Element) ?? '');
    if (room && at) {
      if (isOnLabel(frame.current, room.id, event) && props.onLabel?.(room.id)) return;
      camera.fitBox(room.box, 90);
    } else camera.fitBox(scene.box);
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
      data-picking={tool?.crosshair ?? false}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      onKeyDown={keys.onKeyDown}
      onKeyUp={keys.onKeyUp}
    >
      {view ? (
        // biome-ignore lint/a11y/noSvgWithoutTitle: the frame around it carries the name.
        <svg width={camera.size.width} height={camera.size.height} className="block">
          <Hatches k={view.k} />
          <g transform={`translate(${view.x} ${view.y}) scale(${view.k})`}>
            {layers.walls ? <Walls scene={scene} /> : null}
            <Rooms
              rooms={scene.rooms}
              units={units}
              coloured={layers.colours}
              tabStop={tabStop}
              selected={selected}
            />
            {layers.original ? props.under : null}
            {layers.windows ? <Windows scene={scene} /> : null}
            {layers.doors ? <Doors scene={scene} /> : null}
            {layers.columns ? <Columns scene={scene} /> : null}
            {layers.doubts ? <Doubts rooms={scene.rooms} /> : null}
            {props.also?.map((id) => (
              <path key={id} d={byId.get(id)?.path} fillRule="evenodd" className="plan-selected" />
            ))}
            {selectedRoom ? (
              <path d={selectedRoom.path} fillRule="evenodd" className="plan-selected" />
            ) : null}
            {layers.furniture ? <Furniture pieces={props.pieces} /> : null}
            {props.layer?.(view.k)}
            {layers.labels ? (
              <Labels
                rooms={scene.rooms}
                k={view.k}
                units={units}
                coloured={layers.colours}
                things={things}
                pins={layers.findings ? scene.pins : NO_PINS}
              />
            ) : null}
            {layers.findings ? <Pins pins={scene.pins} k={view.k} selected={props.selectedPin} /> : null}
          </g>
        </svg>
      ) : null}
      {view && props.over ? (
        // A sheet of its own: what moves with the hand is painted without the drawing under it.
        <div className="plan-over absolute inset-0">
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: the frame around it carries the name. */}
          <svg width={camera.size.width} height={camera.size.height} className="block">
            <g transform={`translate(${view.x} ${view.y}) scale(${view.k})`}>{props.over(view.k)}</g>
          </svg>
        </div>
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
        <IconButton
          label="Zoom to the selected room"
          shortcut="Z"
          side="left"
          disabled={!selectedRoom}
          onClick={() => selectedRoom && camera.fitBox(selectedRoom.box, 90)}
        >
          <Focus />
        </IconButton>
        <IconButton label="Fit the plan" shortcut="0" side="left" onClick={() => camera.fitBox(scene.box)}>
          <Maximize />
        </IconButton>
      </div>
    </div>
  );
}

/** Whether the pointer is on a room's label, or close beside it. */
function isOnLabel(frame: HTMLElement | null, id: string, { clientX, clientY }: MouseEvent): boolean {
  const label = frame?.querySelector(`[data-label="${CSS.escape(id)}"]`)?.getBoundingClientRect();
  if (!label) return false;
  const near = 12;
  return (
    clientX > label.left - near &&
    clientX < label.right + near &&
    clientY > label.top - near &&
    clientY < label.bottom + near
  );
}

function roomAt(target: Element): string | null {
  return target.closest('[data-room]')?.getAttribute('data-room') ?? null;
}

function pointedAt(camera: Camera, event: globalThis.MouseEvent | MouseEvent): Pointed | null {
  const point: PlanPoint | null = camera.sceneAt(event);
  if (!point || !camera.view) return null;
  return {
    point,
    k: camera.view.k,
    alt: event.altKey,
    shift: event.shiftKey,
    room: event.target instanceof Element ? roomAt(event.target) : null,
  };
}

/** Hands presses to the tool, unless the space bar says that the sheet is to be moved. */
function useGrip(camera: Camera, tool: PlanTool | null, panning: { current: boolean }): Grip | null {
  const held = useRef(false);
  return useMemo(() => {
    if (!tool) return null;
    const told = (event: PointerEvent, tell: (at: Pointed) => void) => {
      const at = pointedAt(camera, event);
      if (at) tell(at);
    };
    return {
      press: (event) => {
        const at = panning.current ? null : pointedAt(camera, event);
        held.current = at !== null && tool.press(at);
        return held.current;
      },
      move: (event) => told(event, (at) => tool.move(at, held.current)),
      release: (event) => {
        held.current = false;
        told(event, tool.release);
      },
      leave: tool.leave,
    };
  }, [camera, tool, panning]);
}

/** Brings into sight what was selected elsewhere, and shows large what was asked for. */
function useFollow(
  camera: Camera,
  rooms: ReadonlyMap<string, Scene['rooms'][number]>,
  whole: Box,
  selected: string | null,
  zoom: ZoomRequest | null,
) {
  const { reveal, fitBox, size } = camera;
  const latest = useRef(rooms);
  latest.current = rooms;
  const here = selected !== null && rooms.has(selected);
  useEffect(() => {
    const room = here && latest.current.get(selected);
    if (room) reveal(room.box);
  }, [selected, here, reveal]);
  // A pane that is not on screen has no size: it follows when it is shown.
  const ready = camera.view !== null && camera.size.width > 0;
  const shown = useRef<ZoomRequest | null>(null);
  const fit = useRef<(box: Box) => void>(() => {});
  fit.current = (box) => {
    const around = Math.min(size.width, size.height) * 0.3;
    // A room as large as the plan is shown with the whole plan, never smaller.
    const smaller = framing(box, size, around).k < framing(whole, size).k;
    if (smaller) fitBox(whole);
    else fitBox(box, around);
  };
  useEffect(() => {
    if (!zoom || !ready || shown.current === zoom) return;
    shown.current = zoom;
    const box = 'box' in zoom ? zoom.box : latest.current.get(zoom.space_id)?.box;
    if (box) fit.current(box);
  }, [zoom, ready]);
}
