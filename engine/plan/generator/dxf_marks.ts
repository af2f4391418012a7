// Marks of realistic generated drawings as DXF entities.
import type { Point } from '../../geometry/planar.ts';
import type { Writer } from './dxf_writer.ts';
import type { GeneratedPlan, Mark } from './model.ts';

/** Writes all marks but dimensions, which stand with the other dimensions. */
export function writeMarks(plan: GeneratedPlan, writer: Writer): void {
  for (const mark of plan.marks) writeMark(writer, mark);
}

function writeMark(writer: Writer, mark: Mark): void {
  switch (mark.kind) {
    case 'path':
      writer.path(mark.part, mark.points, mark.closed, mark.dashed);
      break;
    case 'arc':
      writer.arc(mark.part, mark.centre, mark.radius, mark.from, mark.to);
      break;
    case 'text':
      writer.text(mark.part, mark.at, mark.height, mark.value, false);
      break;
    case 'fill':
      writeHatch(writer, mark);
      break;
    case 'dimension':
      break;
  }
}

function writeHatch(writer: Writer, { part, polygon }: Extract<Mark, { kind: 'fill' }>): void {
  const rings: Point[][] = [polygon.outer, ...polygon.holes];
  writer.put(
    [0, 'HATCH'],
    [8, writer.layer(part)],
    [10, 0],
    [20, 0],
    [2, 'SOLID'],
    [70, '1'],
    [71, '0'],
    [91, rings.length],
  );
  for (const ring of rings) {
    writer.put([92, '2'], [72, '0'], [73, '1'], [93, ring.length]);
    for (const p of ring) writer.put(...writer.at(10, p));
    writer.put([97, '0']);
  }
  writer.put([75, '1'], [76, '1']);
}
