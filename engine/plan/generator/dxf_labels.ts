// Room labels of generated drawings as DXF: loose texts, MTEXT, block attributes, or texts inside blocks.
import { type Point, polygonArea } from '../../geometry/planar.ts';
import { PER_FOOT, type Writer } from './dxf_writer.ts';
import type { GeneratedPlan, TrueRoom } from './model.ts';
import type { Random } from './random.ts';
import type { Pair } from './symbols.ts';

const HEIGHT = 0.7;
const SPACING = 1.2;

/** The lines of a room's label, as the plan's options have them. */
export function labelRows(plan: GeneratedPlan, room: TrueRoom): string[] {
  const { labels, areas_printed } = plan.options;
  if (labels === 'none') return [];
  const rows = labels === 'numbers' ? [room.number] : [room.name, room.number];
  return areas_printed ? [...rows, `${Math.round(polygonArea(room.polygon))} SF`] : rows;
}

/** Blocks that hold texts: one with attribute definitions, or one a room. */
export function labelBlocks(plan: GeneratedPlan): Pair[][] {
  const style = plan.options.real.label_style;
  if (style === 'attributes') return [block('RM-TAG', [])];
  if (style !== 'block_text') return [];
  return plan.rooms.map((room) =>
    block(
      `TAG${room.number}`,
      labelRows(plan, room).flatMap((value, i): Pair[] => [
        [0, 'TEXT'],
        [8, '0'],
        [10, 0],
        [20, -i * SPACING],
        [40, HEIGHT],
        [1, value],
        [72, '1'],
        [73, '2'],
        [11, 0],
        [21, -i * SPACING],
      ]),
    ),
  );
}

function block(name: string, body: Pair[]): Pair[] {
  return [[0, 'BLOCK'], [8, '0'], [2, name], [70, 0], [10, 0], [20, 0], ...body, [0, 'ENDBLK'], [8, '0']];
}

export function writeLabels(plan: GeneratedPlan, writer: Writer, random: Random): void {
  const centred = random.chance(0.6);
  const { label_style = 'text', tag_boxes = false } = plan.options.real;
  for (const room of plan.rooms) {
    const rows = labelRows(plan, room);
    if (rows.length === 0) continue;
    const [x, y] = room.label_at;
    if (label_style === 'mtext') writeMtext(plan, writer, room.label_at, rows);
    else if (label_style === 'attributes') writeAttributes(plan, writer, room.label_at, rows);
    else if (label_style === 'block_text')
      writer.insert('label', `TAG${room.number}`, room.label_at, 0, 1, 1);
    else
      rows.forEach((value, i) => {
        writer.text('label', [x, y - i * SPACING], HEIGHT, value, centred);
      });
    const number = rows.indexOf(room.number);
    if (tag_boxes && number >= 0) {
      const [half, cy] = [0.4 * HEIGHT * room.number.length + 0.3, y - number * SPACING];
      const [x0, x1, y0, y1] = [x - half, x + half, cy - 0.55, cy + 0.55];
      writer.path(
        'tag',
        [
          [x0, y0],
          [x1, y0],
          [x1, y1],
          [x0, y1],
        ],
        true,
        false,
      );
    }
    if (room.leader_to) writeLeader(writer, room.label_at, room.leader_to);
  }
}

function writeMtext(plan: GeneratedPlan, writer: Writer, at: Point, rows: readonly string[]): void {
  writer.put(
    [0, 'MTEXT'],
    [8, writer.layer('label')],
    ...writer.at(10, at),
    [40, HEIGHT * PER_FOOT[plan.options.unit]],
    [71, '5'],
    [1, `{\\fArial|b0|i0;${rows.join('\\P')}}`],
    [50, plan.options.rotation_degrees],
  );
}

function writeAttributes(plan: GeneratedPlan, writer: Writer, at: Point, rows: readonly string[]): void {
  const k = PER_FOOT[plan.options.unit];
  writer.put(
    [0, 'INSERT'],
    [8, writer.layer('label')],
    [66, 1],
    [2, 'RM-TAG'],
    ...writer.at(10, at),
    [41, k],
    [42, k],
  );
  rows.forEach((value, i) => {
    const p: Point = [at[0], at[1] - i * SPACING];
    writer.put(
      [0, 'ATTRIB'],
      [8, writer.layer('label')],
      ...writer.at(10, p),
      [40, HEIGHT * k],
      [1, value],
      [2, ['ROOM_NAME', 'ROOM_NO', 'AREA'][i]!],
      [50, plan.options.rotation_degrees],
      [72, '1'],
      [74, '2'],
      ...writer.at(11, p),
    );
  });
  writer.put([0, 'SEQEND'], [8, writer.layer('label')]);
}

/** A leader from below the label to its tip, with an arrow head. */
function writeLeader(writer: Writer, from: Point, tip: Point): void {
  const down = tip[1] < from[1];
  const start: Point = [from[0], down ? from[1] - 1.8 : from[1] + 0.6];
  writer.put(
    [0, 'LEADER'],
    [8, writer.layer('tag')],
    [71, '1'],
    [76, '2'],
    ...writer.at(10, start),
    ...writer.at(10, tip),
  );
}
