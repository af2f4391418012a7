// How long a proposal of 60 rooms takes, all parts: `node bench/proposal.ts`. Prints milliseconds, pages and size.
import { furnishedSample } from '../engine/interchange/furnished_sample.ts';
import { write } from '../engine/interchange/pdf/write.ts';
import { analyzePlan } from '../engine/plan/analyze.ts';
import { samplePlanDxf } from '../engine/plan/generator/sample.ts';
import { FORMATS } from '../server/features/exports/formats.ts';

const ROOMS = 60;

const plans = [];
let rooms = 0;
for (let seed = 1; rooms < ROOMS; seed++) {
  const plan = await analyzePlan(samplePlanDxf(seed), { file_name: `plan ${seed}.dxf` });
  // The last floor is cut so that the rooms are as many as said.
  plan.spaces = plan.spaces.slice(0, ROOMS - rooms);
  rooms += plan.spaces.length;
  plans.push(plan);
}
const document = furnishedSample(11, plans, 3);
const options = {
  scenario_id: null,
  parts: FORMATS.pdf.parts,
  dialect: 'generic',
  paper: 'Letter',
  units: 'imperial',
} as const;
for (const run of ['first', 'second']) {
  const from = performance.now();
  const { bytes } = await write(document, options, { onProgress: () => undefined });
  const took = Math.round(performance.now() - from);
  const pages =
    Buffer.from(bytes)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length ?? 0;
  console.log(
    `${run}: ${rooms} rooms on ${plans.length} floors, ${pages} pages, ${(bytes.length / 1e6).toFixed(2)} MB, ${took} ms`,
  );
}
