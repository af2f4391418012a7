// What each room is called, at a constant size: number, name and area where they fit, beside the furniture and not on it.
import { memo, useMemo } from 'react';
import { type LabelPlace, labelPlace } from '../../../../engine/drawing/label_places.ts';
import { SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { formatArea, type Units } from '../../ui/units.ts';
import type { Box } from '../model/geometry.ts';
import type { RoomThings } from '../model/label-places.ts';
import type { ScenePin, SceneRoom } from '../model/scene.ts';
import { floorColor } from './layers.tsx';

const CHARACTER = 6.1;
const LINE = 13;
/** Zoom is taken in steps of this factor, so that a label stays where it is while the sheet grows a little. */
const ZOOM_STEP = 1.15;
/** Pixels that a pin takes around its point. */
const PIN = { half: 9, above: 22 };

interface Line {
  text: string;
  minor: boolean;
}

export interface LabelsProps {
  rooms: readonly SceneRoom[];
  k: number;
  units: Units;
  coloured: boolean;
  /** What labels keep off, by room. */
  things: ReadonlyMap<string, RoomThings>;
  pins: readonly ScenePin[];
}

/** A small room says nothing until it is large enough on screen. */
export const Labels = memo(function Labels({ rooms, k, units, coloured, things, pins }: LabelsProps) {
  const step = ZOOM_STEP ** Math.floor(Math.log(k) / Math.log(ZOOM_STEP));
  const places = useMemo(() => new Places(things, pins, step), [things, pins, step]);
  return rooms.map((room) => {
    const width = room.label.width * k - 8;
    const height = room.label.radius * 2 * k;
    if (width < 22 || height < LINE) return null;
    const all = labelLines(room, width, height, units);
    const found = places.of(room, all);
    if (!found) return null;
    const { lines, place } = found;
    const top = -((lines.length - 1) * LINE) / 2 + 4;
    const color = floorColor(room, coloured);
    return (
      // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of text is not focusable; the room's shape says the same.
      <g
        key={room.id}
        data-label={room.id}
        transform={`translate(${place.x} ${place.y}) scale(${1 / k})`}
        aria-hidden="true"
        style={{ stroke: color }}
      >
        {place.clear ? null : (
          <rect
            x={-widthOf(lines) / 2}
            y={(-LINE * lines.length) / 2 - 1}
            width={widthOf(lines)}
            height={LINE * lines.length + 2}
            rx="2"
            className="plan-label-plate"
            style={{ fill: color }}
          />
        )}
        {lines.map((line, index) => (
          <text
            key={line.text}
            y={top + index * LINE}
            className={line.minor ? 'plan-label plan-label-minor' : 'plan-label'}
          >
            {line.text}
          </text>
        ))}
      </g>
    );
  });
});

const NOTHING: RoomThings = { boxes: [], furnished: false };

/** Where labels stand at one zoom: as many lines as find a free place, else the first one on a plate. */
class Places {
  readonly #things: LabelsProps['things'];
  readonly #pins: readonly ScenePin[];
  readonly #k: number;
  readonly #known = new Map<string, LabelPlace | null>();

  constructor(things: LabelsProps['things'], pins: readonly ScenePin[], k: number) {
    this.#things = things;
    this.#pins = pins;
    this.#k = k;
  }

  of(room: SceneRoom, all: readonly Line[]): { lines: readonly Line[]; place: LabelPlace } | null {
    if (all.length === 0) return null;
    const { boxes, furnished } = this.#things.get(room.id) ?? NOTHING;
    const own = { x: room.label.x, y: room.label.y, clear: true };
    const pins = this.#pins.filter((pin) => isIn(pin, room.box)).map((pin) => this.#boxOf(pin));
    if (boxes.length === 0 && pins.length === 0) return { lines: all, place: own };
    // Furnished, a room says which it is; its area stands in the list.
    for (let n = Math.min(all.length, furnished ? 2 : 3); n > 0; n -= 1) {
      const lines = all.slice(0, n);
      const place = this.#placeOf(room, [...boxes, ...pins], lines);
      if (place?.clear) return { lines, place };
      if (n === 1) return { lines, place: place ?? { ...own, clear: !furnished } };
    }
    return null;
  }

  #placeOf(room: SceneRoom, things: readonly Box[], lines: readonly Line[]): LabelPlace | null {
    const width = widthOf(lines);
    const key = `${room.id} ${width} ${lines.length}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const place = labelPlace(room, things, width / this.#k, (lines.length * LINE + 2) / this.#k);
    this.#known.set(key, place);
    return place;
  }

  #boxOf({ x, y }: ScenePin): Box {
    const half = PIN.half / this.#k;
    return { min_x: x - half, max_x: x + half, min_y: y - PIN.above / this.#k, max_y: y };
  }
}

function isIn({ x, y }: ScenePin, box: Box): boolean {
  return x >= box.min_x && x <= box.max_x && y >= box.min_y && y <= box.max_y;
}

function widthOf(lines: readonly Line[]): number {
  return Math.max(...lines.map((line) => line.text.length)) * CHARACTER + 6;
}

function clip(text: string, pixels: number): string {
  const most = Math.floor(pixels / CHARACTER);
  return text.length <= most ? text : most < 6 ? '' : `${text.slice(0, most - 1).trimEnd()}…`;
}

function labelLines(room: SceneRoom, width: number, height: number, units: Units): Line[] {
  const area = room.area_sqft === null ? '' : formatArea(room.area_sqft, units);
  const name = room.name ?? (room.number ? '' : SPACE_TYPE_LABELS[room.type]);
  const wanted = [
    { text: clip(room.number ?? '', width), minor: false },
    { text: clip(name, width), minor: Boolean(room.number) },
    { text: area.length * CHARACTER <= width ? area : '', minor: true },
  ].filter((line) => line.text !== '');
  return wanted.slice(0, Math.max(1, Math.floor((height - 3) / 13)));
}
