// A product's facts in two columns: what it is, and what it means for the environment with the figures' origin.
import type { ReactNode } from 'react';
import type { Product } from '../../../../contract/catalog.ts';
import { Badge } from '../../ui/badge.tsx';
import { Carbon, Inches, useUnits } from '../../ui/figures.tsx';
import { formatCount, formatPercent, humanize, type Units } from '../../ui/units.ts';
import { DATA_QUALITY_LABELS } from './product-facts.ts';

const KG_PER_POUND = 0.45359237;

function weight(pounds: number | undefined, units: Units): string | null {
  if (pounds === undefined) return null;
  return units === 'metric' ? `${formatCount(pounds * KG_PER_POUND)} kg` : `${formatCount(pounds)} lb`;
}

interface Row {
  label: string;
  value: ReactNode;
}
function Facts({ title, rows }: { title: string; rows: readonly (Row | null)[] }) {
  const known = rows.filter(
    (row): row is Row => row !== null && row.value !== null && row.value !== undefined,
  );
  return (
    <section>
      <h2 className="mb-2 text-lg font-semibold">{title}</h2>
      {known.length === 0 ? (
        <p className="text-sm text-ink-2">The maker gives no facts of this kind.</p>
      ) : null}
      <dl className="text-sm">
        {known.map(({ label, value }) => (
          <div
            key={label}
            className="grid grid-cols-[9rem_minmax(0,1fr)] gap-4 border-t border-hairline py-1.5"
          >
            <dt className="text-ink-3">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const KNOWN = new Set([
  'dimensions',
  'weight_lbs',
  'weight_capacity_lbs',
  'seats',
  'compartments',
  'materials',
  'colors_available',
  'features',
]);
const list = (words: readonly string[] | undefined) => (words && words.length > 0 ? words.join(', ') : null);

function openValue(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : humanize(value);
  if (typeof value === 'number')
    return formatCount(value) === String(value) ? formatCount(value) : String(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return list(value.filter((item): item is string => typeof item === 'string'));
  return null;
}

export function SpecTable({ product }: { product: Product }) {
  const units = useUnits();
  const { specifications } = product;
  const { dimensions } = specifications;
  const others = Object.entries(specifications).filter(([key]) => !KNOWN.has(key));
  const moreSizes = Object.entries(dimensions ?? {}).filter(
    ([key, value]) => !['width_in', 'depth_in', 'height_in'].includes(key) && value != null,
  );
  return (
    <Facts
      title="Specification"
      rows={[
        dimensions?.width_in ? { label: 'Width', value: <Inches inches={dimensions.width_in} /> } : null,
        dimensions?.depth_in ? { label: 'Depth', value: <Inches inches={dimensions.depth_in} /> } : null,
        dimensions?.height_in ? { label: 'Height', value: <Inches inches={dimensions.height_in} /> } : null,
        ...moreSizes.map(([key, value]) => ({
          label: humanize(key.replace(/_in$/, '')),
          value: typeof value === 'number' && key.endsWith('_in') ? <Inches inches={value} /> : String(value),
        })),
        { label: 'Weight', value: weight(specifications.weight_lbs, units) },
        { label: 'Carries', value: weight(specifications.weight_capacity_lbs, units) },
        specifications.seats ? { label: 'Places', value: formatCount(specifications.seats) } : null,
        specifications.compartments
          ? { label: 'Compartments', value: formatCount(specifications.compartments) }
          : null,
        { label: 'Materials', value: list(specifications.materials) },
        { label: 'Colors', value: list(specifications.colors_available) },
        { label: 'Features', value: list(specifications.features) },
        ...others.map(([key, value]) => ({ label: humanize(key), value: openValue(value) })),
        { label: 'Maker', value: product.manufacturer },
      ]}
    />
  );
}

export function SustainabilityFacts({ product }: { product: Product }) {
  const { sustainability } = product;
  const quality = sustainability.data_quality;
  return (
    <Facts
      title="Sustainability"
      rows={[
        sustainability.carbon_footprint_kg === undefined
          ? null
          : {
              label: 'Carbon',
              value: (
                <>
                  <Carbon kg={sustainability.carbon_footprint_kg} />
                  <span className="block text-xs text-ink-3">cradle to grave, one piece</span>
                </>
              ),
            },
        quality ? { label: 'Figure from', value: DATA_QUALITY_LABELS[quality] ?? humanize(quality) } : null,
        sustainability.recycled_content_pct === undefined
          ? null
          : { label: 'Recycled content', value: formatPercent(sustainability.recycled_content_pct) },
        sustainability.recyclable_pct === undefined
          ? null
          : { label: 'Recyclable', value: formatPercent(sustainability.recyclable_pct) },
        sustainability.score === undefined
          ? null
          : { label: 'Score', value: `${formatCount(sustainability.score)} of 100` },
        sustainability.certifications && sustainability.certifications.length > 0
          ? {
              label: 'Certificates',
              value: (
                <span className="flex flex-wrap gap-1.5">
                  {sustainability.certifications.map((name) => (
                    <Badge key={name}>{name}</Badge>
                  ))}
                </span>
              ),
            }
          : { label: 'Certificates', value: 'None stated' },
      ]}
    />
  );
}
