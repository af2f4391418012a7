// The evidence pack as rows: for every product of the bill the certificates it holds, and for each credit those it still
// needs. Pure.

import type { RecommendationItem } from '../../../../contract/recommendations.ts';
import type { SustainabilityReport } from '../../../../contract/sustainability.ts';

export const EVIDENCE_HEADER = [
  'sku',
  'product',
  'brand',
  'pieces',
  'spend',
  'rooms',
  'state',
  'certificate',
  'credit',
  'rule_version',
  'credit_reached',
] as const;

type Row = (string | number)[];

/** Certificates held first, a row each, products by what is spent on them; then what each credit still lacks. */
export function evidenceRows(
  report: Pick<SustainabilityReport, 'by_item' | 'credits'>,
  items: readonly RecommendationItem[],
): Row[] {
  const live = items.filter((item) => item.status !== 'rejected');
  const held = new Map(report.by_item.map((one) => [one.item_key, one.certifications]));
  const products = [...Map.groupBy(live, (item) => item.product.sku).values()].sort(
    (a, b) => cents(b) - cents(a),
  );
  const holding = products.flatMap((lines) => {
    const certificates = new Set(
      lines.flatMap((item) => held.get(`${item.need.key}/${item.product.sku}`) ?? []),
    );
    return [...certificates].sort().map((name): Row => [...factsOf(lines), 'held', name, '', '', '']);
  });
  const lacking = report.credits.flatMap((credit) =>
    credit.missing_certificates.map((missing): Row => {
      const lines = live.filter((item) => item.product.sku === missing.sku);
      const facts = lines.length > 0 ? factsOf(lines) : [missing.sku, missing.name, '', 0, 0, ''];
      return [
        ...facts,
        'missing',
        missing.needs,
        credit.name,
        credit.rule_version,
        credit.passed ? 'yes' : 'no',
      ];
    }),
  );
  return [...holding, ...lacking];
}

function factsOf(lines: readonly RecommendationItem[]): Row {
  const { sku, name, brand } = lines[0]!.product;
  const pieces = lines.reduce((sum, item) => sum + item.quantity, 0);
  const rooms = [...new Set(lines.map((item) => item.space_name ?? 'Whole project'))].join('; ');
  return [sku, name, brand ?? '', pieces, cents(lines) / 100, rooms];
}

function cents(lines: readonly RecommendationItem[]): number {
  return lines.reduce((sum, item) => sum + Math.round(100 * item.total_price), 0);
}
