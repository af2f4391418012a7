// HTTP of exports, their files and links, project imports and order files.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import {
  ApplySifRequest,
  CreateExportRequest,
  CreateLinkRequest,
  Export,
  ExportLink,
  ImportProjectQuery,
  LinkQuery,
  ProjectImportReport,
  SifImport,
  SifImportQuery,
} from '../../../contract/exports.ts';
import { AppError } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { ExportFile, Exports } from './service.ts';

const WithId = z.object({ id: Id });
/** An API token with only the scope `export` makes and fetches files, and does nothing else. */
const MAKES = { scope: ['export', 'write'] } as const;
const FETCHES = { scope: ['export', 'read'] } as const;

export function exportRoutes(server: Server, exports: Exports): void {
  makingRoutes(server, exports);
  fileRoutes(server, exports);
  importRoute(server, exports);
  orderRoutes(server, exports);
}

function makingRoutes(server: Server, exports: Exports): void {
  const tags = ['exports'];
  server.post(
    '/api/v1/projects/:id/exports',
    {
      config: { ...MAKES, permission: 'project:read' },
      schema: {
        tags,
        summary: 'Export a project as a file: a job; the live stream tells its progress',
        params: WithId,
        body: CreateExportRequest,
        response: { 202: Export },
      },
    },
    async (request, reply) => {
      const made = await exports.start(
        actorOf(request),
        request.params.id,
        request.body,
        originOf(request as FastifyRequest),
      );
      return reply.code(202).header('location', `/api/v1/exports/${made.id}`).send(made);
    },
  );
  server.get(
    '/api/v1/projects/:id/exports',
    {
      config: { ...FETCHES, permission: 'project:read' },
      schema: {
        tags,
        summary: 'Exports of a project that one may see, newest first',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(Export) },
      },
    },
    async (request) => await exports.list(actorOf(request), request.params.id, request.query),
  );
  server.get(
    '/api/v1/exports/:id',
    {
      config: { ...FETCHES, permission: 'project:read' },
      schema: {
        tags,
        summary: 'One export with what was left out',
        params: WithId,
        response: { 200: Export },
      },
    },
    async (request) => await exports.get(actorOf(request), request.params.id),
  );
  server.delete(
    '/api/v1/exports/:id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Delete an export; its file and every link to it end',
        params: WithId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await exports.remove(actorOf(request), request.params.id, originOf(request as FastifyRequest));
      return reply.code(204).send(null);
    },
  );
}

function fileRoutes(server: Server, exports: Exports): void {
  const tags = ['exports'];
  server.get(
    '/api/v1/exports/:id/file',
    {
      config: { ...FETCHES, permission: 'project:read' },
      schema: { tags, summary: 'The exported file', params: WithId },
    },
    async (request, reply) =>
      handOut(
        reply,
        await exports.file(actorOf(request), request.params.id, originOf(request as FastifyRequest)),
      ),
  );
  server.post(
    '/api/v1/exports/:id/links',
    {
      config: { ...MAKES, permission: 'project:read' },
      schema: {
        tags,
        summary:
          'A signed link to the file for people without an account; a file with costs is handed out a day at most',
        params: WithId,
        body: CreateLinkRequest,
        response: { 201: ExportLink },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(
          await exports.link(
            actorOf(request),
            request.params.id,
            request.body,
            originOf(request as FastifyRequest),
          ),
        ),
  );
  server.get(
    '/api/v1/export-links/:id',
    {
      config: { auth: 'public', permission: 'public' },
      schema: { tags, summary: 'The file of a signed link', params: WithId, querystring: LinkQuery },
    },
    async (request, reply) =>
      handOut(
        reply,
        await exports.fileByLink(request.params.id, request.query, originOf(request as FastifyRequest)),
      ),
  );
}

function handOut(reply: Pick<FastifyReply, 'header'>, file: ExportFile): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.file_name)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, no-store')
    .header('referrer-policy', 'no-referrer')
    .header('content-length', file.size)
    .type(file.content_type)
    .serializer((payload: unknown) => payload as string)
    .send(file.stream);
}

async function uploaded(request: FastifyRequest) {
  const part = await request.file();
  if (part === undefined)
    throw new AppError(
      'invalid_input',
      'No file was sent; send it as multipart/form-data in a field named "file".',
    );
  return { file_name: part.filename, stream: part.file };
}

function importRoute(server: Server, exports: Exports): void {
  server.post(
    '/api/v1/projects/import',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags: ['exports'],
        summary: 'Take in a project that was exported as JSON (multipart field "file"); it gets new ids',
        consumes: ['multipart/form-data'],
        querystring: ImportProjectQuery,
        response: { 201: ProjectImportReport },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const origin = originOf(request as FastifyRequest);
      const upload = await uploaded(request as FastifyRequest);
      const report = await exports.importProject(actor, upload, request.query, origin);
      return reply.code(201).header('location', `/api/v1/projects/${report.project_id}`).send(report);
    },
  );
}

function orderRoutes(server: Server, exports: Exports): void {
  const tags = ['order files'];
  server.post(
    '/api/v1/projects/:id/sif-imports',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Compare an order file (SIF, multipart field "file") with the bill; nothing is changed',
        consumes: ['multipart/form-data'],
        params: WithId,
        querystring: SifImportQuery,
        response: { 201: SifImport },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const origin = originOf(request as FastifyRequest);
      const upload = await uploaded(request as FastifyRequest);
      const found = await exports.readOrder(actor, request.params.id, upload, request.query, origin);
      return reply.code(201).header('location', `/api/v1/sif-imports/${found.id}`).send(found);
    },
  );
  server.get(
    '/api/v1/projects/:id/sif-imports',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Order files read against this project, newest first',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(SifImport) },
      },
    },
    async (request) => await exports.orderFiles(actorOf(request), request.params.id, request.query),
  );
  server.get(
    '/api/v1/sif-imports/:id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'One order file with its report',
        params: WithId,
        response: { 200: SifImport },
      },
    },
    async (request) => await exports.orderFile(actorOf(request), request.params.id),
  );
  server.post(
    '/api/v1/sif-imports/:id/apply',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Take the differences over into the bill as one change; refused where the bill has changed since',
        params: WithId,
        body: ApplySifRequest.nullish(),
        response: { 200: SifImport },
      },
    },
    async (request) =>
      await exports.applyOrderFile(
        actorOf(request),
        request.params.id,
        request.body ?? {},
        originOf(request as FastifyRequest),
      ),
  );
  server.post(
    '/api/v1/sif-imports/:id/undo',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Take an applied order file back',
        params: WithId,
        response: { 200: SifImport },
      },
    },
    async (request) =>
      await exports.undoOrderFile(actorOf(request), request.params.id, originOf(request as FastifyRequest)),
  );
}
