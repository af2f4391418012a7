// HTTP of a person's own data, and of erasure for administrators.
import { z } from 'zod';
import { Id, pageOf } from '../../../contract/common.ts';
import {
  EraseRequest,
  ErasurePreview,
  ErasureReceipt,
  PersonExport,
  PersonQuery,
} from '../../../contract/privacy.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import type { Privacy } from './service.ts';

const WithId = z.object({ id: Id });

export function privacyRoutes(server: Server, privacy: Privacy): void {
  ownDataRoutes(server, privacy);
  erasureRoutes(server, privacy);
}

function ownDataRoutes(server: Server, privacy: Privacy): void {
  const tags = ['accounts'];

  server.get(
    '/api/v1/auth/me/data-exports',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Copies of your own data, newest first',
        querystring: ListQuery,
        response: { 200: pageOf(PersonExport) },
      },
    },
    async (request) => pageOfList(await privacy.exports(actorOf(request)), request.query),
  );
  server.post(
    '/api/v1/auth/me/data-exports',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Ask for a copy of everything held under your account, as a zip with a manifest',
        response: { 202: PersonExport },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await privacy.requestExport(actorOf(request), originOf(request))),
  );
  server.get(
    '/api/v1/auth/me/data-exports/:id/file',
    {
      config: { permission: 'signed_in' },
      schema: { tags, summary: 'Download a copy of your data', params: WithId },
    },
    async (request, reply) => {
      const file = await privacy.openExport(actorOf(request), request.params.id, originOf(request));
      return reply
        .header('content-type', 'application/zip')
        .header('content-length', file.size)
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .header('cache-control', 'private, no-store')
        .send(file.stream);
    },
  );
  server.get(
    '/api/v1/auth/me/erasure',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'What erasing your account would delete, hand over, and what stands in its way',
        response: { 200: ErasurePreview },
      },
    },
    async (request) => await privacy.preview({ id: actorOf(request).user_id }),
  );
}

function erasureRoutes(server: Server, privacy: Privacy): void {
  const tags = ['administration'];
  const config = { auth: 'admin', permission: 'platform:admin' } as const;

  server.get(
    '/api/v1/admin/persons',
    {
      config,
      schema: {
        tags,
        summary: 'A person by e-mail, with what erasing them would do',
        querystring: PersonQuery,
        response: { 200: ErasurePreview },
      },
    },
    async (request) => await privacy.preview({ email: request.query.email }),
  );
  server.post(
    '/api/v1/admin/persons/:id/erasure',
    {
      config,
      schema: {
        tags,
        summary: 'Erase a person in every store; answers with the receipt to come',
        params: WithId,
        body: EraseRequest,
        response: { 202: ErasureReceipt },
      },
    },
    async (request, reply) =>
      reply
        .code(202)
        .send(await privacy.erase(actorOf(request), request.params.id, request.body, originOf(request))),
  );
  server.get(
    '/api/v1/admin/erasures',
    {
      config,
      schema: {
        tags,
        summary: 'Receipts of erasures, newest first',
        querystring: ListQuery,
        response: { 200: pageOf(ErasureReceipt) },
      },
    },
    async (request) => pageOfList(await privacy.receipts(), request.query),
  );
  server.get(
    '/api/v1/admin/erasures/:id',
    {
      config,
      schema: { tags, summary: 'One receipt', params: WithId, response: { 200: ErasureReceipt } },
    },
    async (request) => await privacy.receipt(request.params.id),
  );
}
