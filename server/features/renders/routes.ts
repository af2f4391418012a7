// HTTP of renders and of the models the 3D views are made from.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import {
  FloorModelQuery,
  MAX_RENDER_BYTES,
  ModelLink,
  Render,
  SaveRenderQuery,
} from '../../../contract/renders.ts';
import { AppError } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { ModelFile, Models } from './models.ts';
import type { Renders } from './service.ts';

const WithId = z.object({ id: Id });

export function renderRoutes(server: Server, renders: Renders): void {
  pictureRoutes(server, renders);
  modelRoutes(server, renders.models);
}

function pictureRoutes(server: Server, renders: Renders): void {
  const tags = ['renders'];
  server.post(
    '/api/v1/projects/:id/renders',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Keep a picture of the 3D view (PNG or JPEG, multipart field "file", up to 12 MB)',
        consumes: ['multipart/form-data'],
        params: WithId,
        querystring: SaveRenderQuery,
        response: { 201: Render },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const origin = originOf(request as FastifyRequest);
      const read = () => uploaded(request as FastifyRequest);
      const made = await renders.save(actor, request.params.id, request.query, read, origin);
      return reply.code(201).header('location', `/api/v1/renders/${made.id}/file`).send(made);
    },
  );
  server.get(
    '/api/v1/projects/:id/renders',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Pictures kept with a project, newest first',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(Render) },
      },
    },
    async (request) => await renders.list(actorOf(request), request.params.id, request.query),
  );
  server.get(
    '/api/v1/renders/:id/file',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'The picture itself; ?download=true names it for saving',
        params: WithId,
        querystring: z.object({ download: z.enum(['true']).optional() }),
      },
    },
    async (request, reply) => {
      const { render, stream } = await renders.file(actorOf(request), request.params.id);
      const extension = render.content_type === 'image/png' ? 'png' : 'jpg';
      const kind = request.query.download === 'true' ? 'attachment' : 'inline';
      return (reply as FastifyReply)
        .header(
          'content-disposition',
          `${kind}; filename*=UTF-8''${encodeURIComponent(`${render.name}.${extension}`)}`,
        )
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'private, max-age=3600')
        .header('content-length', render.file_size_bytes)
        .type(render.content_type)
        .serializer((payload: unknown) => payload as string)
        .send(stream);
    },
  );
  server.delete(
    '/api/v1/renders/:id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Delete a picture and its file',
        params: WithId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await renders.remove(actorOf(request), request.params.id, originOf(request as FastifyRequest));
      return reply.code(204).send(null);
    },
  );
}

function modelRoutes(server: Server, models: Models): void {
  const tags = ['models'];
  server.get(
    '/api/v1/floor-plans/:id/model.glb',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'The furnished floor as .glb, the same scene as the export; with an ETag',
        params: WithId,
        querystring: FloorModelQuery,
      },
    },
    async (request, reply) => {
      const known = request.headers['if-none-match'];
      const { scenario } = request.query;
      return handOut(reply, await models.floor(actorOf(request), request.params.id, scenario, known));
    },
  );
  server.get(
    '/api/v1/products/:id/model.glb',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'A product drawn from its own dimensions as .glb, in metres; with an ETag',
        params: WithId,
      },
    },
    async (request, reply) => {
      const known = request.headers['if-none-match'];
      return handOut(reply, await models.product(actorOf(request), request.params.id, known));
    },
  );
  server.post(
    '/api/v1/products/:id/model-links',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'An address of the model for programs that do not sign in (augmented reality); 15 minutes',
        params: WithId,
        response: { 201: ModelLink },
      },
    },
    async (request, reply) => reply.code(201).send(await models.link(actorOf(request), request.params.id)),
  );
  server.get(
    '/api/v1/product-models/:ticket.glb',
    {
      config: { auth: 'public', permission: 'public' },
      schema: {
        tags,
        summary: 'The model of a link',
        params: z.object({ ticket: z.string().regex(/^[\w-]{32}$/) }),
      },
    },
    async (request, reply) => handOut(reply, await models.byLink(request.params.ticket)),
  );
}

async function uploaded(request: FastifyRequest): Promise<Uint8Array> {
  const part = await request.file();
  if (part === undefined)
    throw new AppError(
      'invalid_input',
      'No picture was sent; send it as multipart/form-data in a field named "file".',
    );
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of part.file) {
    size += (chunk as Buffer).length;
    // Read to its end even where it is too large, so that the answer can be heard.
    if (size <= MAX_RENDER_BYTES) chunks.push(chunk as Buffer);
  }
  if (size > MAX_RENDER_BYTES || part.file.truncated)
    throw new AppError(
      'too_large',
      `The picture is larger than ${MAX_RENDER_BYTES / 1024 / 1024} MB; save a smaller one.`,
    );
  return Buffer.concat(chunks);
}

function handOut(reply: unknown, model: ModelFile): FastifyReply {
  const answer = (reply as FastifyReply)
    .header('etag', model.etag)
    .header('cache-control', 'private, no-cache');
  if (model.bytes === null) return answer.code(304).send();
  return answer
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(model.file_name)}`)
    .type('model/gltf-binary')
    .serializer((payload: unknown) => payload as string)
    .send(Buffer.from(model.bytes.buffer, model.bytes.byteOffset, model.bytes.byteLength));
}
