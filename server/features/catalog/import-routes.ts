// HTTP of imports and price lists, for administrators.
import type { MultipartFile } from '@fastify/multipart';
import { z } from 'zod';
import { ImportMapping, ImportReport } from '../../../contract/catalog.ts';
import {
  CatalogImport,
  CatalogImportWithPreview,
  ImportPreview,
  ImportTarget,
  PreviewImportRequest,
  PriceList,
  StartImportRequest,
} from '../../../contract/catalog-imports.ts';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import { IMPORT_TARGETS } from '../../../engine/catalog/import/preview.ts';
import { AppError } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { CatalogPrices } from './prices.ts';
import type { CatalogServices } from './services.ts';

const WithId = z.object({ id: Id });
const StoredReport = ImportReport.extend({ id: Id });
const admin = { auth: 'admin', permission: 'platform:admin' } as const;
const tags = ['catalogue'];

export function importRoutes(server: Server, { catalog, catalogImports }: CatalogServices): void {
  server.post(
    '/api/v1/catalog/imports',
    {
      config: admin,
      schema: {
        tags,
        summary:
          'Send CSV, JSON, JSON Lines or SIF (multipart field "file"; before it, optionally, "mapping": {their header: our name}): read at once; with preview=true stored and previewed, to be started; administrators',
        consumes: ['multipart/form-data'],
        querystring: z.object({ preview: z.enum(['true', 'false']).default('false') }),
        response: { 201: z.union([CatalogImportWithPreview, StoredReport]) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const part = await request.file();
      if (part === undefined)
        throw new AppError(
          'invalid_input',
          'No file was sent; send it as multipart/form-data in a field named "file".',
        );
      const file_name = part.filename;
      if (request.query.preview === 'true') {
        const file = { file_name, stream: part.file, truncated: () => part.file.truncated };
        const made = await catalogImports.upload(actor, file, originOf(request));
        return reply.code(201).header('location', `/api/v1/catalog/imports/${made.id}`).send(made);
      }
      const report = await catalog.importCatalog(part.file, {
        file_name,
        mapping: mappingOf(part),
        started_by: actor.user_id,
      });
      if (part.file.truncated)
        throw new AppError(
          'too_large',
          `${file_name} is larger than an upload may be; the rows before the cut were imported. Split the file, or use the command line.`,
        );
      return reply.code(201).header('location', `/api/v1/catalog/imports/${report.id}`).send(report);
    },
  );
  server.get(
    '/api/v1/catalog/imports',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Imports, newest first (administrators)',
        querystring: PageQuery,
        response: { 200: pageOf(CatalogImport) },
      },
    },
    async (request) => await catalogImports.list(request.query),
  );
  server.get(
    '/api/v1/catalog/import-targets',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Columns of a product that a mapping may lead to (administrators)',
        response: { 200: z.object({ items: z.array(ImportTarget), next_cursor: z.null() }) },
      },
    },
    () => ({ items: IMPORT_TARGETS, next_cursor: null }),
  );
  oneImportRoutes(server, { catalogImports });
}

function oneImportRoutes(server: Server, { catalogImports }: Pick<CatalogServices, 'catalogImports'>): void {
  server.get(
    '/api/v1/catalog/imports/:id',
    {
      config: admin,
      schema: {
        tags,
        summary:
          'One import: its preview before, its progress while it runs, its report after (administrators)',
        params: WithId,
        response: { 200: CatalogImportWithPreview },
      },
    },
    async (request) => await catalogImports.get(request.params.id),
  );
  server.post(
    '/api/v1/catalog/imports/:id/preview',
    {
      config: admin,
      schema: {
        tags,
        summary: 'The file with other columns (administrators)',
        params: WithId,
        body: PreviewImportRequest,
        response: { 200: ImportPreview },
      },
    },
    async (request) => await catalogImports.preview(request.params.id, request.body.mapping),
  );
  server.post(
    '/api/v1/catalog/imports/:id/start',
    {
      config: admin,
      schema: {
        tags,
        summary:
          'Store the rows, with these columns and, if given, as a price list with its days; a job (administrators)',
        params: WithId,
        body: StartImportRequest,
        response: { 202: CatalogImportWithPreview },
      },
    },
    async (request, reply) =>
      reply
        .code(202)
        .send(
          await catalogImports.start(actorOf(request), request.params.id, request.body, originOf(request)),
        ),
  );
  server.post(
    '/api/v1/catalog/imports/:id/cancel',
    {
      config: admin,
      schema: {
        tags,
        summary: 'End an import; rows that are stored stay (administrators)',
        params: WithId,
        response: { 200: CatalogImportWithPreview },
      },
    },
    async (request) => await catalogImports.cancel(actorOf(request), request.params.id, originOf(request)),
  );
  server.get(
    '/api/v1/catalog/imports/:id/rejected.csv',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Every rejected row with its line and the reason, as CSV (administrators)',
        params: WithId,
      },
    },
    async (request, reply) => {
      const { file_name, stream } = await catalogImports.rejected(request.params.id);
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file_name)}`)
        .send(stream);
    },
  );
}

export function priceListRoutes(server: Server, prices: CatalogPrices): void {
  server.get(
    '/api/v1/catalog/price-lists',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Price lists with the days from which they hold, the latest first (administrators)',
        querystring: PageQuery,
        response: { 200: pageOf(PriceList) },
      },
    },
    async (request) => await prices.lists(request.query),
  );
  server.get(
    '/api/v1/catalog/price-lists/:id',
    {
      config: admin,
      schema: {
        tags,
        summary: 'One price list (administrators)',
        params: WithId,
        response: { 200: PriceList },
      },
    },
    async (request) => await prices.list(request.params.id),
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
