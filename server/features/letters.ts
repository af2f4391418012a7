// The letters accounts and organizations send: plain text, and the same as simple HTML with everything escaped.
import type { JobKind } from '../platform/jobs.ts';
import { Mail } from '../platform/mail.ts';

/** Tried again with growing pauses (2 s, 4 s, … about half an hour in all) where the mail server does not take it. */
export const SendMail: JobKind<Mail> = {
  name: 'send_mail',
  payload: Mail,
  retries: 10,
  concurrency: 1,
  expire_seconds: 60,
  private: true,
};

export interface Letter {
  to: string;
  subject: string;
  /** Paragraphs before the link. */
  before: string[];
  link?: { label: string; url: string };
  /** Paragraphs after it. */
  after?: string[];
}

export function mailOf({ to, subject, before, link, after = [] }: Letter): Mail {
  const text = [...before, ...(link === undefined ? [] : [`${link.label}:\n${link.url}`]), ...after].join(
    '\n\n',
  );
  const paragraph = (words: string) => `<p>${escapeHtml(words)}</p>`;
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>',
    escapeHtml(subject),
    '</title></head><body style="font-family:sans-serif;line-height:1.5;max-width:34em">',
    ...before.map(paragraph),
    ...(link === undefined
      ? []
      : [
          `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`,
          `<p><small>Or open this address: ${escapeHtml(link.url)}</small></p>`,
        ]),
    ...after.map(paragraph),
    '</body></html>',
  ].join('\n');
  return { to, subject: oneLine(subject).slice(0, 200), text, html };
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Names people choose stand in subjects; a subject has one line and no control characters. */
function oneLine(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ').trim();
}
