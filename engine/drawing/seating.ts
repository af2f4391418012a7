// Chairs, stools, benches and sofas, seen from the front.
import { body, box, type Draw, ellipse, line, middles, part, path } from './paths.ts';

export const swivel =
  (options: { seat?: number; arms?: boolean; headrest?: boolean; ring?: boolean }): Draw =>
  ({ width: w, height: h }) => {
    const seatTop = h - Math.min(options.seat ?? 18.5, h * 0.68);
    const mid = w / 2;
    const backTop = options.headrest ? h * 0.13 : 0;
    const shapes = [
      line(path([mid, seatTop + 3], [mid, h - 4])),
      line(path([w * 0.08, h - 2.2], [mid, h - 5], [w * 0.92, h - 2.2])),
      line(path([w * 0.32, h - 1.6], [mid, h - 5], [w * 0.68, h - 1.6])),
      ...[w * 0.08, w * 0.32, w * 0.68, w * 0.92].map((x) => part(ellipse(x, h - 1.2, 1.2, 1.2))),
      body(box(w * 0.17, backTop, w * 0.66, seatTop - backTop - 1.5, w * 0.16)),
      part(box(w * 0.12, seatTop, w * 0.76, 3.4, 1.7)),
    ];
    if (options.headrest) shapes.push(part(box(w * 0.28, 0, w * 0.44, h * 0.1, 2)));
    if (options.ring) shapes.push(line(ellipse(mid, h - 14, w * 0.26, 1.6)));
    if (options.arms !== false)
      shapes.push(
        line(path([w * 0.13, seatTop + 1.6], [w * 0.02, seatTop + 0.5], [w * 0.02, seatTop - 8])),
        line(path([w * 0.87, seatTop + 1.6], [w * 0.98, seatTop + 0.5], [w * 0.98, seatTop - 8])),
        part(box(0, seatTop - 9.4, w * 0.13, 1.6, 0.8)),
        part(box(w * 0.87, seatTop - 9.4, w * 0.13, 1.6, 0.8)),
      );
    return shapes;
  };

export const legged =
  (options: { seat: number; arms?: boolean; castors?: boolean }): Draw =>
  ({ width: w, height: h }) => {
    const seatTop = h - Math.min(options.seat, h * 0.8);
    const floor = options.castors ? h - 2.4 : h;
    const inset = w * 0.1;
    const shapes = [
      line(path([inset, seatTop + 2], [w * 0.04, floor])),
      line(path([w - inset, seatTop + 2], [w * 0.96, floor])),
      line(path([w * 0.24, seatTop + 2], [w * 0.2, floor - 1.5])),
      line(path([w * 0.76, seatTop + 2], [w * 0.8, floor - 1.5])),
      body(box(w * 0.13, 0, w * 0.74, Math.max(2, (seatTop - 1) * 0.82), w * 0.09)),
      line(path([w * 0.2, (seatTop - 1) * 0.8], [w * 0.2, seatTop])),
      line(path([w * 0.8, (seatTop - 1) * 0.8], [w * 0.8, seatTop])),
      part(box(w * 0.07, seatTop, w * 0.86, 2.2, 1.1)),
    ];
    if (options.castors) shapes.push(...[w * 0.04, w * 0.96].map((x) => part(ellipse(x, h - 1.2, 1.2, 1.2))));
    if (options.seat > 24) shapes.push(line(path([w * 0.08, h - 11], [w * 0.92, h - 11])));
    if (options.arms)
      shapes.push(
        line(path([w * 0.08, seatTop + 1], [w * 0.04, seatTop - 8])),
        line(path([w * 0.92, seatTop + 1], [w * 0.96, seatTop - 8])),
        part(box(0, seatTop - 9, w * 0.12, 1.6, 0.8)),
        part(box(w * 0.88, seatTop - 9, w * 0.12, 1.6, 0.8)),
      );
    return shapes;
  };

export const stool: Draw = ({ width: w, height: h }) => [
  line(path([w / 2, 4], [w / 2, h - 2])),
  part(box(w * 0.06, h - 2.2, w * 0.88, 2.2, 1.1)),
  body(box(0, 0, w, Math.min(5, h * 0.22), 2.4)),
];

export const beam: Draw = ({ width: w, height: h, seats = 3 }) => {
  const seatTop = h > 22 ? h - 17.5 : 0;
  return [
    ...[w * 0.12, w * 0.88].map((x) => line(path([x, seatTop + 3], [x, h]))),
    line(path([w * 0.05, h], [w * 0.19, h])),
    line(path([w * 0.81, h], [w * 0.95, h])),
    part(box(0, seatTop + 2.6, w, 1.6)),
    ...middles(seats, 0, w).flatMap((x) => {
      const half = (w / seats) * 0.46;
      return [
        ...(seatTop > 0 ? [body(box(x - half, 0, half * 2, seatTop - 1, 2))] : []),
        body(box(x - half, seatTop, half * 2, 2.6, 1.2)),
      ];
    }),
  ];
};

export const sofa =
  (options: { high?: boolean; arms?: boolean }): Draw =>
  ({ width: w, height: h, seats = 1 }) => {
    const seatTop = h - Math.min(17, h * 0.62);
    const arm = options.arms === false ? 0 : Math.min(6, w * 0.14);
    const armTop = options.high ? 2 : Math.max(2, seatTop - 7);
    return [
      ...[w * 0.08, w * 0.92].map((x) => line(path([x, h - 3.5], [x, h]))),
      body(box(arm * 0.6, 0, w - arm * 1.2, seatTop + 4, 3)),
      body(box(0, seatTop + 4, w, h - seatTop - 7.5, 1.2)),
      ...middles(seats, arm, w - arm).map((x) => {
        const half = (w - 2 * arm) / seats / 2;
        return part(box(x - half + 0.3, seatTop, half * 2 - 0.6, 5, 1.8));
      }),
      ...(arm > 0
        ? [
            body(box(0, armTop, arm, h - armTop - 3.5, 2)),
            body(box(w - arm, armTop, arm, h - armTop - 3.5, 2)),
          ]
        : []),
    ];
  };
export const ottoman: Draw = ({ width: w, height: h }) => [
  ...[w * 0.12, w * 0.88].map((x) => line(path([x, h - 3], [x, h]))),
  body(box(0, 0, w, h - 3, 2.6)),
  line(path([0, h * 0.38], [w, h * 0.38])),
];

export const diningSet: Draw = (facts) => {
  const { width: w, height: h } = facts;
  const chair = Math.min(20, w * 0.24);
  return [
    ...[0, w - chair].flatMap((x) => [
      body(box(x, 0, chair, Math.max(4, h - 18), 2)),
      part(box(x, h - 18, chair, 2, 1)),
      line(path([x + 2, h - 16], [x + 1, h])),
      line(path([x + chair - 2, h - 16], [x + chair - 1, h])),
    ]),
    part(box(w * 0.16, h * 0.03, w * 0.68, 1.6, 0.4)),
    ...[w * 0.24, w * 0.76].map((x) => line(path([x, h * 0.03 + 1.6], [x, h]))),
  ];
};
