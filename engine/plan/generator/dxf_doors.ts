// Doors of generated drawings as DXF: blocks of several makes, loose lines and arcs, sliding leaves, or nothing at all.
import type { Point } from '../../geometry/planar.ts';
import type { Writer } from './dxf_writer.ts';
import type { GeneratedPlan, RealOptions, TrueDoor } from './model.ts';
import type { Random } from './random.ts';
import { DOOR_BLOCKS } from './symbols.ts';

type Style = RealOptions['door_style'];

/** All doors that are drawn. Plain drawings have one block or loose lines and arcs, as the seed has it. */
export function writeDoors(plan: GeneratedPlan, writer: Writer, random: Random): void {
  const loose = random.chance(0.4);
  const style: Style = plan.options.real.door_style ?? (loose ? 'loose' : 'leaf_arc_block');
  for (const door of plan.doors) {
    if (!door.drawn) continue;
    if (door.sliding) {
      writeSliding(writer, door);
      continue;
    }
    const leaf = door.width / door.leaves;
    const end = along(door.hinge, door.along, door.width);
    const hinges: [Point, Point][] = [[door.hinge, door.along]];
    if (door.leaves === 2) hinges.push([end, [-door.along[0], -door.along[1]]]);
    for (const [hinge, direction] of hinges) {
      const turn = direction[0] * door.into[1] - direction[1] * door.into[0];
      const angle = (Math.atan2(direction[1], direction[0]) * 180) / Math.PI;
      if (style === 'loose') writeLoose(writer, hinge, leaf, angle, turn);
      else if (style !== 'gaps')
        writer.insert('door', DOOR_BLOCKS[style], hinge, angle, leaf, turn > 0 ? leaf : -leaf);
    }
  }
}

function along(p: Point, d: Point, k: number): Point {
  return [p[0] + d[0] * k, p[1] + d[1] * k];
}

function writeLoose(writer: Writer, hinge: Point, leaf: number, angle: number, turn: number): void {
  const from = angle - (turn > 0 ? 0 : 90);
  writer.arc('door', hinge, leaf, from, from + 90);
  const open = ((angle + (turn > 0 ? 90 : -90)) * Math.PI) / 180;
  writer.line('door', hinge, [hinge[0] + leaf * Math.cos(open), hinge[1] + leaf * Math.sin(open)]);
}

/** A leaf as a thin rectangle on the room's face of the wall, half over the opening. */
function writeSliding(writer: Writer, door: TrueDoor): void {
  const at = (k: number, into: number): Point => along(along(door.hinge, door.along, k), door.into, into);
  writer.path(
    'door',
    [
      at(door.width * 0.4, 0.05),
      at(door.width * 1.4, 0.05),
      at(door.width * 1.4, 0.2),
      at(door.width * 0.4, 0.2),
    ],
    true,
    false,
  );
}
