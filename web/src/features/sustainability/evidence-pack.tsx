// The evidence pack: every product of the bill with the certificates it holds and those that credits still need, as CSV for
// whoever collects the papers.
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { CreditResult } from '../../../../contract/decisions.ts';
import type { BudgetScenario, RecommendationItem } from '../../../../contract/recommendations.ts';
import { recommendationQuery } from '../../api/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { download, toCsv } from '../../ui/csv.ts';

interface EvidenceProps {
  credits: readonly CreditResult[];
  scenario: BudgetScenario;
}

export function EvidencePack({ credits, scenario }: EvidenceProps) {
  const id = scenario.recommendation_id;
  const query = useQuery({ ...recommendationQuery(id ?? '', scenario.type), enabled: id !== null });
  const items = query.data?.items;
  if (!items) return null;
  return (
    <Button
      size="sm"
      onClick={() => download(`certificates-${scenario.type}.csv`, toCsv(HEADER, rowsOf(credits, items)))}
    >
      <Download />
      Evidence pack
    </Button>
  );
}

const HEADER = [
  'credit',
  'rule_version',
  'credit_reached',
  'sku',
  'product',
  'brand',
  'pieces',
  'spend',
  'rooms',
  'certificate_needed',
] as const;

/** One row for each product and credit whose certificate is missing, the credits in their order. */
export function rowsOf(
  credits: readonly CreditResult[],
  items: readonly RecommendationItem[],
): (string | number)[][] {
  const live = items.filter((item) => item.status !== 'rejected');
  return credits.flatMap((credit) =>
    credit.missing_certificates.map((missing) => {
      const lines = live.filter((item) => item.product.sku === missing.sku);
      const cents = lines.reduce((sum, item) => sum + Math.round(100 * item.total_price), 0);
      return [
        credit.name,
        credit.rule_version,
        credit.passed ? 'yes' : 'no',
        missing.sku,
        missing.name,
        lines[0]?.product.brand ?? '',
        lines.reduce((sum, item) => sum + item.quantity, 0),
        cents / 100,
        [...new Set(lines.map((item) => item.space_name ?? 'Whole project'))].join('; '),
        missing.needs,
      ];
    }),
  );
}
