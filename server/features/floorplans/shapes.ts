// Stored rows of plans and rooms as they cross HTTP.
import type { FloorPlan, Space } from '../../../contract/floorplans.ts';
import type { PlanFormat } from '../../../contract/plan.ts';
import { iso, isoOrNull } from '../context.ts';
import type * as db from './sql.ts';

export const CONTENT_TYPES: Record<PlanFormat, string> = {
  dxf: 'image/vnd.dxf',
  dwg: 'image/vnd.dwg',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
};

export function toFloorPlan({ file_url: _key, ...row }: db.PlanRow): FloorPlan {
  return {
    ...row,
    file_size_bytes: row.file_size_bytes ?? 0,
    file_format: row.file_format as PlanFormat,
    status: row.status as FloorPlan['status'],
    processing_started_at: isoOrNull(row.processing_started_at),
    processing_completed_at: isoOrNull(row.processing_completed_at),
    created_at: iso(row.created_at as Date),
    updated_at: iso(row.updated_at as Date),
  };
}

export function toSpace({ read_outlines: _outlines, reviewed_by: _by, ...row }: db.SpaceRow): Space {
  const { reviewed_at, ...columns } = row;
  return {
    ...columns,
    type: row.type as Space['type'],
    dimensions: row.dimensions as Space['dimensions'],
    bbox: row.bbox as Space['bbox'],
    polygon: (row.polygon ?? []) as Space['polygon'],
    holes: (row.holes ?? []) as Space['holes'],
    source_polygon: (row.source_polygon ?? []) as Space['source_polygon'],
    source_holes: (row.source_holes ?? []) as Space['source_holes'],
    reviewed: reviewed_at !== null,
    characteristics: (row.characteristics ?? {}) as Space['characteristics'],
    manually_edited: row.manually_edited ?? false,
    updated_at: iso(row.updated_at as Date),
  };
}
