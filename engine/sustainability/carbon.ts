/**
 * Carbon of one piece, cradle to grave in kg CO2e, with the quality of the figure. A product's own figure comes
 * first; where it has none, an average of the trade stands in and says so; where there is none either it is missing.
 */
import type { CarbonQuality } from '../../contract/sustainability.ts';

/** What is read of a product. */
export interface CarbonFacts {
  category: string;
  subcategory?: string | null | undefined;
  specifications?: { seats?: number | undefined } | undefined;
  sustainability?:
    | {
        carbon_footprint_kg?: number | undefined;
        certifications?: readonly string[] | undefined;
        data_quality?: string | undefined;
      }
    | undefined;
}

export interface CarbonFigure {
  /** Per piece; null when missing. */
  kg: number | null;
  quality: CarbonQuality;
}

interface CarbonAverage {
  subcategories: readonly string[];
  low_kg: number;
  high_kg: number;
  /** The figure is for one place of a piece that has several. */
  per_seat: boolean;
}

const CARBON_SOURCE = 'published cradle-to-grave figures of office furniture (secondary)';

/** Ranges by kind of piece; the middle of the range is used. Source: CARBON_SOURCE. */
export const CARBON_AVERAGES: readonly CarbonAverage[] = [
  {
    subcategories: ['task_chair', 'executive_chair', 'conference_chair'],
    low_kg: 72,
    high_kg: 90,
    per_seat: false,
  },
  { subcategories: ['pedestal'], low_kg: 28, high_kg: 44, per_seat: false },
  {
    subcategories: ['storage_cabinet', 'lateral_file', 'credenza', 'bookcase', 'storage_tower', 'wardrobe'],
    low_kg: 31,
    high_kg: 50,
    per_seat: false,
  },
  {
    subcategories: ['straight_desk', 'private_office_desk', 'touchdown_desk', 'corner_desk'],
    low_kg: 90,
    high_kg: 110,
    per_seat: false,
  },
  { subcategories: ['bench_desk'], low_kg: 90, high_kg: 110, per_seat: true },
  { subcategories: ['height_adjustable_desk'], low_kg: 110, high_kg: 160, per_seat: true },
];

/** Where the stand-in figures come from, for reports. */
export const carbonAverageSource: string = CARBON_SOURCE;

export function carbonOf(product: CarbonFacts): CarbonFigure {
  const facts = product.sustainability ?? {};
  const own = facts.carbon_footprint_kg;
  if (own !== undefined && Number.isFinite(own) && facts.data_quality !== 'missing') {
    if (facts.data_quality === 'category_average') return { kg: own, quality: 'category_average' };
    const epd = facts.data_quality === 'measured_epd' || facts.certifications?.some(isEpd) === true;
    return { kg: own, quality: epd ? 'measured_epd' : 'declared' };
  }
  const average = CARBON_AVERAGES.find((row) => row.subcategories.includes(product.subcategory ?? ''));
  if (!average) return { kg: null, quality: 'missing' };
  const places = average.per_seat ? Math.max(1, product.specifications?.seats ?? 1) : 1;
  return { kg: ((average.low_kg + average.high_kg) / 2) * places, quality: 'category_average' };
}

/** Whether a certificate's text names an environmental product declaration. */
export function isEpd(certification: string): boolean {
  return /\bEPD\b|environmental product declaration/i.test(certification);
}
