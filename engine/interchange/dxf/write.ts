/**
 * The furnished floors as a DXF drawing: AIA layers, one block a product, feet or millimetres. Several floors stand side by
 * side in model space, each with its name. Written with @tarikjabiri/dxf.
 */
import { DxfWriter, TextHorizontalAlignment, TextVerticalAlignment, Units } from '@tarikjabiri/dxf';
import type { LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import { strokesOf } from '../../drawing/flatten.ts';
import { topView } from '../../drawing/top_view.ts';
import type { Point } from '../../geometry/planar.ts';
import { scenarioOf } from '../bill.ts';
import { type FloorScene, floorScenes, type Opening, type Piece } from '../floor_scene.ts';
import { type Finder, type Half, placeFinder } from '../label_places.ts';
import { openBorders } from '../open_borders.ts';
import { InterchangeError, type WriteOptions, type WriteTools, type Written } from '../writer.ts';

/** AIA CAD layer names with AutoCAD colour numbers. */
export const LAYERS = {
  'A-WALL': 7,
  'A-WALL-HEAD': 8,
  'A-DOOR': 3,
  'A-GLAZ': 4,
  'A-COLS': 8,
  'A-AREA': 9,
  'A-AREA-IDEN': 2,
  'A-ANNO-TTLB': 7,
  'I-FURN': 6,
  'I-FURN-IDEN': 8,
} as const;
type LayerName = keyof typeof LAYERS;

const MM_PER_FT = 304.8;
/** Between two floors in model space, feet. */
const FLOOR_GAP_FT = 30;

export function write(document: ProjectDocument, options: WriteOptions, tools: WriteTools): Written {
  const scenario = options.parts.includes('furniture')
    ? scenarioOf(document, options.scenario_id)
    : undefined;
  const { scenes, without_scale } = floorScenes(document, scenario);
  if (scenes.length === 0)
    throw new InterchangeError(
      'nothing_to_write',
      'No floor of this project can be drawn to scale: upload a plan, or say the scale of the one there is.',
    );
  const drawing = new Drawing(options.units === 'metric' ? MM_PER_FT : 1);
  let x = 0;
  scenes.forEach((scene, index) => {
    tools.onProgress(index / scenes.length, `Drawing ${scene.name}`);
    drawing.addFloor(scene, [x - (index === 0 ? 0 : scene.box[0]), 0], scenes.length > 1);
    x = (index === 0 ? scene.box[2] : x + scene.box[2] - scene.box[0]) + FLOOR_GAP_FT;
  });
  const left_out: LeftOut[] = without_scale.map((name) => ({
    what: name,
    why: 'Its scale is not known, so it cannot be drawn to size.',
  }));
  if (scenario === undefined && options.parts.includes('furniture'))
    left_out.push({ what: 'Furniture', why: 'The project has no recommendation yet.' });
  if (drawing.without_size > 0)
    left_out.push({
      what: 'Outlines of products without a size',
      why: 'The catalogue gives no size; they are drawn as plain boxes.',
      count: drawing.without_size,
    });
  return { bytes: drawing.bytes(), left_out };
}

type Room = FloorScene['rooms'][number];

/** Heights of letters tried for a room's label, feet; a line is this many of them, a letter at most this wide. */
const LABEL_HEIGHTS = [0.75, 0.6, 0.5, 0.4, 0.3];
const LINE = 1.6;
const LETTER_WIDTH = 0.8;

class Drawing {
  readonly #dxf = new DxfWriter();
  /** Drawing units in a foot. */
  readonly #unit: number;
  readonly #blocks = new Map<string, string>();
  without_size = 0;
  #move: Point = [0, 0];

  constructor(unit: number) {
    this.#unit = unit;
    // A typeface that has more than Latin letters; the library's own choice has no others.
    this.#dxf.document.styleStandard.fontFileName = 'arial.ttf';
    this.#dxf.setUnits(unit === 1 ? Units.Feet : Units.Millimeters);
    for (const [name, color] of Object.entries(LAYERS)) this.#dxf.addLayer(name, color, 'Continuous');
  }

  addFloor(scene: FloorScene, move: Point, named: boolean): void {
    this.#move = move;
    for (const wall of scene.walls)
      for (const ring of [wall.outer, ...wall.holes]) this.#ring('A-WALL', ring);
    for (const [a, b] of openBorders(scene)) this.#line('A-WALL-HEAD', a, b);
    for (const door of scene.doors) this.#door(door);
    for (const window of scene.windows) this.#window(window);
    for (const { at, width } of scene.columns) this.#ring('A-COLS', square(at, width / 2));
    const find = placeFinder(scene);
    for (const room of scene.rooms) {
      const { space, polygon } = room;
      // An area polyline cannot have a hole: a ring-shaped corridor is bounded by its walls alone.
      if (polygon.holes.length === 0) this.#ring('A-AREA', polygon.outer);
      const lines = [
        space.number,
        space.name,
        space.area_sqft === null ? null : this.#area(space.area_sqft),
      ].filter((line): line is string => line !== null && line.trim() !== '');
      this.#label(lines, find(room), room);
    }
    for (const piece of scene.pieces) this.#piece(piece);
    if (named)
      this.#text('A-ANNO-TTLB', [(scene.box[0] + scene.box[2]) / 2, scene.box[1] - 6], 2, scene.name);
  }

  /** In the largest letters that lie beside the furniture; over it only where nothing is free. */
  #label(lines: readonly string[], find: ReturnType<Finder>, { label_at, label_radius }: Room): void {
    const letters = Math.max(1, ...lines.map((line) => [...line].length));
    const half = (height: number): Half => [
      (letters * height * LETTER_WIDTH) / 2,
      ((lines.length - 0.4) * height * LINE) / 2,
    ];
    const free = LABEL_HEIGHTS.map((height) => ({ height, middle: find(half(height)) })).find(
      ({ middle }) => middle !== undefined,
    );
    const height = free?.height ?? Math.max(0.3, Math.min(0.75, label_radius / 4));
    const [x, y] = free?.middle ?? label_at;
    lines.forEach((line, i) => {
      const up = ((lines.length - 1) / 2 - i) * height * LINE;
      this.#text('A-AREA-IDEN', [x, y + up], height, line);
    });
  }

  bytes(): Uint8Array {
    return new TextEncoder().encode(`${this.#dxf.stringify()}\n`);
  }

  #at([x, y]: Point) {
    return { x: (x + this.#move[0]) * this.#unit, y: (y + this.#move[1]) * this.#unit, z: 0 };
  }

  #ring(layer: LayerName, ring: readonly Point[]): void {
    this.#dxf.addLWPolyline(
      ring.map((p) => ({ point: this.#at(p) })),
      { flags: 1, layerName: layer },
    );
  }

  #line(layer: LayerName, a: Point, b: Point): void {
    this.#dxf.addLine(this.#at(a), this.#at(b), { layerName: layer });
  }

  #text(layer: LayerName, at: Point, height_ft: number, value: string): void {
    this.#dxf.addText(this.#at(at), height_ft * this.#unit, plain(value), {
      layerName: layer,
      horizontalAlignment: TextHorizontalAlignment.Center,
      verticalAlignment: TextVerticalAlignment.Middle,
      secondAlignmentPoint: this.#at(at),
    });
  }

  #area(sqft: number): string {
    return this.#unit === 1
      ? `${Math.round(sqft).toLocaleString('en-US')} sq ft`
      : `${(sqft * 0.09290304).toFixed(1)} m2`;
  }

  /** Leaves at right angles to the wall with their swings; where the drawing shows no swing, the opening's two jambs. */
  #door({ centre, along, width, thickness, hinge, opens_to, leaves }: Opening): void {
    const normal: Point = [-along[1], along[0]];
    const at = (t: number, s: number): Point => [
      centre[0] + along[0] * t + normal[0] * s,
      centre[1] + along[1] * t + normal[1] * s,
    ];
    const half = width / 2;
    if (opens_to === null) {
      for (const t of [-half, half]) this.#line('A-DOOR', at(t, -thickness / 2), at(t, thickness / 2));
      return;
    }
    const side = opens_to[0] * normal[0] + opens_to[1] * normal[1] >= 0 ? 1 : -1;
    const hung =
      hinge === null
        ? -1
        : Math.sign((hinge[0] - centre[0]) * along[0] + (hinge[1] - centre[1]) * along[1]) || -1;
    const jambs = leaves > 1 ? [-half, half] : [hung * half];
    const leaf = leaves > 1 ? half : width;
    for (const t of jambs) {
      const face = (side * thickness) / 2;
      this.#line('A-DOOR', at(t, face), at(t, face + side * leaf));
      const inward = t < 0 ? 1 : -1;
      const closed = Math.atan2(along[1] * inward, along[0] * inward);
      const open = Math.atan2(normal[1] * side, normal[0] * side);
      const [from, to] = turnsLeft(closed, open) ? [closed, open] : [open, closed];
      this.#dxf.addArc(this.#at(at(t, face)), leaf * this.#unit, degrees(from), degrees(to), {
        layerName: 'A-DOOR',
      });
    }
  }

  #window({ centre, along, width, thickness }: Opening): void {
    const normal: Point = [-along[1], along[0]];
    for (const s of [-thickness / 2, 0, thickness / 2]) {
      const middle: Point = [centre[0] + normal[0] * s, centre[1] + normal[1] * s];
      this.#line(
        'A-GLAZ',
        [middle[0] - (along[0] * width) / 2, middle[1] - (along[1] * width) / 2],
        [middle[0] + (along[0] * width) / 2, middle[1] + (along[1] * width) / 2],
      );
    }
  }

  #piece(piece: Piece): void {
    const name = this.#blockOf(piece);
    const at: Point = [piece.x, piece.y];
    this.#dxf.addInsert(name, this.#at(at), { rotationAngle: piece.rotation_deg, layerName: 'I-FURN' });
    this.#text('I-FURN-IDEN', at, 0.2, piece.product.sku);
  }

  /** One block a product; a product without a size of its own has one for each size it was placed with. */
  #blockOf({ product, width_ft, depth_ft }: Piece): string {
    const sized = product.width_in !== null && product.depth_in !== null;
    const [w, d] = sized ? [product.width_in ?? 0, product.depth_in ?? 0] : [width_ft * 12, depth_ft * 12];
    const key = sized ? product.sku : `${product.sku} ${w.toFixed(1)} x ${d.toFixed(1)}`;
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    if (!sized) this.without_size++;
    const base = `FURN-${key.replace(/[^A-Za-z0-9_-]+/g, '-')}`.slice(0, 120);
    const taken = new Set(this.#blocks.values());
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}-${n}`;
    this.#blocks.set(key, name);
    const block = this.#dxf.addBlock(name);
    const shapes = topView({
      category: product.category,
      subcategory: product.subcategory,
      width: w,
      depth: d,
      height: product.height_in ?? 30,
      seats: product.seats ?? undefined,
    });
    for (const { points, closed } of strokesOf(shapes))
      block.addLWPolyline(
        points.map(([px, py]) => ({
          point: { x: ((px - w / 2) / 12) * this.#unit, y: ((d / 2 - py) / 12) * this.#unit },
        })),
        // Layer 0: a block's lines take the layer of the insert.
        { flags: closed ? 1 : 0, layerName: '0' },
      );
    return name;
  }
}

function square([x, y]: Point, half: number): Point[] {
  return [
    [x - half, y - half],
    [x + half, y - half],
    [x + half, y + half],
    [x - half, y + half],
  ];
}

function degrees(radians: number): number {
  return ((((radians * 180) / Math.PI) % 360) + 360) % 360;
}

/** Whether the quarter turn from one direction to the other goes counter-clockwise. */
function turnsLeft(from: number, to: number): boolean {
  return Math.sin(to - from) > 0;
}

/** One line of text without control characters; DXF reads %% as the start of a code. */
function plain(value: string): string {
  return value
    .replace(/\p{Cc}+/gu, ' ')
    .replaceAll('%%', '% %')
    .slice(0, 250);
}
