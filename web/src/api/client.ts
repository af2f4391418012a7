// The one place that talks HTTP: JSON in and out, problems as ApiProblem, idempotent creation, optimistic locking.
import { makeEventReader, type StreamEvent } from './event-reader.ts';
import { ApiProblem, type ProblemDocument } from './problem.ts';

export const API = '/api/v1';

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export type QueryValue = string | number | boolean | null | undefined | readonly string[];

export interface RequestOptions {
  query?: Record<string, QueryValue> | undefined;
  body?: unknown;
  /** Sent as it is, for files. */
  form?: FormData | undefined;
  /** The revision that was read: the change is refused (412) if someone else was faster. */
  revision?: number | undefined;
  signal?: AbortSignal | undefined;
  headers?: Record<string, string> | undefined;
}

export function path(base: string, query: Record<string, QueryValue> = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value)) for (const item of value) search.append(key, item);
    else search.set(key, String(value));
  }
  const text = search.toString();
  return `${API}${base}${text ? `?${text}` : ''}`;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const fallback: ProblemDocument = {
    type: 'about:blank',
    title: response.statusText || 'The server could not answer',
    status: response.status,
    detail:
      response.status >= 500
        ? 'The server could not answer. Try again in a moment.'
        : `The server refused this (${response.status}).`,
  };
  if (!response.headers.get('content-type')?.includes('json')) return new ApiProblem(fallback);
  const document = (await response.json().catch(() => null)) as Partial<ProblemDocument> | null;
  return new ApiProblem({ ...fallback, ...document });
}

/** Characters of a write that outlives the page. Browsers allow 64 KiB of all such writes together, in UTF-8. */
const MOST_KEPT_ALIVE = 16_000;

/** The answer as it comes; a problem document is thrown as ApiProblem. */
async function request(method: string, base: string, options: RequestOptions): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json' });
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.revision !== undefined) headers.set('If-Match', `"${options.revision}"`);
  if (method !== 'GET') headers.set('Idempotency-Key', crypto.randomUUID());
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  const body = options.form ?? (options.body === undefined ? null : JSON.stringify(options.body));
  let response: Response;
  try {
    response = await fetch(path(base, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body,
      // A change on its way arrives even if the page is left or loaded again.
      keepalive:
        options.headers?.['Accept'] === undefined &&
        method !== 'GET' &&
        (body === null || (typeof body === 'string' && body.length < MOST_KEPT_ALIVE)),
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem({
      type: 'about:blank',
      title: 'No connection',
      status: 0,
      detail: 'The server cannot be reached. Check the connection and try again.',
    });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function send<T>(method: string, base: string, options: RequestOptions = {}): Promise<T> {
  const response = await request(method, base, options);
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as T;
  return (await response.json()) as T;
}

export const api = {
  get: <T>(base: string, options?: RequestOptions) => send<T>('GET', base, options),
  post: <T>(base: string, options?: RequestOptions) => send<T>('POST', base, options),
  patch: <T>(base: string, options?: RequestOptions) => send<T>('PATCH', base, options),
  put: <T>(base: string, options?: RequestOptions) => send<T>('PUT', base, options),
  delete: <T = void>(base: string, options?: RequestOptions) => send<T>('DELETE', base, options),
};

/** Sends a body and hands over each event of the answer as it arrives. */
export async function postForEvents(
  base: string,
  options: RequestOptions,
  onEvent: (event: StreamEvent) => void,
): Promise<void> {
  const headers = { Accept: 'text/event-stream' };
  const { body } = await request('POST', base, { ...options, headers });
  if (body === null) return;
  const read = makeEventReader(onEvent);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) read(part.value);
}

/** Reads every page of a list, for lists that are short by nature (floors, rooms, items). */
export async function everyPage<T>(base: string, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await api.get(base, { query: { limit: 200, cursor }, signal });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}
