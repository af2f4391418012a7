// The OpenAPI 3.1 document of all routes at /api/openapi.json and its page at /api/docs, and the list of problem types.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contract/common.ts';
import type { Server } from './http.ts';

const DOCS_CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

type Described = ReturnType<typeof jsonSchemaTransform>['schema'];

/** The problem document as a component; OpenAPI 3.1 names the dialect for the whole document. */
function problemSchema(): object {
  const { $schema: _, ...schema } = z.toJSONSchema(Problem);
  return schema;
}

/** GET /api/v1/projects/{id}/floor-plans → getProjectsByIdFloorPlans: unique as the routes are, and stable. */
function operationId(method: string, url: string): string {
  const words = url
    .replace(/^\/api\/v1\//, '')
    .replace(/[:{](\w+)\}?/g, 'by-$1')
    .split(/\W|_/)
    .filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => (word[0] ?? '').toUpperCase() + word.slice(1)).join('');
}

function header(name: string, description: string): object {
  return { type: 'object', properties: { [name]: { type: 'string', description } } };
}

/** What every operation of its kind shares and the routes therefore do not repeat. */
function describe(schema: Described, method: string, url: string, open: boolean): Described {
  const { consumes = [], produces = [], ...rest } = schema;
  const form = consumes.includes('multipart/form-data');
  const headers =
    method === 'PATCH'
      ? header('If-Match', 'The revision the change is made to; 412 where it is no longer the present one.')
      : method === 'POST' && !form
        ? header(
            'Idempotency-Key',
            'The answer to the first request with this key is given again to a repeat.',
          )
        : undefined;
  const responses: Record<string, unknown> = { ...(rest.response as Record<string, unknown> | undefined) };
  if (produces.includes('text/event-stream')) {
    responses['200'] = {
      description: 'Server-sent events',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    };
  }
  // A route that sends bytes or text has no schema of its answer.
  if (!Object.keys(responses).some((code) => code.startsWith('2')))
    responses['200'] = { description: 'Done', content: { '*/*': { schema: {} } } };
  responses['default'] = {
    description: 'Any error, as a problem document (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    ...rest,
    operationId: operationId(method, url),
    ...(open ? { security: [] } : {}),
    ...(headers === undefined ? {} : { headers }),
    ...(form
      ? {
          consumes,
          body: {
            type: 'object',
            required: ['file'],
            properties: { file: { type: 'string', format: 'binary' } },
          },
        }
      : {}),
    response: responses,
  } as Described;
}

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
        schemas: { Problem: problemSchema() },
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'ofs_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: (input) => {
      const { url, schema } = jsonSchemaTransform(input);
      const config = (input.route.config ?? {}) as { auth?: string; permission?: string };
      const described = describe(schema, String(input.route.method), url, config.auth === 'public');
      return {
        url,
        schema:
          config.permission === undefined ? described : { ...described, 'x-permission': config.permission },
      };
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
