// A furnished floor on the stage: rooms, walls and pieces that can be pointed at, painted in the colours of the theme.
import {
  Box3 as Box,
  type Box3,
  type BufferGeometry,
  Group,
  LineBasicMaterial,
  type LineSegments,
  Mesh,
  type Raycaster,
} from 'three';
import {
  type Batch,
  batchesOf,
  edgesOf,
  flatMaterial,
  isMesh,
  joinFloors,
  type Part,
  parseGlb,
  type RoomFloor,
} from './bodies.ts';
import type { Palette } from './palette.ts';

export interface Pointed {
  space_id: string | null;
  item_id: string | null;
}

/** Walls are shown this much of their height, so that one looks into the rooms from above. */
const LOW_WALLS = 0.42;

export type FloorModel = Awaited<ReturnType<typeof loadFloor>>;

export async function loadFloor(bytes: ArrayBuffer) {
  const sorted = sort(await parseGlb(bytes));
  const group = new Group();
  const standing = new Group();
  const batches = batchesOf(sorted.parts);
  const floors = joinFloors(
    sorted.rooms,
    (geometry) => new Mesh(geometry, flatMaterial({ vertex_colors: true })),
  );
  const slab = sorted.slab.map((mesh) => {
    const material = flatMaterial();
    // The floors of rooms lie on it: pushed back, so that the two never flicker from afar.
    material.polygonOffset = true;
    material.polygonOffsetFactor = 2;
    material.polygonOffsetUnits = 40;
    return new Mesh(mesh.geometry, material);
  });
  const walls = sorted.walls.map((mesh) => new Mesh(mesh.geometry, flatMaterial()));
  const glass = sorted.glass.map((mesh) => {
    const material = flatMaterial();
    material.color.copy(mesh.material.color);
    material.transparent = true;
    material.depthWrite = false;
    material.opacity = mesh.material.opacity;
    return new Mesh(mesh.geometry, material);
  });
  const wall_lines = edgesOf(sorted.walls, 1);
  const piece_lines = edgesOf(
    sorted.parts.map((part) => part.mesh),
    0.35,
  );
  standing.add(...walls, ...glass, wall_lines);
  const outline = new Group();
  group.add(...slab, floors.mesh, standing, ...batches.map((batch) => batch.mesh), piece_lines, outline);

  let palette: Palette | null = null;
  let selected: Pointed = { space_id: null, item_id: null };

  function paint(): void {
    if (!palette) return;
    const { wall, slab: under, line, accent, room } = palette;
    for (const mesh of walls) mesh.material.color.copy(wall);
    for (const mesh of slab) mesh.material.color.copy(under);
    wall_lines.material.color.copy(line);
    piece_lines.material.color.copy(line);
    floors.paint(({ space_id, type }) => room(type, space_id === selected.space_id));
    for (const { mesh, owners, rest } of batches)
      owners.forEach((owner, id) => {
        mesh.setColorAt(id, owner === selected.item_id ? accent : rest);
      });
    drawOutline(
      outline,
      sorted.rooms.find((one) => one.space_id === selected.space_id),
      accent,
    );
  }

  return {
    group,
    room_types: [...new Set(sorted.rooms.map((one) => one.type))],
    pieces: new Set(sorted.parts.map((part) => part.mesh.parent?.uuid ?? part.mesh.uuid)).size,
    setPalette(next: Palette): void {
      palette = next;
      paint();
    },
    select(next: Pointed): void {
      if (next.space_id === selected.space_id && next.item_id === selected.item_id) return;
      selected = next;
      paint();
    },
    lowWalls(low: boolean): void {
      standing.scale.y = low ? LOW_WALLS : 1;
    },
    /** The piece or room under the ray; `walls` hide what is behind them. */
    pick(ray: Raycaster, solid_walls: boolean): Pointed | null {
      const targets = [...batches.map((batch) => batch.mesh), floors.mesh, ...(solid_walls ? walls : [])];
      const hit = ray.intersectObjects(targets, false)[0];
      if (!hit) return null;
      const batch: Batch | undefined = batches.find((one) => one.mesh === hit.object);
      if (batch) {
        const item_id = batch.owners[hit.batchId ?? 0] ?? null;
        return { item_id, space_id: sorted.space_of.get(item_id ?? '') ?? null };
      }
      if (hit.object !== floors.mesh) return null;
      const room = floors.roomAt(hit.faceIndex ?? 0);
      return room ? { item_id: null, space_id: room.space_id } : null;
    },
    /** Around the pieces of an item, else around a room; null where neither is on this floor. */
    boxOf({ item_id, space_id }: Pointed): Box3 | null {
      const box = new Box();
      for (const { mesh, owner } of sorted.parts) if (owner === item_id) box.expandByObject(mesh);
      if (box.isEmpty())
        for (const room of sorted.rooms) if (room.space_id === space_id) box.expandByObject(room.mesh);
      return box.isEmpty() ? null : box;
    },
    /** The room with the most floor, to stand in at first. */
    largestRoom(): string | null {
      const areaOf = (room: RoomFloor) => {
        const box = new Box().setFromObject(room.mesh);
        return (box.max.x - box.min.x) * (box.max.z - box.min.z);
      };
      const [first] = [...sorted.rooms].sort((a, b) => areaOf(b) - areaOf(a));
      return first?.space_id ?? null;
    },
    dispose(): void {
      for (const { mesh } of batches) {
        mesh.material.dispose();
        mesh.dispose();
      }
      group.traverse((object) => {
        const { geometry, material } = object as Partial<Mesh>;
        geometry?.dispose();
        if (material && !Array.isArray(material)) material.dispose();
      });
    },
  };
}

interface Sorted {
  rooms: RoomFloor[];
  parts: Part[];
  walls: Part['mesh'][];
  glass: Part['mesh'][];
  slab: Part['mesh'][];
  space_of: Map<string, string | null>;
}

/** What each node of the model is: told by its extras, and for the building by its material. */
function sort(scene: Awaited<ReturnType<typeof parseGlb>>): Sorted {
  const sorted: Sorted = { rooms: [], parts: [], walls: [], glass: [], slab: [], space_of: new Map() };
  scene.traverse((mesh) => {
    if (!isMesh(mesh)) return;
    const facts = { ...mesh.parent?.userData, ...mesh.userData };
    const space_id = typeof facts['space_id'] === 'string' ? facts['space_id'] : null;
    if (typeof facts['item_id'] === 'string') {
      sorted.parts.push({ mesh, owner: facts['item_id'] });
      sorted.space_of.set(facts['item_id'], space_id);
    } else if (space_id !== null)
      sorted.rooms.push({ mesh, space_id, type: String(facts['type'] ?? 'other') });
    else if (mesh.material.name === 'wall') sorted.walls.push(mesh);
    else if (mesh.material.name === 'glass') sorted.glass.push(mesh);
    else sorted.slab.push(mesh);
  });
  return sorted;
}

/** A line round the selected room, just above its floor. */
function drawOutline(into: Group, room: RoomFloor | undefined, color: Palette['accent']): void {
  for (const old of [...into.children] as LineSegments<BufferGeometry, LineBasicMaterial>[]) {
    old.geometry.dispose();
    old.material.dispose();
    into.remove(old);
  }
  if (!room) return;
  const lines = edgesOf([room.mesh], 1);
  lines.material.dispose();
  lines.material = new LineBasicMaterial({ color });
  lines.position.y = 0.03;
  into.add(lines);
}
