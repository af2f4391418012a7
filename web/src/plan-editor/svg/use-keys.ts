// The keyboard on the drawing: the tool hears a key first, then the rooms, then the camera. The space bar, held, lets a
// drag move the sheet whatever the tool.
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { PlanPoint } from '../../../../contract/plan.ts';
import type { Scene } from '../model/scene.ts';
import { neighbour } from '../model/view.ts';
import type { PlanTool } from './tool.ts';
import type { Camera } from './use-view.ts';

const ARROWS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const;

export interface KeysOptions {
  frame: RefObject<HTMLElement | null>;
  camera: Camera;
  scene: Scene;
  tool: PlanTool | null;
  selected: string | null;
  onSelect: (id: string | null) => void;
  setFocused: (id: string) => void;
  onEscape: (pin: null) => void;
}

export function useKeys(options: KeysOptions) {
  const { frame, camera, scene, tool, selected, onSelect } = options;
  const panning = useSpaceBar(frame);
  /** The space bar went down on a room. */
  const armed = useRef(false);

  const walk = (event: KeyboardEvent, room: Scene['rooms'][number] | undefined): boolean => {
    const arrow = ARROWS[event.key as keyof typeof ARROWS];
    if (!arrow) return false;
    if (room) {
      const next = neighbour(scene.rooms, room, arrow);
      if (next) {
        options.setFocused(next.id);
        frame.current?.querySelector<SVGElement>(`[data-room="${next.id}"]`)?.focus();
        camera.reveal(next.box);
      }
      return true;
    }
    const step = event.shiftKey ? 160 : 48;
    camera.panBy(
      arrow === 'left' ? step : arrow === 'right' ? -step : 0,
      arrow === 'up' ? step : arrow === 'down' ? -step : 0,
    );
    return true;
  };

  const look = (key: string): boolean => {
    const room = scene.rooms.find((candidate) => candidate.id === selected);
    if (key === '+' || key === '=') camera.zoomBy(1.4);
    else if (key === '-') camera.zoomBy(1 / 1.4);
    else if (key === 'f' || key === '0') camera.fitBox(scene.box);
    else if (key === 'z') camera.fitBox(room?.box ?? scene.box, room ? 90 : undefined);
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as Element;
    if (target.closest('[data-still]') || event.ctrlKey || event.metaKey) return;
    if (tool && camera.view && tool.key(event, middleOf(camera), camera.view.k)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.altKey) return;
    const room = scene.rooms.find((candidate) => candidate.id === target.getAttribute('data-room'));
    if (room && event.key === 'Enter') onSelect(room.id === selected ? null : room.id);
    else if (event.key === 'Escape') {
      options.onEscape(null);
      onSelect(null);
    } else if (event.key === ' ') {
      // Held for panning, and the page must not scroll; let go without a drag it selects the room.
      if (!event.repeat) camera.dragged.current = false;
      armed.current = room !== undefined;
    } else if (!walk(event, room) && !look(event.key)) return;
    event.preventDefault();
  };

  const onKeyUp = (event: KeyboardEvent) => {
    const room = (event.target as Element).getAttribute('data-room');
    if (event.key !== ' ') return;
    if (armed.current && room && !camera.dragged.current) onSelect(room === selected ? null : room);
    armed.current = false;
  };
  useKeysElsewhere(look);
  return { onKeyDown, onKeyUp, panning };
}

/** Zoom keys work wherever the focus is, except while typing or in a dialog. */
function useKeysElsewhere(look: (key: string) => boolean) {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (target instanceof Element && target.closest('input, textarea, select, [contenteditable]')) return;
      if (document.querySelector('dialog[open], [role="menu"]')) return;
      if (['+', '=', '-', '0', 'z'].includes(event.key) && latest.current(event.key)) event.preventDefault();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}

function middleOf(camera: Camera): PlanPoint {
  const { view, size } = camera;
  return view ? [(size.width / 2 - view.x) / view.k, (size.height / 2 - view.y) / view.k] : [0, 0];
}

function useSpaceBar(frame: RefObject<HTMLElement | null>): RefObject<boolean> {
  const held = useRef(false);
  useEffect(() => {
    const show = (on: boolean) => {
      held.current = on;
      frame.current?.toggleAttribute('data-panning', on);
    };
    const down = (event: globalThis.KeyboardEvent) => {
      const elsewhere =
        event.target instanceof Element && event.target.closest('input, textarea, select, button');
      if (event.code === 'Space' && !elsewhere) show(true);
    };
    const up = (event: globalThis.KeyboardEvent) => {
      if (event.code === 'Space') show(false);
    };
    const lost = () => show(false);
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    addEventListener('blur', lost);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      removeEventListener('blur', lost);
    };
  }, [frame]);
  return held;
}
