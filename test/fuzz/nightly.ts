// `npm run nightly`: thousands of damaged plans over all readable formats, then requests to the API made from its own
// document. Prints its seed; the same seed is the same run.
//   npm run nightly -- --seed 7 --count 5000 --workers 2 --requests 20000 --together 8        npm run nightly -- --only pdf:2100406 [--save FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runApi } from './api-run.ts';
import { type Case, casesOf, makeCase } from './formats.ts';
import { runCases, summary } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    count: { type: 'string', default: '5000' },
    workers: { type: 'string', default: '2' },
    requests: { type: 'string', default: '20000' },
    together: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
    save: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Date.now() / 1000) % 1_000_000);
const [count, workers, together] = [Number(values.count), Number(values.workers), Number(values.together)];
const requests = values.only ? 0 : Number(values.requests);
if (![seed, count, workers, requests, together].every((n) => Number.isInteger(n) && n >= 0) || together < 1)
  throw new Error('--seed, --count, --workers, --requests and --together are whole numbers.');

const cases: Case[] = values.only
  ? values.only.map((one) => ({ format: one.split(':')[0]!, seed: Number(one.split(':')[1]) }))
  : casesOf(seed, count);
if (values.save && cases[0]) writeFileSync(values.save, (await makeCase(cases[0])).bytes);
console.log(
  values.only
    ? `${cases.length} files`
    : `${cases.length} damaged plans, seed ${seed} (again: npm run nightly -- --seed ${seed} --count ${count})`,
);
const begun = performance.now();
const outcomes = await runCases(cases, {
  workers: Math.max(1, workers),
  timeout_ms: 20_000,
  memory_mb: 1024,
  onOutcome: (outcome, finished) => {
    if (outcome.outcome === 'fault' || values.only)
      console.log(
        `${outcome.format}:${outcome.seed} ${outcome.outcome} [${outcome.done.join(', ')}] ${outcome.took_ms} ms\n  ${outcome.note}`,
      );
    if (finished % 250 === 0)
      console.log(`${finished} of ${cases.length}, ${Math.round((performance.now() - begun) / 1000)} s`);
  },
});
console.log(summary(outcomes));
const faults = outcomes.filter(({ outcome }) => outcome === 'fault').length;
console.log(
  `${outcomes.length} files, ${faults} faults, ${Math.round((performance.now() - begun) / 1000)} s`,
);
const complaints = requests > 0 ? await askTheApi() : 0;
process.exitCode = faults + complaints > 0 ? 1 : 0;

async function askTheApi(): Promise<number> {
  const begun = performance.now();
  const seconds = () => Math.round((performance.now() - begun) / 1000);
  console.log(
    `${requests} requests to the API, ${together} at once, seed ${seed} (again: npm run nightly -- --count 0 --seed ${seed} --requests ${requests} --together ${together})`,
  );
  const run = await runApi(seed, requests, {
    together,
    onProgress: (asked) => console.log(`${asked} of ${requests}, ${seconds()} s`),
    onComplaint: (one) => console.log(one),
  });
  console.log(
    `${run.asked} requests, ${JSON.stringify(run.statuses)}, slowest ${Math.round(run.slowest.took_ms)} ms, ${run.complaints.length} complaints, ${seconds()} s`,
  );
  return run.complaints.length;
}
