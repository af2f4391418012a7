// Writes a generated plan as a one-page vector PDF to scale: thick pen for walls, thin for the rest, swings as curves.
import type { Point } from '../../geometry/planar.ts';
import type { GeneratedPlan } from './model.ts';
import { KAPPA, outline, pdfExtras, pdfText, segment } from './pdf_marks.ts';

/** 1/8" = 1'-0": nine points to the foot. */
const POINTS_PER_FOOT = 9;
const MARGIN = 72;

/** A point of the truth (feet) on the page, in points from its lower left corner. */
export function toPage(plan: GeneratedPlan, p: Point): Point {
  const [x0, y0] = plan.bounds;
  return [MARGIN + (p[0] - x0) * POINTS_PER_FOOT, MARGIN + (p[1] - y0) * POINTS_PER_FOOT];
}

/** Bytes of the PDF; the scale note is left out where `note` is false. */
export function writePdf(plan: GeneratedPlan, note = true): Uint8Array {
  const box = plan.bounds;
  const [width, height] = toPage(plan, [box[2], box[3]]).map((v) => v + MARGIN) as [number, number];
  const parts: string[] = [];
  const at = (p: Point) =>
    toPage(plan, p)
      .map((v) => v.toFixed(3))
      .join(' ');
  const line = (a: Point, b: Point) => parts.push(segment(a, b, at));
  parts.push('1.4 w 0 0 0 RG');
  for (const body of [...plan.walls, ...plan.columns]) {
    for (const ring of [body.outer, ...body.holes]) {
      parts.push(`${outline(ring, at)} S`);
    }
  }
  parts.push('0.5 w 0.3 0.3 0.3 RG');
  for (const window of plan.windows) {
    for (const k of [0, window.thickness / 2, window.thickness])
      line(pushed(window.a, window.out, k), pushed(window.b, window.out, k));
  }
  for (const door of plan.doors) {
    if (!door.drawn) continue;
    if (door.sliding) parts.push(slider(door, at));
    else parts.push(...swings(door, at));
  }
  if (plan.options.difficulty === 'real') parts.push(...pdfExtras(plan, at, POINTS_PER_FOOT));
  for (const room of plan.rooms) {
    if (plan.options.labels === 'none') continue;
    const rows = plan.options.labels === 'both' ? [room.name, room.number] : [room.number];
    rows.forEach((text, i) => {
      const [x, y] = toPage(plan, [room.label_at[0], room.label_at[1] - i * 1.2]);
      parts.push(pdfText(text, `${(x - text.length * 1.7).toFixed(2)} ${y.toFixed(2)}`, 6));
    });
    if (room.leader_to) line(room.label_at, room.leader_to);
  }
  if (note) parts.push(`BT /F1 10 Tf ${MARGIN} 24 Td (SCALE: 1/8" = 1'-0") Tj ET`);
  return assemble(parts.join('\n'), width, height);
}

function pushed(p: Point, d: Point, k: number): Point {
  return [p[0] + d[0] * k, p[1] + d[1] * k];
}

function swings(door: GeneratedPlan['doors'][number], at: (p: Point) => string): string[] {
  const leaf = door.width / door.leaves;
  const far = pushed(door.hinge, door.along, door.width);
  const hinges: [Point, Point][] = [[door.hinge, door.along]];
  if (door.leaves === 2) hinges.push([far, [-door.along[0], -door.along[1]]]);
  return hinges.map(([hinge, along]) => {
    const shut = pushed(hinge, along, leaf);
    const open = pushed(hinge, door.into, leaf);
    const curve = [pushed(shut, door.into, leaf * KAPPA), pushed(open, along, leaf * KAPPA), open]
      .map(at)
      .join(' ');
    return `${at(hinge)} m ${at(open)} l S ${at(shut)} m ${curve} c S`;
  });
}

/** A sliding leaf: a thin rectangle on the room's face of the wall, half over the opening. */
function slider(door: GeneratedPlan['doors'][number], at: (p: Point) => string): string {
  const on = (k: number, into: number) => pushed(pushed(door.hinge, door.along, k), door.into, into);
  const [from, to] = [door.width * 0.4, door.width * 1.4];
  return `${outline([on(from, 0.05), on(to, 0.05), on(to, 0.2), on(from, 0.2)], at)} S`;
}

function assemble(content: string, width: number, height: number): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width.toFixed(2)} ${height.toFixed(2)}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}
