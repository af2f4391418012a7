// Desks, tables and storage, seen from the front.
import {
  body,
  box,
  closed,
  cuts,
  type Draw,
  dash,
  ellipse,
  line,
  middles,
  part,
  path,
  type Shape,
} from './paths.ts';

export const desk =
  (options: { feet?: boolean; modesty?: boolean; shared?: boolean }): Draw =>
  ({ width: w, height: h, seats = 1 }) => {
    const legs = [2.5, w - 4.5];
    const places = options.shared ? Math.max(1, Math.round(seats / 2)) : 1;
    const shapes = [
      ...legs.map((x) => body(box(x, 1.4, 2, h - 1.4))),
      ...cuts(places, 0, w).map((x) => body(box(x - 1, 1.4, 2, h - 1.4))),
    ];
    if (options.modesty) shapes.push(body(box(6, 2.4, w - 12, Math.min(14, h * 0.5))));
    if (options.feet)
      shapes.push(
        ...legs.map((x) => part(box(x - 1.5, h - 1.4, 5, 1.4, 0.7))),
        dash(path([0, h - 27.5], [w, h - 27.5])),
      );
    shapes.push(part(box(0, 0, w, 1.4, 0.3)), ...cuts(places, 0, w).map((x) => line(path([x, 0], [x, 1.4]))));
    return shapes;
  };

export const returnDesk: Draw = (facts) => {
  const { width: w, height: h } = facts;
  return [
    ...desk({})(facts),
    body(box(w * 0.62, 1.4, w * 0.34, h - 3)),
    line(path([w * 0.62, h * 0.5], [w * 0.96, h * 0.5])),
  ];
};

export const reception: Draw = ({ width: w, height: h }) => [
  body(box(w * 0.02, 2, w * 0.96, h - 4)),
  part(box(0, 0, w, 2, 0.4)),
  part(box(w * 0.04, h - 2, w * 0.92, 2)),
  ...cuts(3, w * 0.02, w * 0.98).map((x) => line(path([x, 2], [x, h - 2]))),
  dash(path([w * 0.02, h - 29], [w * 0.98, h - 29])),
];

export const table =
  (options: { column?: boolean; castors?: boolean; panels?: boolean }): Draw =>
  ({ width: w, height: h }) => {
    const top = part(box(0, 0, w, Math.min(1.5, h * 0.12), 0.4));
    if ((options.column && w <= 54) || w < 40) {
      return [
        body(box(w / 2 - 1.4, 1.2, 2.8, h - 2.4)),
        part(box(w * 0.22, h - 1.3, w * 0.56, 1.3, 0.6)),
        top,
      ];
    }
    if (options.panels) {
      const bases = w > 150 ? [0.14, 0.5, 0.86] : [0.2, 0.8];
      return [
        ...bases.map((at) =>
          body(closed([w * at - 7, h], [w * at - 5, 1.5], [w * at + 5, 1.5], [w * at + 7, h])),
        ),
        top,
      ];
    }
    const legs = [3, w - 5];
    return [
      ...legs.map((x) => body(box(x, 1.4, 2, h - (options.castors ? 3.6 : 1.4)))),
      ...(options.castors ? legs.map((x) => part(ellipse(x + 1, h - 1.2, 1.2, 1.2))) : []),
      line(path([5, 4], [w - 5, 4])),
      top,
    ];
  };

export function pull(x: number, y: number, width: number): Shape {
  return line(path([x - width / 2, y], [x + width / 2, y]));
}

export const drawers: Draw = ({ width: w, height: h, compartments }) => {
  const count = Math.max(1, compartments ?? Math.round(h / 13));
  const top = 1;
  const bottom = h - 2;
  const step = (bottom - top) / count;
  return [
    body(box(0, 0, w, h - 1.2)),
    part(box(w * 0.06, h - 1.2, w * 0.88, 1.2)),
    ...cuts(count, top, bottom).map((y) => line(path([0, y], [w, y]))),
    ...middles(count, top, bottom).map((y) => pull(w / 2, y - step * 0.28, Math.min(6, w * 0.3))),
  ];
};
export const doors: Draw = ({ width: w, height: h }) => {
  const count = Math.max(1, Math.round(w / 20));
  return [
    body(box(0, 0, w, h - 2)),
    part(box(w * 0.03, h - 2, w * 0.94, 2)),
    ...cuts(count, 0, w).map((x) => line(path([x, 1.2], [x, h - 2]))),
    line(path([0, 1.2], [w, 1.2])),
    ...middles(count, 0, w).map((x, index) => {
      const side = index % 2 === 0 ? 1 : -1;
      const at = x + side * (w / count) * 0.38;
      return line(path([at, h * 0.42], [at, h * 0.42 + Math.min(7, h * 0.18)]));
    }),
  ];
};
export const shelves: Draw = ({ width: w, height: h, compartments }) => [
  body(box(0, 0, w, h)),
  ...cuts(Math.max(2, compartments ?? Math.round(h / 14)), 0, h).map((y) => part(box(1, y - 0.5, w - 2, 1))),
  line(path([1, 0], [1, h])),
  line(path([w - 1, 0], [w - 1, h])),
];
export const lockers: Draw = ({ width: w, height: h, compartments = 6 }) => {
  const columns = Math.max(1, Math.min(compartments, Math.round(w / 12)));
  const rows = Math.max(1, Math.ceil(compartments / columns));
  return [
    body(box(0, 0, w, h - 3)),
    part(box(1, h - 3, w - 2, 3)),
    ...cuts(columns, 0, w).map((x) => line(path([x, 0], [x, h - 3]))),
    ...cuts(rows, 0, h - 3).map((y) => line(path([0, y], [w, y]))),
    ...middles(rows, 0, h - 3).flatMap((y) =>
      middles(columns, 0, w).map((x) => part(ellipse(x + (w / columns) * 0.32, y, 0.8, 0.8))),
    ),
  ];
};
