// What a webhook may reach, and how its messages are signed: without an application.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress, refusalOf } from './addresses.ts';
import { WAITS_S } from './dispatch.ts';
import { type SendOptions, send } from './send.ts';
import { signatureOf } from './signing.ts';

describe('addresses', () => {
  it('inside a network, of this machine, of metadata services and of nobody are refused', () => {
    for (const address of [
      '127.0.0.1',
      '127.8.9.1',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '192.0.2.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd00:ec2::254',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:7f00:1::',
      '2001:0:1::',
      '2001:db8::1',
      'ff02::1',
      'not an address',
    ])
      expect({ address, ok: isPublicAddress(address) }).toEqual({ address, ok: false });
    for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '93.184.215.14', '2606:4700::1111'])
      expect({ address, ok: isPublicAddress(address) }).toEqual({ address, ok: true });
  });

  it('are told about in a sentence before anything is sent', () => {
    const why = (url: string, local = false) => refusalOf(new URL(url), local);
    expect(why('https://orders.example.com/hook')).toBeUndefined();
    expect(why('http://orders.example.com/hook')).toMatch(/https/);
    expect(why('https://user:pass@orders.example.com/')).toMatch(/password/);
    // Other ways of writing 127.0.0.1 and 169.254.169.254.
    for (const host of [
      'localhost',
      '127.1',
      '2130706433',
      '0x7f.1',
      '[::1]',
      '[::ffff:a9fe:a9fe]',
      'x.localhost',
    ])
      expect({ host, why: why(`https://${host}/`) }).toMatchObject({ why: expect.stringMatching(/private/) });
    expect(why('http://localhost:8090/', true)).toBeUndefined();
    expect(why('http://127.0.0.1:8090/', true)).toBeUndefined();
    expect(why('http://10.0.0.1/', true)).toMatch(/https/);
    expect(why('https://10.0.0.1/', true)).toMatch(/private/);
  });
});

describe('a message', () => {
  let receiver: Server;
  let hits = 0;
  let port = 0;
  beforeAll(async () => {
    receiver = createServer((request, reply) => {
      hits += 1;
      if (request.url === '/slow') return;
      if (request.url === '/away') {
        reply.writeHead(307, { location: '/landed' }).end();
        return;
      }
      if (request.url === '/endless') {
        reply.writeHead(200);
        const pour = setInterval(() => reply.write('x'.repeat(8192)), 1);
        reply.on('close', () => clearInterval(pour));
        return;
      }
      reply.writeHead(200).end('taken\u0007');
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    port = (receiver.address() as AddressInfo).port;
  });
  afterAll(() => {
    receiver.closeAllConnections();
    receiver.close();
  });
  const message = (url: string) => ({ url, headers: {}, body: '{}' });
  const resolving = (...answers: string[]) => {
    let asked = 0;
    const lookup = ((_name: string, _options: object, done: (...all: unknown[]) => void) => {
      const address = answers[Math.min(asked, answers.length - 1)] as string;
      asked += 1;
      done(null, [{ address, family: 4 }]);
    }) as unknown as NonNullable<SendOptions['lookup']>;
    return { lookup, asked: () => asked };
  };

  it('does not go to a name that leads inside, whatever the name said before', async () => {
    const before = hits;
    // Public when it was looked up first, this machine when it is connected to.
    const turning = resolving('93.184.215.14', '127.0.0.1');
    turning.lookup('rebind.example.com', { all: true }, () => undefined);
    const sent = await send(message(`https://rebind.example.com:${port}/`), {
      allow_local: false,
      lookup: turning.lookup,
    });
    expect(sent).toMatchObject({ status: null, error: expect.stringMatching(/private network/) });
    // The numbers that were judged are those that are connected to: the name is asked once a message.
    expect(turning.asked()).toBe(2);
    const metadata = resolving('169.254.169.254');
    const other = await send(message('https://metadata.example.com/'), {
      allow_local: true,
      lookup: metadata.lookup,
    });
    expect(other.error).toMatch(/private network/);
    expect(hits).toBe(before);
  });

  it('is refused where one of several addresses of a name is inside', async () => {
    const lookup = ((_name: string, _options: object, done: (...all: unknown[]) => void) =>
      done(null, [
        { address: '93.184.215.14', family: 4 },
        { address: '10.0.0.5', family: 4 },
      ])) as unknown as NonNullable<SendOptions['lookup']>;
    expect((await send(message('https://mixed.example.com/'), { allow_local: false, lookup })).error).toMatch(
      /private/,
    );
  });

  it('follows no redirect, waits no longer than it may and reads no more than it needs', async () => {
    const to = (path: string) => message(`http://127.0.0.1:${port}${path}`);
    const before = hits;
    expect(await send(to('/away'), { allow_local: true })).toMatchObject({
      status: 307,
      error: expect.stringMatching(/redirect/),
    });
    expect(hits).toBe(before + 1);
    const slow = await send(to('/slow'), { allow_local: true, timeout_ms: 150 });
    expect(slow).toMatchObject({ status: null, error: expect.stringMatching(/in time/) });
    const endless = await send(to('/endless'), { allow_local: true, timeout_ms: 3000 });
    expect(endless).toMatchObject({ status: 200, error: null });
    expect(endless.response_excerpt?.length).toBe(1000);
    expect(await send(to('/'), { allow_local: true })).toMatchObject({
      status: 200,
      error: null,
      response_excerpt: 'taken',
    });
  });

  it('is signed as the specification’s own example', () => {
    // https://github.com/standard-webhooks/standard-webhooks, libraries' test vector.
    expect(
      signatureOf(
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        'msg_p5jXN8AQM9LWM0D4loKWxJek',
        1614265330,
        '{"test": 2432232314}',
      ),
    ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is tried for about a day', () => {
    const hours = WAITS_S.reduce((sum, wait) => sum + wait, 0) / 3600;
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThan(25);
  });
});
