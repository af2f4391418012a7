// One message read by the built-in parser on top of what its project and conversation say so far. Read before the message is
// stored, so that a question is answered from the same reading; read again only where the brief changed in between. Pure.
import type { Brief, BriefParse, Evidence } from '../../../contract/brief.ts';
import { parseBrief } from '../../../engine/brief/parse.ts';
import { cutSentences, maskTurn } from '../../../engine/brief/text.ts';
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

/**
 * How much of a message was understood, 0 to 1: the share of its sentences that gave a value; without any, 1 where its intent is
 * one that needs none or its question was answered, else 0. Null where nothing was said.
 */
export function confidenceOf({ parse, turn }: Reading, content: string, answered: boolean): number | null {
  const masked = maskTurn(content);
  const sentences = cutSentences(masked);
  if (sentences.length === 0) return null;
  const quotes = parse.evidence
    .filter((one) => one.turn === turn && one.quote !== '')
    .map((one) => one.quote);
  const read = sentences.filter(({ start, end }) => {
    const said = content.slice(start, end);
    return quotes.some((quote) => quote.includes(said) || said.includes(quote));
  });
  if (read.length > 0) return Math.round((read.length / sentences.length) * 100) / 100;
  if (answered || parse.changed.length > 0) return 1;
  return ['greeting', 'approve', 'reject', 'request_recommendation', 'compare_scenarios'].includes(
    parse.intent,
  )
    ? 1
    : 0;
}
