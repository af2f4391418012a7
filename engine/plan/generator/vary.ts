// Gives the partitions between neighbouring rooms of a layout different thicknesses, some of them none: a single line.
import { boxOf, type Point } from '../../geometry/planar.ts';
import { type Cell, type Layout, type Rect, rectRing } from './layout.ts';
import type { RealOptions } from './model.ts';
import type { Random } from './random.ts';

/** Thicknesses in feet: glass fronts, metal studs of several sizes, chases, masonry. */
const THICKNESSES = [0.25, 0.33, 0.41, 0.41, 0.5, 0.67, 1];

type Varied = { layout: Layout; single_walls: [Point, Point][] };

/** The layout with other partitions, and those that are to be drawn as one line. Corridor and outer walls stay. */
export function varyPartitions(layout: Layout, options: RealOptions, random: Random): Varied {
  const boxes = layout.cells.map((cell): Rect => {
    const [x0, y0, x1, y1] = boxOf(cell.clear);
    return { x0, y0, x1, y1 };
  });
  const single_walls: [Point, Point][] = [];
  boxes.forEach((p, i) => {
    boxes.forEach((q, j) => {
      if (i === j) return;
      const beside = near(p.x1 + layout.wall, q.x0) && near(p.y0, q.y0) && near(p.y1, q.y1);
      const above = near(p.y1 + layout.wall, q.y0) && near(p.x0, q.x0) && near(p.x1, q.x1);
      if (!beside && !above) return;
      const single = random.chance(options.single_wall_share);
      if (!single && !options.wall_variety) return;
      const thickness = single ? 0 : random.pick(THICKNESSES);
      const middle = (beside ? p.x1 : p.y1) + layout.wall / 2;
      if (beside) {
        p.x1 = middle - thickness / 2;
        q.x0 = middle + thickness / 2;
      } else {
        p.y1 = middle - thickness / 2;
        q.y0 = middle + thickness / 2;
      }
      if (!single) return;
      single_walls.push(
        beside
          ? [
              [middle, p.y0],
              [middle, p.y1],
            ]
          : [
              [p.x0, middle],
              [p.x1, middle],
            ],
      );
    });
  });
  return {
    layout: { ...layout, cells: layout.cells.map((cell, i) => fitted(cell, boxes[i]!)) },
    single_walls,
  };
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6;
}

/** The cell in its new box; the side with the door keeps to what is left of it. */
function fitted(cell: Cell, box: Rect): Cell {
  const within = (p: Point): Point => [
    Math.min(box.x1, Math.max(box.x0, p[0])),
    Math.min(box.y1, Math.max(box.y0, p[1])),
  ];
  const inner = cell.inner && { ...cell.inner, a: within(cell.inner.a), b: within(cell.inner.b) };
  return { ...cell, clear: rectRing(box), inner };
}
