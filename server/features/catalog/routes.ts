// HTTP of the catalogue: search and products for everyone signed in, writes and imports for administrators.
import { z } from 'zod';
import {
  Product,
  ProductForDealer,
  ProductHit,
  ProductInput,
  ProductSearchQuery,
  ProductSearchResult,
  ProductVariant,
  RelatedProduct,
} from '../../../contract/catalog.ts';
import { ProductPrice } from '../../../contract/catalog-imports.ts';
import { Id } from '../../../contract/common.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { importRoutes, priceListRoutes } from './import-routes.ts';
import { optionRoutes } from './option-routes.ts';
import type { Catalog } from './service.ts';
import type { CatalogServices } from './services.ts';

const WithId = z.object({ id: Id });
const Nothing = z.null();
const ProductAnswer = z.union([ProductForDealer, Product]);
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next_cursor: z.null() });
const ProductChange = ProductInput.omit({ sku: true }).partial();
const admin = { auth: 'admin', permission: 'platform:admin' } as const;

export function catalogRoutes(server: Server, services: CatalogServices): void {
  productRoutes(server, services.catalog);
  writeRoutes(server, services.catalog);
  optionRoutes(server, services);
  importRoutes(server, services);
  priceListRoutes(server, services.catalogPrices);
}

function productRoutes(server: Server, catalog: Catalog): void {
  const tags = ['catalogue'];
  server.get(
    '/api/v1/products',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary:
          'Search in words, meaning and facts, or list with filters; with facets and the filters read from the words',
        querystring: ProductSearchQuery,
        response: { 200: ProductSearchResult },
      },
    },
    async (request) => await catalog.search(actorOf(request), request.query),
  );
  server.get(
    '/api/v1/products/:id',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'One product; dealers and the maker see the dealer price',
        params: WithId,
        response: { 200: ProductAnswer },
      },
    },
    async (request) => await catalog.get(actorOf(request), request.params.id),
  );
  server.get(
    '/api/v1/products/:id/variants',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Colours, finishes and configurations',
        params: WithId,
        response: { 200: listOf(ProductVariant) },
      },
    },
    async (request) => ({
      items: await catalog.variants(actorOf(request), request.params.id),
      next_cursor: null,
    }),
  );
  server.get(
    '/api/v1/products/:id/related',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Alternatives, accessories, companions, bundles, collection',
        params: WithId,
        response: { 200: listOf(RelatedProduct) },
      },
    },
    async (request) => ({
      items: await catalog.related(actorOf(request), request.params.id),
      next_cursor: null,
    }),
  );
  server.get(
    '/api/v1/products/:id/similar',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Products nearest in meaning',
        params: WithId,
        response: { 200: listOf(ProductHit) },
      },
    },
    async (request) => ({
      items: await catalog.similar(actorOf(request), request.params.id),
      next_cursor: null,
    }),
  );
  server.get(
    '/api/v1/products/:id/prices',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Every price with the time from which it holds, those that lie ahead first',
        params: WithId,
        response: { 200: listOf(ProductPrice) },
      },
    },
    async (request) => ({
      items: await catalog.prices(actorOf(request), request.params.id),
      next_cursor: null,
    }),
  );
}

function writeRoutes(server: Server, catalog: Catalog): void {
  const tags = ['catalogue'];
  server.post(
    '/api/v1/products',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Add a product (administrators)',
        body: ProductInput,
        response: { 201: ProductAnswer },
      },
    },
    async (request, reply) => {
      const product = await catalog.create(actorOf(request), request.body, originOf(request));
      return reply.code(201).header('location', `/api/v1/products/${product.id}`).send(product);
    },
  );
  server.patch(
    '/api/v1/products/:id',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Change a product (administrators)',
        params: WithId,
        body: ProductChange,
        response: { 200: ProductAnswer },
      },
    },
    async (request) =>
      await catalog.update(actorOf(request), request.params.id, request.body, originOf(request)),
  );
  server.delete(
    '/api/v1/products/:id',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Take a product out of the catalogue (administrators)',
        params: WithId,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await catalog.remove(actorOf(request), request.params.id, originOf(request));
      return reply.code(204).send(null);
    },
  );
}
