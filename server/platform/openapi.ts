// The OpenAPI 3.1 document of all routes at /api/openapi.json and its page at /api/docs, and the list of problem types.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { Server } from './http.ts';

const DOCS_CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Before any route is added. */
export async function addOpenApi(server: Server, version: string): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'OFS platform',
        version,
        description:
          'From a floor plan and a conversation to a furnished, priced, explained proposal. Errors are problem documents (RFC 9457) with a stable `type`; lists are pages with `next_cursor`; POST accepts `Idempotency-Key`; updates honour `If-Match` with the `revision`.',
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'ofs_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: (input) => {
      const transformed = jsonSchemaTransform(input);
      const config = (input.route.config ?? {}) as { auth?: string };
      return config.auth === 'public'
        ? { ...transformed, schema: { ...transformed.schema, security: [] } }
        : transformed;
    },
  });
  await server.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = { ...route.config, auth: 'public' };
    });
    await docs.register(swaggerUi, {
      routePrefix: '/api/docs',
      staticCSP: true,
      transformStaticCSP: () => DOCS_CSP,
      uiConfig: { validatorUrl: null, docExpansion: 'none' },
    });
  });
  server.get(
    '/api/openapi.json',
    { schema: { hide: true }, config: { auth: 'public' } },
    async (_request, reply) => {
      return reply
        .type('application/json')
        .serializer((payload: unknown) => JSON.stringify(payload))
        .send(server.swagger());
    },
  );
}
