// Posts one message to a receiver we do not trust: the address is judged when the connection is made, on the numbers that
// are connected to, so a name that changes its mind changes nothing; redirects are not followed, time and size are limited.
import { lookup as systemLookup } from 'node:dns';
import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { mayConnect, refusalOf } from './addresses.ts';

export interface Message {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface SendOptions {
  allow_local: boolean;
  signal?: AbortSignal;
  timeout_ms?: number;
  /** How names become addresses; the system's way when left out. */
  lookup?: typeof systemLookup;
}

export interface Sent {
  /** Null where there was no answer. */
  status: number | null;
  /** A sentence; null where the receiver took the message. */
  error: string | null;
  response_excerpt: string | null;
  took_ms: number;
}

const TIMEOUT_MS = 10_000;
const MOST_READ = 16_384;
const EXCERPT = 1000;

class Refused extends Error {}

/** Never throws: what went wrong is in the answer. */
export async function send(message: Message, options: SendOptions): Promise<Sent> {
  const begun = performance.now();
  const took = () => Math.round(performance.now() - begun);
  const failed = (error: string): Sent => ({ status: null, error, response_excerpt: null, took_ms: took() });
  let url: URL;
  try {
    url = new URL(message.url);
  } catch {
    return failed('The address is not a URL.');
  }
  const refusal = refusalOf(url, options.allow_local);
  if (refusal !== undefined) return failed(refusal);
  const limit = AbortSignal.timeout(options.timeout_ms ?? TIMEOUT_MS);
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]);
  try {
    const { status, text } = await post(url, message, options, signal);
    return { status, error: errorOf(status), response_excerpt: excerptOf(text), took_ms: took() };
  } catch (error) {
    if (limit.aborted) return failed('The receiver did not answer in time.');
    return failed(reasonOf(error));
  }
}

function post(
  url: URL,
  message: Message,
  options: SendOptions,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const settings: RequestOptions = {
      method: 'POST',
      headers: { ...message.headers, 'content-length': Buffer.byteLength(message.body) },
      // A connection of its own each time: none that was judged under another name is used again.
      agent: false,
      lookup: judgedLookup(options),
      signal,
    };
    const made: ClientRequest = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, settings);
    made.on('error', reject);
    made.on('response', (response) => {
      response.on('error', reject);
      readSome(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
    });
    made.end(message.body);
  });
}

/** Resolves a name and gives back only addresses that may be reached; these and no others are connected to. */
function judgedLookup({ lookup = systemLookup, allow_local }: SendOptions): LookupFunction {
  return (hostname, asked, done) => {
    lookup(hostname, { ...asked, all: true }, (error, found) => {
      if (error !== null) return done(error, '');
      const addresses = found as { address: string; family: number }[];
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => mayConnect(address, allow_local)))
        return done(
          new Refused(
            'The name leads into a private network; a webhook goes to public addresses only.',
          ) as NodeJS.ErrnoException,
          '',
        );
      if (asked.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** The beginning of the answer; the rest is not waited for. */
async function readSome(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= MOST_READ) break;
  }
  response.destroy();
  return Buffer.concat(parts).toString('utf8', 0, MOST_READ);
}

function errorOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400)
    return `The receiver answered ${status}, a redirect; redirects are not followed.`;
  return `The receiver answered ${status}.`;
}

const KNOWN: Record<string, string> = {
  ENOTFOUND: 'The name of the receiver is not known.',
  EAI_AGAIN: 'The name of the receiver could not be looked up.',
  ECONNREFUSED: 'The receiver refused the connection.',
  ECONNRESET: 'The receiver ended the connection.',
  ETIMEDOUT: 'The receiver did not answer in time.',
  EHOSTUNREACH: 'The receiver cannot be reached.',
  ENETUNREACH: 'The receiver cannot be reached.',
  CERT_HAS_EXPIRED: 'The certificate of the receiver has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the receiver is signed by itself.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the receiver is for another name.',
};

function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const code = (error as { code?: unknown } | null)?.code;
  return (
    (typeof code === 'string' ? KNOWN[code] : undefined) ??
    `The connection failed${typeof code === 'string' ? ` (${code})` : ''}.`
  );
}

function excerptOf(text: string): string | null {
  const plain = text
    .replace(/[^\P{Cc}\t\n]/gu, ' ')
    .replaceAll('\uFFFD', '?')
    .trim();
  return plain === '' ? null : plain.slice(0, EXCERPT);
}
