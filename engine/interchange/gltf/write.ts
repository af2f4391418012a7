/**
 * The furnished floors as a binary glTF (.glb): walls, floors and every piece of furniture, one mesh a product, used again
 * for each piece. Metres, y up, as glTF wants it. Written with @gltf-transform/core.
 */
import { Document, type Material, type Mesh, type Node, WebIO } from '@gltf-transform/core';
import earcut from 'earcut';
import type { DocumentProduct, LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import { mountHeight, type Solid, type SolidTone, solidsOf } from '../../drawing/solids.ts';
import type { Polygon } from '../../geometry/planar.ts';
import { scenarioOf } from '../bill.ts';
import { type FloorScene, floorScenes } from '../floor_scene.ts';
import { InterchangeError, type WriteOptions, type WriteTools, type Written } from '../writer.ts';

const M_PER_FT = 0.3048;
const M_PER_IN = 0.0254;
const WALL_HEIGHT_FT = 9;
/** From floor to floor, feet. */
const STOREY_FT = 13;
const CIRCLE_SIDES = 16;

/** Linear colours with opacity. */
const TONES: Record<SolidTone | 'wall' | 'floor', [number, number, number, number]> = {
  frame: [0.09, 0.1, 0.11, 1],
  surface: [0.55, 0.42, 0.28, 1],
  soft: [0.12, 0.24, 0.32, 1],
  glass: [0.6, 0.75, 0.8, 0.35],
  green: [0.1, 0.3, 0.08, 1],
  wall: [0.78, 0.78, 0.76, 1],
  floor: [0.5, 0.5, 0.48, 1],
};
type Tone = keyof typeof TONES;

export async function write(
  document: ProjectDocument,
  options: WriteOptions,
  tools: WriteTools,
): Promise<Written> {
  const scenario = options.parts.includes('furniture')
    ? scenarioOf(document, options.scenario_id)
    : undefined;
  const { scenes, without_scale } = floorScenes(document, scenario);
  if (scenes.length === 0)
    throw new InterchangeError(
      'nothing_to_write',
      'No floor of this project can be modelled to scale: upload a plan, or say the scale of the one there is.',
    );
  const model = new Model(document.project.name);
  scenes.forEach((scene, level) => {
    tools.onProgress(level / scenes.length, `Building ${scene.name}`);
    model.addFloor(scene, level * STOREY_FT);
  });
  const left_out: LeftOut[] = without_scale.map((name) => ({
    what: name,
    why: 'Its scale is not known, so it cannot be modelled to size.',
  }));
  if (model.without_size > 0)
    left_out.push({
      what: 'Sizes of products',
      why: 'The catalogue gives no height or size; they stand as plain boxes.',
      count: model.without_size,
    });
  return { bytes: await model.bytes(), left_out };
}

class Model {
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

  addFloor(scene: FloorScene, up_ft: number): void {
    const level = this.#document.createNode(scene.name).setTranslation([0, up_ft * M_PER_FT, 0]);
    this.#scene.addChild(level);
    const slabs = scene.outlines.length > 0 ? scene.outlines : scene.rooms.map((room) => room.polygon.outer);
    this.#solid(
      level,
      'Floor',
      'floor',
      slabs.map((outer) => ({ outer, holes: [] })),
      [-0.5, 0],
    );
    this.#solid(level, 'Walls', 'wall', scene.walls, [0, WALL_HEIGHT_FT]);
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
        .setExtras({ sku: product.sku, item_id: piece.item_id });
      level.addChild(node);
    }
  }

  /** One mesh a product; pieces of a product without a size of its own have the size they were placed with. */
  #meshOf(product: DocumentProduct, placed_width: number, placed_depth: number): Mesh {
    const sized = product.width_in !== null && product.depth_in !== null && product.height_in !== null;
    const width = product.width_in ?? placed_width;
    const depth = product.depth_in ?? placed_depth;
    const key = `${product.sku}|${width.toFixed(2)}|${depth.toFixed(2)}`;
    const known = this.#meshes.get(key);
    if (known !== undefined) return known;
    if (!sized) this.without_size++;
    const facts = {
      category: product.category,
      subcategory: product.subcategory,
      width,
      depth,
      height: product.height_in ?? 30,
      seats: product.seats ?? undefined,
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
    polygons: readonly Polygon[],
    [low, high]: [number, number],
  ): void {
    const faces = joined(polygons.map((polygon) => prism(polygon, low * M_PER_FT, high * M_PER_FT)));
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

interface Faces {
  positions: number[];
  normals: number[];
  indices: number[];
}

function joined(all: readonly Faces[]): Faces {
  const faces: Faces = { positions: [], normals: [], indices: [] };
  for (const one of all) {
    const from = faces.positions.length / 3;
    for (const value of one.positions) faces.positions.push(value);
    for (const value of one.normals) faces.normals.push(value);
    for (const index of one.indices) faces.indices.push(index + from);
  }
  return faces;
}

/** A part of a product in metres; cylinders are prisms of 16 sides. */
function facesOf(solid: Solid): Faces {
  const [x, z] = [solid.x * M_PER_IN, solid.z * M_PER_IN];
  const [w, d] = [(solid.width * M_PER_IN) / 2, (solid.depth * M_PER_IN) / 2];
  const sides = solid.shape === 'box' ? 4 : CIRCLE_SIDES;
  const ring = Array.from({ length: sides }, (_, i): [number, number] => {
    const angle = ((i + 0.5) / sides) * 2 * Math.PI;
    const [u, v] = [Math.cos(angle), Math.sin(angle)];
    return solid.shape === 'box' ? [x + Math.sign(u) * w, -z + Math.sign(v) * d] : [x + u * w, -z + v * d];
  });
  const y = solid.y * M_PER_IN;
  const half = (solid.height * M_PER_IN) / 2;
  return raised([ring], y - half, y + half);
}

function prism(polygon: Polygon, low: number, high: number): Faces {
  const rings = [polygon.outer, ...polygon.holes].map((ring) =>
    ring.map(([x, y]): [number, number] => [x * M_PER_FT, y * M_PER_FT]),
  );
  return raised(rings, low, high);
}

/** Rings of the plan (outer counter-clockwise, holes clockwise; y of the plan is -z of the model) raised into a body. */
function raised(given: readonly (readonly [number, number])[][], low: number, high: number): Faces {
  const rings = given.map((ring, i) => (signed(ring) > 0 === (i === 0) ? ring : [...ring].reverse()));
  const faces: Faces = { positions: [], normals: [], indices: [] };
  const point = (x: number, y: number, z: number, normal: readonly [number, number, number]) => {
    faces.positions.push(x, y, z);
    faces.normals.push(...normal);
    return faces.positions.length / 3 - 1;
  };
  for (const ring of rings)
    ring.forEach(([x0, y0], i) => {
      const [x1, y1] = ring[(i + 1) % ring.length]!;
      const length = Math.hypot(x1 - x0, y1 - y0);
      if (length < 1e-9) return;
      const normal: [number, number, number] = [(y1 - y0) / length, 0, (x1 - x0) / length];
      const corners = [
        point(x0, low, -y0, normal),
        point(x1, low, -y1, normal),
        point(x1, high, -y1, normal),
        point(x0, high, -y0, normal),
      ] as const;
      faces.indices.push(corners[0], corners[1], corners[2], corners[0], corners[2], corners[3]);
    });
  const flat = rings.flat();
  const holes = rings
    .slice(1)
    .map((_, i) => rings.slice(0, i + 1).reduce((sum, ring) => sum + ring.length, 0));
  const triangles = earcut(flat.flat(), holes);
  for (const [height, normal, order] of [
    [high, [0, 1, 0], [0, 1, 2]],
    [low, [0, -1, 0], [0, 2, 1]],
  ] as const) {
    const from = faces.positions.length / 3;
    for (const [x, y] of flat) point(x, height, -y, normal);
    for (let t = 0; t < triangles.length; t += 3) {
      const corner = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
      const [a, b, c] = corner.map((i) => flat[i]!) as [[number, number], [number, number], [number, number]];
      const left = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
      for (const k of left ? order : ([order[0], order[2], order[1]] as const))
        faces.indices.push(from + corner[k]!);
    }
  }
  return faces;
}

function signed(ring: readonly (readonly [number, number])[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [p, q] = ring[(i + 1) % ring.length]!;
    return sum + x * q - p * y;
  }, 0);
}

/** Counter-clockwise seen from above, as in the plan. */
function turn(degrees: number): [number, number, number, number] {
  const half = (degrees * Math.PI) / 360;
  return [0, Math.sin(half), 0, Math.cos(half)];
}
