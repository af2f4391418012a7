// What runs in the worker thread of a floor's model: the scene from its floor, rooms and pieces, written as .glb.
import {
  floorScenes,
  type SceneDocument,
  type SceneScenario,
} from '../../../engine/interchange/floor_scene.ts';
import { writeFloor } from '../../../engine/interchange/gltf/write.ts';

export interface FloorModelInput {
  document: SceneDocument;
  scenario: SceneScenario;
}

/** Undefined where the floor cannot be modelled to scale. */
export async function write({ document, scenario }: FloorModelInput): Promise<Uint8Array | undefined> {
  const [scene] = floorScenes(document, scenario).scenes;
  return scene === undefined ? undefined : await writeFloor(scene);
}
