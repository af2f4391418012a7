// The sustainability of a scenario's items, measured and stored beside it.

import type { z } from 'zod';
import type { CandidateProduct } from '../../../contract/choice.ts';
import type { SustainabilityTargets as StoredTargets } from '../../../contract/projects.ts';
import { fromNumber } from '../../../engine/money.ts';
import { sustainabilityFor } from '../../../engine/sustainability/report.ts';
import type { Tx } from '../../platform/postgres.ts';
import * as scenarioRows from './sql/scenarios.ts';
import * as metricRows from './sql/sustainability.ts';

export interface MeasuredLine {
  need_key: string;
  space_id: string | null;
  product_id: string;
  quantity: number;
  unit_price: number;
}

/** Replaces what was measured for the scenario before; its score is the scenario's own, so that one figure stands everywhere. */
export async function measureScenario(
  tx: Tx,
  project: { id: string; sustainability_targets: unknown },
  scenarioId: string,
  lines: readonly MeasuredLine[],
  products: ReadonlyMap<string, CandidateProduct>,
): Promise<void> {
  const stored = (project.sustainability_targets ?? {}) as z.infer<typeof StoredTargets>;
  const { required_certifications, ...targets } = stored;
  const report = sustainabilityFor({
    items: lines.flatMap((line) => {
      const product = products.get(line.product_id);
      return product === undefined
        ? []
        : [
            {
              item_key: `${line.need_key}/${product.sku}`,
              space_id: line.space_id,
              quantity: line.quantity,
              unit_price_cents: fromNumber(line.unit_price),
              product,
            },
          ];
    }),
    targets: {
      ...targets,
      ...(required_certifications === undefined ? {} : { certifications: required_certifications }),
    },
  });
  await scenarioRows.updateScenario(tx, scenarioId, { sustainability_score: report.overall_score });
  await metricRows.deleteSustainability(tx, scenarioId);
  await metricRows.insertSustainability(tx, {
    project_id: project.id,
    scenario_id: scenarioId,
    overall_score: report.overall_score,
    carbon_footprint_kg: report.carbon_footprint_kg,
    recycled_content_pct: report.recycled_content_pct,
    recyclable_pct: report.recyclable_pct,
    certifications_achieved: report.certifications_achieved,
    leed_points: report.leed_points,
    report: JSON.stringify(report),
  });
}
