/**
 * Furnished floors and single products as glTF scenes: walls with their doors and windows, a floor for each room, and every
 * piece of furniture, one mesh a product, used again for each piece. Metres, y up. Written with @gltf-transform/core.
 */
import { Document, type Material, type Mesh, type Node, WebIO } from '@gltf-transform/core';
import type { DocumentProduct } from '../../../contract/project-document.ts';
import type { ShapeFacts } from '../../drawing/paths.ts';
import { mountHeight, type SolidTone, solidsOf } from '../../drawing/solids.ts';
import type { Polygon } from '../../geometry/planar.ts';
import type { FloorScene, Opening } from '../floor_scene.ts';
import { type Faces, facesOf, flat, joined, M_PER_FT, M_PER_IN, prism } from './faces.ts';

/** Heights above the floor, feet: ceilings of offices, the head of a standard door (7 ft) and a usual window. */
const HEIGHTS = { wall: 9, door_head: 7, sill: 2.75, window_head: 7.5 } as const;
const SLAB_FT = 0.5;
/** Floors of rooms lie this far above the slab, so that the two never flicker. */
const ROOM_FLOOR_FT = 0.03;
const GLASS_FT = 0.08;
/** A piece without a stated height is drawn this high, inches. */
const UNKNOWN_HEIGHT_IN = 30;

/** Linear colours with opacity. */
const TONES: Record<SolidTone | 'wall' | 'floor' | 'room', [number, number, number, number]> = {
  frame: [0.09, 0.1, 0.11, 1],
  surface: [0.55, 0.42, 0.28, 1],
  soft: [0.12, 0.24, 0.32, 1],
  glass: [0.6, 0.75, 0.8, 0.35],
  green: [0.1, 0.3, 0.08, 1],
  wall: [0.78, 0.78, 0.76, 1],
  floor: [0.5, 0.5, 0.48, 1],
  room: [0.62, 0.61, 0.58, 1],
};
type Tone = keyof typeof TONES;

export type ModelProduct = Pick<
  DocumentProduct,
  'sku' | 'name' | 'category' | 'subcategory' | 'width_in' | 'depth_in' | 'height_in' | 'seats'
> & { compartments?: number | undefined };

export class Model {
  readonly #document = new Document();
  readonly #buffer = this.#document.createBuffer();
  readonly #scene = this.#document.createScene();
  readonly #materials = new Map<Tone, Material>();
  readonly #meshes = new Map<string, Mesh>();
  without_size = 0;

  constructor(name: string) {
    this.#document.getRoot().setDefaultScene(this.#scene.setName(name));
  }

  async bytes(): Promise<Uint8Array> {
    return await new WebIO().writeBinary(this.#document);
  }

  /** A product by itself, the middle of its footprint at the origin; what hangs or stands on others starts at 0 too. */
  addProduct(product: ModelProduct): void {
    const mesh = this.#meshOf(product, product.width_in ?? 0, product.depth_in ?? 0);
    this.#scene.addChild(
      this.#document.createNode(product.name).setMesh(mesh).setExtras({ sku: product.sku }),
    );
  }

  /** `up_ft`: height of this storey's floor. */
  addFloor(scene: FloorScene, up_ft: number): void {
    const level = this.#document.createNode(scene.name).setTranslation([0, up_ft * M_PER_FT, 0]);
    this.#scene.addChild(level);
    const slabs = scene.outlines.length > 0 ? scene.outlines : scene.rooms.map((room) => room.polygon.outer);
    this.#solid(level, 'Floor', 'floor', [
      ...slabs.map((outer) => ({ polygon: { outer, holes: [] }, low: -SLAB_FT, high: 0 })),
    ]);
    this.#rooms(level, scene);
    this.#walls(level, scene);
    for (const piece of scene.pieces) {
      const { product } = piece;
      const node = this.#document
        .createNode(product.name)
        .setMesh(this.#meshOf(product, piece.width_ft * 12, piece.depth_ft * 12))
        .setTranslation([
          piece.x * M_PER_FT,
          (piece.mounted ? mountHeight(product.subcategory, product.height_in ?? 0) : 0) * M_PER_IN,
          -piece.y * M_PER_FT,
        ])
        .setRotation(turn(piece.rotation_deg))
        .setExtras({ sku: product.sku, item_id: piece.item_id, space_id: piece.space_id });
      level.addChild(node);
    }
  }

  #rooms(level: Node, scene: FloorScene): void {
    for (const { space, polygon } of scene.rooms) {
      const name = [space.number, space.name].filter(Boolean).join(' ') || 'Room';
      const faces = flat(polygon, ROOM_FLOOR_FT * M_PER_FT);
      if (faces.indices.length === 0) continue;
      const mesh = this.#document.createMesh(name);
      this.#primitive(mesh, 'room', faces);
      level.addChild(
        this.#document.createNode(name).setMesh(mesh).setExtras({ space_id: space.id, type: space.type }),
      );
    }
  }

  #walls(level: Node, scene: FloorScene): void {
    const wall = (polygon: Polygon, low: number, high: number) => ({ polygon, low, high });
    this.#solid(level, 'Walls', 'wall', [
      ...scene.walls.map((polygon) => wall(polygon, 0, HEIGHTS.wall)),
      ...scene.doors.map((door) => wall(across(door, door.thickness), HEIGHTS.door_head, HEIGHTS.wall)),
      ...scene.windows.flatMap((window) => [
        wall(across(window, window.thickness), 0, HEIGHTS.sill),
        wall(across(window, window.thickness), HEIGHTS.window_head, HEIGHTS.wall),
      ]),
      ...scene.columns.map(({ at: [x, y], width }) => {
        const half = width / 2;
        const outer: Polygon['outer'] = [
          [x - half, y - half],
          [x + half, y - half],
          [x + half, y + half],
          [x - half, y + half],
        ];
        return wall({ outer, holes: [] }, 0, HEIGHTS.wall);
      }),
    ]);
    this.#solid(
      level,
      'Windows',
      'glass',
      scene.windows.map((window) => wall(across(window, GLASS_FT), HEIGHTS.sill, HEIGHTS.window_head)),
    );
  }

  /** One mesh a product; pieces of a product without a size of its own have the size they were placed with. */
  #meshOf(product: ModelProduct, placed_width: number, placed_depth: number): Mesh {
    const sized = product.width_in !== null && product.depth_in !== null && product.height_in !== null;
    const width = product.width_in ?? placed_width;
    const depth = product.depth_in ?? placed_depth;
    const key = `${product.sku}|${width.toFixed(2)}|${depth.toFixed(2)}`;
    const known = this.#meshes.get(key);
    if (known !== undefined) return known;
    if (!sized) this.without_size++;
    const facts: ShapeFacts = {
      category: product.category,
      subcategory: product.subcategory,
      width,
      depth,
      height: product.height_in ?? UNKNOWN_HEIGHT_IN,
      seats: product.seats ?? undefined,
      compartments: product.compartments,
    };
    const mesh = this.#document.createMesh(product.sku).setExtras({ name: product.name });
    for (const [tone, solids] of Map.groupBy(solidsOf(facts), (solid) => solid.tone))
      this.#primitive(mesh, tone, joined(solids.map(facesOf)));
    this.#meshes.set(key, mesh);
    return mesh;
  }

  /** Polygons of the plan raised from one height to another, feet. */
  #solid(
    level: Node,
    name: string,
    tone: Tone,
    bodies: readonly { polygon: Polygon; low: number; high: number }[],
  ): void {
    const faces = joined(
      bodies.map(({ polygon, low, high }) => prism(polygon, low * M_PER_FT, high * M_PER_FT)),
    );
    if (faces.indices.length === 0) return;
    const mesh = this.#document.createMesh(name);
    this.#primitive(mesh, tone, faces);
    level.addChild(this.#document.createNode(name).setMesh(mesh));
  }

  #primitive(mesh: Mesh, tone: Tone, { positions, normals, indices }: Faces): void {
    const accessor = (type: 'VEC3' | 'SCALAR', array: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>) =>
      this.#document.createAccessor().setType(type).setArray(array).setBuffer(this.#buffer);
    mesh.addPrimitive(
      this.#document
        .createPrimitive()
        .setAttribute('POSITION', accessor('VEC3', new Float32Array(positions)))
        .setAttribute('NORMAL', accessor('VEC3', new Float32Array(normals)))
        .setIndices(accessor('SCALAR', new Uint32Array(indices)))
        .setMaterial(this.#material(tone)),
    );
  }

  #material(tone: Tone): Material {
    const known = this.#materials.get(tone);
    if (known !== undefined) return known;
    const color = TONES[tone];
    const material = this.#document
      .createMaterial(tone)
      .setBaseColorFactor(color)
      .setMetallicFactor(0)
      .setRoughnessFactor(0.85);
    if (color[3] < 1) material.setAlphaMode('BLEND');
    this.#materials.set(tone, material);
    return material;
  }
}

/** The part of the wall an opening is in: its width, and `thickness` across, feet. */
function across({ centre: [x, y], along: [u, v], width }: Opening, thickness: number): Polygon {
  const [ax, ay] = [(u * width) / 2, (v * width) / 2];
  const [nx, ny] = [(-v * thickness) / 2, (u * thickness) / 2];
  return {
    outer: [
      [x - ax - nx, y - ay - ny],
      [x + ax - nx, y + ay - ny],
      [x + ax + nx, y + ay + ny],
      [x - ax + nx, y - ay + ny],
    ],
    holes: [],
  };
}

/** Counter-clockwise seen from above, as in the plan. */
function turn(degrees: number): [number, number, number, number] {
  const half = (degrees * Math.PI) / 360;
  return [0, Math.sin(half), 0, Math.cos(half)];
}
