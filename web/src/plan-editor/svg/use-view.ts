// The viewer's camera: pan by drag, zoom by wheel at the pointer, pinch, keys; smooth fits. One transform, no React
// work while the hand moves except one update a frame.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { PlanPoint } from '../../../../contract/plan.ts';
import type { Box } from '../model/geometry.ts';
import { framing, type Insets, pan, resize, type Size, type View, zoomAt } from '../model/view.ts';

export interface Camera {
  view: View | null;
  size: Size;
  fitBox: (box: Box, margin?: number | Insets, most?: number) => void;
  zoomBy: (factor: number) => void;
  panBy: (dx: number, dy: number) => void;
  /** Brings the box into sight by the shortest way, without changing the zoom. */
  reveal: (box: Box) => void;
  /** True while and just after dragging, so that the click that ends a drag selects nothing. */
  dragged: RefObject<boolean>;
  dragging: boolean;
  /** Where a pointer is on the scene. */
  sceneAt: (event: { clientX: number; clientY: number }) => PlanPoint | null;
}

/** What takes a press instead of the camera: a corner that is dragged. */
export interface Grip {
  press: (event: PointerEvent) => boolean;
  move: (event: PointerEvent) => void;
  release: (event: PointerEvent) => void;
  leave: () => void;
}

const MOVE_MS = 220;

function useSize(frame: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return size;
}

/** `box` is what a fit shows; a new `subject` (another floor) is fitted afresh. */
export function useCamera(
  frame: RefObject<HTMLElement | null>,
  box: Box | null,
  subject: string,
  grip: RefObject<Grip | null>,
): Camera {
  const size = useSize(frame);
  const [view, setView] = useState<View | null>(null);
  const target = useRef<View | null>(null);
  const pending = useRef(0);
  const limits = useRef({ min: 0, max: 1 });
  const [dragging, setDragging] = useState(false);
  const dragged = useRef(false);

  /** At most one render a frame. */
  const put = useCallback((next: View) => {
    target.current = next;
    if (pending.current) return;
    pending.current = requestAnimationFrame(() => {
      pending.current = 0;
      setView(target.current);
    });
  }, []);

  const glide = useCallback((to: View) => {
    const from = target.current;
    cancelAnimationFrame(pending.current);
    pending.current = 0;
    if (!from || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      target.current = to;
      setView(to);
      return;
    }
    const start = performance.now();
    const step = (now: number) => {
      const t = Math.min(1, (now - start) / MOVE_MS);
      const eased = 1 - (1 - t) ** 3;
      target.current = {
        k: from.k * (to.k / from.k) ** eased,
        x: from.x + (to.x - from.x) * eased,
        y: from.y + (to.y - from.y) * eased,
      };
      setView(target.current);
      pending.current = t < 1 ? requestAnimationFrame(step) : 0;
    };
    pending.current = requestAnimationFrame(step);
  }, []);

  const fitted = useRef('');
  const lastSize = useRef(size);
  useLayoutEffect(() => {
    if (!box || size.width === 0 || size.height === 0) return;
    const whole = framing(box, size, marginOf(size));
    limits.current = { min: whole.k * 0.4, max: whole.k * 80 };
    if (fitted.current !== subject) {
      fitted.current = subject;
      target.current = whole;
      setView(whole);
    } else if (lastSize.current !== size && target.current) {
      const kept = resize(target.current, lastSize.current, size);
      target.current = kept;
      setView(kept);
    }
    lastSize.current = size;
  }, [box, size, subject]);

  const fitBox = useCallback(
    (to: Box, margin: number | Insets = marginOf(size), most = Infinity) => {
      const whole = framing(to, size, margin);
      const held = { x: size.width / 2, y: size.height / 2 };
      const bounds = { min: 0, max: Math.min(most, limits.current.max) };
      glide(whole.k > bounds.max ? zoomAt(whole, bounds.max / whole.k, held.x, held.y, bounds) : whole);
    },
    [size, glide],
  );
  const zoomBy = useCallback(
    (factor: number) => {
      if (target.current)
        glide(zoomAt(target.current, factor, size.width / 2, size.height / 2, limits.current));
    },
    [size, glide],
  );
  const panBy = useCallback(
    (dx: number, dy: number) => {
      if (target.current) put(pan(target.current, dx, dy));
    },
    [put],
  );
  const reveal = useCallback(
    (to: Box) => {
      const now = target.current;
      if (!now || size.width === 0) return;
      const shift = (low: number, high: number, length: number) => {
        if (high - low > length - 32) return length / 2 - (low + high) / 2;
        if (low < 16) return 16 - low;
        return high > length - 16 ? length - 16 - high : 0;
      };
      const dx = shift(to.min_x * now.k + now.x, to.max_x * now.k + now.x, size.width);
      const dy = shift(to.min_y * now.k + now.y, to.max_y * now.k + now.y, size.height);
      const inSight = (dx === 0 && dy === 0) || (to.max_x - to.min_x) * now.k > size.width * 0.9;
      if (!inSight) glide(pan(now, dx, dy));
    },
    [size, glide],
  );

  const sceneAt = useCallback(
    (event: { clientX: number; clientY: number }): PlanPoint | null => {
      const rect = frame.current?.getBoundingClientRect();
      const now = target.current;
      if (!rect || !now) return null;
      return [(event.clientX - rect.left - now.x) / now.k, (event.clientY - rect.top - now.y) / now.k];
    },
    [frame],
  );
  useGestures(frame, target, limits, put, dragged, setDragging, grip);
  return { view, size, fitBox, zoomBy, panBy, reveal, dragged, dragging, sceneAt };
}

/** The plan's tools stand at its left, zoom and layers at its right, floors above and the scale below. */
function marginOf(size: Size): Insets {
  const side = size.width < 500 ? 12 : 60;
  return { left: side, right: side, top: 56, bottom: 56 };
}

/** Pointer, wheel and pinch. */
function useGestures(
  frame: RefObject<HTMLElement | null>,
  target: RefObject<View | null>,
  limits: RefObject<{ min: number; max: number }>,
  put: (view: View) => void,
  dragged: RefObject<boolean>,
  setDragging: (dragging: boolean) => void,
  grip: RefObject<Grip | null>,
) {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const pointers = new Map<number, { x: number; y: number }>();
    let travelled = 0;
    /** The pointer that the grip holds. */
    let held: number | null = null;
    const at = (event: MouseEvent) => {
      const rect = element.getBoundingClientRect();
      return { x: event.clientX - rect.left, y: event.clientY - rect.top };
    };
    const onDown = (event: PointerEvent) => {
      if (event.button > 1 || (event.target as Element).closest('[data-still]')) return;
      if (event.button === 0 && pointers.size === 0 && grip.current?.press(event)) {
        held = event.pointerId;
        element.setPointerCapture(event.pointerId);
        return;
      }
      pointers.set(event.pointerId, at(event));
      travelled = 0;
      dragged.current = false;
    };
    const onMove = (event: PointerEvent) => {
      const before = pointers.get(event.pointerId);
      if (held === event.pointerId || !before) grip.current?.move(event);
      if (!before || !target.current) return;
      const now = at(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      travelled += Math.hypot(now.x - before.x, now.y - before.y);
      if (!other && travelled < 4) return;
      if (!dragged.current) {
        dragged.current = true;
        element.setPointerCapture(event.pointerId);
        setDragging(true);
      }
      let next = pan(target.current, (now.x - before.x) / pointers.size, (now.y - before.y) / pointers.size);
      if (other) {
        const factor =
          Math.hypot(now.x - other.x, now.y - other.y) /
          Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
        next = zoomAt(next, factor, (now.x + other.x) / 2, (now.y + other.y) / 2, limits.current);
      }
      put(next);
    };
    const onUp = (event: PointerEvent) => {
      if (held === event.pointerId) {
        held = null;
        dragged.current = true;
        grip.current?.release(event);
        return;
      }
      if (!pointers.delete(event.pointerId)) return;
      setDragging(false);
    };
    const onLeave = () => grip.current?.leave();
    const onWheel = (event: WheelEvent) => {
      if (!target.current) return;
      event.preventDefault();
      const { x, y } = at(event);
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const step = Math.max(-120, Math.min(120, event.deltaY * lines));
      put(zoomAt(target.current, Math.exp(-step * (event.ctrlKey ? 0.01 : 0.002)), x, y, limits.current));
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    element.addEventListener('pointerleave', onLeave);
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      element.removeEventListener('pointerleave', onLeave);
      element.removeEventListener('wheel', onWheel);
    };
  }, [frame, target, limits, put, dragged, setDragging, grip]);
}
