// Strokes, arcs and read texts of a picture as the format-neutral drawing, y up, with the roles the picture itself shows.
import type { Point } from '../../geometry/planar.ts';
import type { LayerRole } from '../layers.ts';
import { emptyLinework, type Linework, type Origin } from '../linework.ts';
import type { Circle } from './circles.ts';
import type { Stroke } from './strokes.ts';

/** A line of text that was read, in working pixels (y down). */
export type ReadText = { value: string; centre: Point; height: number; width: number; sure: number };

export type Drawn = {
  strokes: readonly Stroke[];
  roles: readonly LayerRole[];
  circles: readonly Circle[];
  texts: readonly ReadText[];
};

/** The drawing with y up; `upright` takes working pixels (y down) there and `scale` lengths. */
export function assemble(drawn: Drawn, upright: (p: Point) => Point, scale: number): Linework {
  const linework = emptyLinework();
  linework.units = 'px';
  linework.traced = true;
  const origins = new Map<LayerRole, Origin>();
  const originOf = (role: LayerRole): Origin => {
    const known = origins.get(role) ?? { layer: role, role, symbol: -1 };
    origins.set(role, known);
    return known;
  };
  const swing: Origin = { layer: 'swings', role: 'door', symbol: -1 };
  const text: Origin = { layer: 'text', role: 'unknown', symbol: -1 };
  drawn.strokes.forEach(({ a, b, thickness }, i) => {
    const origin = originOf(drawn.roles[i] ?? 'unknown');
    linework.strokes.push({ a: upright(a), b: upright(b), origin, weight: thickness * scale, arc: -1 });
  });
  for (const circle of drawn.circles) {
    const at = (angle: number) =>
      upright([
        circle.centre[0] + circle.radius * Math.cos(angle),
        circle.centre[1] + circle.radius * Math.sin(angle),
      ]);
    linework.arcs.push({
      centre: upright(circle.centre),
      radius: circle.radius * scale,
      start: at(circle.from),
      end: at(circle.from + circle.sweep),
      sweep: (circle.sweep * 180) / Math.PI,
      origin: swing,
    });
  }
  for (const { value, centre, height, width } of drawn.texts) {
    const middle = upright(centre);
    linework.texts.push({
      value,
      anchor: middle,
      centre: middle,
      height: height * scale,
      width: width * scale,
      origin: text,
    });
  }
  return linework;
}
