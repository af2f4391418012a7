// `npm run nightly`: thousands of damaged plans over all readable formats. Prints its seed; the same seed is the same run.
//   npm run nightly -- --seed 7 --count 5000 --workers 2        npm run nightly -- --only pdf:2100406 [--save FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Case, casesOf, makeCase } from './formats.ts';
import { runCases, summary } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    count: { type: 'string', default: '5000' },
    workers: { type: 'string', default: '2' },
    only: { type: 'string', multiple: true },
    save: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Date.now() / 1000) % 1_000_000);
const [count, workers] = [Number(values.count), Number(values.workers)];
if (![seed, count, workers].every((n) => Number.isInteger(n) && n >= 0))
  throw new Error('--seed, --count and --workers are whole numbers.');

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
process.exitCode = faults > 0 ? 1 : 0;
