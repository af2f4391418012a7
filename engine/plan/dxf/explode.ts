// Turns the entities of a DXF into linework: model or paper space chosen, blocks opened in blocks, symbols remembered,
// what is hidden left out and what cannot be shown counted.
import { boxOf, type Point } from '../../geometry/planar.ts';
import { PlanError } from '../errors.ts';
import { blockRole, type LayerRole, layerRole } from '../layers.ts';
import { LIMITS } from '../limits.data.ts';
import { emptyLinework, type Linework } from '../linework.ts';
import { frozenInViews, readDimension, readViewports, viewsOf } from './annotations.ts';
import { type DxfBlock, type DxfDocument, type DxfEntity, number, text } from './document.ts';
import { drawEntity, planeOf } from './draw.ts';
import { cannotShow, noteMissing } from './missing.ts';
import { drawBands } from './polylines.ts';
import { layerOf, type Pen, type Sheet, spend } from './sheet.ts';
import { leaderTips } from './texts.ts';
import { apply, compose, IDENTITY, placement } from './transform.ts';

/** A space with fewer lines than this holds no plan where another holds more. */
const FEWEST_STROKES = 20;

/** Linework of the drawing's model space, or of the fullest paper space where the model holds no plan. */
export function explode(document: DxfDocument, linework: Linework): void {
  const isPaper = (entity: DxfEntity) => number(entity, 67) === 1;
  const model = document.entities.filter((entity) => !isPaper(entity));
  const sheets = [
    document.entities.filter(isPaper),
    ...[...document.blocks.values()]
      .filter((block) => /^[*$]PAPER_SPACE/i.test(block.name))
      .map((block) => block.entities),
  ];
  const views = sheets.flatMap(viewsOf);
  readViewports(views, linework);
  const hidden = frozenInViews(views, document);
  let drawn = drawSpace(model, hidden, document);
  if (isBare(drawn) && hidden.size > 0) drawn = drawSpace(model, new Set(), document);
  if (isBare(drawn)) {
    const fullest = sheets.sort((p, q) => q.length - p.length)[0]!;
    const paper = drawSpace(fullest, new Set(), document);
    if (paper.strokes.length > drawn.strokes.length) drawn = paper;
  }
  const anyOff = [...document.layers.values()].some((layer) => layer.off);
  if (drawn.strokes.length === 0 && drawn.shapes.length === 0 && anyOff)
    drawn = drawSwitchedOff(model, document);
  const { strokes, arcs, texts, shapes, symbols, dimensions } = drawn;
  Object.assign(linework, { strokes, arcs, texts, shapes, symbols, dimensions });
  linework.notes.push(...drawn.notes);
}

/** Some programs write every layer as switched off: what would be an empty drawing is then read as if they were on. */
function drawSwitchedOff(model: readonly DxfEntity[], document: DxfDocument): Linework {
  const layers = [...document.layers].map(([name, layer]) => [name, { ...layer, off: false }] as const);
  const drawn = drawSpace(model, new Set(), { ...document, layers: new Map(layers) });
  drawn.notes.push({
    code: 'layers_off',
    message:
      'All layers with lines are switched off in the drawing; they were read as if they were on. Switch on the layers of the plan alone and export again if too much is read.',
  });
  return drawn;
}

function isBare(linework: Linework): boolean {
  return linework.strokes.length < FEWEST_STROKES && linework.shapes.length < FEWEST_STROKES;
}

function drawSpace(
  entities: readonly DxfEntity[],
  hidden: ReadonlySet<string>,
  document: DxfDocument,
): Linework {
  const linework = emptyLinework();
  const sheet: Sheet = {
    document,
    linework,
    drawn: 0,
    bands: [],
    leaders: leaderTips(entities),
    hidden,
    missing: { xrefs: new Set(), kinds: new Map() },
  };
  const pen: Pen = {
    transform: IDENTITY,
    layer: '0',
    role: 'unknown',
    symbol: -1,
    origins: new Map(),
    inBlock: false,
  };
  for (const entity of entities) drawOne(entity, pen, sheet, []);
  drawBands(sheet);
  noteMissing(sheet);
  return linework;
}

/** Hidden with all that is in it: marked invisible, or on a frozen layer. */
function isHidden(entity: DxfEntity, name: string, sheet: Sheet): boolean {
  if (number(entity, 60) === 1) return true;
  const key = name.toUpperCase();
  return sheet.hidden.has(key) || sheet.document.layers.get(key)?.frozen === true;
}

/** Switched off: the entities of the layer are not shown, but what stands in a block on other layers is. */
function isOff(name: string, sheet: Sheet): boolean {
  return sheet.document.layers.get(name.toUpperCase())?.off === true;
}

function drawOne(entity: DxfEntity, pen: Pen, sheet: Sheet, path: string[]): void {
  const layer = layerOf(entity, pen);
  if (isHidden(entity, layer, sheet)) return;
  if (entity.type === 'INSERT') {
    drawInsert(entity, layer, pen, sheet, path);
    return;
  }
  if (isOff(layer, sheet) || isTemplate(entity)) return;
  if (entity.type === 'DIMENSION') readDimension(entity, sheet.document, pen.transform, sheet.linework);
  else if (cannotShow(entity)) {
    const { kinds } = sheet.missing;
    kinds.set(entity.type, (kinds.get(entity.type) ?? 0) + 1);
  } else drawEntity(entity, pen, sheet);
}

/** Attribute definitions are shown by their references' attributes, but for constant ones; invisible ones never. */
function isTemplate(entity: DxfEntity): boolean {
  if (entity.type === 'ATTDEF') return (number(entity, 70) & 3) !== 2;
  return entity.type === 'ATTRIB' && (number(entity, 70) & 1) !== 0;
}

function drawInsert(entity: DxfEntity, layer: string, pen: Pen, sheet: Sheet, path: string[]): void {
  const name = text(entity, 2).toUpperCase();
  const block = sheet.document.blocks.get(name);
  for (const attribute of entity.children) {
    const own = layerOf(attribute, pen);
    if (!isHidden(attribute, own, sheet) && !isOff(own, sheet) && !isTemplate(attribute))
      drawEntity(attribute, pen, sheet);
  }
  if (block?.xref && block.entities.length === 0) sheet.missing.xrefs.add(block.xref);
  if (!block || block.entities.length === 0) return;
  checkNesting(name, block, path);
  const columns = Math.max(1, Math.min(32767, number(entity, 70, 1)));
  const rows = Math.max(1, Math.min(32767, number(entity, 71, 1)));
  const scale: Point = [number(entity, 41, 1) || 1, number(entity, 42, 1) || 1];
  const at: Point = [number(entity, 10), number(entity, 20)];
  const plane = planeOf(entity);
  const whole = isWholePlan(block);
  const role = whole ? pen.role : symbolRole(pen.role, block.name, layer);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      spend(sheet, 1);
      const offset: Point = [column * number(entity, 44), row * number(entity, 45)];
      const local = placement(block.base, at, scale, number(entity, 50), offset, plane);
      const transform = compose(pen.transform, local);
      const symbol = pen.symbol >= 0 || whole ? pen.symbol : sheet.linework.symbols.length;
      const inner: Pen = { transform, layer, role, symbol, origins: new Map(), inBlock: true };
      const before = { strokes: sheet.linework.strokes.length, arcs: sheet.linework.arcs.length };
      if (symbol !== pen.symbol) {
        const corner = apply(transform, block.base);
        const box: [number, number, number, number] = [corner[0], corner[1], corner[0], corner[1]];
        sheet.linework.symbols.push({ name: block.name, layer, role, at: corner, box });
      }
      for (const child of block.entities) drawOne(child, inner, sheet, [...path, name]);
      if (symbol !== pen.symbol) measureSymbol(sheet.linework, symbol, before.strokes, before.arcs);
    }
  }
}

function checkNesting(name: string, block: DxfBlock, path: readonly string[]): void {
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
}

/** Blocks that are drawings rather than symbols: external references, bound ones, and those as large as a plan. */
function isWholePlan(block: DxfBlock): boolean {
  if (block.xref !== null || block.entities.length > 400) return true;
  return block.entities.filter((entity) => entity.type === 'INSERT').length >= 20;
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
