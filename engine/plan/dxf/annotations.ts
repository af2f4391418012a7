// What a DXF says about its own size: dimensions with the text shown, viewports, header units.
import { distance, type Point } from '../../geometry/planar.ts';
import type { Linework } from '../linework.ts';
import { type DxfDocument, type DxfEntity, number, text } from './document.ts';
import { mtextLines } from './mtext.ts';
import { apply, growth, type Transform } from './transform.ts';

/** Linear dimensions only (types 0 and 1): the text a reader sees and the length measured between its points. */
export function readDimension(
  entity: DxfEntity,
  document: DxfDocument,
  transform: Transform,
  linework: Linework,
): void {
  const type = number(entity, 70) & 7;
  if (type > 1) return;
  const a: Point = [number(entity, 13), number(entity, 23)];
  const b: Point = [number(entity, 14), number(entity, 24)];
  let measured = distance(a, b);
  if (type === 0) {
    const angle = (number(entity, 50) * Math.PI) / 180;
    measured = Math.abs((b[0] - a[0]) * Math.cos(angle) + (b[1] - a[1]) * Math.sin(angle));
  }
  measured *= growth(transform);
  const override = mtextLines(text(entity, 1)).join(' ');
  const shown = override && !override.includes('<>') ? override : blockText(document, text(entity, 2));
  const at = apply(transform, [number(entity, 11), number(entity, 21)]);
  if (shown && measured > 0 && Number.isFinite(measured))
    linework.dimensions.push({ text: shown, measured, at });
}

function blockText(document: DxfDocument, name: string): string {
  const block = document.blocks.get(name.toUpperCase());
  const texts = (block?.entities ?? []).filter((e) => e.type === 'MTEXT' || e.type === 'TEXT');
  return texts.map((e) => mtextLines(text(e, 1)).join(' ')).join(' ');
}

/** Views of the model on the sheets: the sheet's own viewport (id 1) and those switched off are left out. */
export function viewsOf(paper: readonly DxfEntity[]): DxfEntity[] {
  return paper.filter(
    (entity) =>
      entity.type === 'VIEWPORT' &&
      number(entity, 69) !== 1 &&
      number(entity, 68, 1) !== 0 &&
      number(entity, 41) > 0 &&
      number(entity, 45) > 0,
  );
}

/** Model units shown by one paper unit, for each view. */
export function readViewports(views: readonly DxfEntity[], linework: Linework): void {
  for (const view of views) linework.viewports.push({ model_per_paper: number(view, 45) / number(view, 41) });
}

/** Names of the layers, in capitals, that are frozen in every view of the model (groups 331 and 341: their handles). */
export function frozenInViews(views: readonly DxfEntity[], document: DxfDocument): Set<string> {
  const [first, ...rest] = views.map(
    (view) =>
      new Set(
        view.values.filter((_, i) => view.codes[i] === 331 || view.codes[i] === 341).map((v) => v.trim()),
      ),
  );
  const everywhere = [...(first ?? [])].filter((handle) => rest.every((other) => other.has(handle)));
  const names = [...document.layers].filter(([, layer]) => layer.handle && everywhere.includes(layer.handle));
  return new Set(names.map(([name]) => name));
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
