// Gives the unnamed pen styles of a PDF their roles: the pen that draws most paired lines draws the walls, a thinner pen
// that draws swings draws doors.
import { distance } from '../../geometry/planar.ts';
import type { Linework, Origin, Stroke } from '../linework.ts';
import { parallelPairs, repeatedLines } from '../pairing.ts';

/** Share of a pen's length that must lie in pairs before it counts as the walls' pen. */
const WALL_SHARE = 0.45;

export function nameWallStyles(linework: Linework): void {
  const styles = new Map<Origin, Stroke[]>();
  for (const stroke of linework.strokes) {
    if (stroke.origin.role !== 'unknown' || stroke.arc >= 0) continue;
    const list = styles.get(stroke.origin);
    if (list) list.push(stroke);
    else styles.set(stroke.origin, [stroke]);
  }
  if (linework.strokes.some((stroke) => stroke.origin.role === 'wall')) return;
  for (const [origin, strokes] of styles) {
    if (isHatching(strokes)) origin.role = 'hatch';
  }
  const swinging = swingPens(linework);
  const total = [...styles].reduce(
    (sum, [origin, strokes]) => sum + (origin.role === 'hatch' ? 0 : lengthOf(strokes)),
    0,
  );
  const ranked = [...styles]
    .filter(([origin, strokes]) => origin.role === 'unknown' && lengthOf(strokes) > 0.15 * total)
    .map(([origin, strokes]) => ({ origin, weight: strokes[0]!.weight, share: pairedShare(strokes) }));
  ranked.sort((p, q) => q.weight - p.weight);
  const walls = ranked.find(
    ({ origin, share }) => share > WALL_SHARE && (!swinging.has(origin) || swinging.size === styles.size),
  );
  if (!walls || swinging.has(walls.origin)) return;
  walls.origin.role = 'wall';
  for (const origin of swinging) if (origin.role === 'unknown') origin.role = 'door';
}

/** Pens that draw a good part of the swings; a few quarter turns in a pen are rounded corners. */
function swingPens(linework: Linework): Set<Origin> {
  const counts = new Map<Origin, number>();
  const swings = linework.arcs.filter((arc) => arc.sweep > 60 && arc.sweep < 110);
  for (const { origin } of swings) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  return new Set([...counts].filter(([, n]) => n >= 0.2 * swings.length).map(([origin]) => origin));
}

function lengthOf(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, stroke) => sum + distance(stroke.a, stroke.b), 0);
}

/** Most of the pen's length lies in runs of like lines at one spacing. */
function isHatching(strokes: readonly Stroke[]): boolean {
  const lines = strokes.slice(0, 4000);
  const repeated = repeatedLines(lines, parallelPairs(lines, 1, 15), 0.25);
  return lengthOf(lines.filter((_, i) => repeated.has(i))) > 0.5 * lengthOf(lines);
}

/** Share of the length that has a parallel partner 2 to 30 points away. */
function pairedShare(strokes: readonly Stroke[]): number {
  const lines = strokes.slice(0, 20_000);
  const covered = new Map<number, number>();
  for (const { i, j, overlap, gap } of parallelPairs(lines, 2, 30)) {
    if (overlap < 1.5 * gap) continue;
    for (const k of [i, j]) covered.set(k, (covered.get(k) ?? 0) + overlap);
  }
  let paired = 0;
  lines.forEach((line, i) => {
    paired += Math.min(distance(line.a, line.b), covered.get(i) ?? 0);
  });
  return paired / Math.max(1e-9, lengthOf(lines));
}
