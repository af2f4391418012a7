// HTTP of an organization's branding.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OrganizationBranding, UpdateBrandingRequest } from '../../../contract/branding.ts';
import { Id } from '../../../contract/common.ts';
import { AppError } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { MOST_LOGO_BYTES } from './logo.ts';
import type { Branding } from './service.ts';

const WithId = z.object({ id: Id });
const tags = ['branding'];

export function brandingRoutes(server: Server, branding: Branding): void {
  server.get(
    '/api/v1/organizations/:id/branding',
    {
      config: { permission: 'organization:read' },
      schema: {
        tags,
        summary: 'Logo, colours, foot line and paper of an organization’s files',
        params: WithId,
        response: { 200: OrganizationBranding },
      },
    },
    async (request) => await branding.get(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/organizations/:id/branding',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Change colours, foot line or paper',
        params: WithId,
        body: UpdateBrandingRequest,
        response: { 200: OrganizationBranding },
      },
    },
    async (request) =>
      await branding.update(actorOf(request), request.params.id, request.body, originOf(request)),
  );
  server.post(
    '/api/v1/organizations/:id/branding/logo',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Set the logo: PNG or JPEG, 5 MB at most (multipart field "file")',
        consumes: ['multipart/form-data'],
        params: WithId,
        response: { 200: OrganizationBranding },
      },
    },
    async (request) => {
      const bytes = await uploaded(request as FastifyRequest);
      return await branding.setLogo(
        actorOf(request),
        request.params.id,
        bytes,
        originOf(request as FastifyRequest),
      );
    },
  );
  server.delete(
    '/api/v1/organizations/:id/branding/logo',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Take the logo away',
        params: WithId,
        response: { 200: OrganizationBranding },
      },
    },
    async (request) =>
      await branding.removeLogo(actorOf(request), request.params.id, originOf(request as FastifyRequest)),
  );
}

/** No more of the file is read than a logo may have. */
async function uploaded(request: FastifyRequest): Promise<Buffer> {
  const part = await request.file();
  if (part === undefined)
    throw new AppError(
      'invalid_input',
      'No file was sent; send it as multipart/form-data in a field named "file".',
    );
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_LOGO_BYTES) parts.push(chunk);
  }
  if (size > MOST_LOGO_BYTES)
    throw new AppError('too_large', 'The logo is larger than 5 MB; send a smaller picture.');
  return Buffer.concat(parts);
}
