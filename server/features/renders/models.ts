// Models for the 3D views: a furnished floor from the same scene as the exported .glb, a product from its own dimensions.
// Each has a fingerprint of what it is made from, so that an unchanged one is neither written nor sent again.
import { createHash, randomBytes } from 'node:crypto';
import type { Product } from '../../../contract/catalog.ts';
import type { DocumentProduct } from '../../../contract/project-document.ts';
import type { RecommendationItem } from '../../../contract/recommendations.ts';
import type { ModelLink } from '../../../contract/renders.ts';
import type { ModelProduct } from '../../../engine/interchange/gltf/model.ts';
import { writeProduct } from '../../../engine/interchange/gltf/write.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { makeRateLimiter } from '../../platform/rate-limit.ts';
import { runTask } from '../../platform/worker-task.ts';
import type { Catalog } from '../catalog/service.ts';
import type { Deps } from '../context.ts';
import type { FloorPlans } from '../floorplans/service.ts';
import type { Recommendations } from '../recommendations/service.ts';
import type { FloorModelInput } from './model-task.ts';
import * as db from './sql.ts';

export interface ModelSources {
  floorPlans: FloorPlans;
  recommendations: Recommendations;
  catalog: Catalog;
}

export interface ModelFile {
  etag: string;
  file_name: string;
  /** Null: the caller has this very model already. */
  bytes: Uint8Array | null;
}

/** Changes when models of the same facts look different: then none that was sent before counts as unchanged. */
const MODEL_VERSION = 3;
const TASK = new URL('./model-task.ts', import.meta.url).href;
const FLOOR_LIMITS = { timeout_ms: 60_000, memory_mb: 768 } as const;
const LINK_SECONDS = 15 * 60;

export function makeModels(deps: Deps, { floorPlans, recommendations, catalog }: ModelSources) {
  const limiter = makeRateLimiter(deps.kv, { name: 'floor-model', points: 60, window_seconds: 60 });

  async function floorInput(
    actor: Actor,
    floorPlanId: string,
    scenario: 'conservative' | 'balanced' | 'aggressive' | undefined,
  ): Promise<FloorModelInput & { name: string }> {
    const floor = await floorPlans.get(actor, floorPlanId);
    if (floor.status !== 'analyzed' && floor.space_count === 0)
      throw new AppError('conflict', `${floor.file_name} is not read yet; wait until its rooms are there.`);
    const plan = floor.status === 'analyzed' ? await floorPlans.analysis(actor, floorPlanId) : null;
    const spaces = await floorPlans.spaces(actor, floorPlanId);
    const bill = (await recommendations.scenarios(actor, floor.project_id))[0]?.recommendation_id ?? null;
    const items =
      bill === null ? [] : (await recommendations.get(actor, bill, scenario)).items.filter(isShown);
    const rows = await deps.postgres.withContext(actor, (tx) =>
      db.productShapes(tx, [...new Set(items.map((item) => item.product.id))]),
    );
    const name = floor.level_name ?? floor.file_name;
    return {
      name,
      document: {
        floors: [
          {
            id: floor.id,
            level_name: floor.level_name,
            file: {
              name: floor.file_name,
              format: floor.file_format,
              bytes: floor.file_size_bytes,
              sha256: null,
              content_base64: null,
            },
            scale: floor.scale,
            feet_per_unit: floor.feet_per_unit,
            plan,
            spaces,
          },
        ],
        products: rows.map(shapedProduct),
      },
      scenario: {
        items: items.map((item) => ({
          id: item.id,
          sku: item.product.sku,
          space_id: item.space_id,
          placements: item.placement as SceneItem['placements'],
        })),
      },
    };
  }

  return {
    /** A floor with the furniture of a scenario, its own floor at height 0. Metres; nodes carry space_id, item_id and sku. */
    async floor(
      actor: Actor,
      floorPlanId: string,
      scenario: 'conservative' | 'balanced' | 'aggressive' | undefined,
      known: string | undefined,
    ): Promise<ModelFile> {
      const { name, ...input } = await floorInput(actor, floorPlanId, scenario);
      const etag = fingerprint(input);
      const file = { etag, file_name: `${plainName(name)}.glb` };
      if (known === etag) return { ...file, bytes: null };
      const used = await limiter.consume(actor.user_id);
      if (!used.allowed)
        throw new AppError('too_many_requests', 'Too many models were asked for; wait a moment and go on.', {
          retry_after: used.retry_after_seconds,
        });
      const bytes = await runTask<Uint8Array | undefined>({
        module: TASK,
        export_name: 'write',
        input,
        ...FLOOR_LIMITS,
        keep: true,
        label: 'Building the 3D model',
      });
      if (bytes === undefined)
        throw new AppError(
          'conflict',
          `${name} cannot be shown in 3D while its scale is unknown; set the scale by a known length.`,
        );
      return { ...file, bytes };
    },

    async product(actor: Actor, productId: string, known: string | undefined): Promise<ModelFile> {
      return await productModel(await catalog.get(actor, productId), known);
    },

    /** For programs of phones, which do not carry the sign-in: works for a quarter of an hour. */
    async link(actor: Actor, productId: string): Promise<ModelLink> {
      const product = await catalog.get(actor, productId);
      if (shapeOf(product) === undefined) throw withoutSize(product.name);
      const ticket = randomBytes(24).toString('base64url');
      await deps.kv.set(
        `model-link:${ticket}`,
        JSON.stringify({ product_id: product.id, actor }),
        LINK_SECONDS,
      );
      return {
        url: `/api/v1/product-models/${ticket}.glb`,
        expires_at: new Date(deps.now().getTime() + LINK_SECONDS * 1000).toISOString(),
      };
    },

    async byLink(ticket: string): Promise<ModelFile> {
      const kept = await deps.kv.get(`model-link:${ticket}`);
      if (kept === undefined) throw notFound('model; its address may have ended');
      const { product_id, actor } = JSON.parse(kept) as { product_id: string; actor: Actor };
      return await productModel(await catalog.get(actor, product_id), undefined);
    },
  };
}
export type Models = ReturnType<typeof makeModels>;
type SceneItem = FloorModelInput['scenario']['items'][number];

function isShown(item: RecommendationItem): boolean {
  return item.status !== 'rejected' && Array.isArray(item.placement) && item.placement.length > 0;
}

async function productModel(product: Product, known: string | undefined): Promise<ModelFile> {
  const shape = shapeOf(product);
  if (shape === undefined) throw withoutSize(product.name);
  const etag = fingerprint(shape);
  const file_name = `${plainName(product.sku)}.glb`;
  if (known === etag) return { etag, file_name, bytes: null };
  const bytes = await writeProduct(shape);
  if (bytes === undefined) throw withoutSize(product.name);
  return { etag, file_name, bytes };
}

function shapeOf(product: Product): ModelProduct | undefined {
  const { sku, name, category, subcategory, specifications } = product;
  const { width_in, depth_in, height_in } = specifications.dimensions ?? {};
  if (!width_in || !depth_in || !height_in) return undefined;
  const { seats = null, compartments } = specifications;
  return { sku, name, category, subcategory, width_in, depth_in, height_in, seats, compartments };
}

function withoutSize(name: string): AppError {
  return new AppError(
    'not_found',
    `There is no 3D model of ${name}: the maker does not give its width, depth and height.`,
  );
}

const positive = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;

/** A product as far as a scene needs it; prices and the like are left empty and go nowhere. */
function shapedProduct(row: db.ProductShapeRow): DocumentProduct {
  const specifications = (row.specifications ?? {}) as Record<string, unknown>;
  const dimensions = (specifications['dimensions'] ?? {}) as Record<string, unknown>;
  return {
    sku: row.sku,
    name: row.name,
    description: null,
    category: row.category,
    subcategory: row.subcategory,
    brand: null,
    manufacturer: null,
    collection: null,
    list_price: 0,
    currency: 'USD',
    width_in: positive(dimensions['width_in']),
    depth_in: positive(dimensions['depth_in']),
    height_in: positive(dimensions['height_in']),
    weight_lbs: null,
    seats: positive(specifications['seats']),
    lead_time_days: null,
    materials: [],
    colors: [],
    carbon_footprint_kg: null,
    recycled_content_pct: null,
    recyclable_pct: null,
    sustainability_score: null,
    data_quality: null,
    certifications: [],
    image_url: null,
    in_catalogue: true,
  };
}

function fingerprint(facts: object): string {
  const hash = createHash('sha256').update(`${MODEL_VERSION}:${JSON.stringify(facts)}`);
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

function plainName(name: string): string {
  return (
    name
      .normalize('NFC')
      .replace(/[^\p{L}\p{N} ._()-]+/gu, ' ')
      .trim()
      .replace(/^\.+/, '')
      .slice(0, 100) || 'model'
  );
}
