// What a DXF refers to or holds but cannot show: missing external references, proxy objects, solids, underlays.
import type { DxfEntity } from './document.ts';
import type { Sheet } from './sheet.ts';

/** Entities whose shape is not in the file in a form that can be read (ACIS data, other programs' objects, images). */
const OPAQUE = new Map([
  ['ACAD_PROXY_ENTITY', 'objects of another program'],
  ['3DSOLID', 'solid bodies'],
  ['BODY', 'solid bodies'],
  ['REGION', 'regions'],
  ['SURFACE', 'surfaces'],
  ['IMAGE', 'placed images'],
  ['PDFUNDERLAY', 'placed PDFs'],
  ['DGNUNDERLAY', 'placed DGN drawings'],
  ['DWFUNDERLAY', 'placed DWF drawings'],
  ['OLE2FRAME', 'embedded documents'],
]);

/** AutoCAD Architecture and MEP objects, such as AEC_WALL and AECB_DUCT. */
const AEC = /^AEC/;

export function cannotShow(entity: DxfEntity): boolean {
  return OPAQUE.has(entity.type) || AEC.test(entity.type);
}

/** Adds one note a kind of missing thing, saying what to do. */
export function noteMissing({ linework, missing }: Sheet): void {
  for (const file of [...missing.xrefs].slice(0, 20)) {
    linework.notes.push({
      code: 'missing_xref',
      message: `The drawing refers to "${fileName(file)}", which is not in the file; bind external references (XREF, Bind) and export again if walls or rooms are missing.`,
    });
  }
  const counts = new Map<string, number>();
  for (const [type, count] of missing.kinds) {
    const kind = OPAQUE.get(type) ?? `AutoCAD Architecture objects (${type})`;
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  for (const [kind, count] of [...counts].slice(0, 20)) {
    linework.notes.push({
      code: 'not_shown',
      message: `The drawing holds ${count.toLocaleString('en-US')} ${kind}, which cannot be read; explode or export them as lines (EXPORTTOAUTOCAD, FLATTEN) if walls are missing.`,
    });
  }
}

function fileName(path: string): string {
  return (path.split(/[\\/]/).at(-1) || path).slice(0, 120);
}
