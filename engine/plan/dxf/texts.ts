// DXF texts placed on the sheet: TEXT and attributes, MTEXT, multileaders; a leader's text is anchored at its tip.
import type { Point } from '../../geometry/planar.ts';
import type { Origin } from '../linework.ts';
import { type DxfEntity, number, point, text } from './document.ts';
import { mtextLines, plainText } from './mtext.ts';
import { type Sheet, spend } from './sheet.ts';
import { addPath, finite } from './strokes.ts';
import { apply, growth, type Transform } from './transform.ts';

/** Share of its height that one character of text is wide, on average, in drafting fonts. */
const CHARACTER_WIDTH = 0.8;
const LINE_SPACING = 1.6;

export function drawText(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  const value = plainText(text(entity, 1));
  if (!value) return;
  const horizontal = number(entity, 72);
  // Vertical alignment is group 73 of TEXT and 74 of ATTRIB (Autodesk DXF reference).
  const vertical = number(entity, entity.type === 'TEXT' ? 73 : 74);
  const aligned = (horizontal !== 0 || vertical !== 0) && entity.codes.includes(11);
  const at = point(entity, aligned && horizontal !== 3 && horizontal !== 5 ? 11 : 10);
  const shiftX = horizontal === 1 || horizontal === 4 ? 0 : horizontal === 2 ? -0.5 : 0.5;
  const shiftY = horizontal === 4 || vertical === 2 ? 0 : vertical === 3 ? -0.5 : 0.5;
  const block = { lines: [value], at, height: number(entity, 40, 1), degrees: number(entity, 50) };
  addText({ ...block, shiftX, shiftY, handle: text(entity, 5) }, m, origin, sheet);
}

export function drawMtext(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  const parts = entity.codes.map((code, i) => (code === 3 ? entity.values[i]! : '')).join('');
  const lines = mtextLines(parts + text(entity, 1));
  const attach = Math.max(1, Math.min(9, number(entity, 71, 1)));
  const shiftX = [0.5, 0, -0.5][(attach - 1) % 3]!;
  const shiftY = [-0.5, 0, 0.5][Math.floor((attach - 1) / 3)]!;
  const [dx, dy] = point(entity, 11);
  const turned = entity.codes.includes(11) && (dx !== 0 || dy !== 0);
  const degrees = turned ? (Math.atan2(dy, dx) * 180) / Math.PI : number(entity, 50);
  const block = { lines, at: point(entity, 10), height: number(entity, 40, 1), degrees };
  addText({ ...block, shiftX, shiftY, handle: text(entity, 5) }, m, origin, sheet);
}

type Block = {
  lines: readonly string[];
  at: Point;
  height: number;
  degrees: number;
  /** From the insertion point to the middle, in text widths and heights. */
  shiftX: number;
  shiftY: number;
  handle: string;
  /** Where a leader of the text points to. */
  tip?: Point;
};

function addText(block: Block, m: Transform, origin: Origin, sheet: Sheet): void {
  const { lines, at, height, shiftX, shiftY } = block;
  spend(sheet, lines.length);
  const angle = (block.degrees * Math.PI) / 180;
  const across: Point = [Math.cos(angle), Math.sin(angle)];
  const tall = height + (lines.length - 1) * height * LINE_SPACING;
  const tip = sheet.leaders.get(block.handle);
  const grown = growth(m);
  lines.forEach((value, i) => {
    const width = value.length * height * CHARACTER_WIDTH;
    const down = (lines.length - 1) / 2 - i;
    const x = shiftX * width;
    const y = shiftY * tall + down * height * LINE_SPACING;
    const middle: Point = [at[0] + across[0] * x - across[1] * y, at[1] + across[1] * x + across[0] * y];
    const line: Point = [
      at[0] - across[1] * (y - shiftY * height),
      at[1] + across[0] * (y - shiftY * height),
    ];
    const anchor = apply(m, block.tip ?? tip ?? line);
    const centre = apply(m, middle);
    if (!finite(anchor) || !finite(centre)) return;
    sheet.linework.texts.push({
      value,
      anchor,
      centre,
      height: height * grown,
      width: width * grown,
      origin,
    });
  });
}

/** LEADER: its line. The text it belongs to is found by handle, see `leaderTips`. */
export function drawLeader(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  addPath(pathOf(entity), m, origin, sheet);
}

function pathOf(entity: DxfEntity): Point[] {
  const path: [number, number][] = [];
  entity.codes.forEach((code, i) => {
    const value = Number(entity.values[i]) || 0;
    if (code === 10) path.push([value, 0]);
    else if (code === 20 && path.length > 0) path[path.length - 1]![1] = value;
  });
  return path;
}

/** Tips of leaders by the handle of the text they belong to. The first vertex of a LEADER is its arrow. */
export function leaderTips(entities: readonly DxfEntity[]): Map<string, Point> {
  const tips = new Map<string, Point>();
  for (const entity of entities) {
    if (entity.type !== 'LEADER') continue;
    const [tip] = pathOf(entity);
    const handle = text(entity, 340).trim();
    if (tip && handle !== '' && handle !== '0') tips.set(handle, tip);
  }
  return tips;
}

/** MULTILEADER: its lines and its text, which stands in the context data with groups of their own meaning. */
export function drawMultileader(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  let inLine = false;
  let content = '';
  let height = 1;
  let at: [number, number] = [0, 0];
  let rotation = 0;
  const lines: [number, number][][] = [];
  entity.codes.forEach((code, i) => {
    const raw = entity.values[i]!;
    const value = Number(raw) || 0;
    if (code === 304 && raw.trim() === 'LEADER_LINE{') {
      inLine = true;
      lines.push([]);
    } else if (code === 305) inLine = false;
    else if (code === 304) content = raw;
    else if (inLine && code === 10) lines[lines.length - 1]!.push([value, 0]);
    else if (inLine && code === 20) {
      const last = lines[lines.length - 1]!.at(-1);
      if (last) last[1] = value;
    } else if (code === 41 && content === '') height = value || 1;
    else if (code === 12) at = [value, at[1]];
    else if (code === 22) at = [at[0], value];
    else if (code === 42 && content !== '') rotation = value;
  });
  for (const path of lines) addPath(path, m, origin, sheet);
  const tip = lines[0]?.[0];
  const block = { lines: mtextLines(content), at, height, degrees: (rotation * 180) / Math.PI };
  addText({ ...block, shiftX: 0.5, shiftY: -0.5, handle: '', ...(tip ? { tip } : {}) }, m, origin, sheet);
}
