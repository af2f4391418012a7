// Blocks of generated drawings, as DXF group pairs: a door leaf with its swing, desks, chairs, tables, toilets.

import type { RealOptions } from './model.ts';

export type Pair = readonly [number, string | number];

function block(name: string, body: Pair[]): Pair[] {
  return [
    [0, 'BLOCK'],
    [8, '0'],
    [2, name],
    [70, 0],
    [10, 0],
    [20, 0],
    [30, 0],
    [3, name],
    ...body,
    [0, 'ENDBLK'],
    [8, '0'],
  ];
}

function line(x0: number, y0: number, x1: number, y1: number): Pair[] {
  return [
    [0, 'LINE'],
    [8, '0'],
    [10, x0],
    [20, y0],
    [11, x1],
    [21, y1],
  ];
}

function box(x0: number, y0: number, x1: number, y1: number): Pair[] {
  return [...line(x0, y0, x1, y0), ...line(x1, y0, x1, y1), ...line(x1, y1, x0, y1), ...line(x0, y1, x0, y0)];
}

/** Names of the door blocks, as offices and programs give them; the last says nothing. */
export const DOOR_BLOCKS: Record<Exclude<RealOptions['door_style'], 'loose' | 'gaps'>, string> = {
  leaf_arc_block: 'DR-SGL',
  arc_block: 'DOOR-36',
  box_leaf_block: 'M_Single-Flush - 0915 x 2134mm-V1-LEVEL 1',
  named_block: 'A$C4F1B02D7',
};

/** A unit door: hinge at the origin, closed along x, open along y; drawn as the style has it. */
export function symbolBlocks(style: RealOptions['door_style'] = 'leaf_arc_block'): Pair[][] {
  if (style === 'loose' || style === 'gaps') return [block('DR-SGL', [...line(0, 0, 0, 1), ...swing()])];
  const body: Record<keyof typeof DOOR_BLOCKS, Pair[]> = {
    leaf_arc_block: [...line(0, 0, 0, 1), ...swing()],
    arc_block: swing(),
    box_leaf_block: [
      ...box(0, 0, 0.05, 1),
      ...swing(),
      ...box(-0.04, -0.14, 0, 0),
      ...box(1, -0.14, 1.04, 0),
    ],
    named_block: [...line(0, 0, 0, 1), ...swing(), ...line(0, 0, 1, 0)],
  };
  return [block(DOOR_BLOCKS[style], body[style])];
}

function swing(): Pair[] {
  return [
    [0, 'ARC'],
    [8, '0'],
    [10, 0],
    [20, 0],
    [40, 1],
    [50, 0],
    [51, 90],
  ];
}

/** Furniture at its size in feet, centred. */
export function furnitureBlocks(): Pair[][] {
  return [
    block('DESK', [...box(-2.5, -1.25, 2.5, 1.25), ...box(-2.3, -1.1, -1.2, 1.1)]),
    block('CHAIR', [
      ...box(-0.8, -0.8, 0.8, 0.8),
      [0, 'ARC'],
      [8, '0'],
      [10, 0],
      [20, 0],
      [40, 0.9],
      [50, 20],
      [51, 160],
    ]),
    block('TABLE', box(-4, -1.8, 4, 1.8)),
    block('TOILET', [...box(-0.8, 0.6, 0.8, 1.2), [0, 'CIRCLE'], [8, '0'], [10, 0], [20, 0], [40, 0.6]]),
  ];
}
