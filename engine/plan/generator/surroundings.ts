// What stands around the building on a realistic sheet: border, title block, legend, north arrow, dimension strings.
import type { Box, Point } from '../../geometry/planar.ts';
import { box, line } from './details.ts';
import type { GeneratedPlan, Mark, RealOptions } from './model.ts';
import type { Random } from './random.ts';

const METRIC: readonly string[] = ['mm', 'm'];

/** Feet as a drawing of this plan prints them. */
export function lengthText(feet: number, unit: GeneratedPlan['options']['unit']): string {
  if (METRIC.includes(unit))
    return unit === 'mm' ? String(Math.round(feet * 304.8)) : (feet * 0.3048).toFixed(2);
  const inches = Math.round(feet * 12);
  return `${Math.floor(inches / 12)}'-${inches % 12}"`;
}

/** Marks around the building's box, and the box of everything then drawn. */
export function surroundings(
  plan: Pick<GeneratedPlan, 'options' | 'windows' | 'rooms'>,
  building: Box,
  options: RealOptions,
  random: Random,
): { marks: Mark[]; bounds: Box } {
  const marks: Mark[] = [];
  if (options.dimension_strings) marks.push(...dimensionStrings(plan, building));
  if (!options.sheet) {
    const reach = options.dimension_strings || options.outside_labels ? 18 : 0;
    const [x0, y0, x1, y1] = building;
    return { marks, bounds: [x0 - reach, y0 - reach, x1 + reach, y1 + reach] };
  }
  const [x0, y0, x1, y1] = building;
  const bounds: Box = [x0 - 30, y0 - 40, x1 + 55, y1 + 30];
  marks.push(box('sheet', bounds[0], bounds[1], bounds[2], bounds[3]));
  marks.push(box('sheet', bounds[0] + 2, bounds[1] + 2, bounds[2] - 2, bounds[3] - 2));
  marks.push(...titleBlock(bounds[2] - 40, bounds[1] + 2, bounds[3] - 2, random));
  marks.push(...legend([bounds[2] - 38, y1 - 20]));
  marks.push(...north([x1 + 8, y0 - 20]));
  return { marks, bounds };
}

/** Widths of the rooms along the south and west facades, end to end. */
function dimensionStrings(plan: Pick<GeneratedPlan, 'options' | 'rooms'>, building: Box): Mark[] {
  const cuts = (axis: 0 | 1): number[] => {
    const edges = plan.rooms.flatMap((room) => {
      const values = room.polygon.outer.map((p) => p[axis]);
      const depth = Math.min(...room.polygon.outer.map((p) => p[axis === 0 ? 1 : 0]));
      return depth - building[axis === 0 ? 1 : 0] < 2 ? [Math.min(...values)] : [];
    });
    return [building[axis], ...edges.sort((a, b) => a - b), building[axis + 2]!];
  };
  return ([0, 1] as const).flatMap((axis) => {
    const stops = cuts(axis).filter((value, i, all) => i === 0 || value - all[i - 1]! > 1);
    return stops.slice(1).map((stop, i): Mark => {
      const at = (value: number, away: number): Point =>
        axis === 0 ? [value, building[1] - away] : [building[0] - away, value];
      return {
        kind: 'dimension',
        part: 'dimension',
        a: at(stops[i]!, 1),
        b: at(stop, 1),
        line: at(stop, 12),
        value: lengthText(stop - stops[i]!, plan.options.unit),
      };
    });
  });
}

function titleBlock(x: number, y0: number, y1: number, random: Random): Mark[] {
  const marks: Mark[] = [line('sheet', [x, y0], [x, y1])];
  const rows = [
    'FLOOR PLAN',
    'LEVEL 1',
    `SHEET A-${random.whole(101, 109)}`,
    'DRAWN BY',
    'EXAMPLE STUDIO',
    'REVISION 2',
  ];
  rows.forEach((value, i) => {
    const y = y0 + 5 * (i + 1);
    marks.push(line('sheet', [x, y], [x + 38, y]), {
      kind: 'text',
      part: 'sheet',
      at: [x + 2, y - 3],
      height: 1.2,
      value,
    });
  });
  return marks;
}

/** Samples of what the drawing shows: a wall in two lines, a door with its swing, a table of room types. */
function legend([x, y]: Point): Mark[] {
  return [
    { kind: 'text', part: 'sheet', at: [x, y], height: 1.2, value: 'LEGEND' },
    box('sheet', x, y - 6, x + 8, y - 5.5),
    { kind: 'text', part: 'sheet', at: [x + 10, y - 6], height: 0.7, value: 'NEW PARTITION' },
    line('sheet', [x, y - 13], [x, y - 10]),
    { kind: 'arc', part: 'sheet', centre: [x, y - 13], radius: 3, from: 0, to: 90 },
    { kind: 'text', part: 'sheet', at: [x + 10, y - 12], height: 0.7, value: 'DOOR, SEE SCHEDULE' },
    ...['OFFICE', 'STORAGE', 'MEETING RM'].flatMap((value, i): Mark[] => [
      box('sheet', x, y - 20 - 4 * i, x + 9, y - 16 - 4 * i),
      box('sheet', x + 9, y - 20 - 4 * i, x + 30, y - 16 - 4 * i),
      { kind: 'text', part: 'sheet', at: [x + 10, y - 18.5 - 4 * i], height: 0.7, value },
    ]),
  ];
}

function north([x, y]: Point): Mark[] {
  return [
    { kind: 'arc', part: 'sheet', centre: [x, y], radius: 3, from: 0, to: 360 },
    line('sheet', [x, y - 3], [x, y + 4]),
    line('sheet', [x - 1, y + 2], [x, y + 4]),
    line('sheet', [x + 1, y + 2], [x, y + 4]),
    { kind: 'text', part: 'sheet', at: [x - 0.4, y + 5], height: 1, value: 'N' },
  ];
}
