// What each kind of file is for, in the words of the people who send it.
import type { ExportFormat, SifDialect, SifDifference } from '../../../../contract/exports.ts';

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
  ifc: {
    name: 'IFC 4 model',
    purpose: 'Rooms and furniture with part number and price, for building models.',
    needs_bill: false,
  },
  json: {
    name: 'Whole project',
    purpose: 'Everything as JSON, to take into another installation.',
    needs_bill: false,
  },
};

export const FORMATS = Object.keys(FORMAT_TEXTS) as ExportFormat[];

/** Parts of the proposal in the order in which they stand in it. */
export const PDF_PARTS = [
  { part: 'cover', label: 'Cover' },
  { part: 'brief', label: 'Brief' },
  { part: 'plan', label: 'Furnished plan' },
  { part: 'views', label: '3D views' },
  { part: 'items', label: 'Furniture' },
  { part: 'scenarios', label: 'Scenarios' },
  { part: 'budget', label: 'Budget' },
  { part: 'roi', label: 'Return' },
  { part: 'sustainability', label: 'Sustainability' },
  { part: 'assumptions', label: 'Assumptions' },
  { part: 'approval', label: 'Approval' },
] as const;

export const DIALECT_LABELS: Record<SifDialect, string> = {
  generic: 'Generic SIF',
  price_factor: 'SIF, P% as a factor',
  short_fields: 'SIF, short fields',
  cet: 'CET',
  cyncly: 'Cyncly',
};

export const DIFFERENCE_LABELS: Record<SifDifference['kind'], string> = {
  added: 'Added',
  removed: 'Removed',
  quantity: 'Quantity',
  price: 'Price',
  description: 'Description',
};
