// What a DXF says about its own size: dimensions with the text shown, viewports, header units.
import { distance, type Point } from '../../geometry/planar.ts';
import type { Linework } from '../linework.ts';
import { type DxfDocument, type DxfEntity, number, text } from './document.ts';
import { mtextLines } from './mtext.ts';

/** Linear dimensions only (types 0 and 1): the text a reader sees and the length measured between its points. */
export function readDimension(entity: DxfEntity, document: DxfDocument, linework: Linework): void {
  const type = number(entity, 70) & 7;
  if (type > 1) return;
  const a: Point = [number(entity, 13), number(entity, 23)];
  const b: Point = [number(entity, 14), number(entity, 24)];
  let measured = distance(a, b);
  if (type === 0) {
    const angle = (number(entity, 50) * Math.PI) / 180;
    measured = Math.abs((b[0] - a[0]) * Math.cos(angle) + (b[1] - a[1]) * Math.sin(angle));
  }
  const override = mtextLines(text(entity, 1)).join(' ');
  const shown = override && !override.includes('<>') ? override : blockText(document, text(entity, 2));
  if (shown && measured > 0) {
    linework.dimensions.push({ text: shown, measured, at: [number(entity, 11), number(entity, 21)] });
  }
}

function blockText(document: DxfDocument, name: string): string {
  const block = document.blocks.get(name.toUpperCase());
  const texts = (block?.entities ?? []).filter((e) => e.type === 'MTEXT' || e.type === 'TEXT');
  return texts.map((e) => mtextLines(text(e, 1)).join(' ')).join(' ');
}

/** Model units shown by one paper unit; the sheet's own viewport (id 1) and turned views are left out. */
export function readViewport(entity: DxfEntity, linework: Linework): void {
  const paper = number(entity, 41);
  const model = number(entity, 45);
  if (number(entity, 69) === 1 || !(paper > 0) || !(model > 0)) return;
  linework.viewports.push({ model_per_paper: model / paper });
}

/** $INSUNITS values: name and feet in one (Autodesk DXF reference). */
const INSERT_UNITS: Record<number, [string, number]> = {
  1: ['in', 1 / 12],
  2: ['ft', 1],
  3: ['mi', 5280],
  4: ['mm', 1 / 304.8],
  5: ['cm', 1 / 30.48],
  6: ['m', 1 / 0.3048],
  10: ['yd', 3],
  14: ['dm', 1 / 3.048],
};

/** What the header claims about units: $INSUNITS, and architectural length format, which AutoCAD defines in inches. */
export function readHeaderUnits(document: DxfDocument, linework: Linework): void {
  const unit = INSERT_UNITS[Number(document.header.get('$INSUNITS') ?? 0)];
  if (unit) {
    linework.units = unit[0];
    linework.header.push({ feet_per_unit: unit[1], detail: `$INSUNITS says ${unit[0]}` });
  }
  const format = Number(document.header.get('$LUNITS') ?? 2);
  if (format === 3 || format === 4) {
    linework.header.push({
      feet_per_unit: 1 / 12,
      detail: `$LUNITS ${format} (${format === 4 ? 'architectural' : 'engineering'}) counts in inches`,
    });
  }
}
