// Answers as they are kept: doors by their place on the drawing, because another reading may number them otherwise.
import type { PlanDocument } from '../../../contract/plan.ts';
import type { ScreeningAnswers, UpdateScreeningAnswers } from '../../../contract/screening.ts';

export type ExitMark = { exit: boolean; source_x: number; source_y: number };
export type StoredAnswers = Omit<ScreeningAnswers, 'exits'> & { exits?: ExitMark[] };

type Doors = Pick<PlanDocument, 'doors' | 'source' | 'scale'>;

/** A door is the marked one up to this far from its mark, feet; at unknown scale a share of the drawing's size. */
const SAME_DOOR_FT = 2.5;
const SAME_DOOR_SHARE = 0.01;

/** The answers with the ids that the doors have in this reading; marks whose door is gone are left out. */
export function answersFor(document: Doors, stored: StoredAnswers): ScreeningAnswers {
  const { exits: marks = [], ...rest } = stored;
  const exits: Record<string, boolean> = {};
  for (const mark of marks) {
    const door = doorAt(document, mark);
    if (door) exits[door] = mark.exit;
  }
  return Object.keys(exits).length > 0 ? { ...rest, exits } : rest;
}

/** The stored answers after a change; `unknown` lists door ids that this reading does not have. */
export function changeAnswers(
  document: Doors,
  stored: StoredAnswers,
  change: UpdateScreeningAnswers,
): { answers: StoredAnswers; unknown: string[] } {
  const { exits: marked, ...plain } = change;
  const next: Record<string, unknown> = { ...stored };
  for (const [key, value] of Object.entries(plain)) {
    if (value === null) delete next[key];
    else if (value !== undefined) next[key] = value;
  }
  if (!marked) return { answers: next as StoredAnswers, unknown: [] };
  const unknown: string[] = [];
  let marks = stored.exits ?? [];
  for (const [id, exit] of Object.entries(marked)) {
    const door = document.doors.find((candidate) => candidate.id === id);
    if (!door) {
      unknown.push(id);
      continue;
    }
    marks = marks.filter((mark) => doorAt(document, mark) !== id);
    if (exit !== null) marks = [...marks, { exit, source_x: door.source_x, source_y: door.source_y }];
  }
  const { exits: _before, ...others } = next;
  return {
    answers: (marks.length > 0 ? { ...others, exits: marks } : others) as StoredAnswers,
    unknown,
  };
}

function doorAt({ doors, source, scale }: Doors, mark: ExitMark): string | null {
  const [x0, y0, x1, y1] = source.extents;
  const reach =
    scale.feet_per_unit === null
      ? Math.max(x1 - x0, y1 - y0) * SAME_DOOR_SHARE
      : SAME_DOOR_FT / scale.feet_per_unit;
  let best: { id: string; off: number } | null = null;
  for (const door of doors) {
    const off = Math.hypot(door.source_x - mark.source_x, door.source_y - mark.source_y);
    if (off <= reach && (!best || off < best.off)) best = { id: door.id, off };
  }
  return best?.id ?? null;
}
