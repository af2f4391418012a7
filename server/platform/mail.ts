// Outgoing mail. Without a mail server every message is kept as an .eml file in the data folder's mailbox.
import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const Mail = z.object({ to: z.email(), subject: z.string().max(200), text: z.string().max(20_000) });
export type Mail = z.infer<typeof Mail>;

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

export function openMailbox(folder: string, now: () => Date): Mailer {
  return {
    async send(mail) {
      await mkdir(folder, { recursive: true });
      const date = now();
      const headers = [
        `Date: ${date.toUTCString()}`,
        'From: OFS platform <no-reply@localhost>',
        `To: ${mail.to}`,
        `Subject: =?utf-8?B?${Buffer.from(mail.subject).toString('base64')}?=`,
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
      ];
      const path = join(folder, `${date.toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`);
      await writeFile(
        `${path}.part`,
        `${headers.join('\r\n')}\r\n\r\n${mail.text.replaceAll('\n', '\r\n')}\r\n`,
      );
      await rename(`${path}.part`, path);
    },
  };
}
