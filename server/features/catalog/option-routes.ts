// HTTP of a product's options, variants, relationships and successor.
import { z } from 'zod';
import {
  ProductRelationshipInput,
  ProductVariant,
  ProductVariantInput,
  RelatedProduct,
} from '../../../contract/catalog.ts';
import { Configuration, ConfigureRequest, SuccessorChain } from '../../../contract/catalog-options.ts';
import { Id } from '../../../contract/common.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { CatalogServices } from './services.ts';

const WithId = z.object({ id: Id });
const admin = { auth: 'admin', permission: 'platform:admin' } as const;
const tags = ['catalogue'];
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next_cursor: z.null() });

export function optionRoutes(
  server: Server,
  { catalog, catalogOptions, catalogPrices }: CatalogServices,
): void {
  server.post(
    '/api/v1/products/:id/configure',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary:
          'Choose options: whether they go together, price, lead time, part number, and what may still be chosen',
        params: WithId,
        body: ConfigureRequest,
        response: { 200: Configuration },
      },
    },
    async (request) => await catalogOptions.configure(actorOf(request), request.params.id, request.body),
  );
  server.get(
    '/api/v1/products/:id/successor',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'The product that is sold in place of this one, through every step between',
        params: WithId,
        response: { 200: SuccessorChain },
      },
    },
    async (request) => await catalogPrices.successor(actorOf(request), request.params.id),
  );
  server.put(
    '/api/v1/products/:id/variants',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Replace the variants of a product (administrators)',
        params: WithId,
        body: z.object({ items: z.array(ProductVariantInput).max(500) }),
        response: { 200: listOf(ProductVariant) },
      },
    },
    async (request) => ({
      items: await catalogOptions.replaceVariants(
        actorOf(request),
        request.params.id,
        request.body.items,
        originOf(request),
      ),
      next_cursor: null,
    }),
  );
  server.put(
    '/api/v1/products/:id/related',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Replace the relationships of a product, each with its strength (administrators)',
        params: WithId,
        body: z.object({ items: z.array(ProductRelationshipInput).max(500) }),
        response: { 200: listOf(RelatedProduct) },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      await catalogOptions.replaceRelationships(actor, id, request.body.items, originOf(request));
      return { items: await catalog.related(actor, id), next_cursor: null };
    },
  );
}
