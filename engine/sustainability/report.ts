/**
 * Sustainability of what is chosen, by item, by space and for the project: carbon with the quality of its figures,
 * recycled and recyclable content by mass, certificates, credits, and targets against actual.
 */
import type {
  CarbonQuality,
  SustainabilityReport,
  SustainabilityTotals,
} from '../../contract/sustainability.ts';
import type { Cents } from '../money.ts';
import { type CarbonFacts, carbonOf } from './carbon.ts';
import { type CreditRule, creditFor, type ProjectType, rulesFor } from './credits.ts';

export interface SustainabilityItem {
  item_key: string;
  space_id: string | null;
  quantity: number;
  unit_price_cents: Cents;
  product: CarbonFacts & {
    id: string;
    sku: string;
    name: string;
    brand?: string | null | undefined;
    manufacturer?: string | null | undefined;
    specifications?: { weight_lbs?: number | undefined; seats?: number | undefined } | undefined;
    sustainability?:
      | (NonNullable<CarbonFacts['sustainability']> & {
          score?: number | undefined;
          recycled_content_pct?: number | undefined;
          recyclable_pct?: number | undefined;
        })
      | undefined;
  };
}

/** What a project wants to reach; keys nobody set are not judged. */
export interface SustainabilityTargets {
  max_carbon_kg?: number | undefined;
  min_recycled_content_pct?: number | undefined;
  min_recyclable_pct?: number | undefined;
  min_score?: number | undefined;
  leed_points?: number | undefined;
  certifications?: readonly string[] | undefined;
}

export interface SustainabilityInput {
  items: readonly SustainabilityItem[];
  targets?: SustainabilityTargets | undefined;
  project_type?: ProjectType | undefined;
  credit_rules?: readonly CreditRule[] | undefined;
}

export function sustainabilityFor(input: SustainabilityInput): SustainabilityReport {
  const { items } = input;
  const totals = totalsOf(items);
  const spaces = [...new Set(items.map((item) => item.space_id))];
  const credits = rulesFor(input.project_type ?? 'interiors', input.credit_rules).map((rule) =>
    creditFor(rule, items.map(creditItem)),
  );
  const points = credits.reduce((a, credit) => a + credit.points, 0);
  const parts = scoreParts(items, totals);
  const weight = parts.reduce((a, part) => a + part.weight, 0);
  const score =
    items.length === 0 ? 0 : Math.round(parts.reduce((a, part) => a + part.weight * part.score, 0) / weight);
  const coverage = coverageOf(items);
  const report: Omit<SustainabilityReport, 'targets'> = {
    overall_score: score,
    carbon_footprint_kg: totals.carbon_footprint_kg,
    recycled_content_pct: totals.recycled_content_pct,
    recyclable_pct: totals.recyclable_pct,
    certifications_achieved: coverage.map((row) => row.certification),
    leed_points: points,
    totals,
    by_space: spaces.map((space_id) => ({
      space_id,
      ...totalsOf(items.filter((item) => item.space_id === space_id)),
    })),
    by_item: items.map(itemOf),
    certification_coverage: coverage,
    credits,
    score_parts: parts,
  };
  return { ...report, targets: targetsOf(input.targets ?? {}, report) };
}

function itemOf(item: SustainabilityItem): SustainabilityReport['by_item'][number] {
  const carbon = carbonOf(item.product);
  const facts = item.product.sustainability ?? {};
  return {
    item_key: item.item_key,
    carbon_kg: carbon.kg === null ? null : round(carbon.kg * item.quantity),
    carbon_quality: carbon.quality,
    recycled_content_pct: facts.recycled_content_pct ?? null,
    recyclable_pct: facts.recyclable_pct ?? null,
    certifications: [...(facts.certifications ?? [])],
  };
}

/** Totals of some items. Missing carbon is left out of the sum and shows in the grade. */
function totalsOf(items: readonly SustainabilityItem[]): SustainabilityTotals {
  const pieces = items.reduce((a, item) => a + item.quantity, 0);
  const byQuality: Record<CarbonQuality, number> = {
    measured_epd: 0,
    declared: 0,
    category_average: 0,
    missing: 0,
  };
  let carbon = 0;
  for (const item of items) {
    const figure = carbonOf(item.product);
    byQuality[figure.quality] += item.quantity;
    carbon += (figure.kg ?? 0) * item.quantity;
  }
  const pct = (count: number) => (pieces > 0 ? round((100 * count) / pieces) : 0);
  return {
    carbon_footprint_kg: round(carbon),
    recycled_content_pct: byMass(items, (item) => item.product.sustainability?.recycled_content_pct),
    recyclable_pct: byMass(items, (item) => item.product.sustainability?.recyclable_pct),
    carbon_quality: {
      measured_epd_pct: pct(byQuality.measured_epd),
      declared_pct: pct(byQuality.declared),
      category_average_pct: pct(byQuality.category_average),
      missing_pct: pct(byQuality.missing),
    },
    data_quality_grade: gradeOf(byQuality, pieces),
    pieces,
  };
}

/**
 * A: three quarters of the pieces have a measured EPD and none more than a tenth is missing. B: three quarters are
 * measured or declared. C: three quarters have some figure. D: the rest.
 */
function gradeOf(
  byQuality: Record<CarbonQuality, number>,
  pieces: number,
): SustainabilityTotals['data_quality_grade'] {
  if (pieces === 0) return 'D';
  const share = (count: number) => count / pieces;
  if (share(byQuality.measured_epd) >= 0.75 && share(byQuality.missing) <= 0.1) return 'A';
  if (share(byQuality.measured_epd + byQuality.declared) >= 0.75) return 'B';
  return share(pieces - byQuality.missing) >= 0.75 ? 'C' : 'D';
}

/**
 * Mean of a share over the items that state it, weighted by mass. A piece without a stated weight gets the mean weight
 * of the others of its category, else of all, else everything counts by number.
 */
function byMass(
  items: readonly SustainabilityItem[],
  pick: (item: SustainabilityItem) => number | undefined,
): number | null {
  const stated = items.filter((item) => pick(item) !== undefined);
  const mass = massOf(items);
  const total = stated.reduce((a, item) => a + mass(item) * item.quantity, 0);
  if (total <= 0) return null;
  return round(stated.reduce((a, item) => a + (pick(item) ?? 0) * mass(item) * item.quantity, 0) / total);
}

function massOf(items: readonly SustainabilityItem[]): (item: SustainabilityItem) => number {
  const mean = (list: readonly SustainabilityItem[]) => {
    const weighed = list.filter((item) => (item.product.specifications?.weight_lbs ?? 0) > 0);
    const pieces = weighed.reduce((a, item) => a + item.quantity, 0);
    return pieces > 0
      ? weighed.reduce((a, item) => a + (item.product.specifications?.weight_lbs ?? 0) * item.quantity, 0) /
          pieces
      : null;
  };
  const byCategory = new Map(
    [...new Set(items.map((item) => item.product.category))].map((name) => [
      name,
      mean(items.filter((item) => item.product.category === name)),
    ]),
  );
  const overall = mean(items) ?? 1;
  return (item) =>
    item.product.specifications?.weight_lbs || byCategory.get(item.product.category) || overall;
}

/** Certificates by the share of pieces and of spend that hold them, the widest first. */
function coverageOf(items: readonly SustainabilityItem[]): SustainabilityReport['certification_coverage'] {
  const names = [...new Set(items.flatMap((item) => item.product.sustainability?.certifications ?? []))];
  const spendOf = (list: readonly SustainabilityItem[]) =>
    list.reduce((a, item) => a + item.unit_price_cents * item.quantity, 0);
  const pieces = items.reduce((a, item) => a + item.quantity, 0);
  const spend = spendOf(items);
  return names
    .map((certification) => {
      const holding = items.filter((item) =>
        item.product.sustainability?.certifications?.includes(certification),
      );
      const held = holding.reduce((a, item) => a + item.quantity, 0);
      return {
        certification,
        pieces_pct: pieces > 0 ? round((100 * held) / pieces) : 0,
        spend_pct: spend > 0 ? round((100 * spendOf(holding)) / spend) : 0,
      };
    })
    .sort((a, b) => b.spend_pct - a.spend_pct || (a.certification < b.certification ? -1 : 1));
}

/** The parts of the overall score, each 0–100. What is unknown scores zero in its part, so gaps never help. */
function scoreParts(
  items: readonly SustainabilityItem[],
  totals: SustainabilityTotals,
): SustainabilityReport['score_parts'] {
  const spend = items.reduce((a, item) => a + item.unit_price_cents * item.quantity, 0);
  const share = (test: (item: SustainabilityItem) => number) =>
    spend > 0
      ? items.reduce((a, item) => a + test(item) * item.unit_price_cents * item.quantity, 0) / spend
      : 0;
  const known = totals.carbon_quality;
  return [
    {
      key: 'product_scores',
      weight: 0.3,
      score: round(share((item) => item.product.sustainability?.score ?? 0)),
    },
    {
      key: 'certified_spend',
      weight: 0.2,
      score: round(
        share((item) => ((item.product.sustainability?.certifications?.length ?? 0) > 0 ? 100 : 0)),
      ),
    },
    { key: 'recycled_content', weight: 0.2, score: Math.min(100, 2 * (totals.recycled_content_pct ?? 0)) },
    { key: 'recyclable', weight: 0.15, score: totals.recyclable_pct ?? 0 },
    {
      key: 'carbon_evidence',
      weight: 0.15,
      score: round(known.measured_epd_pct + 0.7 * known.declared_pct + 0.3 * known.category_average_pct),
    },
  ];
}

function targetsOf(
  targets: SustainabilityTargets,
  report: Omit<SustainabilityReport, 'targets'>,
): SustainabilityReport['targets'] {
  const rows: SustainabilityReport['targets'] = [];
  const number = (
    key: keyof SustainabilityTargets,
    label: string,
    actual: number | null,
    met: (target: number) => boolean,
  ) => {
    const target = targets[key];
    if (typeof target === 'number')
      rows.push({ key, label, target, actual, met: actual !== null && met(target) });
  };
  number(
    'max_carbon_kg',
    'Carbon at most (kg CO2e)',
    report.carbon_footprint_kg,
    (t) => report.carbon_footprint_kg <= t,
  );
  number(
    'min_recycled_content_pct',
    'Recycled content at least (%)',
    report.recycled_content_pct,
    (t) => (report.recycled_content_pct ?? 0) >= t,
  );
  number(
    'min_recyclable_pct',
    'Recyclable at least (%)',
    report.recyclable_pct,
    (t) => (report.recyclable_pct ?? 0) >= t,
  );
  number('min_score', 'Overall score at least', report.overall_score, (t) => report.overall_score >= t);
  number('leed_points', 'LEED points at least', report.leed_points, (t) => report.leed_points >= t);
  for (const name of targets.certifications ?? []) {
    const row = report.certification_coverage.find(
      (entry) => entry.certification.toLowerCase() === name.toLowerCase(),
    );
    rows.push({
      key: `certification:${name}`,
      label: `${name} on every piece`,
      target: name,
      actual: row ? `${row.pieces_pct} % of pieces` : 'on no piece',
      met: row?.pieces_pct === 100,
    });
  }
  return rows;
}

function creditItem(item: SustainabilityItem) {
  const { product } = item;
  return {
    product_id: product.id,
    sku: product.sku,
    name: product.name,
    manufacturer: product.manufacturer ?? product.brand ?? '',
    certifications: product.sustainability?.certifications ?? [],
    cost_cents: item.unit_price_cents * item.quantity,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
