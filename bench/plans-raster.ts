// Accuracy and speed of reading plans that are pictures: generated ones in three looks and as scanned PDF pages, and the
// real storey's renderings where the trial data is at hand.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boxOf, type Point } from '../engine/geometry/planar.ts';
import { analyzePlan } from '../engine/plan/analyze.ts';
import { generatePlan } from '../engine/plan/generator/generate.ts';
import { type Score, scorePlan, type Truth } from '../engine/plan/generator/score.ts';
import { LOOKS, writePicture } from '../engine/plan/generator/write_png.ts';
import { writeScanPdf } from '../engine/plan/generator/write_scan_pdf.ts';
import { decodePicture } from '../engine/plan/raster/decode.ts';
import type { Figure } from '../server/commands/bench.ts';

/** Decoding is what parsing is to a drawing; a scanned page is decoded with its PDF and has no time of its own here. */
type Run = { score: Score; decode_ms: number | null; total_ms: number };

const PLANS = 4;
/** Seeds apart from those the reader was developed on (1–60) and its confidence was fitted on (6001–6012). */
const FIRST_SEED = 22_001;
const BANDS = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01] as const;

/** Figures of pictures and scanned pages. */
export async function plansRasterSuite(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const spaces: Score['spaces'] = [];
  for (const difficulty of ['plain', 'real'] as const)
    for (const look of LOOKS) {
      const runs: Run[] = [];
      for (let seed = FIRST_SEED; seed < FIRST_SEED + PLANS; seed++) {
        const picture = await writePicture(generatePlan(seed, { difficulty }), { look });
        runs.push(await pictureRun(picture.bytes, `plan.${picture.format}`, picture.truth));
      }
      spaces.push(...runs.flatMap((run) => run.score.spaces));
      figures.push(...figuresOf(`${look} picture, ${difficulty}`, runs));
    }
  figures.push(...(await scannedPages()), ...reliability(spaces), ...(await officeFigures()));
  const rss = process.resourceUsage().maxRSS / 1024;
  return [...figures, plain('pictures: most memory of the process', 'MB', rss)];
}

async function pictureRun(bytes: Uint8Array, name: string, truth: readonly Truth[]): Promise<Run> {
  const started = performance.now();
  await decodePicture(bytes, name);
  const decoded = performance.now();
  return { ...(await timed(bytes, name, truth)), decode_ms: decoded - started };
}

async function timed(bytes: Uint8Array, name: string, truth: readonly Truth[]): Promise<Run> {
  const started = performance.now();
  const document = await analyzePlan(bytes, { file_name: name });
  return { score: scorePlan(document, truth), decode_ms: null, total_ms: performance.now() - started };
}

async function scannedPages(): Promise<Figure[]> {
  const runs: Run[] = [];
  for (const [i, rotate] of ([0, 90, 180, 270] as const).entries()) {
    const picture = await writePicture(generatePlan(FIRST_SEED + i, { difficulty: 'plain' }), {
      look: 'scanned',
    });
    const { bytes, truth } = await writeScanPdf(picture, rotate);
    runs.push(await timed(bytes, 'scan.pdf', truth));
  }
  return figuresOf('scanned PDF page, plain', runs);
}

function figuresOf(name: string, runs: readonly Run[]): Figure[] {
  const sum = (pick: (score: Score) => number) => runs.reduce((total, run) => total + pick(run.score), 0);
  const rooms = sum((score) => score.rooms);
  const share = (figure: string, value: number) => plain(`${name}: ${figure}`, '%', (100 * value) / rooms);
  const time = median(runs.map((run) => run.total_ms));
  const decode = median(runs.flatMap((run) => run.decode_ms ?? []));
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
    decode === 0
      ? plain(`${name}: median time`, 'ms', time)
      : {
          figure: `${name}: median time`,
          unit: 'ms',
          value: round(time),
          baseline: round(decode),
          ratio: round(time / decode),
        },
  ];
}

function reliability(spaces: Score['spaces']): Figure[] {
  return BANDS.slice(0, -1).flatMap((low, i) => {
    const band = spaces.filter(({ confidence }) => confidence >= low && confidence < BANDS[i + 1]!);
    if (band.length === 0) return [];
    const right = (100 * band.filter((space) => space.iou >= 0.75).length) / band.length;
    const said = (100 * band.reduce((total, space) => total + space.confidence, 0)) / band.length;
    const name = `pictures, confidence ${low.toFixed(2)}–${Math.min(1, BANDS[i + 1]!).toFixed(2)}`;
    return [
      {
        figure: `${name}: right of ${band.length}`,
        unit: '%',
        value: round(right),
        baseline: round(said),
        ratio: round(right / said),
      },
    ];
  });
}

type TruthFile = {
  U: [number, number][][][];
  truth: { number: string; name: string; rings: [number, number][][] }[];
};

/** Figures of the real storey's pictures; none where they are missing. */
export async function officeFigures(): Promise<Figure[]> {
  const folder = join(
    process.env['OFS_TRIAL_DATA'] ?? join(import.meta.dirname, '../../shared/data'),
    'plans/office',
  );
  if (!existsSync(join(folder, 'officeA_Level1.svg'))) return [];
  const file = JSON.parse(readFileSync(join(folder, 'officeA_Level1.truth.json'), 'utf8')) as TruthFile;
  const place = placement(readFileSync(join(folder, 'officeA_Level1.svg'), 'utf8'), file);
  const truth = file.truth.map(
    ({ number, name, rings }): Truth => ({
      number,
      name,
      polygon: { outer: rings[0]!.map(place), holes: rings.slice(1).map((ring) => ring.map(place)) },
    }),
  );
  const figures: Figure[] = [];
  for (const name of ['officeA_Level1.png', 'officeA_Level1.jpg', 'officeA_Level1_poche.png']) {
    const run = await pictureRun(readFileSync(join(folder, name)), name, truth);
    figures.push(...figuresOf(`real office, ${name}`, [run]));
  }
  return figures;
}

/** Metres of the truth to pixels: the drawing's SVG begins with the walls, side by side in the truth's own order. */
function placement(svg: string, file: TruthFile): (p: Point) => Point {
  const corners = file.U.flat().flatMap((ring) => ring.slice(0, -1));
  const starts = [...svg.matchAll(/M([\d.]+) ([\d.]+)L/g)].map((m): Point => [Number(m[1]), Number(m[2])]);
  const drawn = boxOf(starts.slice(0, corners.length));
  const real = boxOf(corners);
  const scale = (drawn[2] - drawn[0]) / (real[2] - real[0]);
  return ([x, y]) => [drawn[0] + (x - real[0]) * scale, drawn[3] - (y - real[1]) * scale];
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
