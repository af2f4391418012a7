// How well and how fast the brief parser reads judged conversations. The baseline of the quality figures is a plain
// reader of "number + noun" patterns; the baseline of the time is cutting the same messages into words.

import { readFileSync } from 'node:fs';
import type { Brief, Intent } from '../contract/brief.ts';
import { parseBrief } from '../engine/brief/parse.ts';
import { type JudgedSet, type Score, scoreSet } from '../engine/brief/score.ts';
import type { Figure } from '../server/commands/bench.ts';

const SETS = [
  ['dev', 'development half, learnt from'],
  ['heldout', 'held-out half, never learnt from'],
  ['second-author', 'second hand, learnt from'],
  ['third-author', 'third hand, learnt from'],
  ['fourth', 'fourth hand, learnt from'],
  ['fifth', 'fifth hand, learnt from'],
  ['sixth', 'sixth hand, learnt from'],
  ['seventh', 'seventh hand, learnt from'],
  ['eighth', 'eighth hand, learnt from'],
  ['ninth', 'ninth hand, learnt from'],
  ['tenth', 'tenth hand, learnt from'],
  ['eleventh', 'eleventh hand, learnt from'],
  ['twelfth', 'twelfth hand, learnt from'],
  ['thirteenth', 'thirteenth hand, learnt from'],
  ['fourteenth', 'fourteenth hand, learnt from'],
  ['fifteenth', 'fifteenth hand, learnt from'],
] as const;

function readSet(name: string): JudgedSet {
  return JSON.parse(
    readFileSync(new URL(`../engine/brief/cases/${name}.data.json`, import.meta.url), 'utf8'),
  ) as JudgedSet;
}

/** What a day's work with regular expressions gets: the last match of each pattern, a question mark is a question. */
export function plainReader(turns: readonly string[]): { brief: Brief; intent: Intent } {
  const text = turns.join('\n').toLowerCase();
  const last = (pattern: RegExp): number | undefined => {
    const found = [...text.matchAll(pattern)].at(-1)?.[1];
    return found === undefined ? undefined : Number(found.replaceAll(',', ''));
  };
  const brief: Brief = {};
  const people = last(/(\d[\d,]*) (?:people|employees|staff)/g);
  const desks = last(/(\d[\d,]*) (?:desks|workstations)/g);
  const offices = last(/(\d[\d,]*) private offices/g);
  const rooms = last(/(\d[\d,]*) (?:meeting|conference) rooms/g);
  const booths = last(/(\d[\d,]*) phone booths/g);
  const area = last(/(\d[\d,]*) (?:sq ft|square feet)/g);
  const dollars = [...text.matchAll(/\$(\d[\d,]*)(k?)/g)].at(-1);
  if (people !== undefined) brief.employee_count = people;
  if (desks !== undefined) brief.workstation_count = desks;
  if (offices !== undefined) brief.private_offices = offices;
  if (rooms !== undefined) brief.meeting_rooms = rooms;
  if (booths !== undefined) brief.phone_booths = booths;
  if (area !== undefined) brief.area_sqft = area;
  if (dollars)
    brief.budget = {
      target: Number((dollars[1] ?? '0').replaceAll(',', '')) * (dollars[2] ? 1000 : 1),
      currency: 'USD',
    };
  const turn = turns.at(-1) ?? '';
  const intent: Intent = turn.includes('?')
    ? 'ask_question'
    : Object.keys(brief).length > 0
      ? 'provide_requirements'
      : 'other';
  return { brief, intent };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

function quality(label: string, score: Score, plain: Score): Figure[] {
  const rows: [string, number, number][] = [
    ['slot F1', score.f1, plain.f1],
    ['exact briefs', score.exact, plain.exact],
    ['intents', score.intents, plain.intents],
  ];
  return rows.map(([name, value, baseline]) => ({
    figure: `${name}, ${label} (${score.cases} cases)`,
    unit: 'share',
    value: round(value),
    baseline: round(baseline),
    ratio: baseline ? round(value / baseline) : 0,
  }));
}

function msPer(messages: readonly string[], read: (message: string) => unknown): number {
  for (const message of messages) read(message);
  const rounds = 5;
  const start = performance.now();
  for (let k = 0; k < rounds; k++) for (const message of messages) read(message);
  return (performance.now() - start) / (rounds * messages.length);
}

/** The figures of `ofs bench brief`. */
export async function briefSuite(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const messages: string[] = [];
  for (const [name, label] of SETS) {
    const set = readSet(name);
    for (const one of set.cases) messages.push(...one.turns);
    const score = scoreSet(set, (turns, date) => parseBrief(turns, { reference_date: date }));
    figures.push(
      ...quality(
        label,
        score,
        scoreSet(set, (turns) => plainReader(turns)),
      ),
    );
  }
  const value = msPer(messages, (message) => parseBrief([message], { reference_date: '2026-03-10' }));
  const baseline = msPer(messages, (message) => message.toLowerCase().match(/[\p{L}\d]+/gu));
  figures.push({
    figure: `time per message (${messages.length} messages)`,
    unit: 'ms',
    value: round(value),
    baseline: Math.round(baseline * 1e5) / 1e5,
    ratio: round(value / baseline),
  });
  return figures;
}
