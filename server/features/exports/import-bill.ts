// The priced part of an imported project: lines whose product this catalogue has become items that can be changed, the
// others are kept as they were described. Prices are the document's; what a dealer pays is never taken from a document.
import type { ProjectImportReport } from '../../../contract/exports.ts';
import type {
  DocumentItem,
  DocumentProduct,
  LeftOut,
  ProjectDocument,
} from '../../../contract/project-document.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { keepScenarioCosts } from '../recommendations/service.ts';
import * as db from './sql/import.ts';

export interface StoredBill {
  missing_products: ProjectImportReport['missing_products'];
  repriced_products: ProjectImportReport['repriced_products'];
  left_out: LeftOut[];
}

interface Catalogue {
  products: Map<string, { id: string; list_price: number }>;
  variants: Map<string, { id: string; product_id: string }>;
}

export async function storeBill(
  tx: Tx,
  actor: Actor,
  document: ProjectDocument,
  now: Date,
): Promise<StoredBill> {
  const { recommendation, scenarios } = document;
  const described = new Map(document.products.map((product) => [product.sku, product]));
  const items = scenarios.flatMap((scenario) => scenario.items);
  const catalogue = await catalogueFor(tx, items);
  const missing = [...new Set(items.map((item) => item.sku))]
    .filter((sku) => !catalogue.products.has(sku))
    .sort();
  const missing_products = missing.map((sku) => ({
    sku,
    name: described.get(sku)?.name ?? '',
    lines: items.filter((item) => item.sku === sku).length,
  }));
  if (recommendation === null) return { missing_products, repriced_products: [], left_out: [] };
  const notes = missing_products.map(
    ({ sku, name, lines }) =>
      `${name} (${sku}) is not in this catalogue: ${lines === 1 ? 'one line is' : `${lines} lines are`} kept as described and cannot be changed.`,
  );
  await db.insertRecommendation(tx, {
    ...recommendation,
    project_id: document.project.id,
    input_parameters: JSON.stringify(recommendation.input_parameters),
    summary: JSON.stringify(summaryWith(recommendation.summary, notes, scenarios.length > 0)),
    created_by: actor.user_id,
  });
  for (const { items: lines, sustainability, internal: _internal, ...scenario } of scenarios) {
    await db.insertScenario(tx, {
      ...scenario,
      project_id: document.project.id,
      recommendation_id: recommendation.id,
      lines: JSON.stringify(scenario.lines),
      roi_analysis: JSON.stringify(scenario.roi_analysis),
      trade_offs: JSON.stringify(scenario.trade_offs),
      metrics: JSON.stringify(scenario.metrics),
      solver: JSON.stringify(scenario.solver),
      assumptions: JSON.stringify(scenario.assumptions),
      shortfalls: JSON.stringify(scenario.shortfalls),
      layout: JSON.stringify(scenario.layout ?? {}),
      pricing: JSON.stringify(scenario.pricing ?? {}),
    });
    const keys = { project_id: document.project.id, scenario_id: scenario.id };
    await db.insertItems(
      tx,
      lines.flatMap((item) => {
        const values = itemValues(item, catalogue);
        return values === undefined ? [] : [{ ...values, ...keys, recommendation_id: recommendation.id }];
      }),
    );
    await db.insertSnapshots(
      tx,
      lines
        .filter((item) => !catalogue.products.has(item.sku))
        .map((item) => snapshotOf(item, described.get(item.sku), keys)),
    );
    await keepScenarioCosts(tx, document.project.id, scenario.id, now);
    if (sustainability !== null)
      await db.insertSustainability(tx, {
        ...sustainability,
        ...keys,
        report: JSON.stringify(sustainability.report),
      });
  }
  return {
    missing_products,
    repriced_products: repriced(described, catalogue),
    left_out: lost(items, catalogue),
  };
}

async function catalogueFor(tx: Tx, items: DocumentItem[]): Promise<Catalogue> {
  const skus = new Set(
    items.flatMap((item) => [
      item.sku,
      ...(item.variant === null ? [] : [item.variant.sku]),
      ...item.alternatives.map((one) => one.sku),
    ]),
  );
  const found = await db.catalogueOf(tx, [...skus]);
  return {
    products: new Map(found.products.map((one) => [one.sku, one])),
    variants: new Map(found.variants.map((one) => [one.sku, one])),
  };
}

function summaryWith(
  summary: Record<string, unknown>,
  notes: string[],
  ready: boolean,
): Record<string, unknown> {
  const before = Array.isArray(summary['notes'])
    ? summary['notes'].filter((one) => typeof one === 'string')
    : [];
  return {
    ...summary,
    ...(ready ? { state: 'ready' } : {}),
    ...(notes.length > 0 ? { notes: [...notes, ...before.filter((one) => !notes.includes(one))] } : {}),
  };
}

function itemValues(
  item: DocumentItem,
  { products, variants }: Catalogue,
): Omit<db.ItemValues, 'project_id' | 'scenario_id' | 'recommendation_id'> | undefined {
  const product = products.get(item.sku);
  if (product === undefined) return undefined;
  const variant = item.variant === null ? undefined : variants.get(item.variant.sku);
  return {
    id: item.id,
    product_id: product.id,
    variant_id: variant?.product_id === product.id ? variant.id : null,
    space_id: item.space_id,
    quantity: item.quantity,
    wanted: item.wanted,
    unit_list_price: item.unit_list_price,
    unit_price: item.unit_price,
    total_price: item.total_price,
    need_key: item.need.key,
    need: JSON.stringify(item.need),
    reasoning: item.reasoning,
    confidence_score: item.confidence_score,
    alternatives: JSON.stringify(
      item.alternatives.flatMap((one) => {
        const other = products.get(one.sku);
        return other === undefined ? [] : [{ product_id: other.id, ...one }];
      }),
    ),
    placement: item.placements === null ? null : JSON.stringify(item.placements),
    status: item.status,
    locked: item.locked,
  };
}

function snapshotOf(
  { internal: _cost, ...item }: DocumentItem,
  product: DocumentProduct | undefined,
  keys: { project_id: string; scenario_id: string },
) {
  return {
    ...keys,
    id: item.id,
    space_id: item.space_id,
    sku: item.sku,
    item: JSON.stringify(item),
    product: JSON.stringify(product ?? {}),
  };
}

function repriced(
  described: Map<string, DocumentProduct>,
  { products }: Catalogue,
): StoredBill['repriced_products'] {
  return [...described.values()].flatMap(({ sku, list_price }) => {
    const here = products.get(sku);
    return here === undefined || here.list_price === list_price
      ? []
      : [{ sku, document_price: list_price, catalogue_price: here.list_price }];
  });
}

/** What of the lines could not be matched. */
function lost(items: DocumentItem[], { products, variants }: Catalogue): LeftOut[] {
  const alternatives = items.reduce(
    (sum, item) => sum + item.alternatives.filter((one) => !products.has(one.sku)).length,
    0,
  );
  const options = items.filter((item) => item.variant !== null && !variants.has(item.variant.sku)).length;
  return [
    ...(alternatives === 0
      ? []
      : [{ what: 'Alternatives', why: 'this catalogue lacks their products', count: alternatives }]),
    ...(options === 0 ? [] : [{ what: 'Variants', why: 'this catalogue lacks them', count: options }]),
  ];
}
