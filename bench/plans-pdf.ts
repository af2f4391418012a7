// Accuracy and speed of reading vector PDFs, plans as offices send them, and how far the stated confidence holds.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { overlap } from '../engine/geometry/overlap.ts';
import { boxOf, type Point, type Polygon } from '../engine/geometry/planar.ts';
import { analyzePlan } from '../engine/plan/analyze.ts';
import { confidenceOf } from '../engine/plan/confidence.ts';
import { readDxfLinework } from '../engine/plan/dxf/read.ts';
import { samplesOf } from '../engine/plan/generator/calibrate.ts';
import { generatePlan } from '../engine/plan/generator/generate.ts';
import type { GeneratedPlan, PlanOptions } from '../engine/plan/generator/model.ts';
import { type Score, scorePlan, type Truth, truthOf } from '../engine/plan/generator/score.ts';
import { writeDxf } from '../engine/plan/generator/write_dxf.ts';
import { toPage, writePdf } from '../engine/plan/generator/write_pdf.ts';
import { readPdfLinework } from '../engine/plan/pdf/read.ts';
import type { Figure } from '../server/commands/bench.ts';

type Run = { score: Score; parse_ms: number; total_ms: number };
type Options = { ignore_fills?: boolean };

const PLANS = 15;
/** Seeds apart from those the reader was developed on (1–60) and the confidence was fitted on (5001–5400). */
const FIRST_SEED = 20_101;
const RELIABILITY_SEED = 21_001;
const RELIABILITY_PLANS = 120;

/** Figures of vector PDFs and of drawings with all that offices draw beside rooms; real drawings where at hand. */
export async function plansPdfSuite(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const convention of ['aia', 'words', 'none'] as const) {
    const runs = await generated({ difficulty: 'real', convention }, dxfRun);
    figures.push(...figuresOf(`as offices draw, ${convention} layers, DXF`, runs, 0.75));
  }
  for (const difficulty of ['plain', 'real'] as const)
    figures.push(...figuresOf(`generated PDF, ${difficulty}`, await generated({ difficulty }, pdfRun), 0.75));
  figures.push(...(await officeFigures()), ...(await facilityFigures()), ...reliability());
  return figures;
}

async function generated(
  options: Partial<PlanOptions>,
  run: (plan: GeneratedPlan) => Promise<Run>,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (let i = 0; i < PLANS; i++) runs.push(await run(generatePlan(FIRST_SEED + i, options)));
  return runs;
}

function dxfRun(plan: GeneratedPlan): Promise<Run> {
  const bytes = new TextEncoder().encode(writeDxf(plan));
  return runOn(bytes, 'generated.dxf', truthOf(plan));
}

function pdfRun(plan: GeneratedPlan): Promise<Run> {
  const truth = truthOf(plan).map((room, i) => ({
    ...room,
    polygon: mapped(plan.rooms[i]!.polygon, (p) => toPage(plan, p)),
  }));
  return runOn(writePdf(plan), 'generated.pdf', truth);
}

function mapped({ outer, holes }: Polygon, to: (p: Point) => Point): Polygon {
  return { outer: outer.map(to), holes: holes.map((ring) => ring.map(to)) };
}

async function runOn(
  bytes: Uint8Array,
  name: string,
  truth: readonly Truth[],
  options: Options = {},
): Promise<Run> {
  const started = performance.now();
  if (name.endsWith('.pdf')) await readPdfLinework(bytes, 1, options);
  else readDxfLinework(bytes);
  const parsed = performance.now();
  const document = await analyzePlan(bytes, { file_name: name, ...options });
  return {
    score: scorePlan(document, truth),
    parse_ms: parsed - started,
    total_ms: performance.now() - parsed,
  };
}

function figuresOf(name: string, runs: readonly Run[], at: number): Figure[] {
  const sum = (pick: (score: Score) => number) => runs.reduce((total, run) => total + pick(run.score), 0);
  const rooms = sum((score) => score.rooms);
  const share = (words: string, value: number) => figure(`${name}: ${words}`, '%', (100 * value) / rooms);
  const parse = median(runs.map((run) => run.parse_ms));
  const time = median(runs.map((run) => run.total_ms));
  return [
    figure(`${name}: rooms`, 'count', rooms),
    share(
      `found at IoU ${at}`,
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
    figure(`${name}: median area error`, '%', 100 * median(runs.map((run) => run.score.median_area_error))),
    { ...figure(`${name}: median time`, 'ms', time), baseline: round(parse), ratio: round(time / parse) },
  ];
}

/** Per band of confidence the share of spaces that have IoU of at least 0.75 with a true room, on plans the fit has not seen. */
function reliability(): Figure[] {
  const said: { confidence: number; right: boolean }[] = [];
  for (let seed = RELIABILITY_SEED; seed < RELIABILITY_SEED + RELIABILITY_PLANS; seed++)
    for (const { features, right } of samplesOf(seed))
      said.push({ confidence: confidenceOf(features), right });
  return BANDS.flatMap(([low, high]) => {
    const band = said.filter(({ confidence }) => confidence >= low && confidence < high);
    if (band.length === 0) return [];
    const right = (100 * band.filter((space) => space.right).length) / band.length;
    const mean = (100 * band.reduce((sum, space) => sum + space.confidence, 0)) / band.length;
    const name = `real difficulty, confidence ${low.toFixed(2)}–${Math.min(1, high).toFixed(2)}: right of ${band.length}`;
    return [{ ...figure(name, '%', right), baseline: round(mean), ratio: round(right / mean) }];
  });
}

const BANDS: readonly [number, number][] = [
  [0, 0.2],
  [0.2, 0.4],
  [0.4, 0.6],
  [0.6, 0.8],
  [0.8, 0.9],
  [0.9, 0.95],
  [0.95, 0.985],
  [0.985, 1.01],
];

function trialFolder(): string {
  return join(process.env['OFS_TRIAL_DATA'] ?? join(import.meta.dirname, '../../shared/data'), 'plans');
}

/** Points of a sheet at 1/8" = 1'-0" in a metre. */
const POINTS_PER_METRE = 9 / 0.3048;

async function officeFigures(): Promise<Figure[]> {
  const file = join(trialFolder(), 'office/officeA_Level1.pdf');
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const { truth } = JSON.parse(
    readFileSync(join(trialFolder(), 'office/officeA_Level1.truth.json'), 'utf8'),
  ) as { truth: { number: string; name: string; rings: [number, number][][] }[] };
  const document = await analyzePlan(bytes, { file_name: file });
  const [dx, dy] = offset(
    document.dimensions.source_outlines.flat(),
    truth.flatMap((room) => room.rings[0]!),
  );
  const rooms = truth.map(({ number, name, rings }): Truth => {
    const place = ([x, y]: Point): Point => [x * POINTS_PER_METRE + dx, y * POINTS_PER_METRE + dy];
    return { number, name, polygon: mapped({ outer: rings[0]!, holes: rings.slice(1) }, place) };
  });
  return figuresOf('real office, PDF', [await runOn(bytes, 'office.pdf', rooms)], 0.75);
}

/** The truth has no paper coordinates: the middles of both outer boxes are laid on each other. */
function offset(page: readonly Point[], truth: readonly Point[]): [number, number] {
  const [a, b] = [boxOf(page), boxOf(truth)];
  const middle = (low: number, high: number) => (low + high) / 2;
  return [
    middle(a[0], a[2]) - middle(b[0], b[2]) * POINTS_PER_METRE,
    middle(a[1], a[3]) - middle(b[1], b[3]) * POINTS_PER_METRE,
  ];
}

/** A facility plan with its own fills and without; its truth holds parts of many rooms only, so IoU 0.5 counts. */
async function facilityFigures(): Promise<Figure[]> {
  const file = join(trialFolder(), 'cmu/Newell-Simon_GIS-2.pdf');
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const { rooms } = JSON.parse(readFileSync(join(trialFolder(), 'cmu/truth_floor2.json'), 'utf8')) as {
    rooms: { number: string; polygon: [number, number][] }[];
  };
  const figures: Figure[] = [];
  for (const ignore_fills of [false, true]) {
    const started = performance.now();
    await readPdfLinework(bytes, 1, { ignore_fills });
    const parsed = performance.now();
    const document = await analyzePlan(bytes, { file_name: 'facility.pdf', ignore_fills });
    const time = performance.now() - parsed;
    const used = new Set<number>();
    let named = 0;
    for (const room of rooms) {
      const ious = document.spaces.map((space) =>
        overlap(
          { outer: room.polygon, holes: [] },
          { outer: space.source_polygon, holes: space.source_holes },
        ),
      );
      const at = ious.indexOf(Math.max(...ious));
      if ((ious[at] ?? 0) < 0.5) continue;
      used.add(at);
      if (document.spaces[at]!.number === room.number) named++;
    }
    const name = `real facility plan, PDF, ${ignore_fills ? 'without' : 'with'} its fills`;
    figures.push(
      figure(`${name}: found at IoU 0.5 of ${rooms.length}`, 'count', used.size),
      figure(`${name}: found with the right number`, 'count', named),
      figure(
        `${name}: false rooms of ${document.spaces.length}`,
        'count',
        document.spaces.length - used.size,
      ),
      {
        ...figure(`${name}: time`, 'ms', time),
        baseline: round(parsed - started),
        ratio: round(time / (parsed - started)),
      },
    );
  }
  return figures;
}

function figure(name: string, unit: string, value: number): Figure {
  return { figure: name, unit, value: round(value), baseline: null, ratio: null };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
