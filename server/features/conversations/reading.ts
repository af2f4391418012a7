// One message read by the built-in parser on top of what its project and conversation say so far. Read before the message is
// stored, so that a question is answered from the same reading; read again only where the brief changed in between. Pure.
import type { Brief, BriefParse, Evidence } from '../../../contract/brief.ts';
import { parseBrief } from '../../../engine/brief/parse.ts';
import { briefOf, evidenceFor, type ProjectBriefColumns } from './brief.ts';

/** Kept with the conversation: where each field came from, how many turns were read, what is still open. */
export interface Context {
  evidence?: Evidence[];
  turns?: number;
  questions?: string[];
}

export interface Reading {
  parse: BriefParse;
  /** The brief before this message. */
  before: Brief;
  /** Index of the message among those read in this conversation. */
  turn: number;
  /** YYYY-MM-DD */
  today: string;
  latency_ms: number;
  /** What it was read on top of. */
  basis: string;
}

const basisOf = (before: Brief, turn: number, today: string): string => JSON.stringify([before, turn, today]);

/** `known` is given back where it was read on top of the same brief, as the same turn, on the same day. */
export function readMessage(
  project: ProjectBriefColumns,
  context: Context,
  content: string,
  now: Date,
  known?: Reading,
): Reading {
  const before = briefOf(project);
  const turn = context.turns ?? 0;
  const today = now.toISOString().slice(0, 10);
  const basis = basisOf(before, turn, today);
  if (known?.basis === basis) return known;
  const begun = performance.now();
  const parse = parseBrief([content], {
    reference_date: today,
    previous: { brief: before, evidence: evidenceFor(before, context.evidence ?? []), turns: turn },
  });
  return { parse, before, turn, today, latency_ms: Math.round(performance.now() - begun), basis };
}
