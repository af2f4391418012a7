// How much of the carbon figure is measured, stated, averaged or missing: one bar with its legend.
import type { SustainabilityTotals } from '../../../../contract/sustainability.ts';
import { formatPercent } from '../../ui/units.ts';

const PARTS = [
  { key: 'measured_epd_pct', label: 'Measured (EPD)', color: 'var(--chart-3)' },
  { key: 'declared_pct', label: 'Stated by the maker', color: 'var(--chart-6)' },
  { key: 'category_average_pct', label: 'Average of the kind', color: 'var(--chart-5)' },
  { key: 'missing_pct', label: 'Missing', color: 'var(--line)' },
] as const;

export function DataQuality({ totals }: { totals: SustainabilityTotals }) {
  const parts = PARTS.map((part) => ({ ...part, share: totals.carbon_quality[part.key] })).filter(
    (part) => part.share > 0,
  );
  return (
    <figure className="mt-4">
      <div className="flex h-2 overflow-hidden rounded-xs" aria-hidden="true">
        {parts.map((part) => (
          <span key={part.key} style={{ width: `${part.share}%`, background: part.color }} />
        ))}
      </div>
      <figcaption className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
        <span className="text-ink-3">Carbon figures, share of the pieces:</span>
        {parts.map((part) => (
          <span key={part.key} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2 rounded-xs" style={{ background: part.color }} />
            {part.label} {formatPercent(part.share)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
