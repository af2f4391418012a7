// The table of export formats: one line each. Adding one: its name in contract/exports.ts (EXPORT_FORMATS), a module under
// engine/interchange that exports `write` (a DocumentWriter), and its line here. Writers are loaded in the worker thread only.
import type { ExportFormat } from '../../../contract/exports.ts';
import type { DocumentWriter } from '../../../engine/interchange/writer.ts';

export interface Format {
  extension: string;
  content_type: string;
  /** There is nothing to write without a recommendation. */
  needs_bill: boolean;
  /** The parts a caller may pick from; empty where the format has none. */
  parts: readonly string[];
  load(): Promise<{ write: DocumentWriter }>;
}

export const FORMATS: Record<ExportFormat, Format> = {
  pdf: {
    extension: 'pdf',
    content_type: 'application/pdf',
    needs_bill: false,
    parts: [
      'cover',
      'brief',
      'plan',
      'views',
      'items',
      'scenarios',
      'budget',
      'roi',
      'sustainability',
      'assumptions',
      'approval',
    ],
    load: () => import('../../../engine/interchange/pdf/write.ts'),
  },
  json: {
    extension: 'json',
    content_type: 'application/json',
    needs_bill: false,
    parts: ['conversations', 'files', 'versions'],
    load: () => import('../../../engine/interchange/json/write.ts'),
  },
  sif: {
    extension: 'sif',
    content_type: 'text/plain',
    needs_bill: true,
    parts: [],
    load: () => import('../../../engine/interchange/sif/write.ts'),
  },
  xlsx: {
    extension: 'xlsx',
    content_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    needs_bill: true,
    parts: ['summary', 'areas', 'products', 'lines', 'budget'],
    load: () => import('../../../engine/interchange/xlsx/write.ts'),
  },
  dxf: {
    extension: 'dxf',
    content_type: 'image/vnd.dxf',
    needs_bill: false,
    parts: ['furniture'],
    load: () => import('../../../engine/interchange/dxf/write.ts'),
  },
  glb: {
    extension: 'glb',
    content_type: 'model/gltf-binary',
    needs_bill: false,
    parts: ['furniture'],
    load: () => import('../../../engine/interchange/gltf/write.ts'),
  },
  ifc: {
    extension: 'ifc',
    content_type: 'application/x-step',
    needs_bill: false,
    parts: ['furniture'],
    load: () => import('../../../engine/interchange/ifc/write.ts'),
  },
};
