// The caller of `ofs bench http`, in a thread of its own: some connections, each of
// its own session, that ask for one address again and again.
import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';

export interface LoadOptions {
  url: string;
  /** One for each connection. */
  cookies: string[];
  seconds: number;
}

export interface LoadResult {
  per_second: number;
  answers: number;
  p95_ms: number;
}

const { url, cookies, seconds } = workerData as LoadOptions;
const agent = new Agent({ keepAlive: true, maxSockets: cookies.length });

function ask(cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { cookie } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`Answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    }).on('error', reject);
  });
}

const times: number[] = [];
const begun = performance.now();
const end = begun + seconds * 1000;
async function again(cookie: string): Promise<void> {
  while (performance.now() < end) {
    const asked = performance.now();
    await ask(cookie);
    times.push(performance.now() - asked);
  }
}
await Promise.all(cookies.map(again));
const took = (performance.now() - begun) / 1000;
agent.destroy();
times.sort((a, b) => a - b);
parentPort?.postMessage({
  per_second: times.length / took,
  answers: times.length,
  p95_ms: times[Math.floor(times.length * 0.95)] ?? 0,
} satisfies LoadResult);
