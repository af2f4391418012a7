// The browser's side of the events benchmark, in a thread of its own: prepares the calls, waits for "go", sends them
// over kept-alive connections and reports how long each took, in milliseconds.

import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { callOf } from './events.ts';

const { url, calls, call, callers } = workerData as {
  url: string;
  calls: number;
  call: number;
  callers: number;
};
const agent = new Agent({ keepAlive: true, maxSockets: callers });
const bodies = Array.from({ length: calls }, () => Buffer.from(JSON.stringify(callOf(call))));
const took: number[] = [];

parentPort!.once('message', async () => {
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const start = performance.now();
        await send(body);
        took.push(performance.now() - start);
      }
    }),
  );
  parentPort!.postMessage(took);
});
parentPort!.postMessage([]);

function send(body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'user-agent':
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 202 ? resolve() : reject(new Error(`HTTP ${response.statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
