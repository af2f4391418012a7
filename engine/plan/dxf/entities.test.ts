// What each DXF entity becomes in the linework: one small drawing a case.
import { describe, expect, it } from 'vitest';
import { type Point, signedArea } from '../../geometry/planar.ts';
import type { Linework } from '../linework.ts';
import { toBinaryDxf } from './binary_fixture.ts';
import { blockOf, type Drawing, dxfText, entity, type Group, lineEntity } from './fixture.ts';
import { readDxfLinework } from './read.ts';

const read = (drawing: Drawing): Linework => readDxfLinework(new TextEncoder().encode(dxfText(drawing)));
const draw = (...entities: Group[][]): Linework => read({ entities });
const insert = (name: string, ...groups: Group[]) =>
  entity('INSERT', [8, 'A-FURN'], [2, name], [10, 0], [20, 0], ...groups);
const ends = ({ strokes }: Linework) =>
  strokes.map(({ a, b }) => [...a, ...b].map((v) => Math.round(v * 1000) / 1000));
const lengthOf = ({ strokes }: Linework) =>
  strokes.reduce((sum, { a, b }) => sum + Math.hypot(b[0] - a[0], b[1] - a[1]), 0);
const places = ({ strokes }: Linework): Point[] => strokes.flatMap(({ a, b }) => [a, b]);
const square: Group[][] = [lineEntity(0, 0, 1, 0, '0'), lineEntity(1, 0, 1, 2, '0')];

describe('blocks', () => {
  it('stand in blocks, scaled unevenly, turned and mirrored', () => {
    const drawing = read({
      blocks: [
        blockOf('IN', square),
        blockOf('OUT', [
          entity('INSERT', [8, '0'], [2, 'IN'], [10, 5], [20, 0], [41, 2], [42, -3], [50, 90]),
        ]),
      ],
      entities: [insert('OUT', [41, -1])],
    });
    // (x, y) → (3y + 5, 2x) by the inner, then x mirrored by the outer reference.
    expect(ends(drawing)).toEqual([
      [-5, 0, -5, 2],
      [-5, 2, -11, 2],
    ]);
    expect(drawing.symbols).toHaveLength(1);
    expect(drawing.strokes.every((stroke) => stroke.origin.layer === 'A-FURN')).toBe(true);
  });

  it('repeat in rows and columns whose spacing does not scale', () => {
    const drawing = read({
      blocks: [blockOf('A', [lineEntity(0, 0, 1, 0, '0')])],
      entities: [insert('A', [41, 2], [70, 3], [71, 2], [44, 10], [45, 20])],
    });
    expect(ends(drawing)).toHaveLength(6);
    expect(ends(drawing)).toContainEqual([20, 20, 22, 20]);
  });

  it('seen from below are mirrored, with all that is in them', () => {
    const drawing = read({
      blocks: [blockOf('A', square)],
      entities: [entity('INSERT', [8, '0'], [2, 'A'], [10, 10], [20, 5], [210, 0], [220, 0], [230, -1])],
    });
    expect(ends(drawing)).toEqual([
      [-10, 5, -11, 5],
      [-11, 5, -11, 7],
    ]);
  });

  it('show their attributes, with or without the flag that announces them, but not invisible ones', () => {
    const attribute = (value: string, ...groups: Group[]) =>
      entity('ATTRIB', [8, 'A-FLOR-IDEN'], [10, 4], [20, 4], [40, 1], [1, value], [2, 'NUMBER'], ...groups);
    const drawing = read({
      blocks: [
        blockOf('TAG', [...square, entity('ATTDEF', [8, '0'], [1, 'template'], [2, 'NUMBER'], [70, 0])]),
      ],
      entities: [
        insert('TAG', [66, 1]),
        attribute('214'),
        entity('SEQEND'),
        insert('TAG'),
        attribute('215'),
        attribute('hidden', [70, 1]),
        lineEntity(0, 0, 9, 9),
      ],
    });
    expect(drawing.texts.map((text) => text.value)).toEqual(['214', '215']);
    expect(drawing.texts[0]!.origin.layer).toBe('A-FLOR-IDEN');
  });

  it('of external references that are not in the file are named in a warning', () => {
    const drawing = read({
      blocks: [
        blockOf(
          'ARCH',
          [],
          [
            [70, 4],
            [1, 'P:\\\\jobs\\\\level 2.dwg'],
          ],
        ),
      ],
      entities: [insert('ARCH'), lineEntity(0, 0, 9, 9)],
    });
    expect(drawing.notes.map((note) => note.code)).toEqual(['missing_xref']);
    expect(drawing.notes[0]!.message).toContain('"level 2.dwg"');
  });

  it('bound from external references keep what their layers mean', () => {
    const drawing = read({
      blocks: [
        blockOf(
          'ARCH',
          [lineEntity(0, 0, 9, 0, 'ARCH$0$A-WALL'), lineEntity(0, 1, 9, 1, 'ARCH|A-DOOR')],
          [[70, 0]],
        ),
      ],
      entities: [insert('ARCH')],
    });
    expect(drawing.strokes.map((stroke) => stroke.origin.role)).toContain('wall');
    expect(drawing.strokes.map((stroke) => stroke.origin.layer)).toEqual(['ARCH$0$A-WALL', 'ARCH|A-DOOR']);
  });
});

describe('layers', () => {
  const layer = (name: string, flags: number, colour: number): Group[] =>
    entity('LAYER', [5, `A${flags}${Math.abs(colour)}`], [2, name], [70, flags], [62, colour]);
  const layers = [layer('FROZEN', 1, 7), layer('OFF', 0, -7), layer('ON', 0, 3)];

  it('that are frozen or off hide their entities; off leaves what a block holds on other layers', () => {
    const blocks = [blockOf('A', [lineEntity(0, 0, 1, 0, 'ON'), lineEntity(0, 0, 2, 0, '0')])];
    const on = (name: string) => entity('INSERT', [8, name], [2, 'A'], [10, 0], [20, 0]);
    const lines = ['FROZEN', 'OFF', 'ON'].map((name) => lineEntity(0, 0, 5, 5, name));
    expect(read({ layers, blocks, entities: lines }).strokes).toHaveLength(1);
    expect(read({ layers, blocks, entities: [on('ON')] }).strokes).toHaveLength(2);
    expect(read({ layers, blocks, entities: [on('ON')] }).notes).toEqual([]);
    expect(read({ layers, blocks, entities: [on('OFF')] }).strokes).toHaveLength(1);
    expect(() => read({ layers, blocks, entities: [on('FROZEN')] })).toThrow(/no visible lines/);
  });

  it('that are all off are read after all, with a warning; frozen ones stay hidden', () => {
    const drawing = read({
      layers,
      entities: ['OFF', 'OFF', 'FROZEN'].map((name) => lineEntity(0, 0, 5, 5, name)),
    });
    expect(drawing.strokes).toHaveLength(2);
    expect(drawing.notes.map((note) => note.code)).toEqual(['layers_off']);
  });

  it('that every viewport freezes are left out', () => {
    const viewport = (id: number, ...groups: Group[]) =>
      entity('VIEWPORT', [67, 1], [8, '0'], [69, id], [68, 1], [41, 10], [45, 960], ...groups);
    const grid = Array.from({ length: 30 }, (_, i) => lineEntity(i, 0, i, 9, 'ON'));
    const entities = [...grid, lineEntity(0, 0, 5, 5, 'OTHER'), viewport(1)];
    const both = [...layers, entity('LAYER', [5, 'F1'], [2, 'OTHER'], [70, 0], [62, 7])];
    const seen = (...views: Group[][]) => read({ layers: both, entities: [...entities, ...views] });
    expect(seen(viewport(2, [331, 'F1'])).strokes).toHaveLength(30);
    expect(seen(viewport(2, [331, 'F1']), viewport(3)).strokes).toHaveLength(31);
    expect(seen(viewport(2), viewport(3)).viewports).toEqual([
      { model_per_paper: 96 },
      { model_per_paper: 96 },
    ]);
  });
});

describe('layouts', () => {
  const plan = Array.from({ length: 25 }, (_, i) => lineEntity(i, 0, i, 9));
  const onPaper = (groups: Group[]): Group[] => [groups[0]!, [67, 1], ...groups.slice(1)];

  it('give the plan that is drawn on paper, in the active layout or another', () => {
    expect(read({ entities: plan.map(onPaper) }).strokes).toHaveLength(25);
    const entities = [lineEntity(0, 0, 1, 1), ...plan.slice(0, 3).map(onPaper)];
    expect(read({ entities, blocks: [blockOf('*Paper_Space0', plan)] }).strokes).toHaveLength(25);
  });

  it('leave the sheet out where the plan is in the model', () => {
    const sheet = Array.from({ length: 60 }, (_, i) => onPaper(lineEntity(i, 50, i, 99)));
    expect(read({ entities: [...plan, ...sheet] }).strokes).toHaveLength(25);
  });
});

describe('curves', () => {
  it('of polylines bulge to the left, and are arcs', () => {
    const half = draw(
      entity('LWPOLYLINE', [8, '0'], [90, 2], [70, 0], [10, 0], [20, 0], [42, 1], [10, 10], [20, 0]),
    );
    expect(half.arcs).toHaveLength(1);
    expect(half.arcs[0]!).toMatchObject({ sweep: 180, start: [0, 0], end: [10, 0] });
    expect(half.arcs[0]!.radius).toBeCloseTo(5);
    expect(Math.min(...places(half).map((p) => p[1]))).toBeCloseTo(-5, 1);
    const old = draw(
      entity('POLYLINE', [8, '0'], [66, 1], [70, 1]),
      ...[
        [0, 0, 0],
        [10, 0, 0],
        [10, 10, 1],
      ].map(([x, y, bulge]) => entity('VERTEX', [8, '0'], [10, x!], [20, y!], [42, bulge!])),
      entity('SEQEND'),
    );
    expect(old.shapes).toHaveLength(1);
    expect(old.arcs).toHaveLength(1);
  });

  it('keep close to arcs, circles and ellipses, also seen from below', () => {
    const arc = draw(entity('ARC', [8, '0'], [10, 0], [20, 0], [40, 3], [50, 0], [51, 90], [230, -1]));
    expect(arc.arcs[0]!.start[0]).toBeCloseTo(-3);
    expect(arc.arcs[0]!.end[1]).toBeCloseTo(3);
    expect(lengthOf(arc)).toBeCloseTo((3 * Math.PI) / 2, 1);
    const circle = draw(entity('CIRCLE', [8, '0'], [10, 1], [20, 1], [40, 2]));
    expect(circle.shapes[0]!.ring.every((p) => Math.abs(Math.hypot(p[0] - 1, p[1] - 1) - 2) < 1e-9)).toBe(
      true,
    );
    const ellipse = (down: number) =>
      draw(
        entity(
          'ELLIPSE',
          [8, '0'],
          [10, 0],
          [20, 0],
          [11, 4],
          [21, 0],
          [40, 0.5],
          [41, 0],
          [42, Math.PI / 2],
          [210, 0],
          [220, 0],
          [230, down],
        ),
      );
    expect(ellipse(1).strokes.at(-1)!.b[1]).toBeCloseTo(2);
    expect(ellipse(-1).strokes.at(-1)!.b[1]).toBeCloseTo(-2);
  });

  it('follow rational splines exactly and fit points through each', () => {
    const w = Math.SQRT1_2;
    const knots = [0, 0, 0, 1, 1, 1].map((v): Group => [40, v]);
    const control: Group[] = [
      [10, 1],
      [20, 0],
      [10, 1],
      [20, 1],
      [10, 0],
      [20, 1],
    ];
    const weights = [1, w, 1].map((v): Group => [41, v]);
    const circle = draw(entity('SPLINE', [8, '0'], [70, 4], [71, 2], ...knots, ...weights, ...control));
    for (const p of places(circle)) expect(Math.hypot(...p)).toBeCloseTo(1, 9);
    const through: [number, number][] = [
      [0, 0],
      [5, 3],
      [10, 0],
      [15, 3],
    ];
    const fitted = draw(
      entity(
        'SPLINE',
        [8, '0'],
        [70, 8],
        [71, 3],
        [74, 4],
        ...through.flatMap(([x, y]): Group[] => [
          [11, x],
          [21, y],
        ]),
      ),
    );
    for (const p of through) expect(places(fitted)).toContainEqual(p);
  });
});

describe('walls drawn in other ways', () => {
  it('as wide polylines have two faces; a heavy pen is one line', () => {
    const wide = (width: number) =>
      draw(
        lineEntity(0, 0, 1000, 0),
        entity(
          'LWPOLYLINE',
          [8, 'A-WALL'],
          [90, 3],
          [70, 0],
          [43, width],
          [10, 0],
          [20, 100],
          [10, 500],
          [20, 100],
          [10, 500],
          [20, 400],
        ),
      );
    const body = wide(6);
    expect(Math.abs(signedArea(body.shapes[0]!.ring))).toBeCloseTo(6 * 800, -1);
    expect(ends(body)).toContainEqual([0, 103, 497, 103]);
    expect(wide(0.1).strokes).toHaveLength(3);
  });

  it('as multilines run at the offsets of their style', () => {
    const vertex = (x: number, y: number): Group[] => [
      [11, x],
      [21, y],
      [12, 1],
      [22, 0],
      [13, 0],
      [23, 1],
      [74, 2],
      [41, 0],
      [41, 0],
      [75, 0],
      [74, 1],
      [41, -0.5],
      [75, 0],
    ];
    const drawing = draw(
      entity('MLINE', [8, 'A-WALL'], [71, 0], [72, 2], [73, 2], ...vertex(0, 0), ...vertex(10, 0)),
    );
    expect(ends(drawing)).toEqual([
      [0, 0, 10, 0],
      [0, -0.5, 10, -0.5],
    ]);
  });

  it('as solids, traces, faces with hidden sides, and hatches of every edge kind', () => {
    const corners: Group[] = [
      [10, 0],
      [20, 0],
      [11, 4],
      [21, 0],
      [12, 0],
      [22, 1],
      [13, 4],
      [23, 1],
    ];
    for (const type of ['SOLID', 'TRACE']) {
      const { shapes } = draw(entity(type, [8, 'A-WALL'], ...corners));
      expect(shapes[0]!.filled).toBe(true);
      expect(Math.abs(signedArea(shapes[0]!.ring))).toBeCloseTo(4);
    }
    expect(draw(entity('3DFACE', [8, 'A-WALL'], ...corners, [70, 5])).strokes).toHaveLength(2);
    const hatch = draw(
      entity(
        'HATCH',
        [8, 'A-WALL-PATT'],
        [10, 0],
        [20, 0],
        [2, 'SOLID'],
        [70, 1],
        [71, 0],
        [91, 2],
        [92, 1],
        [93, 4],
        [72, 1],
        [10, 0],
        [20, 0],
        [11, 10],
        [21, 0],
        [72, 2],
        [10, 10],
        [20, 5],
        [40, 5],
        [50, 270],
        [51, 90],
        [73, 1],
        [72, 3],
        [10, 5],
        [20, 10],
        [11, 5],
        [21, 0],
        [40, 0.2],
        [50, 0],
        [51, 180],
        [73, 1],
        [72, 4],
        [94, 1],
        [73, 0],
        [74, 0],
        [95, 4],
        [96, 2],
        [40, 0],
        [40, 0],
        [40, 1],
        [40, 1],
        [10, 0],
        [20, 10],
        [10, 0],
        [20, 0],
        [97, 0],
        [92, 2],
        [72, 0],
        [73, 1],
        [93, 3],
        [10, 2],
        [20, 2],
        [10, 3],
        [20, 2],
        [10, 3],
        [20, 3],
        [97, 0],
        [75, 1],
        [76, 1],
      ),
    );
    expect(hatch.shapes).toHaveLength(2);
    expect(Math.abs(signedArea(hatch.shapes[0]!.ring))).toBeCloseTo(
      100 + (Math.PI * 25) / 2 + (Math.PI * 5) / 2,
      0,
    );
  });
});

describe('texts', () => {
  const textOf = (value: string, ...groups: Group[]) =>
    entity('TEXT', [8, '0'], [10, 0], [20, 0], [40, 1], [1, value], ...groups);
  const line = lineEntity(0, 0, 9, 9);
  const values = (drawing: Linework) => drawing.texts.map((text) => text.value);

  it('are read without their codes', () => {
    const cases: [string, string][] = [
      ['%%uOFFICE%%u 12%%d', 'OFFICE 12°'],
      ['%%c 3 %%p 1', 'Ø 3 ± 1'],
      ['B\\U+00FCro', 'Büro'],
    ];
    for (const [raw, plain] of cases) expect(values(draw(line, textOf(raw)))).toEqual([plain]);
    expect(values(draw(line, textOf('\\M+18EBA\\M+193E0')))).toEqual([
      new TextDecoder('shift_jis').decode(Uint8Array.of(0x8e, 0xba, 0x93, 0xe0)),
    ]);
    const mtext = (value: string) =>
      entity('MTEXT', [8, '0'], [10, 0], [20, 0], [40, 1], [71, 5], [3, '{\\fArial|b1;OPEN '], [1, value]);
    expect(values(draw(line, mtext('OFFICE}\\P\\H0.7x;\\C1;214\\P1\\S1/2;"')))).toEqual([
      'OPEN OFFICE',
      '214',
      '1 1/2"',
    ]);
  });

  it('follow the code page of the file, ASCII and binary', () => {
    const pages: [string, string, string, number[]][] = [
      ['ANSI_1252', 'AC1015', 'Büro', [0x42, 0xfc, 0x72, 0x6f]],
      ['ANSI_932', 'AC1015', '会議', [0x89, 0xef, 0x8b, 0x63]],
      ['ANSI_1251', 'AC1012', 'Зал', [0xc7, 0xe0, 0xeb]],
      ['dos850', 'AC1009', 'Büro', [0x42, 0x81, 0x72, 0x6f]],
      ['ANSI_1252', 'AC1021', '会議', [0xe4, 0xbc, 0x9a, 0xe8, 0xad, 0xb0]],
    ];
    for (const [page, version, word, bytes] of pages) {
      const text = dxfText({
        header: { $ACADVER: [1, version], $DWGCODEPAGE: [3, page] },
        entities: [line, textOf('@@@')],
      });
      for (const file of [new TextEncoder().encode(text), toBinaryDxf(text)]) {
        const at = file.findIndex((_, i) => file[i] === 64 && file[i + 1] === 64 && file[i + 2] === 64);
        const encoded = Uint8Array.from([...file.subarray(0, at), ...bytes, ...file.subarray(at + 3)]);
        expect(values(readDxfLinework(encoded)), `${page} ${version}`).toEqual([word]);
      }
    }
  });

  it('at the end of a leader belong to what it points to', () => {
    const leader = entity('LEADER', [8, '0'], [340, '2F'], [10, 50], [20, 60], [10, 5], [20, 5]);
    const note = entity(
      'MTEXT',
      [5, '2F'],
      [8, '0'],
      [10, 5],
      [20, 5],
      [40, 1],
      [71, 1],
      [1, 'STORAGE\\P112'],
    );
    const drawing = draw(line, note, leader);
    for (const text of drawing.texts) expect(text.anchor).toEqual([50, 60]);
    expect(ends(drawing)).toContainEqual([50, 60, 5, 5]);
    const multi = entity(
      'MULTILEADER',
      [8, '0'],
      [300, 'CONTEXT_DATA{'],
      [40, 1],
      [10, 5],
      [20, 5],
      [41, 0.7],
      [290, 1],
      [304, '{\\C1;PHONE}\\P115'],
      [12, 5],
      [22, 5],
      [42, 0],
      [302, 'LEADER{'],
      [10, 6],
      [20, 6],
      [304, 'LEADER_LINE{'],
      [10, 70],
      [20, 80],
      [10, 6],
      [20, 6],
      [305, '}'],
      [303, '}'],
      [301, '}'],
    );
    const read = draw(line, multi);
    expect(values(read)).toEqual(['PHONE', '115']);
    expect(read.texts[0]!.anchor).toEqual([70, 80]);
    expect(read.texts[0]!.height).toBeCloseTo(0.7);
    expect(Math.abs(read.texts[0]!.centre[0] - 5)).toBeLessThan(5);
  });
});

describe('dimensions', () => {
  const dimension = (override: string) =>
    entity(
      'DIMENSION',
      [8, 'A-ANNO-DIMS'],
      [2, '*D1'],
      [70, 0],
      [1, override],
      [13, 0],
      [23, 0],
      [14, 10],
      [24, 0],
      [11, 5],
      [21, 2],
      [50, 0],
    );
  const picture = blockOf('*D1', [
    entity('MTEXT', [8, '0'], [10, 0], [20, 0], [40, 1], [1, `\\A1;10'-0"`]),
    lineEntity(0, 0, 10, 0),
  ]);

  it('say what they show, not what they measure, wherever their block stands', () => {
    const line = lineEntity(0, 0, 9, 9);
    expect(read({ blocks: [picture], entities: [line, dimension('')] }).dimensions).toEqual([
      { text: `10'-0"`, measured: 10, at: [5, 2] },
    ]);
    expect(read({ blocks: [picture], entities: [line, dimension('<> CLR')] }).dimensions[0]!.text).toBe(
      `10'-0"`,
    );
    expect(read({ blocks: [picture], entities: [line, dimension('3.05 m')] }).dimensions[0]!.text).toBe(
      '3.05 m',
    );
    const nested = read({
      blocks: [picture, blockOf('X', [dimension(''), line])],
      entities: [insert('X', [41, 12], [42, 12])],
    });
    expect(nested.dimensions[0]!).toMatchObject({ measured: 120, at: [60, 24] });
    expect(nested.strokes).toHaveLength(1);
  });
});

describe('what cannot be shown', () => {
  it('is counted and said', () => {
    const drawing = draw(
      lineEntity(0, 0, 9, 9),
      entity('ACAD_PROXY_ENTITY', [8, 'A-WALL'], [90, 498]),
      entity('ACAD_PROXY_ENTITY', [8, 'A-WALL'], [90, 498]),
      entity('AEC_WALL', [8, 'A-WALL']),
      entity('3DSOLID', [8, 'A-WALL']),
    );
    expect(drawing.notes.map((note) => note.code)).toEqual(['not_shown', 'not_shown', 'not_shown']);
    expect(drawing.notes[0]!.message).toMatch(/2 objects of another program/);
    expect(drawing.notes[1]!.message).toMatch(/AEC_WALL/);
  });

  it('a turned user coordinate system changes nothing', () => {
    const entities = [lineEntity(0, 0, 9, 3)];
    const header: Record<string, Group> = { $UCSXDIR: [10, 0], $UCSORG: [10, 500] };
    expect(ends(read({ header, entities }))).toEqual(ends(read({ entities })));
  });

  it('an entity standing upright in space is seen from above', () => {
    // A circle in the plane x–z: its extrusion points along −y, so in plan it is a line.
    const drawing = draw(
      entity('CIRCLE', [8, '0'], [10, 4], [20, 0], [40, 2], [210, 0], [220, -1], [230, 0]),
    );
    for (const p of places(drawing)) expect(Math.abs(p[1])).toBeLessThan(1e-9);
    expect(Math.max(...places(drawing).map((p) => p[0]))).toBeCloseTo(6);
  });
});
