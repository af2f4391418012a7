// The catalogue: search, one product with what belongs to it, imports, and administrators' changes. Shared by all tenants;
// what a product costs is told to dealers and the maker only.
import type { z } from 'zod';
import {
  type Product,
  type ProductForDealer,
  type ProductHit,
  ProductInput,
  ProductSearchQuery,
  type ProductSearchResult,
  type ProductVariant,
  type RelatedProduct,
} from '../../../contract/catalog.ts';
import type { ProductPrice } from '../../../contract/catalog-imports.ts';
import { loadEmbedder } from '../../../engine/catalog/embedding/load.ts';
import { type GeneratedItem, generateCatalog } from '../../../engine/catalog/generator/generate.ts';
import { optionFault } from '../../../engine/catalog/options/stored.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { track } from '../track.ts';
import { type ImportOptions, MANY, runImport, type StoredReport } from './import.ts';
import { writeProducts } from './import-write.ts';
import { CountCache } from './list.ts';
import { toProduct, toProductForDealer, toVariant } from './products.ts';
import { type SearchOptions, search } from './search.ts';
import { Shelf } from './shelf.ts';
import * as read from './sql/read.ts';
import { beginSearch } from './sql/search.ts';
import * as write from './sql/write.ts';
import { makeCorpusCache, TermChanges } from './statistics.ts';
import { keepVectorIndexTrained } from './vector-index.ts';

export type Catalog = ReturnType<typeof makeCatalog>;

const SIMILAR = 12;
const GENERATED_BATCH = 250;

export function makeCatalog(deps: Pick<Deps, 'postgres' | 'now'>) {
  const { postgres } = deps;
  const corpus = makeCorpusCache(loadEmbedder);
  const counts = new CountCache();
  const shelf = new Shelf();

  async function productFor(tx: Tx, id: string): Promise<read.ProductRow> {
    const row = await read.productById(tx, id);
    if (row === undefined) throw notFound('product');
    return row;
  }

  async function mayNeedCost(tx: Tx, actor: Actor): Promise<boolean> {
    return actor.is_admin || (await read.seesDealerPrices(tx));
  }

  async function searchIn(
    tx: Tx,
    query: ProductSearchQuery,
    options: SearchOptions,
  ): Promise<ProductSearchResult> {
    const started = performance.now();
    const { version } = await beginSearch(tx);
    const means = { ...(await corpus.of(tx, version)), embedder: loadEmbedder(), counts, shelf };
    const found = await search(tx, query, means, options);
    return { ...found, took_ms: Math.round((performance.now() - started) * 10) / 10 };
  }

  async function storeOne(
    actor: Actor,
    input: ProductInput,
    origin: Origin,
    action: string,
  ): Promise<Product> {
    const fault = optionFault(input.specifications);
    if (fault !== undefined)
      throw new AppError('invalid_input', `The options do not fit together: ${fault}.`);
    return await postgres.asSystem(async (tx) => {
      const { ids } = await writeProducts(tx, [input], loadEmbedder());
      await audit(tx, { action, actor_id: actor.user_id, detail: { sku: input.sku } }, origin);
      const id = ids.get(input.sku) ?? (await read.productIdsBySku(tx, [input.sku])).get(input.sku);
      return toProductForDealer(await productFor(tx, id ?? ''));
    });
  }

  return {
    /** Search or, without words, the list. A search that finds nothing is recorded. */
    async search(actor: Actor, query: ProductSearchQuery): Promise<ProductSearchResult> {
      const answer = await postgres.withContext(actor, async (tx) => {
        const result = await searchIn(tx, query, {});
        if (query.q && result.total === 0 && query.probe === undefined) {
          const { cursor: _, ...asked } = query;
          await track(tx, actor, deps.now(), {
            event_name: 'search_no_result',
            event_type: 'action',
            properties: asked,
          });
        }
        return result;
      });
      if (query.q) shelf.follow(postgres).catch(() => undefined);
      return answer;
    },

    /** Reads into memory what the ranking knows of every product; without it searches do so for what they meet. */
    async warm(): Promise<{ products: number }> {
      await shelf.fill(postgres);
      return { products: shelf.size };
    },

    /** For the command line: no person, and products that break a fact of the query follow those that keep it. */
    async searchProducts(query: z.input<typeof ProductSearchQuery>): Promise<ProductSearchResult> {
      const parsed = ProductSearchQuery.parse(query);
      return await postgres.asSystem((tx) => searchIn(tx, parsed, { lenient: true }));
    },

    async get(actor: Actor, id: string): Promise<Product | ProductForDealer> {
      return await postgres.withContext(actor, async (tx) => {
        const row = await productFor(tx, id);
        return (await mayNeedCost(tx, actor)) ? toProductForDealer(row) : toProduct(row);
      });
    },

    async variants(actor: Actor, id: string): Promise<ProductVariant[]> {
      return await postgres.withContext(actor, async (tx) => {
        await productFor(tx, id);
        return (await read.variantsOf(tx, id)).map(toVariant);
      });
    },

    async related(actor: Actor, id: string): Promise<RelatedProduct[]> {
      return await postgres.withContext(actor, async (tx) => {
        await productFor(tx, id);
        const relations = await read.relatedTo(tx, id);
        const rows = await read.productsByIds(tx, [
          ...new Set(relations.map((one) => one.related_product_id)),
        ]);
        const byId = new Map(rows.map((row) => [row.id, toProduct(row)]));
        return relations.flatMap(({ related_product_id, relationship_type, strength }) => {
          const product = byId.get(related_product_id);
          return product
            ? [
                {
                  relationship_type: relationship_type as RelatedProduct['relationship_type'],
                  strength,
                  product,
                },
              ]
            : [];
        });
      });
    },

    async similar(actor: Actor, id: string): Promise<ProductHit[]> {
      return await postgres.withContext(actor, async (tx) => {
        await productFor(tx, id);
        const near = await read.nearestTo(tx, id, SIMILAR);
        const rows = await read.productsByIds(
          tx,
          near.map((one) => one.id),
        );
        const byId = new Map(rows.map((row) => [row.id, toProduct(row)]));
        return near.flatMap((one) => {
          const product = byId.get(one.id);
          const why = one.same_kind
            ? 'The same kind of product, near in meaning.'
            : 'Of the same category, near in meaning.';
          return product
            ? [{ ...product, score: Math.max(0, Math.round(one.similarity * 10_000) / 10_000), why }]
            : [];
        });
      });
    },

    /** Every price the product has had, newest first. */
    async prices(actor: Actor, id: string): Promise<ProductPrice[]> {
      const cost = await postgres.withContext(actor, async (tx) => {
        await productFor(tx, id);
        return await mayNeedCost(tx, actor);
      });
      const rows = await postgres.asSystem((tx) => read.pricesOf(tx, id));
      return rows.map(({ dealer_price, ...row }) => ({
        ...row,
        ...(cost ? { dealer_price } : {}),
        currency: row.currency ?? 'USD',
        effective_from: iso(row.effective_from),
        effective_to: isoOrNull(row.effective_to),
      }));
    },

    /** Reads the stream to its end: CSV, JSON, JSON Lines or SIF. Importing the same file again changes nothing. */
    async importCatalog(
      stream: AsyncIterable<Uint8Array>,
      options: ImportOptions = {},
    ): Promise<StoredReport> {
      return await runImport(postgres, loadEmbedder(), stream, options);
    },

    async create(actor: Actor, input: ProductInput, origin: Origin): Promise<Product> {
      const there = await postgres.asSystem((tx) => read.productsForImport(tx, [input.sku]));
      if (there.some((row) => row.deleted_at === null)) {
        throw new AppError(
          'already_exists',
          `A product with the sku ${input.sku} exists already; change that one.`,
        );
      }
      return await storeOne(actor, input, origin, 'product.created');
    },

    /** Changes what is given; the sku stays. */
    async update(
      actor: Actor,
      id: string,
      change: { [K in keyof ProductInput]?: ProductInput[K] | undefined },
      origin: Origin,
    ): Promise<Product> {
      const row = await postgres.asSystem((tx) => productFor(tx, id));
      const stated = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const known = { sku: row.sku, name: row.name, category: row.category, list_price: row.list_price };
      return await storeOne(
        actor,
        ProductInput.parse({ ...known, ...stated, sku: row.sku }),
        origin,
        'product.changed',
      );
    },

    async remove(actor: Actor, id: string, origin: Origin): Promise<void> {
      await postgres.asSystem(async (tx) => {
        await write.lockCatalog(tx);
        const row = await productFor(tx, id);
        const [stored] = await read.productsForImport(tx, [row.sku]);
        await write.softDelete(tx, id);
        const changes = new TermChanges();
        changes.remove(stored?.search_document);
        await changes.save(tx);
        await audit(
          tx,
          { action: 'product.deleted', actor_id: actor.user_id, detail: { sku: row.sku } },
          origin,
        );
      });
    },

    /** The fictional catalogue with variants and relationships, for the demonstration and for measuring. */
    async seedGenerated(
      options: { seed?: number; count?: number } = {},
    ): Promise<{ created: number; updated: number }> {
      const total = { created: 0, updated: 0 };
      for (const batch of batches(generateCatalog(options), GENERATED_BATCH)) {
        const done = await postgres.asSystem((tx) => storeGenerated(tx, batch));
        total.created += done.created;
        total.updated += done.updated;
      }
      // Once every product is there, so that both sides of each relationship exist.
      for (const batch of batches(generateCatalog(options), GENERATED_BATCH)) {
        await postgres.asSystem((tx) => relateGenerated(tx, batch));
      }
      if (total.created + total.updated >= MANY) {
        await write.analyzeCatalog(postgres.owner);
        await keepVectorIndexTrained(postgres);
      }
      return total;
    },
  };
}

async function storeGenerated(
  tx: Tx,
  batch: readonly GeneratedItem[],
): Promise<{ created: number; updated: number }> {
  const products = batch.map((item) => item.product);
  const done = await writeProducts(tx, products, loadEmbedder());
  const ids = await read.productIdsBySku(
    tx,
    products.map((product) => product.sku),
  );
  await write.upsertVariants(
    tx,
    batch.flatMap(({ product, variants }) =>
      variants.map((variant) => ({
        ...variant,
        name: variant.name ?? null,
        product_id: ids.get(product.sku) ?? '',
      })),
    ),
  );
  return done;
}

async function relateGenerated(tx: Tx, batch: readonly GeneratedItem[]): Promise<void> {
  const ids = await read.productIdsBySku(
    tx,
    batch.map((item) => item.product.sku),
  );
  await write.upsertRelationships(
    tx,
    batch.flatMap(({ product, relationships }) =>
      relationships.map((one) => ({ ...one, product_id: ids.get(product.sku) ?? '' })),
    ),
  );
}

function* batches<T>(items: Iterable<T>, size: number): Iterable<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
