/** What every part of the proposal is written from. */
import type { DocumentScenario, LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import type { Bill } from '../bill.ts';
import type { FloorScene } from '../floor_scene.ts';
import type { WriteOptions } from '../writer.ts';
import type { Sheet } from './sheet.ts';
import type { Units } from './words.ts';

export interface Proposal {
  document: ProjectDocument;
  sheet: Sheet;
  units: Units;
  /** Null where the project has no recommendation. */
  scenario: DocumentScenario | null;
  bill: Bill | null;
  scenes: FloorScene[];
  prices: NonNullable<WriteOptions['prices']>;
  pictures: NonNullable<WriteOptions['pictures']>;
  left_out: LeftOut[];
}

/** The client's name as the project has it; null where none is set. */
export function clientName(document: ProjectDocument): string | null {
  const name = document.project.client.name;
  return name === undefined || name.trim() === '' ? null : name;
}

/** "#rrggbb" dark enough to be read on white; null where it is not. */
export function readable(color: string | null): string | null {
  if (color === null) return null;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  // Contrast by WCAG 2: 4.5 against white.
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) >= 4.5 ? color : null;
}
