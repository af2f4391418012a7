// From stored rows to the shapes that cross HTTP. Pure.
import type {
  ModelComparison,
  MovedFeature,
  RankingModel,
  TrainingRow,
  TrainingRun,
} from '../../../contract/learning.ts';
import { iso, isoOrNull } from '../context.ts';
import type { ModelRow, RunRow } from './sql/models.ts';
import type { TrainingDataRow } from './sql/training-data.ts';

export function toModel(row: ModelRow, sharing: ReadonlySet<string>): RankingModel {
  const posteriors = row.posteriors ?? 0;
  const consented = row.shared_from.every((id) => sharing.has(id));
  return {
    id: row.id,
    version: row.version as string,
    status: row.status as RankingModel['status'],
    rows: row.rows_used,
    organizations: row.organizations,
    posteriors,
    data_hash: row.data_hash,
    took_ms: row.took_ms,
    decision: row.decision,
    comparison: (row.comparison ?? null) as unknown as ModelComparison | null,
    moved: row.moved as unknown as MovedFeature[],
    trained_at: iso(row.trained_at as Date),
    promoted_at: isoOrNull(row.promoted_at as Date | null),
    may_go_live: row.status === 'retired' && consented && (posteriors > 0 || row.rows_used === 0),
  };
}

export function toRun(row: RunRow): TrainingRun {
  return {
    id: row.id,
    status: row.status as TrainingRun['status'],
    reason: row.reason as TrainingRun['reason'],
    note: row.note,
    model_id: row.model_id,
    started_at: iso(row.started_at as Date),
    finished_at: isoOrNull(row.finished_at as Date | null),
  };
}

export function toRow(row: TrainingDataRow): TrainingRow {
  return {
    id: row.id,
    source_type: row.source_type,
    organization_id: row.organization_id,
    organization_name: row.organization_name,
    product_name: row.product_name,
    against_name: row.against_name,
    input: row.input_features as unknown as TrainingRow['input'],
    label: row.output_labels as unknown as TrainingRow['label'],
    state: row.state,
    excluded_reason: row.excluded_reason,
    verified_at: isoOrNull(row.verified_at as Date | null),
    used_in_training: row.used_in_training ?? false,
    decided_at: iso(row.decided_at as Date),
  };
}
