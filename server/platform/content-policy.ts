// What a page of ours may load and run, as a Content-Security-Policy without unsafe-inline: our own files only. The one
// style element that scripts make (the one that keeps the page still behind an open menu) carries a nonce, new for every
// answer, which the page finds in a meta element and public/theme.js hands to the library that asks for it.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyReply } from 'fastify';

export const POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'"],
  styleSrcAttr: ["'none'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** The policy of a page whose style elements with this nonce are ours. */
export function policyWith(nonce: string): string {
  return Object.entries({ ...POLICY, styleSrc: [...POLICY.styleSrc, `'nonce-${nonce}'`] })
    .map(
      ([name, values]) =>
        `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`,
    )
    .join('; ');
}

/** Sends the page of the web app, never from a cache: nonce and policy belong to one answer. */
export function pageSender(file: string): (reply: FastifyReply) => FastifyReply {
  const page = readFileSync(file, 'utf8');
  return (reply) => {
    const nonce = randomBytes(18).toString('base64');
    return reply
      .header('content-security-policy', policyWith(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replace('<head>', `<head>\n    <meta name="style-nonce" content="${nonce}" />`));
  };
}
