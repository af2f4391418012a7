// Writes a generated plan as a DXF R12 file: layers by convention, doors as blocks or loose arcs, careless gaps, header
// units that may be wrong.
import { type Point, polygonArea } from '../../geometry/planar.ts';
import { LAYERS, type Part } from './layers.data.ts';
import type { DrawingUnit, GeneratedPlan } from './model.ts';
import { makeRandom, type Random } from './random.ts';
import { furnitureBlocks, type Pair, symbolBlocks } from './symbols.ts';

const PER_FOOT: Record<DrawingUnit, number> = { in: 12, ft: 1, mm: 304.8, m: 0.3048 };
const HEADER: Record<DrawingUnit, number> = { in: 1, ft: 2, mm: 4, m: 6 };

/** A point of the truth (feet) in the written file's units. */
export function toDrawing(plan: GeneratedPlan, p: Point): Point {
  const angle = (plan.options.rotation_degrees * Math.PI) / 180;
  const k = PER_FOOT[plan.options.unit];
  return [
    (p[0] * Math.cos(angle) - p[1] * Math.sin(angle)) * k,
    (p[0] * Math.sin(angle) + p[1] * Math.cos(angle)) * k,
  ];
}

class Writer {
  readonly lines: string[] = [];
  readonly #plan: GeneratedPlan;

  constructor(plan: GeneratedPlan) {
    this.#plan = plan;
  }

  put(...pairs: Pair[]): void {
    for (const [code, value] of pairs)
      this.lines.push(String(code), typeof value === 'number' ? trim(value) : value);
  }

  layer(part: Part): string {
    return LAYERS[this.#plan.options.convention][part];
  }

  line(part: Part, a: Point, b: Point): void {
    const [p, q] = [toDrawing(this.#plan, a), toDrawing(this.#plan, b)];
    this.put([0, 'LINE'], [8, this.layer(part)], [10, p[0]], [20, p[1]], [11, q[0]], [21, q[1]]);
  }

  text(part: Part, at: Point, height: number, value: string, centred: boolean): void {
    const p = toDrawing(this.#plan, at);
    const { rotation_degrees, unit } = this.#plan.options;
    this.put(
      [0, 'TEXT'],
      [8, this.layer(part)],
      [10, p[0]],
      [20, p[1]],
      [40, height * PER_FOOT[unit]],
      [1, value],
      [50, rotation_degrees],
    );
    if (centred) this.put([72, '1'], [73, '2'], [11, p[0]], [21, p[1]]);
  }

  insert(part: Part, name: string, at: Point, degrees: number, sx: number, sy: number): void {
    const p = toDrawing(this.#plan, at);
    const k = PER_FOOT[this.#plan.options.unit];
    this.put(
      [0, 'INSERT'],
      [8, this.layer(part)],
      [2, name],
      [10, p[0]],
      [20, p[1]],
      [41, sx * k],
      [42, sy * k],
      [50, degrees + this.#plan.options.rotation_degrees],
    );
  }
}

function trim(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6);
}

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
    [1, 'AC1009'],
    [9, '$INSUNITS'],
    [70, units],
    [0, 'ENDSEC'],
  );
  const layers = [...new Set(Object.values(LAYERS[options.convention]))];
  writer.put([0, 'SECTION'], [2, 'TABLES'], [0, 'TABLE'], [2, 'LAYER'], [70, layers.length]);
  for (const layer of layers) writer.put([0, 'LAYER'], [2, layer], [70, 0], [62, 7], [6, 'CONTINUOUS']);
  writer.put([0, 'ENDTAB'], [0, 'ENDSEC'], [0, 'SECTION'], [2, 'BLOCKS']);
  for (const pairs of [...symbolBlocks(), ...furnitureBlocks(), ...dimensionBlocks(plan)])
    writer.put(...pairs);
  writer.put([0, 'ENDSEC'], [0, 'SECTION'], [2, 'ENTITIES']);
  writeWalls(plan, writer, random);
  writeOpenings(plan, writer, random);
  writeContents(plan, writer, random);
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
}

function writeOpenings(plan: GeneratedPlan, writer: Writer, random: Random): void {
  const loose = random.chance(0.4);
  for (const door of plan.doors) {
    if (!door.drawn) continue;
    const leaf = door.width / door.leaves;
    const end: Point = [
      door.hinge[0] + door.along[0] * door.width,
      door.hinge[1] + door.along[1] * door.width,
    ];
    const hinges: [Point, Point][] = [[door.hinge, door.along]];
    if (door.leaves === 2) hinges.push([end, [-door.along[0], -door.along[1]]]);
    for (const [hinge, along] of hinges) {
      const turn = along[0] * door.into[1] - along[1] * door.into[0];
      const angle = (Math.atan2(along[1], along[0]) * 180) / Math.PI;
      if (loose) writeLooseDoor(plan, writer, hinge, leaf, angle, turn);
      else writer.insert('door', 'DR-SGL', hinge, angle, leaf, turn > 0 ? leaf : -leaf);
    }
  }
  for (const window of plan.windows) {
    const k = window.thickness;
    for (const depth of [0, k / 2, k]) {
      const at = (p: Point): Point => [p[0] + window.out[0] * depth, p[1] + window.out[1] * depth];
      writer.line('glazing', at(window.a), at(window.b));
    }
  }
}

function writeLooseDoor(
  plan: GeneratedPlan,
  writer: Writer,
  hinge: Point,
  leaf: number,
  angle: number,
  turn: number,
): void {
  const p = toDrawing(plan, hinge);
  const { unit, rotation_degrees } = plan.options;
  const from = angle + rotation_degrees - (turn > 0 ? 0 : 90);
  writer.put(
    [0, 'ARC'],
    [8, writer.layer('door')],
    [10, p[0]],
    [20, p[1]],
    [40, leaf * PER_FOOT[unit]],
    [50, from],
    [51, from + 90],
  );
  const open = ((angle + (turn > 0 ? 90 : -90)) * Math.PI) / 180;
  writer.line('door', hinge, [hinge[0] + leaf * Math.cos(open), hinge[1] + leaf * Math.sin(open)]);
}

function writeContents(plan: GeneratedPlan, writer: Writer, random: Random): void {
  const { options } = plan;
  const centred = random.chance(0.6);
  for (const room of plan.rooms) {
    const [x, y] = room.label_at;
    const rows =
      options.labels === 'none'
        ? []
        : options.labels === 'numbers'
          ? [room.number]
          : [room.name, room.number];
    if (options.areas_printed && rows.length > 0) rows.push(`${Math.round(polygonArea(room.polygon))} SF`);
    rows.forEach((value, i) => {
      writer.text('label', [x, y - i * 1.2], 0.7, value, centred);
    });
  }
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
  if (options.dimensions) writeDimensions(plan, writer);
}

/** Two overall dimensions, as DIMENSION entities with their picture in a block. */
function dimensionBlocks(plan: GeneratedPlan): Pair[][] {
  if (!plan.options.dimensions) return [];
  return overall(plan).map(({ feet }, i): Pair[] => {
    const whole = Math.floor(feet + 1e-9);
    const inches = (feet - whole) * 12;
    const metric = plan.options.unit === 'mm' || plan.options.unit === 'm';
    const value = metric ? `${(feet * 0.3048).toFixed(2)} m` : `${whole}'-${inches.toFixed(1)}"`;
    return [
      [0, 'BLOCK'],
      [8, '0'],
      [2, `*D${i + 1}`],
      [70, 1],
      [10, 0],
      [20, 0],
      [0, 'TEXT'],
      [8, '0'],
      [10, 0],
      [20, 0],
      [40, 1],
      [1, value],
      [0, 'ENDBLK'],
      [8, '0'],
    ];
  });
}

function overall(plan: GeneratedPlan): { a: Point; b: Point; feet: number; degrees: number }[] {
  const { width_ft: w, depth_ft: h } = plan.options;
  return [
    { a: [0, -8], b: [w, -8], feet: w, degrees: 0 },
    { a: [-8, 0], b: [-8, h], feet: h, degrees: 90 },
    { a: [0, -8], b: [w / 2, -8], feet: w / 2, degrees: 0 },
  ];
}

function writeDimensions(plan: GeneratedPlan, writer: Writer): void {
  overall(plan).forEach(({ a, b, degrees }, i) => {
    const [p, q] = [toDrawing(plan, a), toDrawing(plan, b)];
    writer.put(
      [0, 'DIMENSION'],
      [8, writer.layer('dimension')],
      [2, `*D${i + 1}`],
      [10, q[0]],
      [20, q[1]],
      [11, q[0]],
      [21, q[1]],
      [70, 0],
      [1, ''],
      [13, p[0]],
      [23, p[1]],
      [14, q[0]],
      [24, q[1]],
      [50, degrees + plan.options.rotation_degrees],
    );
  });
}
