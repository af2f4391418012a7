// Options of a product: configured with the choices of a person, and its variants and relationships as administrators
// write them.
import type { z } from 'zod';
import type {
  ProductRelationshipInput,
  ProductVariant,
  ProductVariantInput,
} from '../../../contract/catalog.ts';
import type { Configuration, ConfigureRequest } from '../../../contract/catalog-options.ts';
import { configure } from '../../../engine/catalog/options/configure.ts';
import { storedOptions } from '../../../engine/catalog/options/stored.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Context, Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import type { Deps, Origin } from '../context.ts';
import { toVariant } from './products.ts';
import * as read from './sql/read.ts';
import * as write from './sql/write.ts';

export type CatalogOptions = ReturnType<typeof makeCatalogOptions>;

export function makeCatalogOptions(deps: Pick<Deps, 'postgres'>) {
  const { postgres } = deps;

  async function productFor(tx: Tx, id: string): Promise<read.ProductRow> {
    const row = await read.productById(tx, id);
    if (row === undefined) throw notFound('product');
    return row;
  }

  return {
    /** Prices are list prices: what a dealer pays does not enter. */
    async configure(
      context: Context,
      id: string,
      { options }: z.infer<typeof ConfigureRequest>,
    ): Promise<Configuration> {
      return await postgres.withContext(context, async (tx) => {
        const row = await productFor(tx, id);
        const variants = (await read.variantsOf(tx, id)).map(toVariant);
        const { groups, rules } = storedOptions((row.specifications ?? {}) as Record<string, unknown>);
        const { variant, ...configured } = configure(
          {
            sku: row.sku,
            list_price: row.list_price,
            lead_time_days: row.lead_time_days ?? 14,
            in_stock: row.in_stock ?? true,
            option_groups: groups,
            option_rules: rules,
            variants,
          },
          options,
        );
        return {
          valid: configured.valid,
          complete: configured.complete,
          reason: configured.reason,
          problems: [...configured.problems],
          part_number: configured.part_number,
          variant_id: variant?.id ?? null,
          base_price: row.list_price,
          adjustments: [...configured.adjustments],
          list_price: configured.list_price,
          currency: row.currency ?? 'USD',
          lead_time_days: configured.lead_time_days,
          in_stock: configured.in_stock,
          groups: [...configured.groups],
          open: [...configured.open],
        };
      });
    },

    /** These variants and no others; those with a sku that is there already keep their id. */
    async replaceVariants(
      actor: Actor,
      id: string,
      items: readonly ProductVariantInput[],
      origin: Origin,
    ): Promise<ProductVariant[]> {
      const skus = items.map(({ sku }) => sku);
      const twice = skus.find((sku, i) => skus.indexOf(sku) !== i);
      if (twice !== undefined)
        throw new AppError(
          'invalid_input',
          `The variant sku ${twice} stands twice; give each variant its own.`,
        );
      return await postgres.asSystem(async (tx) => {
        const row = await productFor(tx, id);
        const taken = await write.variantSkusOfOthers(tx, id, skus);
        if (taken.length > 0)
          throw new AppError(
            'already_exists',
            `Another product has the variant ${taken[0]}; use another sku.`,
          );
        const tooCheap = items.find((one) => row.list_price + one.price_adjustment < 0);
        if (tooCheap !== undefined)
          throw new AppError(
            'invalid_input',
            `The variant ${tooCheap.sku} would cost less than nothing: its adjustment ${tooCheap.price_adjustment} is more than the list price ${row.list_price}.`,
          );
        await write.removeVariants(tx, id, skus);
        await write.upsertVariants(
          tx,
          items.map((one) => ({ ...one, name: one.name ?? null, product_id: id })),
        );
        const detail = { sku: row.sku, variants: items.length };
        await audit(tx, { action: 'product.variants_changed', actor_id: actor.user_id, detail }, origin);
        return (await read.variantsOf(tx, id)).map(toVariant);
      });
    },

    /** These relationships from this product and no others. */
    async replaceRelationships(
      actor: Actor,
      id: string,
      items: readonly ProductRelationshipInput[],
      origin: Origin,
    ): Promise<void> {
      await postgres.asSystem(async (tx) => {
        const row = await productFor(tx, id);
        const skus = [...new Set(items.map(({ related_sku }) => related_sku))];
        if (skus.includes(row.sku))
          throw new AppError(
            'invalid_input',
            `${row.sku} cannot be related to itself; name another product.`,
          );
        const known = await read.productIdsBySku(tx, skus);
        const unknown = skus.find((sku) => !known.has(sku));
        if (unknown !== undefined)
          throw new AppError(
            'invalid_input',
            `There is no product with the sku ${unknown}; import it first.`,
          );
        await write.removeRelationships(tx, id);
        await write.upsertRelationships(
          tx,
          items.map((one) => ({ ...one, product_id: id })),
        );
        const detail = { sku: row.sku, relationships: items.length };
        await audit(tx, { action: 'product.relationships_changed', actor_id: actor.user_id, detail }, origin);
      });
    },
  };
}
