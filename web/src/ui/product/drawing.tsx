// A product drawn from its own dimensions: a thumbnail that fits a box, and a dimensioned sheet with a person for scale.

import { frontView } from '../../../../engine/drawing/front_view.ts';
import type { Shape, ShapeFacts } from '../../../../engine/drawing/paths.ts';
import { topView } from '../../../../engine/drawing/top_view.ts';
import { cx } from '../cx.ts';
import { useUnits } from '../figures.tsx';
import { formatInches } from '../units.ts';

export interface DrawnProduct {
  name: string;
  category: string;
  subcategory: string | null;
  width_in: number | null | undefined;
  depth_in: number | null | undefined;
  height_in: number | null | undefined;
  seats?: number | undefined;
  compartments?: number | undefined;
}

/** Null where the product's size is not known: nothing is drawn then. */
function factsOf(product: DrawnProduct): ShapeFacts | null {
  const { width_in: width, depth_in: depth, height_in: height } = product;
  if (!width || !height) return null;
  return {
    category: product.category,
    subcategory: product.subcategory,
    width,
    height,
    depth: depth ?? 0,
    seats: product.seats,
    compartments: product.compartments,
  };
}

const TONES: Record<Shape['tone'], string> = {
  body: 'fill-[var(--plan-room)]',
  part: 'fill-[var(--hairline)]',
  line: 'fill-none',
  dash: 'fill-none [stroke-dasharray:3_2] text-ink-3',
};

function Shapes({ shapes, weight = 1.1 }: { shapes: readonly Shape[]; weight?: number | undefined }) {
  return (
    <g
      stroke="currentColor"
      strokeWidth={weight}
      strokeLinejoin="round"
      strokeLinecap="round"
      className="text-[var(--plan-furniture)]"
    >
      {shapes.map((shape, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a drawing's parts never move.
          key={index}
          d={shape.d}
          vectorEffect="non-scaling-stroke"
          className={TONES[shape.tone]}
        />
      ))}
    </g>
  );
}

/** Front view that fits its box; a dashed frame where the size is not known. */
export function ProductThumb({
  product,
  className,
}: {
  product: DrawnProduct;
  className?: string | undefined;
}) {
  const facts = factsOf(product);
  if (!facts) {
    return (
      <span
        className={cx(
          'grid place-items-center rounded-md border border-dashed border-line text-xs text-ink-3',
          className,
        )}
      >
        No size given
      </span>
    );
  }
  // Small things stay small beside large ones: the box is never narrower than 22 inches.
  const side = Math.max(facts.width, facts.height, 22);
  const pad = side * 0.06;
  const x = (facts.width - side) / 2 - pad;
  const y = facts.height - side - pad;
  return (
    <svg
      viewBox={`${x} ${y} ${side + 2 * pad} ${side + 2 * pad}`}
      className={className}
      role="img"
      aria-label={`${product.name}, front view drawn from its size`}
    >
      <Shapes shapes={frontView(facts)} weight={1} />
      <path
        d={`M${x + pad * 0.5} ${facts.height}h${side + pad}`}
        stroke="var(--line)"
        strokeWidth="1"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** Somebody 5′ 9″ tall, feet at the origin. */
const PERSON =
  'M-3.5 0l.6-30-4-1 .3-22c0-3.600 2.200-6 6.600-6s6.600 2.400 6.600 6l.3 22-4 1 .6 30h-2.800l-.7-28-.7 28zM0-60.600a4.200 4.200 0 1 1 .01 0z';

interface Line {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

function Dimension({ line, label, size }: { line: Line; label: string; size: number }) {
  const vertical = line.x1 === line.x2;
  const tick = size * 0.4;
  const ends = [
    [line.x1, line.y1],
    [line.x2, line.y2],
  ] as const;
  const mid = { x: (line.x1 + line.x2) / 2, y: (line.y1 + line.y2) / 2 };
  return (
    <g stroke="currentColor" className="text-ink-3">
      <path
        d={`M${line.x1} ${line.y1}L${line.x2} ${line.y2}${ends.map(([x, y]) => `M${x - tick} ${y + tick}l${tick * 2} ${-tick * 2}`).join('')}`}
        strokeWidth="1"
        fill="none"
        vectorEffect="non-scaling-stroke"
      />
      <text
        x={vertical ? mid.x - size * 0.5 : mid.x}
        y={vertical ? mid.y : mid.y - size * 0.5}
        transform={vertical ? `rotate(-90 ${mid.x - size * 0.5} ${mid.y})` : undefined}
        fontSize={size}
        textAnchor="middle"
        stroke="none"
        className="fill-[var(--ink)]"
      >
        {label}
      </text>
    </g>
  );
}

/** Front view and view from above at one scale, with their dimensions and a person for comparison. */
export function ProductSheet({
  product,
  className,
}: {
  product: DrawnProduct;
  className?: string | undefined;
}) {
  const units = useUnits();
  const facts = factsOf(product);
  if (!facts) {
    return (
      <div
        className={cx(
          'grid min-h-40 place-items-center rounded-lg border border-dashed border-line',
          className,
        )}
      >
        <p className="text-sm text-ink-2">The maker gives no size for this product, so it is not drawn.</p>
      </div>
    );
  }
  const { width: w, height: h, depth: d } = facts;
  const person = h >= 14;
  const tall = Math.max(h, d, person ? 69 : 0);
  const gap = Math.max(14, w * 0.2);
  const personAt = w + Math.min(gap, 30) * 0.5 + 8;
  const frontWide = person ? personAt + 10 : w + gap * 0.4;
  // Wide things show their view from above underneath, so that neither becomes small.
  const under = d > 0 && frontWide + gap + w > tall * 2.4;
  const wide = d > 0 && !under ? frontWide + gap * 0.8 + w : frontWide;
  const size = Math.max(under ? tall + d : tall, wide) * 0.026 + 1.1;
  const margin = size * 3.6;
  const top = under ? { x: 0, y: h + size * 4.5 } : { x: frontWide + gap * 0.8, y: h - d };
  const high = under ? tall + size * 4.5 + d - size * 2 : tall;
  const label = `${product.name}: ${formatInches(w, units)} wide, ${d > 0 ? `${formatInches(d, units)} deep, ` : ''}${formatInches(h, units)} high`;
  return (
    <figure className={className}>
      <svg
        viewBox={`${-margin} ${h - tall - margin} ${wide + 2 * margin} ${high + 2 * margin}`}
        className="h-auto max-h-[26rem] w-full"
        role="img"
        aria-label={label}
      >
        <path
          d={`M${-margin} ${h}h${frontWide + margin}`}
          stroke="var(--line)"
          strokeWidth="1"
          vectorEffect="non-scaling-stroke"
        />
        <Shapes shapes={frontView(facts)} weight={1.4} />
        {person ? (
          <path
            d={PERSON}
            transform={`translate(${personAt} ${h})`}
            className="fill-[var(--hairline)]"
            stroke="var(--line)"
            strokeWidth="1"
            vectorEffect="non-scaling-stroke"
          />
        ) : null}
        <Dimension
          size={size}
          label={formatInches(w, units)}
          line={{ x1: 0, y1: h + size * 2, x2: w, y2: h + size * 2 }}
        />
        <Dimension
          size={size}
          label={formatInches(h, units)}
          line={{ x1: -size * 1.4, y1: 0, x2: -size * 1.4, y2: h }}
        />
        {d > 0 ? (
          <g transform={`translate(${top.x} ${top.y})`}>
            <Shapes shapes={topView(facts)} weight={1.4} />
            <Dimension
              size={size}
              label={formatInches(d, units)}
              line={{ x1: w + size * 1.8, y1: 0, x2: w + size * 1.8, y2: d }}
            />
          </g>
        ) : null}
      </svg>
      <figcaption className="text-xs text-ink-3">
        {d > 0 ? 'Front and from above, to one scale' : 'Front view'}
        {person ? `; the figure is ${formatInches(69, units)} tall` : ''}. Drawn from the dimensions, not a
        likeness.
      </figcaption>
    </figure>
  );
}
