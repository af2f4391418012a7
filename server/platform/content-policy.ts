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

/** The policy as the header's text. */
function policyText(policy: Record<string, string[]>): string {
  return Object.entries(policy)
    .map(
      ([name, values]) =>
        `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`,
    )
    .join('; ');
}

/** The policy of a page whose style elements with this nonce are ours. */
export function policyWith(nonce: string): string {
  return policyText({ ...POLICY, styleSrc: [...POLICY.styleSrc, `'nonce-${nonce}'`] });
}

/** What every answer tells a browser to be strict about (OWASP Secure Headers Project); `https` where we are served by it. */
export function securityHeaders(https: boolean): Record<string, string> {
  return {
    'content-security-policy': policyText(POLICY),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'SAMEORIGIN',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
    ...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
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
