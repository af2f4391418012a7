// The HTTP server without any domain: validation by zod, problem documents, request ids, sign-in hook, security
// headers, rate limits, OpenAPI and its page, health and metrics. Features add routes to it.
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import multipart from '@fastify/multipart';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Permission } from '../../contract/permissions.ts';
import { securityHeaders } from './content-policy.ts';
import { AppError, problemOf } from './errors.ts';
import { asAppError } from './http-errors.ts';
import { addOrderlyStop, addTraces, addUploadsEnd, answerGarbage } from './http-life.ts';
import { isNestedDeeperThan, MOST_NESTING } from './json-depth.ts';
import type { Kv } from './kv.ts';
import { makeRateLimiter, senderOf } from './rate-limit.ts';
import type { Metrics } from './telemetry.ts';
import type { Begun } from './tracing.ts';

export type Server = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Who makes the request. */
export interface Actor {
  user_id: string;
  is_admin: boolean;
  /** How they signed in; API tokens are limited to their scopes. */
  by:
    | {
        kind: 'session';
        session_id: string;
        /** What the person may do has changed since: the session gets a new token. */
        must_rotate?: boolean;
      }
    | { kind: 'token'; token_id: string; scopes: string[] };
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
    trace?: Begun | undefined;
  }
  interface FastifyContextConfig {
    /** Who may call: everyone, everyone signed in (the default), platform administrators. */
    auth?: 'public' | 'user' | 'admin';
    /** What the caller needs; the service checks it, the OpenAPI document repeats it. Every route says it. */
    permission?: Permission;
    /** The scopes of which an API token needs one; read for GET, write otherwise. */
    scope?: readonly ('read' | 'write' | 'export')[];
    /** Scopes an API token needs besides: where what is made opens more than the first alone. */
    also?: readonly ('read' | 'write' | 'export')[];
    /** 'none' for health and metrics. */
    rate_limit?: 'api' | 'none';
  }
}

/** The API token of a request; another kind of Authorization, a proxy's password for instance, is none of ours. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

export interface HttpOptions {
  logger: Logger;
  kv: Kv;
  metrics: Metrics;
  /** How many proxies stand before us: the sender is who the outermost of them names. */
  trust_proxy: number;
  public_url: string | undefined;
  api_rate_per_minute: number;
  max_upload_bytes: number;
  authenticate: (request: FastifyRequest) => Promise<Actor | null>;
  now: () => Date;
}

const JSON_BODY_LIMIT = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 120_000;
const HEADERS_TIMEOUT_MS = 20_000;

/** The signed-in user of a request; throws 401 otherwise. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor === null)
    throw new AppError('not_signed_in', 'Sign in first, or send an API token as "Authorization: Bearer …".');
  return request.actor;
}

export async function makeServer(options: HttpOptions): Promise<Server> {
  const headers = securityHeaders(options.public_url?.startsWith('https:') === true);
  const server = Fastify({
    loggerInstance: options.logger as FastifyBaseLogger,
    trustProxy: options.trust_proxy === 0 ? false : (_address, hop) => hop < options.trust_proxy,
    bodyLimit: JSON_BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Who dribbles headers is cut off long before who sends a large file slowly.
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 5_000 },
    genReqId: (request) => requestId(request.headers['x-request-id']),
    clientErrorHandler: answerGarbage(headers),
    // Requests are logged by our own hook, one line each.
    frameworkErrors: (error, request, reply) => {
      reply.headers(headers).header('x-request-id', request.id).header('cache-control', 'no-store');
      void sendProblem(request, reply, asAppError(error));
    },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>() as unknown as Server;
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.decorateRequest('actor', null);
  server.decorateRequest('trace', undefined);

  // Many clients name the type even where they send nothing: no body then, instead of an error.
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else if (isNestedDeeperThan(body as string, MOST_NESTING))
      done(
        new AppError(
          'invalid_input',
          `The body is nested deeper than ${MOST_NESTING} levels; send fewer lists and objects within each other.`,
        ),
      );
    else parseJson(request, body as string, done);
  });

  await server.register(cookie);
  // No origin but our own: without this plugin's headers a browser refuses other sites' scripts.
  await server.register(cors, { origin: false });
  await server.register(multipart, {
    limits: {
      fileSize: options.max_upload_bytes,
      files: 1,
      fields: 10,
      fieldSize: 10_000,
      parts: 12,
      headerPairs: 50,
    },
    throwFileSizeLimit: false,
  });

  addTraces(server);
  addOrderlyStop(server);
  addUploadsEnd(server);
  addRequestLog(server, options);
  addAuthentication(server, options);
  addErrors(server);
  return server;
}

/** A caller's request id is kept when it is short and plain, else a new one is made. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

// These run for every request: those that wait for nothing say so with `done`, which costs less than a promise.
function addRequestLog(server: Server, { metrics, public_url }: HttpOptions): void {
  const headers = securityHeaders(public_url?.startsWith('https:') === true);
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id);
    done();
  });
  // What the API answers belongs to who asked: nothing on the way, and no browser, keeps it unless the route says so.
  server.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/api/v1/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.http.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    if (request.routeOptions.config.rate_limit === 'none') return done();
    request.log.info(
      {
        method: request.method,
        route,
        status: reply.statusCode,
        took_ms: Math.round(reply.elapsedTime),
        ...(request.actor === null ? {} : { user_id: request.actor.user_id }),
      },
      'request',
    );
    done();
  });
}

function addAuthentication(server: Server, options: HttpOptions): void {
  const limiter = makeRateLimiter(options.kv, {
    name: 'api',
    points: options.api_rate_per_minute,
    window_seconds: 60,
  });
  server.addHook('onRequest', async (request, reply) => {
    const config = request.routeOptions.config;
    if (config.rate_limit === 'none') return;
    if (!request.url.startsWith('/api/')) return;
    refuseForeignOrigins(request, options.public_url);
    request.actor = await options.authenticate(request);
    const used = await limiter.consume(request.actor?.user_id ?? senderOf(request.ip));
    reply.header('ratelimit-limit', used.limit).header('ratelimit-remaining', used.remaining);
    if (!used.allowed) {
      throw new AppError(
        'too_many_requests',
        `Too many requests; wait ${used.retry_after_seconds} s and go on.`,
        {
          retry_after: used.retry_after_seconds,
        },
      );
    }
    const auth = config.auth ?? 'user';
    if (auth === 'public' || request.is404) return;
    const actor = actorOf(request);
    if (auth === 'admin' && !actor.is_admin) {
      throw new AppError('forbidden', 'Only an administrator of the platform may do this.');
    }
    requireScope(request, actor);
  });
}

const READING = new Set(['GET', 'HEAD']);

function requireScope(request: FastifyRequest, actor: Actor): void {
  if (actor.by.kind !== 'token') return;
  const { scopes } = actor.by;
  const enough = request.routeOptions.config.scope ?? [READING.has(request.method) ? 'read' : 'write'];
  const missing = enough.some((scope) => scopes.includes(scope))
    ? request.routeOptions.config.also?.find((scope) => !scopes.includes(scope))
    : enough[0];
  if (missing !== undefined)
    throw new AppError('forbidden', `This API token lacks the scope "${missing}"; make one that has it.`);
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A browser tells where a request comes from; another site's page may not write with our cookie. */
function refuseForeignOrigins(request: FastifyRequest, publicUrl: string | undefined): void {
  // A token is never sent by a browser on its own; a password kept for the site is.
  if (SAFE_METHODS.has(request.method) || bearerOf(request) !== undefined) return;
  const origin = request.headers.origin;
  const site = request.headers['sec-fetch-site'];
  const own = [
    `${request.protocol}://${request.host}`,
    publicUrl === undefined ? undefined : new URL(publicUrl).origin,
  ];
  if (site === 'cross-site' || (origin !== undefined && !own.includes(origin))) {
    throw new AppError('forbidden', 'This request came from another site; use the web app or an API token.');
  }
}

function addErrors(server: Server): void {
  server.setNotFoundHandler((request, reply) => {
    return sendProblem(
      request,
      reply,
      new AppError('not_found', `There is nothing at ${request.method} ${pathOf(request)}.`),
    );
  });
  server.setErrorHandler((error, request, reply) => {
    const known = asAppError(error);
    if (known.status >= 500) request.log.error({ error: describe(error) }, 'request failed');
    return sendProblem(request, reply, known);
  });
}

function pathOf(request: FastifyRequest): string {
  return (request.url.split('?')[0] ?? '').slice(0, 200);
}

function describe(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.cause ? { cause: String(error.cause) } : {}),
  };
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  if (error.retry_after !== undefined) reply.header('retry-after', Math.ceil(error.retry_after));
  return reply
    .code(error.status)
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problemOf(error, request.id));
}
