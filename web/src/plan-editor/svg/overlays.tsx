// What lies over the drawing at a constant size: findings, the two-point ruler, scale bar, north.
import { memo } from 'react';
import { formatCount, type Units } from '../../ui/units.ts';
import type { ScenePin } from '../model/scene.ts';
import { scaleBarLength, type View } from '../model/view.ts';

export interface PinsProps {
  pins: readonly ScenePin[];
  k: number;
  selected: string | null;
}
export const Pins = memo(function Pins({ pins, k, selected }: PinsProps) {
  return pins.map((pin) => (
    <g key={pin.key} transform={`translate(${pin.x} ${pin.y}) scale(${1 / k})`}>
      {/* biome-ignore lint/a11y/useSemanticElements: a mark of a drawing cannot be a <button>. */}
      <g
        role="button"
        tabIndex={-1}
        data-pin={pin.key}
        aria-label={`Finding: ${pin.detail}`}
        className="cursor-pointer"
      >
        <circle cy="-11" r="15" fill="transparent" />
        <path
          d="M0 0C-3-4.5-7-7.5-7-12.5a7 7 0 0 1 14 0C7-7.5 3-4.5 0 0z"
          fill={pin.status === 'fail' ? 'var(--bad)' : 'var(--warn)'}
          stroke="var(--surface)"
          strokeWidth={selected === pin.key ? 2.5 : 1.25}
        />
        <path
          d={pin.status === 'fail' ? 'M0-15.8v3.8M0-10v.2' : 'M-2-12.4h4'}
          stroke="var(--surface)"
          strokeWidth="1.8"
          strokeLinecap="round"
        />
      </g>
    </g>
  ));
});

/** `feet`: feet in a unit of the scene, null while unknown. */
export function ScaleBar({ view, feet, units }: { view: View; feet: number | null; units: Units }) {
  if (feet === null) {
    return <p className="rounded-sm bg-warn-wash px-1.5 py-0.5 text-xs text-warn">Scale not known</p>;
  }
  const perUnit = units === 'imperial' ? view.k / feet : view.k / feet / 0.3048;
  const length = scaleBarLength(perUnit);
  const pixels = length * perUnit;
  const label = `${length < 1 ? length : formatCount(length)} ${units === 'imperial' ? 'ft' : 'm'}`;
  return (
    <div className="flex flex-col gap-0.5 text-2xs text-ink-2" role="img" aria-label={`Scale bar: ${label}`}>
      <div className="flex justify-between" style={{ width: pixels }}>
        <span>0</span>
        <span>{label}</span>
      </div>
      <svg width={pixels} height="6" aria-hidden="true">
        <path d={`M.5 0V5.5H${pixels - 0.5}V0`} fill="none" stroke="var(--ink-2)" />
        <rect x="0" y="2.5" width={pixels / 4} height="3" fill="var(--ink-2)" />
        <rect x={pixels / 2} y="2.5" width={pixels / 4} height="3" fill="var(--ink-2)" />
      </svg>
    </div>
  );
}

export function NorthMark() {
  return (
    <svg
      width="26"
      height="34"
      viewBox="0 0 26 34"
      role="img"
      aria-label="Plan north is up on the sheet"
      className="text-ink-2"
    >
      <title>Plan north: up on the sheet. The file does not say where true north is.</title>
      <text x="13" y="8" textAnchor="middle" fontSize="9" fontWeight="500" fill="currentColor">
        N
      </text>
      <circle cx="13" cy="22" r="9.5" fill="none" stroke="currentColor" strokeWidth="0.9" />
      <path d="M13 11.5 17 28l-4-3z" fill="currentColor" />
      <path d="M13 11.5 9 28l4-3z" fill="none" stroke="currentColor" strokeWidth="0.9" />
    </svg>
  );
}
