// A thousand requests made from the OpenAPI document, valid and damaged: no fault, no hang, nothing the document does not
// say. `npm run nightly` sends twenty thousand.
import { expect, it } from 'vitest';
import { runApi } from '../fuzz/api-run.ts';

const COUNT = 1000;

it(`answers ${COUNT} requests of every kind as its document says`, async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 1_000_000));
  const run = await runApi(seed, COUNT);
  console.log(
    `FUZZ_SEED=${seed} ${JSON.stringify(run.statuses)}; slowest ${Math.round(run.slowest.took_ms)} ms`,
  );
  expect(run.complaints).toEqual([]);
  expect(run.asked).toBe(COUNT);
  // The requests get somewhere: some are done, some are refused.
  expect(Object.entries(run.statuses).filter(([status]) => status < '300').length).toBeGreaterThan(0);
  expect(run.statuses['200'] ?? 0).toBeGreaterThan(COUNT / 20);
  expect(run.statuses['400'] ?? run.statuses['422'] ?? 0).toBeGreaterThan(COUNT / 20);
}, 180_000);
