// HTTP of the catalogue: search and products for everyone signed in, writes and imports for administrators.
import type { MultipartFile } from '@fastify/multipart';
import { z } from 'zod';
import {
  ImportMapping,
  ImportRejection,
  ImportReport,
  Product,
  ProductForDealer,
  ProductHit,
  ProductInput,
  ProductSearchQuery,
  ProductSearchResult,
  ProductVariant,
  RelatedProduct,
} from '../../../contract/catalog.ts';
import { Id, PageQuery, pageOf, Time } from '../../../contract/common.ts';
import { AppError } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { Catalog } from './service.ts';

const WithId = z.object({ id: Id });
const Nothing = z.null();
const ProductAnswer = z.union([ProductForDealer, Product]);
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next_cursor: z.null() });
const Price = z.object({
  list_price: z.number(),
  dealer_price: z.number().nullable().optional(),
  msrp: z.number().nullable(),
  currency: z.string(),
  effective_from: Time,
  effective_to: Time.nullable(),
});
const StoredReport = ImportReport.extend({ id: Id });
const ImportItem = z.object({
  id: Id,
  file_name: z.string().nullable(),
  status: z.enum(['running', 'completed', 'failed']),
  read: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  rejected_count: z.number().int(),
  rejected: z.array(ImportRejection),
  error: z.string().nullable(),
  started_at: Time,
  finished_at: Time.nullable(),
});
const ProductChange = ProductInput.omit({ sku: true }).partial();
const admin = { auth: 'admin' } as const;

export function catalogRoutes(server: Server, catalog: Catalog): void {
  productRoutes(server, catalog);
  writeRoutes(server, catalog);
  importRoutes(server, catalog);
}

function productRoutes(server: Server, catalog: Catalog): void {
  const tags = ['catalogue'];
  server.get(
    '/api/v1/products',
    {
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
      schema: {
        tags,
        summary: 'Every price with the time from which it held, newest first',
        params: WithId,
        response: { 200: listOf(Price) },
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

function importRoutes(server: Server, catalog: Catalog): void {
  const tags = ['catalogue'];
  server.post(
    '/api/v1/catalog/imports',
    {
      config: admin,
      schema: {
        tags,
        summary:
          'Import CSV, JSON, JSON Lines or SIF (multipart field "file"; before it, optionally, "mapping": {their header: our name}); administrators',
        consumes: ['multipart/form-data'],
        response: { 201: StoredReport },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const part = await request.file();
      if (part === undefined) {
        throw new AppError(
          'invalid_input',
          'No file was sent; send it as multipart/form-data in a field named "file".',
        );
      }
      const mapping = mappingOf(part);
      const report = await catalog.importCatalog(part.file, {
        file_name: part.filename,
        mapping,
        started_by: actor.user_id,
      });
      if (part.file.truncated) {
        throw new AppError(
          'too_large',
          `${part.filename} is larger than an upload may be; the rows before the cut were imported. Split the file, or use the command line.`,
        );
      }
      return reply.code(201).header('location', `/api/v1/catalog/imports/${report.id}`).send(report);
    },
  );
  server.get(
    '/api/v1/catalog/imports',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Reports of imports, newest first (administrators)',
        querystring: PageQuery,
        response: { 200: pageOf(ImportItem) },
      },
    },
    async (request) =>
      (await catalog.imports(request.query)) as z.infer<ReturnType<typeof pageOf<typeof ImportItem>>>,
  );
  server.get(
    '/api/v1/catalog/imports/:id',
    {
      config: admin,
      schema: {
        tags,
        summary: 'One import with its rejected rows (administrators)',
        params: WithId,
        response: { 200: ImportItem },
      },
    },
    async (request) => (await catalog.getImport(request.params.id)) as z.infer<typeof ImportItem>,
  );
}

/** The field "mapping", which must come before the file: what comes after it has not been read yet. */
function mappingOf(part: MultipartFile): ImportMapping | undefined {
  const field = part.fields['mapping'];
  if (field === undefined || Array.isArray(field) || field.type !== 'field') return undefined;
  try {
    return ImportMapping.parse(JSON.parse(String(field.value)));
  } catch {
    throw new AppError(
      'invalid_input',
      'The mapping must be JSON such as {"Their header": "list_price"}; mend it and send the file again.',
    );
  }
}
