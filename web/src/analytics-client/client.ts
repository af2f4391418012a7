// The browser's half of analytics: collects page views, actions and product views, sends them in batches to
// POST /api/v1/events, keeps what could not be sent, and never disturbs the person. No dependency, under 3 kB gzipped.
// Off with Do Not Track, Global Privacy Control, or localStorage 'ofs.analytics' = 'off'. Addresses are sent without
// their query, which may hold what somebody typed.
import type { EventInput, ProductViewInput } from '../../../contract/events.ts';

const ENDPOINT = '/api/v1/events';
const CONSENT_KEY = 'ofs.analytics';
const QUEUE_KEY = 'ofs.analytics.queue';
const ID_KEY = 'ofs.analytics.id';
const SESSION_KEY = 'ofs.analytics.session';
const SESSION_IDLE_MS = 30 * 60_000;
const FLUSH_MS = 5_000;
const BATCH = 50;
/** What an offline browser keeps at most; the oldest go first. */
const KEEP = 500;
const MAX_BACKOFF_MS = 5 * 60_000;

type Entry = { events: EventInput } | { product_views: ProductViewInput };
export type ViewedFrom = ProductViewInput['viewed_from'];

let queue: Entry[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let failures = 0;

function read<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}
function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: analytics does without.
  }
}

/** Do Not Track or Global Privacy Control. */
export function browserForbids(): boolean {
  const signals = navigator as Navigator & { globalPrivacyControl?: boolean };
  return signals.globalPrivacyControl === true || signals.doNotTrack === '1';
}

/** Whether anything is collected at all. */
export function analyticsAllowed(): boolean {
  if (browserForbids()) return false;
  try {
    return localStorage.getItem(CONSENT_KEY) !== 'off';
  } catch {
    return false;
  }
}

/** The person's own choice; saying no also forgets what was not sent yet. */
export function setAnalyticsConsent(on: boolean): void {
  try {
    if (on) localStorage.removeItem(CONSENT_KEY);
    else localStorage.setItem(CONSENT_KEY, 'off');
  } catch {
    // Without storage nothing is collected anyway.
  }
  if (!on) forget();
}

function forget(): void {
  queue = [];
  try {
    for (const key of [QUEUE_KEY, ID_KEY, SESSION_KEY]) localStorage.removeItem(key);
  } catch {
    // Nothing is stored there then.
  }
}

function anonymousId(): string {
  const id = read<string>(ID_KEY) ?? crypto.randomUUID();
  write(ID_KEY, id);
  return id;
}
/** Ends after half an hour without an event; shared by the tabs. */
function sessionId(): string {
  const now = Date.now();
  const last = read<{ id: string; at: number }>(SESSION_KEY);
  const id = last && now - last.at < SESSION_IDLE_MS ? last.id : crypto.randomUUID();
  write(SESSION_KEY, { id, at: now });
  return id;
}

function projectId(): string | null {
  return /^\/projects\/([0-9a-f-]{36})/.exec(location.pathname)?.[1] ?? null;
}

function add(entry: Entry): void {
  queue.push(entry);
  if (queue.length >= BATCH) void flush();
  else timer ??= setTimeout(flush, FLUSH_MS);
}

/** Records one event: a name in snake_case, and a few small properties. */
export function track(
  name: string,
  properties: Record<string, unknown> = {},
  type: 'page_view' | 'action' | 'error' = 'action',
): void {
  if (!analyticsAllowed()) return;
  add({
    events: {
      event_id: crypto.randomUUID(),
      event_name: name,
      event_type: type,
      session_id: sessionId(),
      anonymous_id: anonymousId(),
      project_id: projectId(),
      properties,
      page_url: location.origin + location.pathname,
      page_title: document.title.slice(0, 500),
      referrer: document.referrer.split('?')[0] ?? '',
      timestamp: new Date().toISOString(),
    },
  });
}

export interface OpenView {
  clicked: (part: 'images' | '3d_model' | 'specs') => void;
  end: () => void;
}
/** A look at a product; counts the seconds until it ends or the page is hidden. */
export function viewProduct(product_id: string, viewed_from: ViewedFrom): OpenView {
  const start = performance.now();
  const timestamp = new Date().toISOString();
  const clicks = new Set<string>();
  let open = true;
  const end = () => {
    if (!open) return;
    open = false;
    document.removeEventListener('visibilitychange', end);
    if (!analyticsAllowed()) return;
    add({
      product_views: {
        view_id: crypto.randomUUID(),
        product_id,
        session_id: sessionId(),
        viewed_from,
        view_duration_seconds: Math.min(86_400, Math.round((performance.now() - start) / 1000)),
        clicked_images: clicks.has('images'),
        clicked_3d_model: clicks.has('3d_model'),
        clicked_specs: clicks.has('specs'),
        timestamp,
      },
    });
  };
  document.addEventListener('visibilitychange', end);
  return { clicked: (part) => clicks.add(part), end };
}

function bodyOf(entries: readonly Entry[]): string {
  return JSON.stringify({
    events: entries.flatMap((entry) => ('events' in entry ? [entry.events] : [])),
    product_views: entries.flatMap((entry) => ('product_views' in entry ? [entry.product_views] : [])),
  });
}

/** Everything to send: what an earlier page could not, then what is new. */
function take(): Entry[] {
  const kept = read<Entry[]>(QUEUE_KEY);
  if (kept) write(QUEUE_KEY, []);
  const all = [...(Array.isArray(kept) ? kept : []), ...queue].slice(-KEEP);
  queue = all.slice(BATCH);
  return all.slice(0, BATCH);
}
function keep(entries: readonly Entry[]): void {
  if (!analyticsAllowed()) return;
  write(QUEUE_KEY, [...(read<Entry[]>(QUEUE_KEY) ?? []), ...entries].slice(-KEEP));
}

/** Sends a batch. A refusal is final (sending again would not help), no answer is not. */
export async function flush(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  // Said no since, here or in another tab, or by the browser: what waited is forgotten, not sent.
  if (!analyticsAllowed()) return forget();
  const batch = take();
  if (batch.length === 0) return;
  const sent = await fetch(ENDPOINT, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    credentials: 'same-origin',
    keepalive: true,
    body: bodyOf(batch),
  }).then(
    (answer) => answer.ok || (answer.status < 500 && answer.status !== 429 && answer.status !== 401),
    () => false,
  );
  failures = sent ? 0 : failures + 1;
  if (!sent) keep(batch);
  if (!sent || queue.length > 0)
    timer ??= setTimeout(flush, Math.min(MAX_BACKOFF_MS, FLUSH_MS * 2 ** failures));
}

function leave(): void {
  if (document.visibilityState !== 'hidden') return;
  if (!analyticsAllowed()) forget();
  while (queue.length > 0) {
    const batch = queue.splice(0, BATCH);
    const data = new Blob([bodyOf(batch)], { type: 'application/json' });
    if (!navigator.onLine || !navigator.sendBeacon?.(ENDPOINT, data)) keep(batch);
  }
}

/** Starts listening for the page's end, for errors and for the network's return. Returns how to stop. */
export function startAnalytics(): () => void {
  const failed = (event: ErrorEvent | PromiseRejectionEvent) => {
    const reason: unknown = 'reason' in event ? event.reason : event.error;
    track('client_error', { message: String(reason).slice(0, 300) }, 'error');
  };
  // After the product views, whose last entry belongs into the same beacon.
  const hidden = () => queueMicrotask(leave);
  const online = () => void flush();
  document.addEventListener('visibilitychange', hidden);
  addEventListener('error', failed);
  addEventListener('unhandledrejection', failed);
  addEventListener('online', online);
  if (analyticsAllowed()) timer ??= setTimeout(flush, FLUSH_MS);
  return () => {
    document.removeEventListener('visibilitychange', hidden);
    removeEventListener('error', failed);
    removeEventListener('unhandledrejection', failed);
    removeEventListener('online', online);
    clearTimeout(timer);
    timer = undefined;
  };
}
