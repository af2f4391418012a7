// Where the viewer looks: screen = scene × k + (x, y). Pure steps; the view component only applies them.
import type { Box } from './geometry.ts';

export interface View {
  /** Pixels for one unit of the scene. */
  k: number;
  x: number;
  y: number;
}
export interface Size {
  width: number;
  height: number;
}

/** Pixels kept free at each side, for what lies over the drawing there. */
export interface Insets {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The box centred in what the margin, the same or another at each side, leaves free. */
export function framing(box: Box, size: Size, margin: number | Insets = 40): View {
  const free =
    typeof margin === 'number' ? { left: margin, right: margin, top: margin, bottom: margin } : margin;
  const width = Math.max(1e-6, box.max_x - box.min_x);
  const height = Math.max(1e-6, box.max_y - box.min_y);
  const wide = size.width - free.left - free.right;
  const high = size.height - free.top - free.bottom;
  const k = Math.max(1e-6, Math.min(wide / width, high / height));
  return {
    k,
    x: free.left + wide / 2 - k * (box.min_x + width / 2),
    y: free.top + high / 2 - k * (box.min_y + height / 2),
  };
}

export function pan(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** Zooms by `factor` with the point (px, py) of the screen held still, between the limits. */
export function zoomAt(
  view: View,
  factor: number,
  px: number,
  py: number,
  limits: { min: number; max: number },
): View {
  const k = Math.min(limits.max, Math.max(limits.min, view.k * factor));
  const applied = k / view.k;
  return { k, x: px - (px - view.x) * applied, y: py - (py - view.y) * applied };
}

/** A round length whose bar is between 60 and 150 pixels long. `perUnit`: pixels a foot or metre. */
export function scaleBarLength(perUnit: number): number {
  for (const length of [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000]) {
    if (length * perUnit >= 60) return length;
  }
  return 5000;
}

/** The view's middle on the scene is kept when the frame changes size. */
export function resize(view: View, before: Size, after: Size): View {
  return pan(view, (after.width - before.width) / 2, (after.height - before.height) / 2);
}

/** The room nearest to `from` in a direction of the keyboard; null if there is none that way. */
export function neighbour<T extends { label: { x: number; y: number } }>(
  rooms: readonly T[],
  from: T,
  direction: 'left' | 'right' | 'up' | 'down',
): T | null {
  const [ux, uy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction] as [number, number];
  let best: T | null = null;
  let least = Infinity;
  for (const room of rooms) {
    const dx = room.label.x - from.label.x;
    const dy = room.label.y - from.label.y;
    const ahead = dx * ux + dy * uy;
    const aside = Math.abs(dx * uy) + Math.abs(dy * ux);
    if (room === from || ahead <= 1e-6 || aside > ahead * 2) continue;
    const cost = ahead + aside * 2;
    if (cost < least) {
      least = cost;
      best = room;
    }
  }
  return best;
}
