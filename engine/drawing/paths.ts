// Outlines as SVG paths in inches, and the facts of a product they are worked out from.
// x to the right, y downwards, the floor at y = height.

export interface ShapeFacts {
  category: string;
  subcategory: string | null;
  width: number;
  depth: number;
  height: number;
  seats?: number | undefined;
  compartments?: number | undefined;
}

/** A path with its tone: a filled body, a darker part, or a line without fill. */
export interface Shape {
  d: string;
  tone: 'body' | 'part' | 'line' | 'dash';
}

export const n = (value: number) => Math.round(value * 100) / 100;

export function box(x: number, y: number, w: number, h: number, r = 0): string {
  const radius = Math.max(0, Math.min(r, w / 2, h / 2));
  if (radius === 0) return `M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}z`;
  const a = `a${n(radius)} ${n(radius)} 0 0 1`;
  return (
    `M${n(x + radius)} ${n(y)}h${n(w - 2 * radius)}${a} ${n(radius)} ${n(radius)}v${n(h - 2 * radius)}` +
    `${a} ${n(-radius)} ${n(radius)}h${n(2 * radius - w)}${a} ${n(-radius)} ${n(-radius)}v${n(2 * radius - h)}` +
    `${a} ${n(radius)} ${n(-radius)}z`
  );
}
export function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${n(cx - rx)} ${n(cy)}a${n(rx)} ${n(ry)} 0 1 0 ${n(2 * rx)} 0a${n(rx)} ${n(ry)} 0 1 0 ${n(-2 * rx)} 0z`;
}
export function path(...points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
}
export const closed = (...points: readonly (readonly [number, number])[]) => `${path(...points)}z`;
export const body = (d: string): Shape => ({ d, tone: 'body' });
export const part = (d: string): Shape => ({ d, tone: 'part' });
export const line = (d: string): Shape => ({ d, tone: 'line' });
export const dash = (d: string): Shape => ({ d, tone: 'dash' });

/** Middles of `count` equal parts between `from` and `to`. */
export function middles(count: number, from: number, to: number): number[] {
  const step = (to - from) / count;
  return Array.from({ length: count }, (_, index) => from + step * (index + 0.5));
}
/** The places that divide a length into `count` parts. */
export function cuts(count: number, from: number, to: number): number[] {
  const step = (to - from) / count;
  return Array.from({ length: Math.max(0, count - 1) }, (_, index) => from + step * (index + 1));
}

export type Draw = (facts: ShapeFacts) => Shape[];
