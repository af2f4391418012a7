// DIMENSION entities of generated drawings, each with its picture in an anonymous block.
import type { Point } from '../../geometry/planar.ts';
import type { Writer } from './dxf_writer.ts';
import type { GeneratedPlan, Mark } from './model.ts';
import type { Pair } from './symbols.ts';

type Drawn = { a: Point; b: Point; line: Point; degrees: number; value: string; lines: boolean };

/** Two overall dimensions and a half, and those among the marks of a realistic drawing. */
function drawn(plan: GeneratedPlan): Drawn[] {
  const own = plan.options.dimensions
    ? overall(plan).map(({ a, b, feet, degrees }): Drawn => {
        return { a, b, line: b, degrees, value: overallText(plan, feet), lines: false };
      })
    : [];
  const marks = plan.marks.filter(
    (mark): mark is Extract<Mark, { kind: 'dimension' }> => mark.kind === 'dimension',
  );
  return [
    ...own,
    ...marks.map(({ a, b, line, value }): Drawn => {
      return { a, b, line, degrees: a[0] === b[0] ? 90 : 0, value, lines: true };
    }),
  ];
}

function overallText(plan: GeneratedPlan, feet: number): string {
  const whole = Math.floor(feet + 1e-9);
  const inches = (feet - whole) * 12;
  const metric = plan.options.unit === 'mm' || plan.options.unit === 'm';
  return metric ? `${(feet * 0.3048).toFixed(2)} m` : `${whole}'-${inches.toFixed(1)}"`;
}

/** The pictures: the text, and for dimension strings the extension lines and the line with its ticks. */
export function dimensionBlocks(plan: GeneratedPlan, writer: Writer): Pair[][] {
  return drawn(plan).map((dimension, i): Pair[] => [
    [0, 'BLOCK'],
    [8, '0'],
    [2, `*D${i + 1}`],
    [70, 1],
    [10, 0],
    [20, 0],
    ...picture(dimension, writer),
    [0, 'TEXT'],
    [8, '0'],
    [10, 0],
    [20, 0],
    [40, 1],
    [1, dimension.value],
    [0, 'ENDBLK'],
    [8, '0'],
  ]);
}

function picture({ a, b, line, degrees, lines }: Drawn, writer: Writer): Pair[] {
  if (!lines) return [];
  const shift = (p: Point): Point => (degrees === 90 ? [line[0], p[1]] : [p[0], line[1]]);
  const stroke = (p: Point, q: Point): Pair[] => [
    [0, 'LINE'],
    [8, '0'],
    ...writer.at(10, p),
    ...writer.at(11, q),
  ];
  const tick = (p: Point) => stroke([p[0] - 0.5, p[1] - 0.5], [p[0] + 0.5, p[1] + 0.5]);
  return [
    ...stroke(a, shift(a)),
    ...stroke(b, shift(b)),
    ...stroke(shift(a), shift(b)),
    ...tick(shift(a)),
    ...tick(shift(b)),
  ];
}

function overall(plan: GeneratedPlan): { a: Point; b: Point; feet: number; degrees: number }[] {
  const { width_ft: w, depth_ft: h } = plan.options;
  return [
    { a: [0, -8], b: [w, -8], feet: w, degrees: 0 },
    { a: [-8, 0], b: [-8, h], feet: h, degrees: 90 },
    { a: [0, -8], b: [w / 2, -8], feet: w / 2, degrees: 0 },
  ];
}

export function writeDimensions(plan: GeneratedPlan, writer: Writer): void {
  drawn(plan).forEach(({ a, b, line, degrees }, i) => {
    writer.put(
      [0, 'DIMENSION'],
      [8, writer.layer('dimension')],
      [2, `*D${i + 1}`],
      ...writer.at(10, line),
      ...writer.at(11, line),
      [70, 0],
      [1, ''],
      ...writer.at(13, a),
      ...writer.at(14, b),
      [50, degrees + plan.options.rotation_degrees],
    );
  });
}
