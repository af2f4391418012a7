// The main job over plain HTTP, from sign-up to a selected scenario. `npm run journey -- http://localhost:3000` uses a
// running server; without an address it starts one on a temporary folder.
import { randomUUID } from 'node:crypto';
import { generateCatalogLines } from '../test/harness/catalogue.ts';
import { type JourneyResult, runJourney } from '../test/harness/journey.ts';
import { serve, temporaryFolder } from '../test/harness/process.ts';
import { officePlan } from '../test/harness/trial-data.ts';

const [address] = process.argv.slice(2);
const folder = temporaryFolder();
const server = address === undefined ? await serve({ data_dir: folder.path }) : undefined;
try {
  const { file_name, bytes, real } = officePlan();
  console.log(real ? 'with the real office storey' : 'with the sample plan');
  const result: JourneyResult = await runJourney({
    base_url: address ?? server?.url ?? '',
    plan: { file_name, bytes },
    catalogue: generateCatalogLines,
    email: `journey.${randomUUID().slice(0, 8)}@example.com`,
  });
  for (const { step, took_ms, detail } of result.steps)
    console.log(`${step.padEnd(30)} ${String(took_ms).padStart(6)} ms  ${detail}`);
  console.log(result.scenarios.map((one) => `${one.type} ${one.total_cost}`).join('  '));
} finally {
  await server?.stop();
  folder.remove();
}
