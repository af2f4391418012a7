// Small DXF drawings put together in tests: sections from group pairs.

export type Group = readonly [code: number, value: string | number];

export type Drawing = {
  header?: Record<string, Group>;
  layers?: Group[][];
  blocks?: Group[][];
  entities?: Group[][];
};

export function entity(type: string, ...groups: Group[]): Group[] {
  return [[0, type], ...groups];
}

export function lineEntity(x0: number, y0: number, x1: number, y1: number, layer = 'A-WALL'): Group[] {
  return entity('LINE', [8, layer], [10, x0], [20, y0], [11, x1], [21, y1]);
}

export function blockOf(name: string, body: Group[][], head: Group[] = []): Group[] {
  return [
    ...entity('BLOCK', [8, '0'], [2, name], [10, 0], [20, 0], ...head),
    ...body.flat(),
    ...entity('ENDBLK', [8, '0']),
  ];
}

/** The ASCII text of a drawing. */
export function dxfText({ header = {}, layers = [], blocks = [], entities = [] }: Drawing): string {
  const section = (name: string, body: Group[]): Group[] => [
    [0, 'SECTION'],
    [2, name],
    ...body,
    [0, 'ENDSEC'],
  ];
  const groups: Group[] = [
    ...section(
      'HEADER',
      Object.entries(header).flatMap(([name, group]): Group[] => [[9, name], group]),
    ),
    ...section('TABLES', [[0, 'TABLE'], [2, 'LAYER'], ...layers.flat(), [0, 'ENDTAB']]),
    ...section('BLOCKS', blocks.flat()),
    ...section('ENTITIES', entities.flat()),
    [0, 'EOF'],
  ];
  return `${groups.map(([code, value]) => `${code}\n${value}`).join('\n')}\n`;
}
