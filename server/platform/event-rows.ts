// Owns the step from events as a browser sends them to rows as ClickHouse stores them: what the server knows is
// added (who, with what, from where), what it should not keep is taken out (the end of the address, secrets in URLs).

import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import Bowser from 'bowser';
import {
  type EventBatch,
  EventInput,
  type EventReceipt,
  type EventRow,
  MAX_EVENT_AGE_DAYS,
  MAX_PROPERTIES,
  ProductViewInput,
  type ProductViewRow,
} from '../../contract/events.ts';
import { type DeadLetter, reasonOf } from './events.ts';

/** What the server knows about the sender of a call. */
export interface EventSender {
  user_id: string | null;
  organization_id: string | null;
  user_type: string | null;
  user_agent: string;
  ip_address: string;
  /** Country, region and city, where a local database knows them. */
  place?: { country: string; region: string; city: string } | undefined;
  received_at: Date;
}

export interface MappedEvents {
  rows: { events: EventRow[]; product_views: ProductViewRow[] };
  rejected: EventReceipt['rejected'];
  /** The rejected entries, to be handed to the queue. */
  dead_letters: DeadLetter[];
}

const DAY_MS = 86_400_000;
const CLOCK_SKEW_MS = 15 * 60_000;

/** Checks and completes every entry of a call, so that its rows need no second check; an entry that is not valid is set aside and the rest goes on. */
export function eventRows(batch: EventBatch, sender: EventSender): MappedEvents {
  const mapped: MappedEvents = { rows: { events: [], product_views: [] }, rejected: [], dead_letters: [] };
  const { user_id, organization_id } = sender;
  const own = {
    ...deviceOf(sender.user_agent),
    user_agent: sender.user_agent.slice(0, 512),
    ip_address: truncatedIp(sender.ip_address),
    ...sender.place,
  };
  const received_at = sender.received_at.toISOString();
  const refuse = (stream: 'events' | 'product_views', index: number, entry: unknown, reason: string) => {
    mapped.rejected.push({ stream, index, reason });
    mapped.dead_letters.push({
      stream,
      reason,
      payload: JSON.stringify(entry) ?? '',
      user_id,
      organization_id,
    });
  };
  for (const [index, entry] of batch.events.entries()) {
    const parsed = EventInput.safeParse(entry);
    const reason = parsed.success
      ? timeProblem(parsed.data.timestamp, sender)
      : reasonOf(parsed.error.issues);
    if (!parsed.success || reason !== undefined) {
      refuse('events', index, entry, reason ?? '');
      continue;
    }
    const { event_id, properties, timestamp, project_id, page_url, referrer, ...rest } = parsed.data;
    const text = JSON.stringify({
      ...properties,
      // Sums that must be the server's own word leave these out.
      sent_by: 'browser',
      ...(sender.user_type === null ? {} : { user_type: sender.user_type }),
    });
    if (text.length > MAX_PROPERTIES) {
      refuse('events', index, entry, `properties: may have at most ${MAX_PROPERTIES} characters as JSON`);
      continue;
    }
    mapped.rows.events.push({
      // First: by it the journal is read again after a crash.
      event_id: event_id ?? randomUUID(),
      ...rest,
      user_id,
      organization_id,
      project_id: project_id ?? null,
      properties: text,
      page_url: withoutSecrets(page_url),
      referrer: withoutSecrets(referrer),
      ...own,
      timestamp: timestamp ?? received_at,
    });
  }
  for (const [index, entry] of batch.product_views.entries()) {
    const parsed = ProductViewInput.safeParse(entry);
    const reason = parsed.success
      ? timeProblem(parsed.data.timestamp, sender)
      : reasonOf(parsed.error.issues);
    if (!parsed.success || reason !== undefined) {
      refuse('product_views', index, entry, reason ?? '');
      continue;
    }
    const { view_id, project_id, timestamp, ...rest } = parsed.data;
    mapped.rows.product_views.push({
      view_id: view_id ?? randomUUID(),
      ...rest,
      user_id,
      organization_id,
      project_id: project_id ?? null,
      user_type: sender.user_type ?? '',
      timestamp: timestamp ?? received_at,
    });
  }
  return mapped;
}

function timeProblem(timestamp: string | undefined, { received_at }: EventSender): string | undefined {
  if (timestamp === undefined) return undefined;
  const age = received_at.getTime() - Date.parse(timestamp);
  if (age > MAX_EVENT_AGE_DAYS * DAY_MS) return `timestamp: is more than ${MAX_EVENT_AGE_DAYS} days ago`;
  if (age < -CLOCK_SKEW_MS) return 'timestamp: is in the future';
  return undefined;
}

/** The address without the part that points at one person: IPv4 to /24, IPv6 to /48. Empty when it is no address. */
export function truncatedIp(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0`;
  if (isIP(plain) !== 6) return '';
  const [head = '', tail] = plain.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const groups = tail === undefined ? front : [...front, '0', '0', '0'];
  const kept = groups.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
  return `${kept.join(':').replace(/(:0)+$|^0(:0)*$/, '')}::`;
}

const SECRET = /token|code|secret|password|signature|state|key|email/i;

/** A URL without its fragment, its user and the values of parameters that may be secrets; other text unchanged. */
export function withoutSecrets(address: string): string {
  if (!/[?#@]/.test(address)) return address;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return address.replace(/[?#].*$/s, '');
  for (const name of [...url.searchParams.keys()]) if (SECRET.test(name)) url.searchParams.set(name, '');
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.href.slice(0, 2_000);
}

interface Device {
  device_type: string;
  browser: string;
  os: string;
}

const known = new Map<string, Device>();
const KNOWN = 2_000;

/** desktop, mobile, tablet, tv, bot or empty; the names of browser and system with their main version. */
export function deviceOf(user_agent: string): Device {
  const before = known.get(user_agent);
  if (before !== undefined) return before;
  const device = readDevice(user_agent);
  if (known.size >= KNOWN) known.clear();
  known.set(user_agent, device);
  return device;
}

function readDevice(user_agent: string): Device {
  if (user_agent === '') return { device_type: '', browser: '', os: '' };
  const { browser, os, platform } = Bowser.parse(user_agent.slice(0, 512));
  const name = (label: string | undefined, version: string | undefined) =>
    [label ?? '', (version ?? '').split('.')[0]].join(' ').trim();
  return {
    device_type: platform.type ?? '',
    browser: name(browser.name, browser.version),
    os: name(os.name, os.versionName ?? os.version),
  };
}
