// A TCP proxy in front of a store, for tests: passes everything on until it is told to refuse, to hang (take and never
// answer), to slow down or to cut what is open.
import { connect, createServer, type Server, type Socket } from 'node:net';

export type Weather = 'clear' | 'refusing' | 'hanging' | { delay_ms: number };

export interface StoreProxy {
  port: number;
  /** What happens to connections that are open too: `refusing` cuts them, `hanging` leaves them without an answer. */
  set(weather: Weather): void;
  cut(): void;
  close(): Promise<void>;
}

export async function openProxy(target: { host: string; port: number }): Promise<StoreProxy> {
  let weather: Weather = 'clear';
  const pairs = new Set<{ inside: Socket; outside: Socket }>();

  const pass = (from: Socket, to: Socket) => {
    // Order is kept: everything that comes waits for what came before it.
    let last = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      if (weather === 'hanging') return;
      const delay = typeof weather === 'object' ? weather.delay_ms : 0;
      if (delay === 0) {
        last = last.then(() => void (to.writable && to.write(chunk)));
        return;
      }
      const due = Date.now() + delay;
      last = last.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
        if (to.writable) to.write(chunk);
      });
    });
    from.on('error', () => undefined);
    from.on('close', () => void last.then(() => to.destroy()));
  };

  const server: Server = createServer((outside) => {
    if (weather === 'refusing') {
      outside.destroy();
      return;
    }
    const inside = connect(target);
    const pair = { inside, outside };
    pairs.add(pair);
    outside.setNoDelay(true);
    inside.setNoDelay(true);
    pass(outside, inside);
    pass(inside, outside);
    outside.on('close', () => pairs.delete(pair));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = () => {
    for (const { inside, outside } of pairs) {
      inside.destroy();
      outside.destroy();
    }
    pairs.clear();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    set(next) {
      // What hung got no answer and never will: its bytes are gone.
      const hung = weather === 'hanging';
      weather = next;
      if (next === 'refusing' || hung) cut();
    },
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The URL with its host and port changed to the proxy's. */
export function through(url: string, proxy: StoreProxy): string {
  const changed = new URL(url);
  changed.hostname = '127.0.0.1';
  changed.port = String(proxy.port);
  return changed.href;
}

export function targetOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}
