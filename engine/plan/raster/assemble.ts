// Strokes, arcs and read texts of a picture as the format-neutral drawing, y up, with the roles the picture itself shows.
import { emptyLinework, type Linework, type Origin } from '../linework.ts';
import type { Point } from '../../geometry/planar.ts';
import type { Circle } from './circles.ts';
import type { Stroke } from './strokes.ts';

/** A line of text that was read, in working pixels (y down). */
export type ReadText = { value: string; centre: Point; height: number; width: number; sure: number };

export type Drawn = {
  strokes: readonly Stroke[];
  circles: readonly Circle[];
  texts: readonly ReadText[];
};

/** Share of the length of long lines from which walls are taken to be drawn as filled bodies. */
const FILLED_SHARE = 0.3;
const SHORT = 40;

function lengthOf(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, stroke) => sum + stroke.length, 0);
}

/** The drawing in rectified pixels, y up. `upright` takes working pixels (y down) there. */
export function assemble(drawn: Drawn, upright: (p: Point) => Point): Linework {
  const linework = emptyLinework();
  linework.units = 'px';
  const faces = lengthOf(drawn.strokes.filter((stroke) => stroke.face));
  const lines = lengthOf(drawn.strokes.filter((stroke) => !stroke.face && stroke.length > SHORT));
  const filled = faces > FILLED_SHARE * (faces + lines);
  const body: Origin = { layer: 'filled', role: filled ? 'wall' : 'unknown', symbol: -1 };
  const line: Origin = { layer: 'lines', role: 'unknown', symbol: -1 };
  const swing: Origin = { layer: 'swings', role: 'door', symbol: -1 };
  const text: Origin = { layer: 'text', role: 'unknown', symbol: -1 };
  for (const { a, b, face, thickness } of drawn.strokes) {
    const origin = face ? body : line;
    linework.strokes.push({ a: upright(a), b: upright(b), origin, weight: thickness, arc: -1 });
  }
  for (const circle of drawn.circles) {
    const at = (angle: number) =>
      upright([
        circle.centre[0] + circle.radius * Math.cos(angle),
        circle.centre[1] + circle.radius * Math.sin(angle),
      ]);
    linework.arcs.push({
      centre: upright(circle.centre),
      radius: circle.radius,
      start: at(circle.from),
      end: at(circle.from + circle.sweep),
      sweep: (circle.sweep * 180) / Math.PI,
      origin: swing,
    });
  }
  for (const { value, centre, height, width } of drawn.texts) {
    const middle = upright(centre);
    linework.texts.push({ value, anchor: middle, centre: middle, height, width, origin: text });
  }
  return linework;
}
