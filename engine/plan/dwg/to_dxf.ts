// A DWG database, as the optional library gives it, written as the DXF entities this project reads: one drawing code for
// both. The database comes from outside, so nothing about it is taken for granted. Angles: radians there, degrees here.

type Raw = Record<string, unknown>;
type Groups = (string | number)[];
type Write = (entity: Raw) => Groups;

const DEGREES = 180 / Math.PI;

function raw(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? (value as Raw) : {};
}
function list(value: unknown): Raw[] {
  return Array.isArray(value) ? value.map(raw) : [];
}
function num(value: unknown, fallback = 0): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}
function words(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[\r\n]+/g, '\\P') : '';
}
/** Groups of a point: x at `code`, y ten above, and z twenty above where there is one. */
function at(code: number, value: unknown): Groups {
  const p = raw(value);
  const flat = [code, num(p['x']), code + 10, num(p['y'])];
  return typeof p['z'] === 'number' ? [...flat, code + 20, num(p['z'])] : flat;
}
/** Extrusion direction, unless it is none or the usual one. */
function plane(value: unknown): Groups {
  const p = raw(value);
  const [x, y, z] = [num(p['x']), num(p['y']), num(p['z'])];
  return x === 0 && y === 0 ? (z < 0 ? [210, 0, 220, 0, 230, -1] : []) : [210, x, 220, y, 230, z];
}

function textGroups(text: Raw, vertical: number): Groups {
  const [halign, valign] = [num(text['halign']), num(text['valign'])];
  return [
    ...at(10, text['startPoint']),
    ...(halign !== 0 || valign !== 0 ? at(11, text['endPoint']) : []),
    ...[40, num(text['textHeight'], 1), 1, words(text['text']), 50, num(text['rotation']) * DEGREES],
    ...[72, halign, vertical, valign],
    ...plane(text['extrusionDirection']),
  ];
}

function attribute(entity: Raw): Groups {
  return [...textGroups(raw(entity['text']), 74), 2, words(entity['tag']), 70, num(entity['flags'])];
}

function lightPolyline(entity: Raw): Groups {
  const vertices = list(entity['vertices']);
  // The database keeps DWG's own flag bits: 512 is closed there, 1 in DXF.
  const closed = (num(entity['flag']) & 513) !== 0 ? 1 : 0;
  return [
    ...[90, vertices.length, 70, closed, 43, num(entity['constantWidth']), 38, num(entity['elevation'])],
    ...vertices.flatMap((v) => [
      ...[10, num(v['x']), 20, num(v['y'])],
      ...[40, num(v['startWidth']), 41, num(v['endWidth']), 42, num(v['bulge'])],
    ]),
    ...plane(entity['extrusionDirection']),
  ];
}

/** Both kinds of old polylines; splined and meshed ones keep their flags and are judged by the reader. */
function heavyPolyline(entity: Raw): Groups {
  return [
    ...[70, num(entity['flag']) | (entity['type'] === 'POLYLINE3D' ? 8 : 0), 40, num(entity['startWidth'])],
    ...[41, num(entity['endWidth'])],
    ...plane(entity['extrusionDirection']),
    ...list(entity['vertices']).flatMap((v) => [
      ...[
        0,
        'VERTEX',
        8,
        words(entity['layer']) || '0',
        ...at(10, v),
        42,
        num(v['bulge']),
        70,
        num(v['flag']),
      ],
      ...[40, num(v['startWidth']), 41, num(v['endWidth'])],
    ]),
    ...[0, 'SEQEND'],
  ];
}

function insert(entity: Raw): Groups {
  return [
    ...[2, words(entity['name']), ...at(10, entity['insertionPoint'])],
    ...[41, num(entity['xScale'], 1), 42, num(entity['yScale'], 1), 50, num(entity['rotation']) * DEGREES],
    ...[70, num(entity['columnCount']) || 1, 71, num(entity['rowCount']) || 1],
    ...[44, num(entity['columnSpacing']), 45, num(entity['rowSpacing'])],
    ...plane(entity['extrusionDirection']),
    ...list(entity['attribs']).flatMap((a) => [0, 'ATTRIB', 8, words(a['layer']) || '0', ...attribute(a)]),
    ...(list(entity['attribs']).length > 0 ? [0, 'SEQEND'] : []),
  ];
}

function spline(entity: Raw): Groups {
  const knots = Array.isArray(entity['knots']) ? entity['knots'] : [];
  const weights = Array.isArray(entity['weights']) ? entity['weights'] : [];
  return [
    ...[70, num(entity['flag']), 71, num(entity['degree'], 3)],
    ...knots.flatMap((k) => [40, num(k)]),
    ...weights.flatMap((w) => [41, num(w, 1)]),
    ...list(entity['controlPoints']).flatMap((p) => at(10, p)),
    ...list(entity['fitPoints']).flatMap((p) => at(11, p)),
  ];
}

function mline(entity: Raw): Groups {
  return [
    71,
    num(entity['flags']),
    ...list(entity['vertices']).flatMap((v) => [
      ...[...at(11, v['vertex']), ...at(12, v['vertexDirection']), ...at(13, v['miterDirection'])],
      ...list(v['lines']).flatMap((line) => {
        const params = Array.isArray(line['segmentParams']) ? line['segmentParams'] : [];
        return [74, params.length, ...params.flatMap((k) => [41, num(k)]), 75, 0];
      }),
    ]),
  ];
}

function hatch(entity: Raw): Groups {
  const paths = list(entity['boundaryPaths']);
  return [...plane(entity['extrusionDirection']), 91, paths.length, ...paths.flatMap(hatchPath), 75, 0];
}

function hatchPath(path: Raw): Groups {
  const vertices = list(path['vertices']);
  if (vertices.length > 0)
    return [
      ...[92, num(path['boundaryPathTypeFlag']) | 2, 72, 1, 73, 1, 93, vertices.length],
      ...vertices.flatMap((v) => [...at(10, { x: v['x'], y: v['y'] }), 42, num(v['bulge'])]),
    ];
  const edges = list(path['edges']);
  return [92, num(path['boundaryPathTypeFlag']) & ~2, 93, edges.length, ...edges.flatMap(hatchEdge)];
}

function hatchEdge(edge: Raw): Groups {
  const kind = num(edge['type']);
  const turn = [73, edge['isCCW'] === false ? 0 : 1];
  const angles = [50, num(edge['startAngle']) * DEGREES, 51, num(edge['endAngle']) * DEGREES];
  if (kind === 1) return [72, 1, ...at(10, edge['start']), ...at(11, edge['end'])];
  if (kind === 2) return [72, 2, ...at(10, edge['center']), 40, num(edge['radius']), ...angles, ...turn];
  if (kind === 3)
    return [
      ...[72, 3, ...at(10, edge['center']), ...at(11, edge['end']), 40, num(edge['lengthOfMinorAxis'])],
      ...[...angles, ...turn],
    ];
  const knots = Array.isArray(edge['knots']) ? edge['knots'] : [];
  const control = list(edge['controlPoints']);
  return [
    ...[72, 4, 94, num(edge['degree'], 3), 73, 0, 74, 0, 95, knots.length, 96, control.length],
    ...knots.flatMap((k) => [40, num(k)]),
    ...control.flatMap((p) => at(10, { x: p['x'], y: p['y'] })),
  ];
}

function dimension(entity: Raw): Groups {
  return [
    ...[2, words(entity['name']), 70, num(entity['dimensionType']), 1, words(entity['text'])],
    ...[...at(10, entity['definitionPoint']), ...at(11, entity['textPoint'])],
    ...[...at(13, entity['subDefinitionPoint1']), ...at(14, entity['subDefinitionPoint2'])],
    ...[50, num(entity['rotationAngle']) * DEGREES, 42, num(entity['measurement'])],
  ];
}

function viewport(entity: Raw): Groups {
  return [
    ...[69, num(entity['viewportId'], 2), 68, (num(entity['status']) & 131_072) !== 0 ? 0 : 1],
    ...[...at(10, entity['viewportCenter']), 40, num(entity['width']), 41, num(entity['height'])],
    ...[...at(12, entity['displayCenter']), 45, num(entity['viewHeight'])],
  ];
}

function mtext(entity: Raw): Groups {
  return [
    ...[...at(10, entity['insertionPoint']), 40, num(entity['textHeight'], 1), 1, words(entity['text'])],
    ...[71, num(entity['attachmentPoint'], 1)],
    ...('direction' in entity ? at(11, entity['direction']) : [50, num(entity['rotation']) * DEGREES]),
  ];
}

/** The groups behind type and layer, by the library's name of the type. */
const WRITERS: Record<string, Write> = {
  LINE: (e) => [...at(10, e['startPoint']), ...at(11, e['endPoint'])],
  ARC: (e) => [
    ...[...at(10, e['center']), 40, num(e['radius'])],
    ...[50, num(e['startAngle']) * DEGREES, 51, num(e['endAngle']) * DEGREES],
    ...plane(e['extrusionDirection']),
  ],
  CIRCLE: (e) => [...at(10, e['center']), 40, num(e['radius']), ...plane(e['extrusionDirection'])],
  ELLIPSE: (e) => [
    ...[...at(10, e['center']), ...at(11, e['majorAxisEndPoint']), 40, num(e['axisRatio'], 1)],
    ...[41, num(e['startAngle']), 42, num(e['endAngle'], 2 * Math.PI), ...plane(e['extrusionDirection'])],
  ],
  LWPOLYLINE: lightPolyline,
  POLYLINE2D: heavyPolyline,
  POLYLINE3D: heavyPolyline,
  SPLINE: spline,
  MLINE: mline,
  HATCH: hatch,
  SOLID: (e) => [...corners(e), ...plane(e['extrusionDirection'])],
  TRACE: (e) => [...corners(e), ...plane(e['extrusionDirection'])],
  '3DFACE': (e) => [...corners(e), 70, num(e['flag'])],
  TEXT: (e) => [...textGroups(e, 73), 5, words(e['handle'])],
  MTEXT: (e) => [...mtext(e), 5, words(e['handle'])],
  ATTDEF: attribute,
  INSERT: insert,
  DIMENSION: dimension,
  VIEWPORT: viewport,
  LEADER: (e) => [340, words(e['associatedAnnotation']), ...list(e['vertices']).flatMap((p) => at(10, p))],
};

function corners(e: Raw): Groups {
  return [1, 2, 3, 4].flatMap((n) => at(9 + n, e[`corner${n}`] ?? e[`corner${n - 1}`]));
}

/** What stands in a DWG and cannot be drawn is passed on by its name, so that the reader can count it. */
function entityGroups(entity: Raw, paper: boolean): Groups {
  const type = words(entity['type']);
  const name = type === 'POLYLINE2D' || type === 'POLYLINE3D' ? 'POLYLINE' : type;
  return [
    ...[0, name, 8, words(entity['layer']) || '0'],
    ...(paper ? [67, 1] : []),
    ...(entity['isVisible'] === false ? [60, 1] : []),
    ...(WRITERS[type]?.(entity) ?? []),
  ];
}

const PAPER = /^\*paper_space/i;
const MODEL = /^\*model_space$/i;

/** ASCII DXF text (LF) of a DWG database. */
export function dwgDatabaseToDxf(database: unknown): string {
  const { header, tables, entities } = raw(database);
  const tableOf = (name: string) => list(raw(raw(tables)[name])['entries']);
  const blocks = tableOf('BLOCK_RECORD');
  const variables = ['INSUNITS', 'LUNITS'].flatMap((name) => {
    const value = raw(header)[name];
    return typeof value === 'number' ? [9, `$${name}`, 70, value] : [];
  });
  const layers = tableOf('LAYER').flatMap((layer) => [
    ...[0, 'LAYER', 5, words(layer['handle']), 2, words(layer['name'])],
    ...[70, layer['frozen'] === true ? 1 : 0, 62, layer['off'] === true ? -7 : 7],
  ]);
  const model = blocks.find((block) => MODEL.test(words(block['name'])));
  const drawn = list(model?.['entities'] ?? entities).flatMap((entity) => entityGroups(entity, false));
  const paper = blocks
    .filter((block) => PAPER.test(words(block['name'])))
    .flatMap((block) => list(block['entities']).flatMap((entity) => entityGroups(entity, true)));
  const symbols = blocks
    .filter((block) => !MODEL.test(words(block['name'])) && !PAPER.test(words(block['name'])))
    .flatMap((block) => [
      ...[
        0,
        'BLOCK',
        8,
        '0',
        2,
        words(block['name']),
        70,
        num(block['flags']) & 12,
        ...at(10, block['basePoint']),
      ],
      ...list(block['entities']).flatMap((entity) => entityGroups(entity, false)),
      ...[0, 'ENDBLK'],
    ]);
  const section = (name: string, groups: Groups) => [0, 'SECTION', 2, name, ...groups, 0, 'ENDSEC'];
  const groups = [
    ...section('HEADER', [9, '$ACADVER', 1, 'AC1032', ...variables]),
    ...section('TABLES', [0, 'TABLE', 2, 'LAYER', ...layers, 0, 'ENDTAB']),
    ...section('BLOCKS', symbols),
    ...section('ENTITIES', [...drawn, ...paper]),
    ...[0, 'EOF'],
  ];
  return `${groups.join('\n')}\n`;
}
