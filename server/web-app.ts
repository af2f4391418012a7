// Serves the built web app beside the API.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { ROOT } from './config.ts';
import { pageSender } from './platform/content-policy.ts';
import type { Server } from './platform/http.ts';

/** The built web app; every address that is not a file or the API is one of its pages. */
export async function addWebApp(server: Server): Promise<void> {
  const folder = join(ROOT, 'web', 'dist');
  if (!existsSync(join(folder, 'index.html'))) return;
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const page = { schema: { hide: true }, config: { auth: 'public', rate_limit: 'none' } } as const;
  const send = pageSender(join(folder, 'index.html'));
  server.get('/', page, (_request, reply) => send(reply));
  server.get('/*', page, (request, reply) => {
    if (request.url.startsWith('/api/') || /\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? ''))
      return reply.callNotFound();
    // The page of a share link is in no search engine, and no other site learns its address.
    if (request.url.startsWith('/shared/'))
      reply.header('x-robots-tag', 'noindex, nofollow').header('referrer-policy', 'no-referrer');
    return send(reply);
  });
}
