// Reads a floor plan: bytes in, plan document out. Pure and synchronous inside, so it can run in a worker or child process.
import type { PlanDocument, ScaleCue } from '../../contract/plan.ts';
import { ArrangementTooLarge } from '../geometry/arrangement.ts';
import { boxOf, type Point, polygonArea } from '../geometry/planar.ts';
import { buildDocument } from './document.ts';
import { readDxfLinework } from './dxf/read.ts';
import { PlanError, throwIfCancelled } from './errors.ts';
import { makeFrame } from './frame.ts';
import { guessScale } from './guess.ts';
import { LIMITS } from './limits.data.ts';
import type { Linework } from './linework.ts';
import { findRooms, type RoomPlan } from './rooms.ts';
import { decideScale, printedAreaCue, type ScaleDecision, userKnownCue, userScaleCue } from './scale.ts';
import { paperCues, UNITS, vectorCues } from './scale_cues.ts';
import { storeyNotes } from './side_by_side.ts';
import { sniffFormat } from './sniff.ts';
import { dropBeyondStorey, dropStrays } from './strays.ts';

export type AnalyzeOptions = {
  file_name: string;
  /** What the file was before it was turned into DXF for reading. */
  source_format?: 'dwg';
  /** What the user says the scale is: `1/8 in = 1 ft`, `1:100`, `1 unit = 1 mm`. */
  scale?: string;
  /** A distance the user knows: `x1,y1,x2,y2=12 ft`, in source coordinates. */
  known?: string;
  /** Page of a document with several, from 1. */
  page?: number;
  /** Leaves out areas the drawing itself fills; for measuring what the walls alone give. */
  ignore_fills?: boolean;
  signal?: AbortSignal;
  /** Share done (0 to 1) and what is being done. */
  onProgress?: (done: number, note: string) => void;
};

/**
 * The plan document of a file. Throws PlanError (stable code, one sentence) for what cannot be read.
 * The time in `took_ms` is wall time of this call.
 */
export async function analyzePlan(bytes: Uint8Array, options: AnalyzeOptions): Promise<PlanDocument> {
  try {
    return await read(bytes, options);
  } catch (error) {
    if (!(error instanceof ArrangementTooLarge)) throw error;
    throw new PlanError(
      'too_many_entities',
      'The wall lines of the drawing cross each other more often than the walls of a storey can; switch off hatching and export again.',
    );
  }
}

async function read(bytes: Uint8Array, options: AnalyzeOptions): Promise<PlanDocument> {
  const started = performance.now();
  const progress = options.onProgress ?? (() => {});
  const format = checkFormat(bytes, options.file_name);
  throwIfCancelled(options.signal);
  progress(0.05, 'Reading the drawing');
  const {
    linework,
    toFile,
    page,
    pages,
    page_list,
    guess,
    cues: seen = [],
    paper_feet,
  } = await readLinework(bytes, format, options);
  dropStrays(linework);
  if (linework.strokes.length === 0)
    throw new PlanError(
      'empty_drawing',
      `"${options.file_name}" holds no lines that could be walls; send the sheet with the floor plan.`,
    );
  await breathe(options.signal);
  progress(0.4, 'Finding the scale');
  const paper = format === 'pdf';
  const cues = [
    ...userCues(options, linework, paper_feet ?? null),
    ...(paper && guess === undefined ? paperCues(linework) : []),
    ...(guess === undefined ? vectorCues(linework, paper) : seen),
  ];
  let decision = decideScale(cues, guess ?? guessScale(linework, paper));
  dropBeyondStorey(linework, decision.working);
  await breathe(options.signal);
  progress(0.5, 'Finding rooms');
  let plan = roomsAt(linework, decision.working);
  const printed = printedAreaCue(printedPairs(plan), decision.working);
  if (printed) {
    const before = decision.working;
    decision = decideScale([...cues, printed], before);
    if (Math.abs(decision.working / before - 1) > 0.005) plan = roomsAt(linework, decision.working);
  }
  await breathe(options.signal);
  progress(0.85, 'Describing rooms');
  const frame = makeFrame(linework, decision.working);
  linework.notes.push(...storeyNotes(plan.rooms.map((room) => boxOf(room.polygon.outer))));
  const body = buildDocument(linework, frame, plan, decision.scale, toFile);
  progress(1, 'Done');
  const extents = boxOf(linework.strokes.flatMap((stroke) => [toFile(stroke.a), toFile(stroke.b)]));
  const source: PlanDocument['source'] = {
    format: options.source_format ?? format,
    file: options.file_name,
    units: unitsOf(decision, linework),
    extents,
    ...(page === undefined ? {} : { page, pages }),
    ...(page_list ? { page_list } : {}),
  };
  return { source, ...body, took_ms: Math.round((performance.now() - started) * 10) / 10 };
}

function roomsAt(linework: Linework, feetPerUnit: number): RoomPlan {
  return findRooms(linework, makeFrame(linework, feetPerUnit));
}

type Read = {
  linework: Linework;
  toFile: (p: Point) => Point;
  page?: number;
  pages?: number;
  page_list?: PlanDocument['source']['page_list'];
  /** Of a picture: feet per unit for thresholds, and what its own reader saw of the scale. */
  guess?: number;
  cues?: ScaleCue[];
  /** Of a picture: feet of paper in one pixel, null where the file does not say. */
  paper_feet?: number | null;
};

async function readLinework(bytes: Uint8Array, format: Readable, options: AnalyzeOptions): Promise<Read> {
  if (format === 'dxf') return { linework: readDxfLinework(bytes), toFile: (p) => p };
  if (format === 'png' || format === 'jpg') {
    const { readRasterLinework } = await import('./raster/read.ts');
    return readRasterLinework(bytes, options.file_name, options);
  }
  const { readPdfLinework } = await import('./pdf/read.ts');
  return readPdfLinework(bytes, options.page, {
    ignore_fills: options.ignore_fills ?? false,
    signal: options.signal,
    onProgress: options.onProgress,
  });
}

type Readable = 'dxf' | 'pdf' | 'png' | 'jpg';

function checkFormat(bytes: Uint8Array, name: string): Readable {
  if (bytes.length === 0)
    throw new PlanError('empty_drawing', `"${name}" is empty; upload the drawing again.`);
  if (bytes.length > LIMITS.file_bytes) {
    throw new PlanError('too_large', `"${name}" is larger than 100 MB; export only the floor plan's layers.`);
  }
  const format = sniffFormat(bytes);
  if (format !== null && format !== 'dwg') return format;
  if (format === null) {
    throw new PlanError(
      'unknown_format',
      `"${name}" is not a DXF, DWG, PDF, PNG or JPG inside, whatever its name says; export the plan as DXF.`,
    );
  }
  throw new PlanError(
    'unsupported_format',
    `"${name}" is a ${format.toUpperCase()} inside, which cannot be read yet; export the plan as DXF.`,
  );
}

/** Lets cancellation and other work through between the steps. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  throwIfCancelled(signal);
}

function userCues(options: AnalyzeOptions, linework: Linework, paperFeet: number | null): ScaleCue[] {
  const cues: ScaleCue[] = [];
  if (options.scale)
    cues.push(
      userScaleCue(
        options.scale,
        UNITS.find((unit) => unit.name === linework.units)?.feet ??
          (linework.units === 'pt' ? 1 / 864 : paperFeet),
      ),
    );
  if (options.known) cues.push(userKnownCue(options.known));
  return cues;
}

function printedPairs(plan: RoomPlan): { printed: number; traced: number }[] {
  return plan.rooms.flatMap((room) =>
    room.label?.area_sqft ? [{ printed: room.label.area_sqft, traced: polygonArea(room.polygon) }] : [],
  );
}

function unitsOf(decision: ScaleDecision, linework: Linework): string {
  const feet = decision.scale.feet_per_unit;
  if (feet === null || linework.units === 'pt') return linework.units;
  return UNITS.find((unit) => Math.abs(unit.feet / feet - 1) < 0.01)?.name ?? 'unknown';
}
