import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventBatch, EventInput, ProductViewInput } from '../../../contract/events.ts';

/** A browser as far as the client needs one. */
function stubBrowser(options: { doNotTrack?: string; globalPrivacyControl?: boolean } = {}) {
  const stored = new Map<string, string>();
  const listeners = new Map<string, (() => void)[]>();
  const listen = (name: string, heard: () => void) =>
    listeners.set(name, [...(listeners.get(name) ?? []), heard]);
  const page = {
    title: 'Catalogue · OFS',
    referrer: 'https://elsewhere.example/path?secret=1',
    visibilityState: 'visible',
    addEventListener: listen,
    removeEventListener: () => {},
  };
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  vi.stubGlobal('document', page);
  vi.stubGlobal('location', {
    origin: 'https://ofs.example',
    pathname: '/projects/7d3667b3-b4fe-4483-863b-b3239bc3f135/brief',
    search: '?token=private',
  });
  const sendBeacon = vi.fn<(url: string, data: Blob) => boolean>(() => true);
  vi.stubGlobal('navigator', { onLine: true, sendBeacon, ...options });
  vi.stubGlobal('addEventListener', listen);
  vi.stubGlobal('removeEventListener', () => {});
  const hide = async () => {
    page.visibilityState = 'hidden';
    for (const heard of listeners.get('visibilitychange') ?? []) heard();
    await Promise.resolve();
  };
  return { stored, sendBeacon, hide };
}

const answer = (status: number) =>
  vi.fn(async (_url: string, _init: RequestInit) => new Response(null, { status }));
function sent(fetch: ReturnType<typeof answer>, call = 0) {
  return EventBatch.parse(JSON.parse(String(fetch.mock.calls[call]?.[1].body)));
}

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const load = () => import('./client.ts');

describe('the analytics client', () => {
  it('sends events that the server accepts, without what stands behind the question mark', async () => {
    stubBrowser();
    const fetch = answer(202);
    vi.stubGlobal('fetch', fetch);
    const { track } = await load();
    track('item_rejected', { categories: ['style'] });
    await vi.advanceTimersByTimeAsync(6_000);
    const [event] = sent(fetch).events;
    expect(EventInput.parse(event)).toMatchObject({
      event_name: 'item_rejected',
      event_type: 'action',
      project_id: '7d3667b3-b4fe-4483-863b-b3239bc3f135',
      page_url: 'https://ofs.example/projects/7d3667b3-b4fe-4483-863b-b3239bc3f135/brief',
      referrer: 'https://elsewhere.example/path',
    });
    expect(String(fetch.mock.calls[0]?.[1].body)).not.toMatch(/private|secret/);
  });

  it('collects many events into one call', async () => {
    stubBrowser();
    const fetch = answer(202);
    vi.stubGlobal('fetch', fetch);
    const { track } = await load();
    for (let index = 0; index < 30; index++) track('page_view', {}, 'page_view');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(sent(fetch).events).toHaveLength(30);
  });

  it.each([
    ['Do Not Track', { doNotTrack: '1' }],
    ['Global Privacy Control', { globalPrivacyControl: true }],
  ])('stores and sends nothing under %s', async (_name, signal) => {
    const { stored, hide, sendBeacon } = stubBrowser(signal);
    const fetch = answer(202);
    vi.stubGlobal('fetch', fetch);
    const { startAnalytics, track, viewProduct } = await load();
    startAnalytics();
    track('page_view');
    viewProduct(crypto.randomUUID(), 'search').end();
    await vi.advanceTimersByTimeAsync(60_000);
    await hide();
    expect(fetch).not.toHaveBeenCalled();
    expect(sendBeacon).not.toHaveBeenCalled();
    expect(stored.size).toBe(0);
  });

  it('forgets what was not sent when the person says no', async () => {
    const { stored } = stubBrowser();
    const fetch = answer(202);
    vi.stubGlobal('fetch', fetch);
    const { setAnalyticsConsent, track } = await load();
    track('page_view');
    setAnalyticsConsent(false);
    track('page_view');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetch).not.toHaveBeenCalled();
    expect([...stored]).toEqual([['ofs.analytics', 'off']]);
  });

  it('forgets what it kept, and does not send it, when another tab or the browser has said no since', async () => {
    for (const sayNo of [
      (stored: Map<string, string>) => void stored.set('ofs.analytics', 'off'),
      () => Object.assign(navigator, { doNotTrack: '1' }),
    ]) {
      const { stored, hide, sendBeacon } = stubBrowser();
      const down = vi.fn(async () => {
        throw new TypeError('no connection');
      });
      vi.stubGlobal('fetch', down);
      const { startAnalytics, track } = await load();
      const stop = startAnalytics();
      track('first');
      await vi.advanceTimersByTimeAsync(5_100);
      expect(down).toHaveBeenCalledTimes(1);
      track('second');
      sayNo(stored);
      const up = answer(202);
      vi.stubGlobal('fetch', up);
      await vi.advanceTimersByTimeAsync(600_000);
      await hide();
      expect(up).not.toHaveBeenCalled();
      expect(sendBeacon).not.toHaveBeenCalled();
      expect([...stored.keys()].filter((key) => key !== 'ofs.analytics')).toEqual([]);
      stop();
    }
  });

  it('keeps what did not arrive and sends it again later, each with its own id', async () => {
    stubBrowser();
    const down = vi.fn(async () => {
      throw new TypeError('no connection');
    });
    vi.stubGlobal('fetch', down);
    const { track } = await load();
    track('first');
    await vi.advanceTimersByTimeAsync(5_100);
    expect(down).toHaveBeenCalledTimes(1);
    const up = answer(202);
    vi.stubGlobal('fetch', up);
    track('second');
    await vi.advanceTimersByTimeAsync(30_000);
    const events = sent(up).events.map((event) => EventInput.parse(event));
    expect(events.map((event) => event.event_name)).toEqual(['first', 'second']);
    expect(new Set(events.map((event) => event.event_id)).size).toBe(2);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(up).toHaveBeenCalledTimes(1);
  });

  it('does not repeat what the server refused', async () => {
    stubBrowser();
    const fetch = answer(400);
    vi.stubGlobal('fetch', fetch);
    const { track } = await load();
    track('page_view');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('counts the seconds of a look at a product and hands it over when the page is hidden', async () => {
    const { hide, sendBeacon } = stubBrowser();
    vi.stubGlobal('fetch', answer(202));
    const { startAnalytics, viewProduct } = await load();
    startAnalytics();
    const view = viewProduct('ce169547-5d07-4fd8-8f90-ea588b23e52d', 'recommendation');
    view.clicked('specs');
    await vi.advanceTimersByTimeAsync(42_000);
    await hide();
    const body = EventBatch.parse(JSON.parse(await sendBeacon.mock.calls[0]![1].text()));
    expect(ProductViewInput.parse(body.product_views[0])).toMatchObject({
      viewed_from: 'recommendation',
      view_duration_seconds: 42,
      clicked_specs: true,
      clicked_images: false,
    });
  });
});
