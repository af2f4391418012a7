// What each kind of file is for, in the words of the people who send it.
import type { ExportFormat } from '../../../../contract/exports.ts';

export interface FormatText {
  name: string;
  purpose: string;
  /** Written from the bill: needs a recommendation. */
  needs_bill: boolean;
}

export const FORMAT_TEXTS: Record<ExportFormat, FormatText> = {
  pdf: {
    name: 'PDF proposal',
    purpose: 'Cover, brief, furnished plan to scale, furniture by room, scenarios, budget, approval.',
    needs_bill: false,
  },
  xlsx: {
    name: 'Excel bill',
    purpose: 'By area, by product and as one list, with sums that recalculate.',
    needs_bill: true,
  },
  sif: {
    name: 'SIF order',
    purpose: 'For the order system of the dealer or the maker.',
    needs_bill: true,
  },
  dxf: {
    name: 'DXF drawing',
    purpose: 'Furnished floors on AIA layers, one block a product.',
    needs_bill: false,
  },
  glb: {
    name: '3D model',
    purpose: 'Furnished floors as glTF, for any 3D program.',
    needs_bill: false,
  },
  json: {
    name: 'Whole project',
    purpose: 'Everything as JSON, to take into another installation.',
    needs_bill: false,
  },
};

export const FORMATS = Object.keys(FORMAT_TEXTS) as ExportFormat[];
