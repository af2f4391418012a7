import { describe, expect, it } from 'vitest';
import { PRODUCT_SUBCATEGORIES } from '../../contract/catalog.ts';
import { frontView } from './front_view.ts';
import type { Shape } from './paths.ts';
import { topView } from './top_view.ts';

/** The points a path passes: arcs by their ends, the half circles of an ellipse also by their top and bottom. */
function points(d: string): [number, number][] {
  const found: [number, number][] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, command = '', rest = ''] of d.matchAll(/([MLhvaz])([^MLhvaz]*)/g)) {
    const numbers = (rest.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    if (command === 'M' || command === 'L') [x, y] = [numbers[0] ?? 0, numbers[1] ?? 0];
    if (command === 'M') [startX, startY] = [x, y];
    if (command === 'h') x += numbers[0] ?? 0;
    if (command === 'v') y += numbers[0] ?? 0;
    if (command === 'z') [x, y] = [startX, startY];
    if (command === 'a')
      for (let at = 0; at < numbers.length; at += 7) {
        const isHalf = numbers[at + 3] === 1;
        if (isHalf) found.push([x, y - (numbers[at + 1] ?? 0)], [x, y + (numbers[at + 1] ?? 0)]);
        x += numbers[at + 5] ?? 0;
        y += numbers[at + 6] ?? 0;
        found.push([x, y]);
      }
    found.push([x, y]);
  }
  return found;
}

function extents(shapes: readonly Shape[]) {
  const all = shapes.flatMap((shape) => points(shape.d));
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

const SIZES = [
  { width: 26, depth: 25, height: 40 },
  { width: 120, depth: 48, height: 29 },
  { width: 5, depth: 21, height: 18 },
  { width: 48, depth: 1, height: 48 },
  { width: 30, depth: 20, height: 1 },
];
const kinds = Object.entries(PRODUCT_SUBCATEGORIES).flatMap(([category, list]) =>
  list.map((subcategory) => ({ category, subcategory: subcategory as string | null })),
);
const unknown = { category: 'curiosities', subcategory: null };

describe('a product drawn from its dimensions', () => {
  it.each([...kinds, unknown])('stays inside its outside dimensions: $subcategory', (kind) => {
    for (const size of SIZES)
      for (const count of [undefined, 1, 7]) {
        const facts = { ...kind, ...size, seats: count, compartments: count };
        const drawn = [...frontView(facts), ...topView(facts)].map((shape) => shape.d).join(' ');
        expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
        const seen = extents(topView(facts));
        expect(seen.left).toBeGreaterThanOrEqual(-0.05);
        expect(seen.right).toBeLessThanOrEqual(size.width + 0.05);
        expect(seen.bottom).toBeLessThanOrEqual(size.depth + 0.05);
      }
  });

  it.each(kinds)('fills the width and height that the maker gives: $subcategory', (kind) => {
    const size = { width: 48, depth: 30, height: 44 };
    const seen = extents(frontView({ ...kind, ...size }));
    expect(seen.left).toBeGreaterThanOrEqual(-0.05);
    expect(seen.right).toBeLessThanOrEqual(size.width + 0.05);
    expect(seen.top).toBeGreaterThanOrEqual(-0.05);
    expect(seen.bottom).toBeLessThanOrEqual(size.height + 0.05);
    expect(seen.right - seen.left).toBeGreaterThan(size.width * 0.7);
    expect(seen.bottom - seen.top).toBeGreaterThan(size.height * 0.9);
  });

  it('shows each door of a locker bank and each cushion of a sofa', () => {
    const bank = { category: 'storage', subcategory: 'locker', width: 36, depth: 18, height: 60 };
    const marks = (compartments: number) => frontView({ ...bank, compartments }).length;
    expect(marks(12)).toBeGreaterThan(marks(6));
    const sofa = { category: 'lounge', subcategory: 'sofa', width: 84, depth: 34, height: 31 };
    const cushions = (seats: number) =>
      frontView({ ...sofa, seats }).filter(({ tone }) => tone === 'part').length;
    expect(cushions(3) - cushions(2)).toBe(1);
  });
});
