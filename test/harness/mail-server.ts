// A real mail server (smtp-server) on this machine for tests: keeps what it takes, and can refuse a message once.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  url: string;
  /** Messages to an address, decoded, in the order they came. */
  to(address: string): string[];
  /** Answers the next message with a temporary failure. */
  refuseNext(): void;
  readonly refused: number;
  close(): Promise<void>;
}

export async function openMailServer(): Promise<MailServer> {
  const taken: { to: string[]; text: string }[] = [];
  let refusing = false;
  let refused = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusing) {
          refusing = false;
          refused++;
          done(Object.assign(new Error('Try again later'), { responseCode: 451 }));
          return;
        }
        taken.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: decoded(Buffer.concat(chunks).toString('utf8')),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    to: (address) => taken.filter((mail) => mail.to.includes(address)).map((mail) => mail.text),
    refuseNext: () => {
      refusing = true;
    },
    get refused() {
      return refused;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Quoted-printable turned back, which is how nodemailer writes texts. */
function decoded(raw: string): string {
  return raw
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
