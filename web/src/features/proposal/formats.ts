// What each kind of file is for, in the words of the people who send it.
import type { ExportFormat } from '../../../../contract/exports.ts';

export interface FormatText {
  name: string;
  purpose: string;
  /** Written from the bill: needs a recommendation. */
  needs_bill: boolean;
  /** Differs between feet and metres. */
  measured: boolean;
}

export const FORMAT_TEXTS: Record<ExportFormat, FormatText> = {
  xlsx: {
    name: 'Excel bill',
    purpose: 'By area, by product and as one list, with sums that recalculate.',
    needs_bill: true,
    measured: false,
  },
  sif: {
    name: 'SIF order',
    purpose: 'For the order system of the dealer or the maker.',
    needs_bill: true,
    measured: false,
  },
  dxf: {
    name: 'DXF drawing',
    purpose: 'Furnished floors on AIA layers, one block a product.',
    needs_bill: false,
    measured: true,
  },
  glb: {
    name: '3D model',
    purpose: 'Furnished floors as glTF, for any 3D program.',
    needs_bill: false,
    measured: false,
  },
  json: {
    name: 'Whole project',
    purpose: 'Everything as JSON, to take into another installation.',
    needs_bill: false,
    measured: false,
  },
};

export const FORMATS = Object.keys(FORMAT_TEXTS) as ExportFormat[];
