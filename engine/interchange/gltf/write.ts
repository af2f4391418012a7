/** The furnished floors of a project as a binary glTF (.glb), each storey above the one before. */
import type { LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import { type FloorScene, modelScenes, STOREY_FT } from '../floor_scene.ts';
import type { WriteOptions, WriteTools, Written } from '../writer.ts';
import { Model, type ModelProduct } from './model.ts';

export async function write(
  document: ProjectDocument,
  options: WriteOptions,
  tools: WriteTools,
): Promise<Written> {
  const { scenes, without_scale } = modelScenes(document, options);
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

/** One floor by itself, its own floor at height 0: what the 3D view shows. */
export async function writeFloor(scene: FloorScene): Promise<Uint8Array> {
  const model = new Model(scene.name);
  model.addFloor(scene, 0);
  return await model.bytes();
}

/** One product in metres; undefined where its outside dimensions are not known, so that no size is made up. */
export async function writeProduct(product: ModelProduct): Promise<Uint8Array | undefined> {
  if (product.width_in === null || product.depth_in === null || product.height_in === null) return undefined;
  const model = new Model(product.name);
  model.addProduct(product);
  return await model.bytes();
}
