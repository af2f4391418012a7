// From the nodes of a .glb to few draw calls: all parts of one material in one batch however many pieces there are, all
// their edges in one set of lines.
import {
  BatchedMesh,
  BufferAttribute,
  BufferGeometry,
  Color,
  DoubleSide,
  EdgesGeometry,
  LineBasicMaterial,
  LineSegments,
  type Mesh,
  MeshLambertMaterial,
  type MeshStandardMaterial,
  type Object3D,
  Vector3,
} from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';

export async function parseGlb(bytes: ArrayBuffer): Promise<Object3D> {
  const { scene } = await new GLTFLoader().parseAsync(bytes, '');
  scene.updateMatrixWorld(true);
  return scene;
}

export function isMesh(object: Object3D): object is Mesh<BufferGeometry, MeshStandardMaterial> {
  return (object as Partial<Mesh>).isMesh === true;
}

/** One part of one piece. */
export interface Part {
  mesh: Mesh<BufferGeometry, MeshStandardMaterial>;
  /** Of the piece it belongs to. */
  owner: string;
}

export interface Batch {
  mesh: BatchedMesh;
  owners: string[];
  rest: Color;
}

/** One batch for each material of the parts. */
export function batchesOf(parts: readonly Part[]): Batch[] {
  const by_material = Map.groupBy(parts, (part) => part.mesh.material.name);
  return [...by_material.values()].map((own) => {
    const shapes = new Map(own.map(({ mesh }) => [mesh.geometry.uuid, mesh.geometry]));
    let [vertices, indices] = [0, 0];
    for (const shape of shapes.values()) {
      vertices += shape.getAttribute('position').count;
      indices += shape.getIndex()?.count ?? 0;
    }
    const given = own[0]?.mesh.material;
    const see_through = (given?.opacity ?? 1) < 1;
    const material = new MeshLambertMaterial({ opacity: given?.opacity ?? 1, transparent: see_through });
    if (see_through) material.depthWrite = false;
    else behindLines(material);
    const batch = new BatchedMesh(own.length, vertices, indices, material);
    batch.sortObjects = see_through;
    const ids = new Map([...shapes].map(([uuid, shape]) => [uuid, batch.addGeometry(shape)]));
    const rest = given?.color.clone() ?? new Color();
    const owners: string[] = [];
    for (const { mesh, owner } of own) {
      const id = batch.addInstance(ids.get(mesh.geometry.uuid) ?? 0);
      batch.setMatrixAt(id, mesh.matrixWorld);
      batch.setColorAt(id, rest);
      owners[id] = owner;
    }
    return { mesh: batch, owners, rest };
  });
}

/** Edges where two faces meet at more than 30°, of all meshes together, as one set of lines. */
export function edgesOf(
  meshes: readonly Mesh[],
  opacity: number,
): LineSegments<BufferGeometry, LineBasicMaterial> {
  const known = new Map<string, Float32Array>();
  const lines = meshes.map((mesh) => {
    const found = known.get(mesh.geometry.uuid) ?? edgeArray(mesh.geometry);
    known.set(mesh.geometry.uuid, found);
    return { line: found, matrix: mesh.matrixWorld };
  });
  const all = new Float32Array(lines.reduce((sum, { line }) => sum + line.length, 0));
  const point = new Vector3();
  let at = 0;
  for (const { line, matrix } of lines)
    for (let i = 0; i < line.length; i += 3) {
      point.fromArray(line, i).applyMatrix4(matrix).toArray(all, at);
      at += 3;
    }
  const geometry = new BufferGeometry().setAttribute('position', new BufferAttribute(all, 3));
  return new LineSegments(geometry, new LineBasicMaterial({ transparent: opacity < 1, opacity }));
}

function edgeArray(geometry: BufferGeometry): Float32Array {
  const edges = new EdgesGeometry(geometry, 30);
  const array = edges.getAttribute('position').array as Float32Array;
  edges.dispose();
  return array;
}

export interface RoomFloor {
  space_id: string;
  type: string;
  mesh: Mesh<BufferGeometry>;
}
export interface RoomFloors {
  mesh: Mesh;
  paint: (colorOf: (room: RoomFloor) => Color) => void;
  /** The room of a triangle that was hit. */
  roomAt: (face: number) => RoomFloor | undefined;
}

/** All floors of rooms as one mesh, coloured by its vertices. */
export function joinFloors(
  rooms: readonly RoomFloor[],
  makeMesh: (geometry: BufferGeometry) => Mesh,
): RoomFloors {
  const positions: number[] = [];
  const normals: number[] = [];
  const indices: number[] = [];
  const ranges: { room: RoomFloor; first: number; count: number; until_face: number }[] = [];
  const point = new Vector3();
  for (const room of rooms) {
    const at = room.mesh.geometry.getAttribute('position');
    const first = positions.length / 3;
    for (let i = 0; i < at.count; i++) {
      point.fromBufferAttribute(at, i).applyMatrix4(room.mesh.matrixWorld);
      positions.push(point.x, point.y, point.z);
      normals.push(0, 1, 0);
    }
    for (const index of room.mesh.geometry.getIndex()?.array ?? []) indices.push(index + first);
    ranges.push({ room, first, count: at.count, until_face: indices.length / 3 });
  }
  const geometry = new BufferGeometry()
    .setAttribute('position', new BufferAttribute(new Float32Array(positions), 3))
    .setAttribute('normal', new BufferAttribute(new Float32Array(normals), 3))
    .setAttribute('color', new BufferAttribute(new Float32Array(positions.length), 3))
    .setIndex(indices);
  return {
    mesh: makeMesh(geometry),
    paint: (colorOf) => {
      const colors = geometry.getAttribute('color');
      for (const { room, first, count } of ranges) {
        const color = colorOf(room);
        for (let i = first; i < first + count; i++) colors.setXYZ(i, color.r, color.g, color.b);
      }
      colors.needsUpdate = true;
    },
    roomAt: (face) => ranges.find((range) => face < range.until_face)?.room,
  };
}

export function flatMaterial(options: { vertex_colors?: boolean } = {}): MeshLambertMaterial {
  return behindLines(
    new MeshLambertMaterial({ vertexColors: options.vertex_colors ?? false, side: DoubleSide }),
  );
}

/** Faces stand a little behind their own edges, so that lines are whole instead of dashed. */
function behindLines(material: MeshLambertMaterial): MeshLambertMaterial {
  material.polygonOffset = true;
  material.polygonOffsetFactor = 1;
  material.polygonOffsetUnits = 1;
  return material;
}
