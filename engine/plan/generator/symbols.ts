// Blocks of generated drawings, as DXF group pairs: a door leaf with its swing, desks, chairs, tables, toilets.

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

/** A unit door: hinge at the origin, closed along x, open along y. */
export function symbolBlocks(): Pair[][] {
  return [
    block('DR-SGL', [
      ...line(0, 0, 0, 1),
      [0, 'ARC'],
      [8, '0'],
      [10, 0],
      [20, 0],
      [40, 1],
      [50, 0],
      [51, 90],
    ]),
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
