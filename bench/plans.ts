// Accuracy and speed of plan reading: on generated plans always, on real drawings where the trial data is at hand.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzePlan } from '../engine/plan/analyze.ts';
import { readDxfLinework } from '../engine/plan/dxf/read.ts';
import { generatePlan } from '../engine/plan/generator/generate.ts';
import { CONVENTIONS, type PlanOptions } from '../engine/plan/generator/model.ts';
import { type Score, scorePlan, type Truth, truthOf } from '../engine/plan/generator/score.ts';
import { writeDxf } from '../engine/plan/generator/write_dxf.ts';
import type { Figure } from '../server/commands/bench.ts';
import { plansPdfSuite } from './plans-pdf.ts';
import { plansRasterSuite } from './plans-raster.ts';

type Run = { score: Score; parse_ms: number; total_ms: number };

const PLANS_PER_CONVENTION = 20;
/** Seeds apart from those the reader was developed on (1–30) and the confidence was fitted on (5001–5400). */
const FIRST_SEED = 20_001;

/** Figures of plan reading. Times have the time to parse the same files as their baseline. */
export async function plansSuite(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const all: Run[] = [];
  for (const convention of CONVENTIONS) {
    const runs: Run[] = [];
    for (let i = 0; i < PLANS_PER_CONVENTION; i++) {
      runs.push(await generatedRun(FIRST_SEED + i, { convention }));
    }
    figures.push(...figuresOf(`generated, ${convention} layers`, runs));
    all.push(...runs);
  }
  figures.push(...reliability(all.flatMap((run) => run.score.spaces)));
  return [...figures, ...(await officeFigures()), ...(await plansPdfSuite()), ...(await plansRasterSuite())];
}

async function generatedRun(seed: number, options: Partial<PlanOptions>): Promise<Run> {
  const plan = generatePlan(seed, options);
  return runOn(new TextEncoder().encode(writeDxf(plan)), `generated-${seed}.dxf`, truthOf(plan));
}

async function runOn(bytes: Uint8Array, name: string, truth: readonly Truth[]): Promise<Run> {
  const started = performance.now();
  readDxfLinework(bytes);
  const parsed = performance.now();
  const document = await analyzePlan(bytes, { file_name: name });
  return {
    score: scorePlan(document, truth),
    parse_ms: parsed - started,
    total_ms: performance.now() - parsed,
  };
}

function figuresOf(name: string, runs: readonly Run[]): Figure[] {
  const sum = (pick: (score: Score) => number) => runs.reduce((total, run) => total + pick(run.score), 0);
  const rooms = sum((score) => score.rooms);
  const share = (figure: string, value: number): Figure =>
    plain(`${name}: ${figure}`, '%', (100 * value) / rooms);
  const parse = median(runs.map((run) => run.parse_ms));
  const time = median(runs.map((run) => run.total_ms));
  return [
    plain(`${name}: rooms`, 'count', rooms),
    share(
      'found at IoU 0.75',
      sum((score) => score.found_75),
    ),
    share(
      'found at IoU 0.9',
      sum((score) => score.found_90),
    ),
    share(
      'false rooms',
      sum((score) => score.false_rooms),
    ),
    share(
      'found with the right name and number',
      sum((score) => score.named),
    ),
    plain(`${name}: median area error`, '%', 100 * median(runs.map((run) => run.score.median_area_error))),
    {
      figure: `${name}: median time`,
      unit: 'ms',
      value: round(time),
      baseline: round(parse),
      ratio: round(time / parse),
    },
  ];
}

/** Per band of confidence: the share of spaces that do have IoU of at least 0.75 with a true room. */
function reliability(spaces: Score['spaces']): Figure[] {
  const figures: Figure[] = [];
  for (const [low, high] of CONFIDENCE_BANDS) {
    const band = spaces.filter((space) => space.confidence >= low && space.confidence < high);
    if (band.length === 0) continue;
    const right = (100 * band.filter((space) => space.iou >= 0.75).length) / band.length;
    const said = (100 * band.reduce((sum, space) => sum + space.confidence, 0)) / band.length;
    figures.push({
      figure: `confidence ${low.toFixed(2)}–${Math.min(1, high).toFixed(2)}: right of ${band.length}`,
      unit: '%',
      value: round(right),
      baseline: round(said),
      ratio: round(right / said),
    });
  }
  return figures;
}

const CONFIDENCE_BANDS: readonly [number, number][] = [
  [0, 0.2],
  [0.2, 0.4],
  [0.4, 0.6],
  [0.6, 0.8],
  [0.8, 0.9],
  [0.9, 0.95],
  [0.95, 1.01],
];

type TruthFile = { truth: { number: string; name: string; rings: [number, number][][] }[] };

async function officeFigures(): Promise<Figure[]> {
  const folder = join(
    process.env['OFS_TRIAL_DATA'] ?? join(import.meta.dirname, '../../shared/data'),
    'plans/office',
  );
  if (!existsSync(folder)) return [];
  const file = JSON.parse(readFileSync(join(folder, 'officeA_Level1.truth.json'), 'utf8')) as TruthFile;
  const scaled = (ring: [number, number][]) => ring.map(([x, y]): [number, number] => [x * 1000, y * 1000]);
  const truth = file.truth.map(
    ({ number, name, rings }): Truth => ({
      number,
      name,
      polygon: { outer: scaled(rings[0]!), holes: rings.slice(1).map(scaled) },
    }),
  );
  const figures: Figure[] = [];
  for (const name of ['officeA_Level1.dxf', 'officeA_Level1_gaps.dxf']) {
    const bytes = readFileSync(join(folder, name));
    figures.push(...figuresOf(`real office, ${name}`, [await runOn(bytes, name, truth)]));
  }
  return figures;
}

function plain(figure: string, unit: string, value: number): Figure {
  return { figure, unit, value: round(value), baseline: null, ratio: null };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
