// Writes a generated plan as a DXF file: layers by convention, doors as blocks or loose arcs, careless gaps, header units
// that may be wrong; plain drawings as R12, realistic ones with the entities of later versions.
import type { Point } from '../../geometry/planar.ts';
import { dimensionBlocks, writeDimensions } from './dxf_dimensions.ts';
import { writeDoors } from './dxf_doors.ts';
import { labelBlocks, writeLabels } from './dxf_labels.ts';
import { writeMarks } from './dxf_marks.ts';
import { Writer } from './dxf_writer.ts';
import { LAYERS } from './layers.data.ts';
import type { DrawingUnit, GeneratedPlan } from './model.ts';
import { makeRandom, type Random } from './random.ts';
import { furnitureBlocks, symbolBlocks } from './symbols.ts';

export { toDrawing } from './dxf_writer.ts';

const HEADER: Record<DrawingUnit, number> = { in: 1, ft: 2, mm: 4, m: 6 };

/** The DXF text of a plan. */
export function writeDxf(plan: GeneratedPlan): string {
  const random = makeRandom(plan.seed + 17);
  const writer = new Writer(plan);
  const { options } = plan;
  const units = options.wrong_header ? HEADER[options.unit === 'mm' ? 'in' : 'mm'] : HEADER[options.unit];
  writer.put(
    [0, 'SECTION'],
    [2, 'HEADER'],
    [9, '$ACADVER'],
    [1, options.difficulty === 'real' ? 'AC1021' : 'AC1009'],
    [9, '$INSUNITS'],
    [70, units],
    [0, 'ENDSEC'],
  );
  const layers = [...new Set(Object.values(LAYERS[options.convention]))];
  writer.put([0, 'SECTION'], [2, 'TABLES'], [0, 'TABLE'], [2, 'LAYER'], [70, layers.length]);
  for (const layer of layers) writer.put([0, 'LAYER'], [2, layer], [70, 0], [62, 7], [6, 'CONTINUOUS']);
  writer.put([0, 'ENDTAB'], [0, 'ENDSEC'], [0, 'SECTION'], [2, 'BLOCKS']);
  for (const pairs of [
    ...symbolBlocks(options.real.door_style),
    ...furnitureBlocks(),
    ...labelBlocks(plan),
    ...dimensionBlocks(plan, writer),
  ])
    writer.put(...pairs);
  const drawing = writer.capture(() => {
    writeWalls(plan, writer, random);
    writeOpenings(plan, writer, random);
    writeContents(plan, writer, random);
  });
  const inBlock = options.real.in_block === true;
  if (inBlock) {
    writer.put([0, 'BLOCK'], [8, '0'], [2, 'STOREY'], [70, 0], [10, 0], [20, 0]);
    for (const line of drawing) writer.lines.push(line);
    writer.put([0, 'ENDBLK'], [8, '0']);
  }
  writer.put([0, 'ENDSEC'], [0, 'SECTION'], [2, 'ENTITIES']);
  if (inBlock) writer.put([0, 'INSERT'], [8, '0'], [2, 'STOREY'], [10, 0], [20, 0]);
  else for (const line of drawing) writer.lines.push(line);
  writer.put([0, 'ENDSEC'], [0, 'EOF']);
  return `${writer.lines.join('\r\n')}\r\n`;
}

function writeWalls(plan: GeneratedPlan, writer: Writer, random: Random): void {
  for (const body of plan.walls) {
    for (const ring of [body.outer, ...body.holes]) {
      ring.forEach((a, i) => {
        let b = ring[(i + 1) % ring.length]!;
        const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
        if (length > 1.5 && random.chance(plan.options.gap_share)) {
          const short = random.between(0.03, 0.2) / length;
          b = [b[0] - (b[0] - a[0]) * short, b[1] - (b[1] - a[1]) * short];
        }
        writer.line('wall', a, b);
      });
    }
  }
  for (const column of plan.columns) {
    column.outer.forEach((a, i) => {
      writer.line('column', a, column.outer[(i + 1) % column.outer.length]!);
    });
  }
  for (const [a, b] of plan.single_walls) writer.line('single_wall', a, b);
}

function writeOpenings(plan: GeneratedPlan, writer: Writer, random: Random): void {
  writeDoors(plan, writer, random);
  for (const window of plan.windows) {
    const k = window.thickness;
    for (const depth of [0, k / 2, k]) {
      const at = (p: Point): Point => [p[0] + window.out[0] * depth, p[1] + window.out[1] * depth];
      writer.line('glazing', at(window.a), at(window.b));
    }
  }
}

function writeContents(plan: GeneratedPlan, writer: Writer, random: Random): void {
  const { options } = plan;
  writeLabels(plan, writer, random);
  for (const item of plan.furniture)
    writer.insert(
      item.kind === 'toilet' ? 'fixture' : 'furniture',
      item.kind.toUpperCase(),
      item.at,
      item.angle,
      1,
      1,
    );
  for (const [a, b] of plan.partitions) writer.line('partition', a, b);
  if (options.grid) {
    for (let x = 0; x <= options.width_ft; x += 25) writer.line('grid', [x, -20], [x, options.depth_ft + 20]);
    for (let y = 0; y <= options.depth_ft; y += 25) writer.line('grid', [-20, y], [options.width_ft + 20, y]);
  }
  writeMarks(plan, writer);
  writeDimensions(plan, writer);
}
