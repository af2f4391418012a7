// The scale a drawing on paper shows by its own dimensions: the printed length against the dimension line it stands at.
import type { ScaleCue } from '../../contract/plan.ts';
import { distance, nearestOnSegment, type Point } from '../geometry/planar.ts';
import type { Linework, Stroke, Text } from './linework.ts';
import { parseLength } from './quantities.ts';
import { SegmentIndex } from './segment_index.ts';

/** Lengths and lines looked at. */
const MOST_TEXTS = 400;
const MOST_LINES = 40_000;
/** Dimensions whose scale agrees to within this. */
const AGREE = 0.012;
const FEWEST = 3;
/** Feet in a point of plots from 3 in to the foot to 1 in to 200 ft. */
const PLAUSIBLE: readonly [number, number] = [1 / 300, 3];

/** The scale most dimensions agree on, or null where fewer than three do. */
export function paperDimensionCue(linework: Linework): ScaleCue | null {
  const lengths = linework.texts
    .flatMap((text) => {
      const feet = parseLength(text.value);
      return feet !== null && feet > 0.5 ? [{ text, feet }] : [];
    })
    .slice(0, MOST_TEXTS);
  if (lengths.length < FEWEST) return null;
  const lines = linework.strokes.filter((stroke) => stroke.arc < 0).slice(0, MOST_LINES);
  const index = new SegmentIndex(lines);
  const votes = lengths.flatMap(({ text, feet }, i) =>
    [...new Set(spansAt(text, index).map((span) => feet / span))]
      .filter((ratio) => ratio > PLAUSIBLE[0] && ratio < PLAUSIBLE[1])
      .map((ratio) => ({ ratio, from: i })),
  );
  votes.sort((p, q) => p.ratio - q.ratio);
  let best = { count: 0, ratio: 0 };
  for (const { ratio } of votes) {
    const near = votes.filter((vote) => Math.abs(vote.ratio / ratio - 1) <= AGREE);
    const count = new Set(near.map((vote) => vote.from)).size;
    if (count > best.count) best = { count, ratio: near[near.length >> 1]!.ratio };
  }
  if (best.count < FEWEST || best.count < 0.3 * lengths.length) return null;
  return {
    kind: 'dimension_text',
    feet_per_unit: best.ratio,
    detail: `${best.count} of ${lengths.length} printed lengths fit the lines they stand at`,
  };
}

/** Lengths in points that a printed length may belong to: the line beside it, whole or between the marks next to the text. */
function spansAt(text: Text, lines: SegmentIndex<Stroke>): number[] {
  const reach = text.height * 1.8;
  const spans: number[] = [];
  for (const i of lines.near(text.centre, text.centre, reach)) {
    const line = lines.lines[i]!;
    const length = distance(line.a, line.b);
    if (length < text.height * 2 || nearestOnSegment(text.centre, line.a, line.b).distance > reach) continue;
    const d: Point = [(line.b[0] - line.a[0]) / length, (line.b[1] - line.a[1]) / length];
    const at = (text.centre[0] - line.a[0]) * d[0] + (text.centre[1] - line.a[1]) * d[1];
    if (at < 0.05 * length || at > 0.95 * length) continue;
    spans.push(length);
    const marks = marksOn(line, d, length, lines, i);
    const before = Math.max(0, ...marks.filter((mark) => mark < at));
    const after = Math.min(length, ...marks.filter((mark) => mark > at));
    if (after - before < length * 0.999 && after > before) spans.push(after - before);
  }
  return spans;
}

/** Where other lines meet or cross a line, as distances from its start. */
function marksOn(line: Stroke, d: Point, length: number, lines: SegmentIndex<Stroke>, own: number): number[] {
  return lines.near(line.a, line.b, 0.5).flatMap((j) => {
    if (j === own) return [];
    const { a, b } = lines.lines[j]!;
    const [s, t] = [a, b].map((p) => (p[0] - line.a[0]) * d[1] - (p[1] - line.a[1]) * d[0]) as [
      number,
      number,
    ];
    if (Math.abs(s - t) < 0.5 * distance(a, b) || s * t > 0.3) return [];
    const k = Math.abs(s) / Math.max(1e-9, Math.abs(s) + Math.abs(t));
    const p: Point = [a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k];
    const mark = (p[0] - line.a[0]) * d[0] + (p[1] - line.a[1]) * d[1];
    return mark > 0.2 && mark < length - 0.2 ? [mark] : [];
  });
}
