// Takes the drawing's own lines out of ink and grey picture, so that texts they run through can be read.
import type { Point } from '../../geometry/planar.ts';
import type { Circle } from './circles.ts';
import type { Grey } from './decode.ts';
import type { Ink } from './ink.ts';
import type { Stroke } from './strokes.ts';

const PAPER = 250;

/** Copies of ink and picture without strokes longer than `least` and without arcs; `place` takes them to the picture. */
export function eraseLines(
  ink: Ink,
  even: Grey,
  strokes: readonly Stroke[],
  circles: readonly Circle[],
  least: number,
  place: (p: Point) => Point,
): { ink: Ink; even: Grey } {
  const bare = { ...ink, data: ink.data.slice() };
  const clean = { ...even, data: even.data.slice() };
  const wipe = (p: Point, q: Point, half: number) => {
    const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
    const [dx, dy] = [(q[0] - p[0]) / (length || 1), (q[1] - p[1]) / (length || 1)];
    const inked = (t: number, o: number) => {
      const x = Math.floor(p[0] + dx * t - dy * o);
      const y = Math.floor(p[1] + dy * t + dx * o);
      return x >= 0 && y >= 0 && x < ink.width && y < ink.height && ink.data[y * ink.width + x] === 1;
    };
    for (let t = -1; t <= length + 1; t += 0.7) {
      // Where ink goes on beside the line, a letter crosses it there and keeps its pixels.
      if (inked(t, half + 1.2) || inked(t, -half - 1.2)) continue;
      for (let o = -half; o <= half; o += 0.7) {
        const x = Math.floor(p[0] + dx * t - dy * o);
        const y = Math.floor(p[1] + dy * t + dx * o);
        if (x < 0 || y < 0 || x >= ink.width || y >= ink.height) continue;
        bare.data[y * ink.width + x] = 0;
        clean.data[y * ink.width + x] = PAPER;
      }
    }
  };
  for (const { a, b, length, thickness, face } of strokes)
    if (length > least && !face) wipe(place(a), place(b), thickness / 2 + 0.9);
  for (const circle of circles) {
    if (circle.radius < least / 3) continue;
    const steps = Math.max(4, Math.ceil(circle.sweep * 12));
    const at = (i: number): Point => {
      const angle = circle.from + (circle.sweep * i) / steps;
      return [
        circle.centre[0] + circle.radius * Math.cos(angle),
        circle.centre[1] + circle.radius * Math.sin(angle),
      ];
    };
    for (let i = 0; i < steps; i++) wipe(place(at(i)), place(at(i + 1)), circle.thickness / 2 + 0.9);
  }
  return { ink: bare, even: clean };
}
