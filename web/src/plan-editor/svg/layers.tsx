// The drawing's layers, each from plain values: walls, rooms, openings, columns, furniture, labels.
import { memo } from 'react';
import { roomColor, SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { formatArea, type Units } from '../../ui/units.ts';
import type { ScenePiece } from '../model/furniture.ts';
import type { SceneOpening } from '../model/openings.ts';
import type { Scene, SceneRoom } from '../model/scene.ts';

const HATCHED: Partial<Record<SceneRoom['type'], string>> = {
  stair: 'plan-treads',
  elevator: 'plan-cross',
  mechanical: 'plan-hatch',
};

export function roomName(room: Pick<SceneRoom, 'name' | 'number' | 'type'>): string {
  return [room.number, room.name].filter(Boolean).join(' ') || SPACE_TYPE_LABELS[room.type];
}

export const Hatches = memo(function Hatches({ k }: { k: number }) {
  const scale = `scale(${1 / k})`;
  return (
    <defs>
      <pattern id="plan-treads" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform={scale}>
        <path d="M0 3.5H7" stroke="var(--plan-line)" strokeWidth="0.6" />
      </pattern>
      <pattern id="plan-cross" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform={scale}>
        <path d="M0 0 9 9M9 0 0 9" stroke="var(--plan-line)" strokeWidth="0.5" />
      </pattern>
      <pattern
        id="plan-hatch"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform={`${scale} rotate(45)`}
      >
        <path d="M0 0V6" stroke="var(--plan-line)" strokeWidth="0.6" />
      </pattern>
    </defs>
  );
});

export const Walls = memo(function Walls({ scene }: { scene: Scene }) {
  return <path d={scene.outline_path} fill="var(--plan-wall)" fillRule="evenodd" />;
});

/** The type's hue, mixed into the paper. */
export function floorColor(room: SceneRoom, coloured: boolean): string {
  return coloured
    ? `color-mix(in oklab, ${roomColor(room.type)} var(--plan-tint), var(--plan-room))`
    : 'var(--plan-room)';
}

export interface RoomsProps {
  rooms: readonly SceneRoom[];
  units: Units;
  coloured: boolean;
  /** The one room that Tab reaches; arrow keys go on from there. */
  tabStop: string | null;
  selected: string | null;
}
export const Rooms = memo(function Rooms({ rooms, units, coloured, tabStop, selected }: RoomsProps) {
  return rooms.map((room) => (
    <RoomShape
      key={room.id}
      room={room}
      units={units}
      coloured={coloured}
      tabStop={tabStop === room.id}
      selected={selected === room.id}
    />
  ));
});

interface RoomShapeProps {
  room: SceneRoom;
  units: Units;
  coloured: boolean;
  tabStop: boolean;
  selected: boolean;
}
/** Drawn again only when this room changes: on a floor of hundreds an edit costs one. */
const RoomShape = memo(function RoomShape({ room, units, coloured, tabStop, selected }: RoomShapeProps) {
  const hatch = HATCHED[room.type];
  const area = room.area_sqft === null ? '' : `, ${formatArea(room.area_sqft, units)}`;
  return (
    <g>
      {/* biome-ignore lint/a11y/useSemanticElements: a shape of a drawing cannot be a <button>. */}
      <path
        d={room.path}
        fillRule="evenodd"
        className="plan-room"
        data-room={room.id}
        role="button"
        tabIndex={tabStop ? 0 : -1}
        aria-pressed={selected}
        aria-label={`${roomName(room)}, ${SPACE_TYPE_LABELS[room.type]}${area}`}
        style={{ fill: floorColor(room, coloured) }}
      />
      <path d={room.path} fillRule="evenodd" className="plan-room-hover" />
      {hatch ? <path d={room.path} fill={`url(#${hatch})`} fillRule="evenodd" pointerEvents="none" /> : null}
    </g>
  );
});

export const Doubts = memo(function Doubts({ rooms }: { rooms: readonly SceneRoom[] }) {
  return rooms
    .filter((room) => room.doubtful)
    .map((room) => <path key={room.id} d={room.path} className="plan-doubt" />);
});

/** The opening's own axes: x along the wall, y towards the room it faces. */
function axesOf({ x, y, along, facing }: SceneOpening): string {
  return `matrix(${along[0]} ${along[1]} ${facing[0]} ${facing[1]} ${x} ${y})`;
}

/** Hides the hairlines that two abutting fills leave between them. */
const BLEED = 1.04;

export const Windows = memo(function Windows({ scene }: { scene: Scene }) {
  return (
    <g pointerEvents="none">
      {scene.windows.map((window) => (
        <Window key={window.id} window={window} />
      ))}
    </g>
  );
});

export const Doors = memo(function Doors({ scene }: { scene: Scene }) {
  return (
    <g pointerEvents="none">
      {scene.doors.map((door) => (
        <Door key={door.id} door={door} />
      ))}
    </g>
  );
});

function Gap({ opening, fill }: { opening: SceneOpening; fill: string }) {
  const { width, front, back } = opening;
  return <rect x={-width / 2} y={-back * BLEED} width={width} height={(front + back) * BLEED} fill={fill} />;
}

function Window({ window }: { window: SceneOpening }) {
  const half = window.width / 2;
  const middle = (window.front - window.back) / 2;
  return (
    <g transform={axesOf(window)}>
      <Gap opening={window} fill="var(--plan-window)" />
      <path
        d={`M${-half} ${window.front}H${half}M${-half} ${middle}H${half}M${-half} ${-window.back}H${half}`}
        className="plan-thin"
      />
    </g>
  );
}

/** A leaf that hangs at `from` and stands open; `turn` is the side it closes to. */
function Leaf({ from, front, width, turn }: { from: number; front: number; width: number; turn: 1 | -1 }) {
  return (
    <>
      <path d={`M${from} ${front}V${front + width}`} className="plan-leaf" />
      <path
        d={`M${from} ${front + width}A${width} ${width} 0 0 ${turn === 1 ? 0 : 1} ${from + turn * width} ${front}`}
        className="plan-thin"
      />
    </>
  );
}

function Door({ door }: { door: SceneOpening }) {
  const { width, front, back } = door;
  const half = width / 2;
  return (
    <g transform={axesOf(door)}>
      <Gap opening={door} fill="var(--plan-room)" />
      <path d={`M${-half} ${-back}V${front}M${half} ${-back}V${front}`} className="plan-thin" />
      {door.swings ? (
        <Leaf from={-half} front={front} width={door.leaves > 1 ? half : width} turn={1} />
      ) : null}
      {door.swings && door.leaves > 1 ? <Leaf from={half} front={front} width={half} turn={-1} /> : null}
    </g>
  );
}

export const Columns = memo(function Columns({ scene }: { scene: Scene }) {
  return (
    <g fill="var(--plan-wall)" pointerEvents="none">
      {scene.columns.map((column) => (
        <rect
          key={`${column.x} ${column.y}`}
          x={column.x - column.size / 2}
          y={column.y - column.size / 2}
          width={column.size}
          height={column.size}
        />
      ))}
    </g>
  );
});

export const Furniture = memo(function Furniture({ pieces }: { pieces: readonly ScenePiece[] }) {
  return (
    <g pointerEvents="none">
      {pieces.map((piece) => (
        <g key={piece.key} transform={`translate(${piece.x} ${piece.y}) rotate(${piece.turn})`}>
          <Piece piece={piece} />
        </g>
      ))}
    </g>
  );
});

/** Unturned, a piece faces the viewer: its front is at +y on screen, its back at −y. */
function Piece({ piece }: { piece: ScenePiece }) {
  const { width: w, depth: d, kind } = piece;
  const soft = Math.min(w, d) * (kind === 'seat' ? 0.28 : 0.04);
  return (
    <>
      <rect x={-w / 2} y={-d / 2} width={w} height={d} rx={soft} className="plan-piece" />
      {kind === 'seat' ? (
        <path d={`M${-w / 2 + soft} ${-d / 2 + d * 0.2}H${w / 2 - soft}`} className="plan-piece" />
      ) : null}
      {kind === 'storage' ? (
        <path d={`M${-w / 2} ${d / 2}L${w / 2} ${-d / 2}`} className="plan-piece" />
      ) : null}
    </>
  );
}
