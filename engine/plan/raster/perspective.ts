// Undoes the perspective of a photograph: the tilt that makes the lines of both wall directions parallel, and the shear
// that makes them square to each other. Lines are moved, not the picture.
import type { Point } from '../../geometry/planar.ts';
import type { Edge } from './edges.ts';
import { about, after, type Homography, mapPoint, tilt } from './homography.ts';

const DEGREE = Math.PI / 180;
/** Lines within this of a main direction belong to it. */
const FAMILY = 12 * DEGREE;
/** A line farther off its direction than this counts no more: it is no line of the family. */
const OUTLIER = 2.5 * DEGREE;
/** Most tilt looked for: how much larger one side of the sheet may be than the middle. */
const MOST = 0.2;

type Line = { a: Point; b: Point; weight: number };

/** The map from picture to upright sheet, or null where lines are parallel as they are or no tilt makes them so. */
export function findPerspective(edges: readonly Edge[], width: number, height: number): Homography | null {
  const lines = [...edges]
    .filter((edge) => edge.length > 30)
    .sort((p, q) => q.length - p.length)
    .slice(0, 900)
    .map(({ a, b, length }): Line => ({ a, b, weight: length }));
  if (lines.length < 20) return null;
  const main = mainAngle(lines);
  const families = [main, main + Math.PI / 2].map((angle) =>
    lines.filter((line) => Math.abs(quarterTurn(angleOf(line.a, line.b) - angle)) < FAMILY),
  );
  if (families.some((family) => family.length < 6)) return null;
  const [mx, my] = [width / 2, height / 2];
  const cost = (u: number, v: number) => {
    const map = tilt(u / mx, v / my, mx, my);
    return families.reduce((sum, family) => sum + spread(family, map).cost, 0);
  };
  let [u, v, best] = [0, 0, cost(0, 0)];
  const before = best;
  for (let step = MOST / 5; step > 0.0004; step /= 2) {
    const reach = step === MOST / 5 ? 5 : 2;
    const [cu, cv] = [u, v];
    for (let i = -reach; i <= reach; i++)
      for (let j = -reach; j <= reach; j++) {
        const value = cost(cu + i * step, cv + j * step);
        if (value < best) [u, v, best] = [cu + i * step, cv + j * step, value];
      }
  }
  const map = tilt(u / mx, v / my, mx, my);
  const [p, q] = families.map((family) => spread(family, map).angle) as [number, number];
  const skew = quarterTurn(q - p - Math.PI / 2);
  const tilted = best < 0.5 * before && Math.hypot(u, v) > 0.004;
  if (!tilted && Math.abs(skew) < 0.4 * DEGREE) return null;
  return after(square(p, skew, mx, my), tilted ? map : tilt(0, 0, mx, my));
}

/** The shear that turns the second direction by −skew and leaves the first. */
function square(first: number, skew: number, mx: number, my: number): Homography {
  if (Math.abs(skew) < 0.05 * DEGREE || Math.abs(skew) > 8 * DEGREE) return about(1, 0, 0, 1, mx, my);
  const k = Math.tan(skew);
  const [c, s] = [Math.cos(first), Math.sin(first)];
  // In the frame of the first direction: x grows by k·y.
  return about(1 - k * c * s, k * c * c, -k * s * s, 1 + k * s * c, mx, my);
}

function angleOf(a: Point, b: Point): number {
  return Math.atan2(b[1] - a[1], b[0] - a[0]);
}

/** An angle between lines, −90 to 90 degrees. */
function quarterTurn(angle: number): number {
  return angle - Math.PI * Math.round(angle / Math.PI);
}

/** The direction most length lies along, lines across it counting too. */
function mainAngle(lines: readonly Line[]): number {
  const bins = new Float64Array(90);
  for (const { a, b, weight } of lines) {
    const degrees = (((angleOf(a, b) / DEGREE) % 90) + 90) % 90;
    bins[Math.floor(degrees) % 90]! += weight;
  }
  let [most, at] = [-1, 0];
  for (let i = 0; i < 90; i++) {
    let sum = 0;
    for (let k = -5; k <= 5; k++) sum += bins[(i + k + 90) % 90]!;
    if (sum > most) [most, at] = [sum, i];
  }
  return (at + 0.5) * DEGREE;
}

/** Weighted direction of a family under a map, and how far its lines stray from it (outliers cut off). */
function spread(family: readonly Line[], map: Homography): { angle: number; cost: number } {
  const angles: number[] = [];
  let [sx, sy] = [0, 0];
  for (const { a, b, weight } of family) {
    const angle = angleOf(mapPoint(map, a), mapPoint(map, b));
    angles.push(angle);
    sx += weight * Math.cos(2 * angle);
    sy += weight * Math.sin(2 * angle);
  }
  let mean = Math.atan2(sy, sx) / 2;
  for (let round = 0; round < 2; round++) {
    let [sum, total] = [0, 0];
    family.forEach(({ weight }, i) => {
      const off = quarterTurn(angles[i]! - mean);
      if (Math.abs(off) > 2 * OUTLIER) return;
      sum += weight * off;
      total += weight;
    });
    if (total > 0) mean += sum / total;
  }
  let cost = 0;
  family.forEach(({ weight }, i) => {
    const off = Math.min(OUTLIER, Math.abs(quarterTurn(angles[i]! - mean)));
    cost += weight * off * off;
  });
  return { angle: mean, cost };
}

/** Edges as they lie on the upright sheet. */
export function movedEdges(edges: readonly Edge[], map: Homography): Edge[] {
  return edges.map((edge) => {
    const [a, b] = [mapPoint(map, edge.a), mapPoint(map, edge.b)];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length < 1e-6) return edge;
    const d: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    return { ...edge, a, b, length, d };
  });
}
