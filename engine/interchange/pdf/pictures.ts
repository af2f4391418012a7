/** A product seen from the front, drawn from its outside dimensions to fit a field; schematic, never a likeness. */
import type { DocumentProduct } from '../../../contract/project-document.ts';
import { strokesOf } from '../../drawing/flatten.ts';
import { frontView } from '../../drawing/front_view.ts';
import type { Shape } from '../../drawing/paths.ts';
import type { Sheet } from './sheet.ts';
import { type At, type Paint, Strokes } from './strokes.ts';

export const TONES: Record<Shape['tone'], Paint> = {
  body: { fill: '#eef1f3', stroke: '#3c454d', width: 0.45 },
  part: { fill: '#cdd5da', stroke: '#3c454d', width: 0.45 },
  line: { stroke: '#3c454d', width: 0.4 },
  dash: { stroke: '#8a949c', width: 0.35, dash: 1.2 },
};

/** False where the catalogue gives no size to draw from. */
export function canPicture(product: DocumentProduct): boolean {
  return product.width_in !== null && product.height_in !== null;
}

export function picture(
  sheet: Sheet,
  product: DocumentProduct,
  box: { x: number; y: number; width: number; height: number },
): void {
  const [width, depth, height] = [product.width_in ?? 0, product.depth_in ?? 24, product.height_in ?? 0];
  if (width <= 0 || height <= 0) return;
  const shapes = frontView({
    category: product.category,
    subcategory: product.subcategory,
    width,
    depth,
    height,
    seats: product.seats ?? undefined,
  });
  const scale = Math.min(box.width / width, box.height / height);
  const left = box.x + (box.width - width * scale) / 2;
  const top = box.y + (box.height - height * scale);
  const strokes = new Strokes(sheet);
  for (const { points, closed, tone } of strokesOf(shapes)) {
    const ring = points.map(([x, y]): At => [left + x * scale, top + y * scale]);
    const { fill, ...line } = TONES[tone];
    strokes.rings([ring], { ...line, ...(closed && fill !== undefined ? { fill } : {}), closed });
  }
  strokes.flush();
}
