// Turns the entities of a DXF into linework: blocks opened in blocks, curves cut, texts placed, symbols remembered.
import { boxOf, type Point } from '../../geometry/planar.ts';
import { PlanError } from '../errors.ts';
import { blockRole, type LayerRole, layerRole } from '../layers.ts';
import { LIMITS } from '../limits.data.ts';
import type { Linework } from '../linework.ts';
import { readDimension, readViewport } from './annotations.ts';
import { type DxfDocument, type DxfEntity, number, text } from './document.ts';
import { drawEntity } from './draw.ts';
import { type Pen, type Sheet, spend } from './sheet.ts';
import { apply, compose, IDENTITY, placement } from './transform.ts';

/** Linework of the drawing's model space (or paper space, where the model is empty). */
export function explode(document: DxfDocument, linework: Linework): void {
  const sheet: Sheet = { document, linework, drawn: 0, opened: 0 };
  const isPaper = (entity: DxfEntity) => number(entity, 67) === 1;
  const model = document.entities.filter((entity) => !isPaper(entity));
  const paper = document.entities.filter(isPaper);
  for (const entity of paper) if (entity.type === 'VIEWPORT') readViewport(entity, linework);
  const drawable = model.some((entity) => entity.type !== 'VIEWPORT') ? model : paper;
  const pen: Pen = {
    transform: IDENTITY,
    layer: '0',
    role: 'unknown',
    symbol: -1,
    origins: new Map(),
    inBlock: false,
  };
  for (const entity of drawable) drawOne(entity, pen, sheet, []);
}

function isHidden(entity: DxfEntity, sheet: Sheet): boolean {
  if (number(entity, 60) === 1) return true;
  const layer = sheet.document.layers.get(text(entity, 8, '0').trim().toUpperCase());
  return layer ? !layer.visible : false;
}

function drawOne(entity: DxfEntity, pen: Pen, sheet: Sheet, path: string[]): void {
  if (isHidden(entity, sheet)) return;
  if (entity.type === 'INSERT') drawInsert(entity, pen, sheet, path);
  else if (entity.type === 'DIMENSION') readDimension(entity, sheet.document, sheet.linework);
  else drawEntity(entity, pen, sheet);
}

function drawInsert(entity: DxfEntity, pen: Pen, sheet: Sheet, path: string[]): void {
  const name = text(entity, 2).toUpperCase();
  const block = sheet.document.blocks.get(name);
  for (const attribute of entity.children) drawEntity(attribute, pen, sheet);
  if (!block) return;
  if (path.includes(name)) {
    throw new PlanError(
      'malformed',
      `Block "${block.name}" of the DXF contains itself; repair the drawing (AUDIT) and export it again.`,
    );
  }
  if (path.length >= LIMITS.block_depth) {
    throw new PlanError(
      'too_large',
      `The blocks of the DXF are nested more than ${LIMITS.block_depth} deep (at "${block.name}"); explode or bind them and export again.`,
    );
  }
  const columns = Math.max(1, Math.min(32767, number(entity, 70, 1)));
  const rows = Math.max(1, Math.min(32767, number(entity, 71, 1)));
  const scale: Point = [number(entity, 41, 1) || 1, number(entity, 42, 1) || 1];
  const layer = text(entity, 8, '0').trim();
  const own = pen.inBlock && layer === '0' ? pen.layer : layer;
  const role = symbolRole(pen.role, block.name, own);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      spend(sheet, 1);
      const offset: Point = [column * number(entity, 44), row * number(entity, 45)];
      const at: Point = [number(entity, 10), number(entity, 20)];
      const local = placement(block.base, at, scale, number(entity, 50), offset, number(entity, 230, 1) < 0);
      const transform = compose(pen.transform, local);
      const isXref = block.entities.length > 400;
      const symbol = pen.symbol >= 0 || isXref ? pen.symbol : sheet.linework.symbols.length;
      const inner: Pen = { transform, layer: own, role, symbol, origins: new Map(), inBlock: true };
      const before = sheet.linework.strokes.length;
      const arcsBefore = sheet.linework.arcs.length;
      if (symbol !== pen.symbol) {
        const corner = apply(transform, block.base);
        sheet.linework.symbols.push({
          name: block.name,
          layer: own,
          role,
          at: corner,
          box: [corner[0], corner[1], corner[0], corner[1]],
        });
      }
      for (const child of block.entities) drawOne(child, inner, sheet, [...path, name]);
      if (symbol !== pen.symbol) measureSymbol(sheet.linework, symbol, before, arcsBefore);
    }
  }
}

/** A block's own name speaks first, then the layer it stands on; what is inside furniture stays furniture. */
function symbolRole(outer: LayerRole, name: string, layer: string): LayerRole {
  if (outer !== 'unknown') return outer;
  const byName = blockRole(name);
  if (byName !== 'unknown') return byName;
  const byLayer = layerRole(layer);
  return byLayer === 'wall' || byLayer === 'label' || byLayer === 'area' ? 'unknown' : byLayer;
}

function measureSymbol(linework: Linework, symbol: number, firstStroke: number, firstArc: number): void {
  const points: Point[] = [];
  for (let i = firstStroke; i < linework.strokes.length; i++)
    points.push(linework.strokes[i]!.a, linework.strokes[i]!.b);
  for (let i = firstArc; i < linework.arcs.length; i++)
    points.push(linework.arcs[i]!.start, linework.arcs[i]!.end);
  if (points.length > 0) linework.symbols[symbol]!.box = boxOf(points);
}
