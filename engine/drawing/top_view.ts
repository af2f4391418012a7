// Products seen from above; the front edge is at the bottom.
import {
  body,
  box,
  closed,
  cuts,
  dash,
  ellipse,
  line,
  part,
  path,
  type Shape,
  type ShapeFacts,
} from './paths.ts';

const CHAIRS = /chair$|stool$|^outdoor_lounger$/;
const SOFAS = /sofa$|^lounge_chair$/;

/** View from above in a field of width × depth; the front edge is at the bottom. */
export function topView({ subcategory, width: w, depth: d, seats = 1, compartments }: ShapeFacts): Shape[] {
  const kind = subcategory ?? '';
  if (SOFAS.test(kind) || kind === 'modular_lounge') {
    const back = d * 0.24;
    const side = kind === 'modular_lounge' ? 0 : Math.min(6, w * 0.14);
    return [
      body(box(0, 0, w, d, 2)),
      line(path([side, back], [w - side, back])),
      ...(side > 0 ? [line(path([side, back], [side, d])), line(path([w - side, back], [w - side, d]))] : []),
      ...cuts(seats, side, w - side).map((x) => line(path([x, back], [x, d]))),
    ];
  }
  if (CHAIRS.test(kind)) {
    return [
      body(box(w * 0.08, d * 0.14, w * 0.84, d * 0.86, w * 0.18)),
      part(box(w * 0.06, 0, w * 0.88, d * 0.17, w * 0.08)),
    ];
  }
  if (kind === 'corner_desk') {
    const leg = Math.min(30, d * 0.45, w * 0.45);
    return [body(closed([0, 0], [w, 0], [w, d], [w - leg, d], [w - leg, leg], [0, leg]))];
  }
  if (kind === 'bench_desk') {
    const places = Math.max(1, Math.round(seats / 2));
    return [
      body(box(0, 0, w, d)),
      ...(d > 40 ? [line(path([0, d / 2], [w, d / 2]))] : []),
      ...cuts(places, 0, w).map((x) => line(path([x, 0], [x, d]))),
    ];
  }
  if (kind === 'phone_booth' || kind === 'meeting_pod') {
    const wall = Math.min(3, w * 0.2, d * 0.2);
    return [
      body(box(0, 0, w, d, 1.5)),
      line(box(wall, wall, w - 2 * wall, d - 2 * wall, 0.6)),
      dash(path([wall, d * 0.45], [w - wall, d * 0.45])),
    ];
  }
  if (kind === 'parasol') {
    return [
      body(ellipse(w / 2, d / 2, w / 2, d / 2)),
      line(path([0, d / 2], [w, d / 2])),
      line(path([w / 2, 0], [w / 2, d])),
    ];
  }
  if (kind === 'locker') {
    const columns = Math.max(1, Math.min(compartments ?? 3, Math.round(w / 12)));
    return [body(box(0, 0, w, d)), ...cuts(columns, 0, w).map((x) => line(path([x, 0], [x, d])))];
  }
  return [body(box(0, 0, w, d, Math.min(1, d * 0.1)))];
}
