// Small marks of the hand at constant size: handles, lengths beside edges, areas, guides, the crosshair.
import { memo, type ReactNode } from 'react';
import type { PlanPoint } from '../../../../contract/plan.ts';
import { formatArea, formatCount, formatLength, type Units } from '../../ui/units.ts';
import { between, distance } from '../model/rings.ts';
import type { Snapped } from '../model/snap.ts';

/** How figures are written: in the preference's units, or the file's own while the scale is unknown. */
export interface Measure {
  units: Units;
  scaled: boolean;
}

export function sayLength(length: number, { units, scaled }: Measure): string {
  return scaled ? formatLength(length, units) : `${formatCount(length)} units`;
}
export function sayArea(area: number, { units, scaled }: Measure): string {
  return scaled ? formatArea(area, units) : 'no scale yet';
}

/** Puts what is inside at a point, at its size on screen. */
export function Fixed({ at, k, children }: { at: PlanPoint; k: number; children: ReactNode }) {
  return <g transform={`translate(${at[0]} ${at[1]}) scale(${1 / k})`}>{children}</g>;
}

/** A figure on a small plate, so that it reads on any colour. */
export function Plate({ text, strong = false }: { text: string; strong?: boolean | undefined }) {
  const width = text.length * 6.4 + 12;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of text is not focusable.
    <g className={strong ? 'plan-plate plan-plate-strong' : 'plan-plate'} aria-hidden="true">
      <rect x={-width / 2} y="-9" width={width} height="18" rx="3" />
      <text y="4" textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

/** The length of an edge, beside it. */
export function EdgeLength({
  a,
  b,
  k,
  measure,
}: {
  a: PlanPoint;
  b: PlanPoint;
  k: number;
  measure: Measure;
}) {
  const length = distance(a, b);
  if (length * k < 26) return null;
  const away: PlanPoint = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
  const up = away[1] > 0 ? -1 : 1;
  const off = (14 + Math.abs(away[0]) * 12) / k;
  const middle = between(a, b);
  return (
    <Fixed at={[middle[0] + away[0] * off * up, middle[1] + away[1] * off * up]} k={k}>
      <Plate text={sayLength(length, measure)} />
    </Fixed>
  );
}

/** Lines that show why a point stands where it stands. */
export function Guides({ snapped, k }: { snapped: Snapped | null; k: number }) {
  if (!snapped) return null;
  return (
    <g pointerEvents="none">
      {snapped.guides.map((guide) => (
        <Guide key={`${guide.from.join()} ${guide.to.join()}`} guide={guide} k={k} />
      ))}
      {snapped.kind === 'corner' ? (
        <Fixed at={snapped.point} k={k}>
          <rect x="-6" y="-6" width="12" height="12" className="plan-snap" />
        </Fixed>
      ) : null}
    </g>
  );
}

function Guide({ guide, k }: { guide: Snapped['guides'][number]; k: number }) {
  const { from, to } = guide;
  const length = distance(from, to) || 1;
  const along: PlanPoint = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const beyond = 40 / k;
  return (
    <>
      <line
        x1={from[0]}
        y1={from[1]}
        x2={to[0] + along[0] * beyond}
        y2={to[1] + along[1] * beyond}
        className="plan-guide"
      />
      {guide.kind === 'right_angle' ? (
        <Fixed at={from} k={k}>
          <path
            d="M0-9H9V0"
            className="plan-snap"
            transform={`rotate(${(Math.atan2(along[1], along[0]) * 180) / Math.PI})`}
          />
        </Fixed>
      ) : null}
    </>
  );
}

export function Crosshair({ at, k }: { at: PlanPoint; k: number }) {
  return (
    <Fixed at={at} k={k}>
      <path d="M-13 0H-4M4 0H13M0-13V-4M0 4V13" className="plan-crosshair" />
      <circle r="1.5" className="plan-crosshair-dot" />
    </Fixed>
  );
}

export interface HandleProps {
  at: PlanPoint;
  k: number;
  kind: 'corner' | 'middle';
  index: number;
  label: string;
  active: boolean;
}
/** A corner to take hold of, or the middle of an edge where a corner can be made. */
export const Handle = memo(function Handle({ at, k, kind, index, label, active }: HandleProps) {
  return (
    <Fixed at={at} k={k}>
      {/* biome-ignore lint/a11y/useSemanticElements: a mark of a drawing cannot be a <button>. */}
      <g
        role="button"
        tabIndex={0}
        data-corner={kind === 'corner' ? index : undefined}
        data-middle={kind === 'middle' ? index : undefined}
        aria-label={label}
        className={active ? 'plan-handle plan-handle-active' : 'plan-handle'}
      >
        <circle r="12" fill="transparent" stroke="none" />
        {kind === 'corner' ? (
          <rect x="-4.5" y="-4.5" width="9" height="9" rx="1" />
        ) : (
          <circle r="3.5" className="plan-handle-middle" />
        )}
      </g>
    </Fixed>
  );
});
