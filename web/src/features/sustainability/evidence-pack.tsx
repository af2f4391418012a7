// The evidence pack as a download: certificates held and certificates still needed, as CSV for whoever collects the papers.
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { BudgetScenario } from '../../../../contract/recommendations.ts';
import type { SustainabilityReport } from '../../../../contract/sustainability.ts';
import { recommendationQuery } from '../../api/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { download, toCsv } from '../../ui/csv.ts';
import { EVIDENCE_HEADER, evidenceRows } from './evidence.ts';

interface EvidenceProps {
  report: SustainabilityReport;
  scenario: BudgetScenario;
}

export function EvidencePack({ report, scenario }: EvidenceProps) {
  const id = scenario.recommendation_id;
  const query = useQuery({ ...recommendationQuery(id ?? '', scenario.type), enabled: id !== null });
  const items = query.data?.items;
  if (!items) return null;
  return (
    <Button
      size="sm"
      onClick={() =>
        download(`certificates-${scenario.type}.csv`, toCsv(EVIDENCE_HEADER, evidenceRows(report, items)))
      }
    >
      <Download />
      Evidence pack
    </Button>
  );
}
