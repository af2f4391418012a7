import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, type Segment } from './arrangement.ts';
import { overlap, union } from './overlap.ts';
import {
  boxOf,
  counterClockwise,
  inPolygon,
  inRing,
  type Point,
  polygonArea,
  signedArea,
  simplifyRing,
} from './planar.ts';

function ring(points: Point[], tag = 0): Segment[] {
  return points.map((a, i) => ({ a, b: points[(i + 1) % points.length]!, tag }));
}

const square = (x: number, y: number, s: number): Point[] => [
  [x, y],
  [x + s, y],
  [x + s, y + s],
  [x, y + s],
];

describe('arrangement of wall lines', () => {
  it('of lines that all but coincide lose no piece: the wall between two rooms at an odd angle', () => {
    const rings: Point[][] = [
      [
        [9.94063796057, 0],
        [31.93564734767, 6.72454920862],
        [26.672956662669996, 23.938034816],
        [4.677947275559999, 17.2134856073],
      ],
      [
        [32.89195210367, 7.01692091335],
        [40.54239015137, 9.35589455113],
        [35.27969946637, 26.5693801585],
        [27.629261418669998, 24.2304065207],
      ],
      [
        [31.933734738158073, 6.723964465210557],
        [32.89386471318116, 7.017505656761961],
        [27.631174028181924, 24.230991264109445],
        [26.671044053167225, 23.937450072560605],
      ],
    ];
    const segments = rings.flatMap((ring) =>
      ring.map((a, i): Segment => ({ a, b: ring[(i + 1) % ring.length]!, tag: 0 })),
    );
    const { faces } = arrange(segments, 4e-6);
    expect(faces.reduce((sum, face) => sum + face.area, 0)).toBeCloseTo(23 * 18 + 1 * 18 + 8 * 18, 4);
  });

  it('finds two rooms on either side of a partition', () => {
    const { faces } = arrange([...ring(square(0, 0, 10)), { a: [4, 0], b: [4, 10], tag: 0 }], 0.01);
    expect(faces.map((f) => f.area).sort((a, b) => a - b)).toEqual([40, 60]);
  });

  it('keeps a column as a hole of its room and as a face of its own', () => {
    const { faces } = arrange([...ring(square(0, 0, 10)), ...ring(square(4, 4, 1))], 0.01);
    const room = faces.find((f) => f.holes.length === 1)!;
    expect(room.area).toBeCloseTo(99);
    expect(faces.find((f) => f.holes.length === 0)!.area).toBeCloseTo(1);
  });

  it('ignores lines that end in the room', () => {
    const { faces } = arrange(
      [...ring(square(0, 0, 10)), { a: [4, 0], b: [4, 7], tag: 0 }, { a: [4, 7], b: [6, 7], tag: 0 }],
      0.01,
    );
    expect(faces).toHaveLength(1);
    expect(simplifyRing(faces[0]!.outer, 0.001)).toHaveLength(4);
  });

  it('joins lines that miss each other by less than the tolerance', () => {
    const { faces } = arrange([...ring(square(0, 0, 10)), { a: [4, 0.004], b: [4, 9.996], tag: 0 }], 0.01);
    expect(faces).toHaveLength(2);
  });

  it('tells which tag an edge has and what lies across it', () => {
    const { faces } = arrange([...ring(square(0, 0, 10)), { a: [4, 0], b: [4, 10], tag: 7 }], 0.01);
    const edge = faces[0]!.edges.find((e) => e.tag === 7)!;
    expect(edge.across).toBe(1);
    expect(faces[0]!.edges.some((e) => e.across === -1)).toBe(true);
  });

  it('divides a floor fully: areas of the faces of any set of crossing lines add up to the floor', () => {
    const cut = fc.tuple(
      fc.double({ min: 0.5, max: 99.5, noNaN: true }),
      fc.double({ min: 0.5, max: 99.5, noNaN: true }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 12 }), (cuts) => {
        const lines = cuts.map(
          ([p, q, upright]): Segment =>
            upright ? { a: [p, -1], b: [q, 101], tag: 1 } : { a: [-1, p], b: [101, q], tag: 1 },
        );
        const { faces } = arrange([...ring(square(0, 0, 100)), ...lines], 0.001);
        const inside = faces.filter((f) => inRing([50, 50], square(0, 0, 100)) && f.area > 0);
        const total = inside.reduce((sum, f) => sum + f.area, 0);
        expect(Math.abs(total - 10_000)).toBeLessThan(110);
        for (const face of faces) expect(signedArea(face.outer)).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('overlap', () => {
  const box = fc.record({
    x: fc.integer({ min: 0, max: 50 }),
    y: fc.integer({ min: 0, max: 50 }),
    w: fc.integer({ min: 1, max: 40 }),
    h: fc.integer({ min: 1, max: 40 }),
  });
  const toPolygon = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }) => ({
    outer: [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
    ] as Point[],
    holes: [],
  });

  it('is that of the rectangles, the same both ways, and 1 with itself', () => {
    fc.assert(
      fc.property(box, box, (p, q) => {
        const w = Math.max(0, Math.min(p.x + p.w, q.x + q.w) - Math.max(p.x, q.x));
        const h = Math.max(0, Math.min(p.y + p.h, q.y + q.h) - Math.max(p.y, q.y));
        const expected = (w * h) / (p.w * p.h + q.w * q.h - w * h);
        expect(overlap(toPolygon(p), toPolygon(q))).toBeCloseTo(expected, 9);
        expect(overlap(toPolygon(q), toPolygon(p))).toBeCloseTo(expected, 9);
        expect(overlap(toPolygon(p), toPolygon(p))).toBeCloseTo(1, 9);
      }),
    );
  });

  it('joins touching rooms into one outline', () => {
    const joined = union([toPolygon({ x: 0, y: 0, w: 5, h: 5 }), toPolygon({ x: 5, y: 0, w: 5, h: 5 })]);
    expect(joined).toHaveLength(1);
    expect(polygonArea(joined[0]!)).toBeCloseTo(50);
  });
});

describe('rings', () => {
  it('stay the same shape when simplified', () => {
    const corner = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 359 }));
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 20 }), (corners) => {
        const star = [...new Map(corners.map(([r, a]) => [a, r])).entries()].sort((p, q) => p[0] - q[0]);
        fc.pre(star.length >= 3);
        const points = star.map(
          ([a, r]): Point => [r * Math.cos((a * Math.PI) / 180), r * Math.sin((a * Math.PI) / 180)],
        );
        const area = Math.abs(signedArea(points));
        fc.pre(area > 1);
        const doubled = points.flatMap((p, i): Point[] => {
          const q = points[(i + 1) % points.length]!;
          return [p, [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]];
        });
        const simple = simplifyRing(counterClockwise(doubled), 1e-9);
        expect(simple.length).toBeLessThanOrEqual(points.length);
        expect(Math.abs(signedArea(simple))).toBeCloseTo(area, 6);
        expect(boxOf(simple).every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('know their inside with holes', () => {
    const room = { outer: square(0, 0, 10), holes: [square(4, 4, 2)] };
    expect(inPolygon([1, 1], room)).toBe(true);
    expect(inPolygon([5, 5], room)).toBe(false);
    expect(inPolygon([11, 5], room)).toBe(false);
  });
});
