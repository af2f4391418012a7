// Outgoing mail: through a mail server where SMTP_URL names one; else every message is kept as an .eml file in the data
// folder's mailbox, which can be listed and read.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { z } from 'zod';

export const Mail = z.object({
  to: z.email(),
  subject: z.string().max(200),
  text: z.string().max(20_000),
  html: z.string().max(60_000).optional(),
});
export type Mail = z.infer<typeof Mail>;

export interface Mailer {
  /** Resolves when the mail server (or the mailbox folder) has the message; throws otherwise, to be tried again. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

const SMTP_TIMEOUT_MS = 20_000;

/** `url` as in smtp://user:password@host:587 or smtps://…; `from` as in "Name <address@host>". */
export function openSmtp(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: SMTP_TIMEOUT_MS,
    greetingTimeout: SMTP_TIMEOUT_MS,
    socketTimeout: SMTP_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html }) {
      await transport.sendMail({
        from,
        // As an object, so that no character of it is read as a second address.
        to: { name: '', address: to },
        subject,
        text,
        ...(html === undefined ? {} : { html }),
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
}

export function openMailbox(folder: string, now: () => Date): Mailer {
  return {
    async send(mail) {
      await mkdir(folder, { recursive: true });
      const date = now();
      const path = join(folder, `${date.toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`);
      await writeFile(`${path}.part`, messageOf(mail, date));
      await rename(`${path}.part`, path);
    },
    close: () => undefined,
  };
}

const BOUNDARY = 'ofs-alternative';

function messageOf(mail: Mail, date: Date): string {
  const plain = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', mail.text];
  const headers = [
    `Date: ${date.toUTCString()}`,
    'From: OFS platform <no-reply@localhost>',
    `To: ${mail.to}`,
    `Subject: =?utf-8?B?${Buffer.from(mail.subject).toString('base64')}?=`,
    'MIME-Version: 1.0',
  ];
  const body =
    mail.html === undefined
      ? plain
      : [
          `Content-Type: multipart/alternative; boundary="${BOUNDARY}"`,
          '',
          `--${BOUNDARY}`,
          ...plain,
          `--${BOUNDARY}`,
          'Content-Type: text/html; charset=utf-8',
          'Content-Transfer-Encoding: 8bit',
          '',
          mail.html,
          `--${BOUNDARY}--`,
        ];
  return `${[...headers, ...body].join('\n').replaceAll('\n', '\r\n')}\r\n`;
}

export interface KeptMail {
  id: string;
  to: string;
  subject: string;
  sent_at: Date;
  text: string;
}

export interface Mailbox {
  /** The newest first; those after `after` where it is given. */
  list(limit: number, after?: string): Promise<KeptMail[]>;
  read(id: string): Promise<KeptMail | undefined>;
}

const ID = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-[0-9a-f]{8}$/;

/** Reads the messages that openMailbox writes into the folder. */
export function readMailbox(folder: string): Mailbox {
  async function read(id: string): Promise<KeptMail | undefined> {
    if (!ID.test(id)) return undefined;
    const raw = await readFile(join(folder, `${id}.eml`), 'utf8').catch(() => undefined);
    return raw === undefined ? undefined : keptMail(id, raw.replaceAll('\r\n', '\n'));
  }
  return {
    read,
    async list(limit, after) {
      const names = await readdir(folder).catch(() => []);
      const ids = names
        .filter((name) => name.endsWith('.eml'))
        .map((name) => name.slice(0, -4))
        .filter((id) => ID.test(id) && (after === undefined || id < after))
        .sort()
        .reverse();
      const mails = await Promise.all(ids.slice(0, limit).map(read));
      return mails.filter((mail) => mail !== undefined);
    },
  };
}

function keptMail(id: string, raw: string): KeptMail {
  const end = raw.indexOf('\n\n');
  const head = raw.slice(0, end);
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1] ?? '';
  const subject = /^=\?utf-8\?B\?(.*)\?=$/.exec(header('Subject'))?.[1] ?? '';
  // The plain part: the whole body, or what stands between the first two boundaries after its own headers.
  let text = raw.slice(end + 2);
  if (header('Content-Type').startsWith('multipart/')) {
    const part = text.split(`\n--${BOUNDARY}`)[0]?.replace(`--${BOUNDARY}\n`, '') ?? '';
    text = part.slice(part.indexOf('\n\n') + 2);
  }
  return {
    id,
    to: header('To'),
    subject: Buffer.from(subject, 'base64').toString('utf8'),
    sent_at: new Date(header('Date')),
    text: text.trimEnd(),
  };
}
