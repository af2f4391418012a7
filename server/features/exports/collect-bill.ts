// The priced part of a project document: the latest finished recommendation, its three scenarios, their items and the
// products they name. What a dealer pays is read here only, and only for those who may see it.
import type {
  DocumentItem,
  DocumentProduct,
  DocumentRecommendation,
  DocumentScenario,
  LeftOut,
} from '../../../contract/project-document.ts';
import type { BudgetScenario, RecommendationItem } from '../../../contract/recommendations.ts';
import { fromNumber, sum } from '../../../engine/money.ts';
import type { Actor } from '../../platform/http.ts';
import type { Deps } from '../context.ts';
import type { Recommendations } from '../recommendations/service.ts';
import * as db from './sql/document.ts';

export interface CollectedBill {
  recommendation: DocumentRecommendation | null;
  scenarios: DocumentScenario[];
  products: DocumentProduct[];
  left_out: LeftOut[];
  sees_cost: boolean;
  /** The items of every scenario add up to its furniture line. */
  agrees: boolean;
}

export async function collectBill(
  deps: Deps,
  { recommendations }: { recommendations: Recommendations },
  actor: Actor,
  projectId: string,
): Promise<CollectedBill> {
  const found = await recommendations.scenarios(actor, projectId);
  const recommendationId = found[0]?.recommendation_id ?? null;
  const none = {
    recommendation: null,
    scenarios: [],
    products: [],
    left_out: [],
    sees_cost: true,
    agrees: true,
  };
  if (recommendationId === null) return none;
  const shown = await recommendations.get(actor, recommendationId);
  const items = new Map<string, RecommendationItem[]>();
  for (const { id, type } of found)
    items.set(id, (await recommendations.get(actor, recommendationId, type)).items);
  const all = [...items.values()].flat();
  const facts = await deps.postgres.withContext(actor, async (tx) => ({
    items: new Map((await db.itemFacts(tx, recommendationId)).map((row) => [row.id, row])),
    products: await db.productFacts(tx, [...new Set(all.map((item) => item.product.id))]),
    snapshots: await db.snapshotsOf(tx, projectId),
    sees_cost: await db.seesCost(tx, projectId),
  }));
  const measured = new Map(
    (await recommendations.sustainability(actor, projectId)).map((one) => [one.scenario_id, one]),
  );
  const products = new Map(
    facts.products.map((row) => {
      const product = toDocumentProduct(row);
      return [product.sku, product];
    }),
  );
  const left_out: LeftOut[] = [];
  const scenarios = found.map((scenario) => {
    const own = items.get(scenario.id) ?? [];
    const standing = own.filter((item) => item.status !== 'rejected');
    if (standing.length < own.length)
      left_out.push({
        what: `Lines of “${scenario.name}” that were turned down`,
        why: 'they are in no sum and are not ordered',
        count: own.length - standing.length,
      });
    const lines = standing.map((item) =>
      toDocumentItem(item, facts.items.get(item.id), products.get(item.product.sku)),
    );
    lines.push(...keptLines(scenario, lines, facts.snapshots, products, left_out));
    return toDocumentScenario(scenario, lines, measured.get(scenario.id));
  });
  return {
    recommendation: {
      id: shown.id,
      generated_by: shown.generated_by as DocumentRecommendation['generated_by'],
      model_version: shown.model_version,
      generation_timestamp: shown.generation_timestamp,
      status: shown.status,
      confidence_score: shown.confidence_score,
      user_rating: shown.user_rating,
      user_feedback: shown.user_feedback,
      input_parameters: shown.input_parameters,
      summary: shown.summary,
    },
    scenarios,
    products: [...products.values()].sort((a, b) => (a.sku < b.sku ? -1 : 1)),
    left_out,
    sees_cost: facts.sees_cost,
    agrees: scenarios.every((scenario) => furnitureOf(scenario) === totalOf(scenario.items)),
  };
}

function furnitureOf({ lines }: Pick<BudgetScenario, 'lines'>): number {
  return fromNumber(lines.find((line) => line.key === 'furniture')?.amount ?? 0);
}

function totalOf(items: DocumentItem[]): number {
  return sum(items.map((item) => fromNumber(item.total_price)));
}

type Snapshot = Awaited<ReturnType<typeof db.snapshotsOf>>[number];

/**
 * Lines of an imported project whose product this catalogue lacks. Once the scenario has been counted again without
 * them, they are no longer part of its bill.
 */
function keptLines(
  scenario: BudgetScenario,
  lines: DocumentItem[],
  snapshots: Snapshot[],
  products: Map<string, DocumentProduct>,
  left_out: LeftOut[],
): DocumentItem[] {
  const own = snapshots.filter((one) => one.scenario_id === scenario.id);
  if (own.length === 0) return [];
  if (furnitureOf(scenario) === totalOf(lines)) {
    left_out.push({
      what: `Lines of “${scenario.name}” for products that this catalogue lacks`,
      why: 'the scenario was changed and counted again without them',
      count: own.length,
    });
    return [];
  }
  return own.map((one) => {
    if (!products.has(one.sku))
      products.set(one.sku, { ...(one.product as unknown as DocumentProduct), in_catalogue: false });
    return { ...(one.item as unknown as DocumentItem), id: one.id, space_id: one.space_id };
  });
}

function toDocumentProduct(row: db.ProductFactsRow): DocumentProduct {
  const specifications = (row.specifications ?? {}) as Record<string, unknown>;
  const dimensions = (specifications['dimensions'] ?? {}) as Record<string, unknown>;
  const sustainability = (row.sustainability ?? {}) as Record<string, unknown>;
  const [image] = (row.images ?? []) as { url?: unknown }[];
  return {
    sku: row.sku,
    name: row.name,
    description: row.description,
    category: row.category,
    subcategory: row.subcategory,
    brand: row.brand,
    manufacturer: row.manufacturer,
    collection: row.collection,
    list_price: row.list_price,
    currency: row.currency ?? 'USD',
    width_in: positive(dimensions['width_in']),
    depth_in: positive(dimensions['depth_in']),
    height_in: positive(dimensions['height_in']),
    weight_lbs: positive(specifications['weight_lbs']),
    seats: positive(specifications['seats']),
    lead_time_days: row.lead_time_days,
    materials: texts(specifications['materials']),
    colors: texts(specifications['colors_available']),
    carbon_footprint_kg: measure(sustainability['carbon_footprint_kg']),
    recycled_content_pct: measure(sustainability['recycled_content_pct']),
    recyclable_pct: measure(sustainability['recyclable_pct']),
    sustainability_score: measure(sustainability['score']),
    data_quality: typeof sustainability['data_quality'] === 'string' ? sustainability['data_quality'] : null,
    certifications: texts(sustainability['certifications']),
    image_url: typeof image?.url === 'string' ? image.url : null,
    in_catalogue: true,
  };
}

function measure(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function positive(value: unknown): number | null {
  const found = measure(value);
  return found === 0 ? null : found;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

type ItemFacts = Awaited<ReturnType<typeof db.itemFacts>>[number];

function toDocumentItem(
  item: RecommendationItem,
  facts: ItemFacts | undefined,
  product: DocumentProduct | undefined,
): DocumentItem {
  return {
    id: item.id,
    space_id: item.space_id,
    sku: item.product.sku,
    variant:
      facts?.variant_sku === null || facts === undefined
        ? null
        : {
            sku: facts.variant_sku,
            name: facts.variant_name,
            attributes: (facts.variant_attributes ?? {}) as Record<string, string>,
          },
    quantity: item.quantity,
    wanted: item.wanted,
    unit_list_price: item.unit_list_price ?? product?.list_price ?? item.unit_price,
    unit_price: item.unit_price,
    total_price: item.total_price,
    need: { ...item.need, ...(facts?.need as object | undefined) },
    reasoning: item.reasoning,
    confidence_score: item.confidence_score,
    alternatives: item.alternatives.map(({ product_id: _id, ...alternative }) => alternative),
    placements: item.placement as DocumentItem['placements'],
    status: item.status,
    locked: item.locked,
    ...(item.internal === undefined ? {} : { internal: costOf(item.internal) }),
  };
}

function costOf({
  unit_cost,
  total_cost,
  margin_pct,
}: NonNullable<RecommendationItem['internal']>): NonNullable<DocumentItem['internal']> {
  return { unit_cost, total_cost, margin_pct };
}

type Measured = Awaited<ReturnType<Recommendations['sustainability']>>[number];

function toDocumentScenario(
  scenario: BudgetScenario,
  items: DocumentItem[],
  measured: Measured | undefined,
): DocumentScenario {
  const { project_id: _project, recommendation_id: _recommendation, created_at: _time, ...rest } = scenario;
  return {
    ...rest,
    items,
    sustainability:
      measured === undefined
        ? null
        : {
            overall_score: measured.overall_score,
            carbon_footprint_kg: measured.carbon_footprint_kg,
            recycled_content_pct: measured.recycled_content_pct,
            recyclable_pct: measured.recyclable_pct,
            certifications_achieved: measured.certifications_achieved,
            leed_points: measured.leed_points,
            report: measured.report,
          },
  };
}
