// From stored exports to the shapes that cross HTTP, and the check of what is asked for. Pure.
import type { CreateExportRequest, Export } from '../../../contract/exports.ts';
import { AppError } from '../../platform/errors.ts';
import { iso, isoOrNull } from '../context.ts';
import { FORMATS } from './formats.ts';
import type * as db from './sql/exports.ts';

export function auditOf(action: string, row: db.ExportRow) {
  return {
    action,
    project_id: row.project_id,
    detail: { export_id: row.id, format: row.format, audience: row.audience },
  };
}

export function checkParts({ format, parts }: CreateExportRequest): void {
  const known = FORMATS[format].parts;
  const unknown = parts?.find((part) => !known.includes(part));
  if (unknown === undefined && (parts === undefined || parts.length > 0 || known.length === 0)) return;
  throw new AppError(
    'invalid_input',
    known.length === 0
      ? `The format ${format} has no parts to choose from; leave "parts" out.`
      : `${unknown === undefined ? 'No part is asked for' : `The format ${format} has no part "${unknown}"`}; choose from ${known.join(', ')}.`,
  );
}

export function toExport({ file_key: _key, ...row }: db.ExportRow): Export {
  return {
    ...row,
    format: row.format as Export['format'],
    audience: row.audience as Export['audience'],
    options: row.options as Export['options'],
    status: row.status as Export['status'],
    left_out: row.left_out as Export['left_out'],
    created_at: iso(row.created_at),
    finished_at: isoOrNull(row.finished_at),
    expires_at: iso(row.expires_at),
  };
}
