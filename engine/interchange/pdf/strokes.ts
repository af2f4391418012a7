/** Polygons and lines written straight into a page's content: thousands of them cost nothing this way. Points, y down. */
import type { Sheet } from './sheet.ts';

export type At = readonly [number, number];

export interface Paint {
  /** "#rrggbb" */
  fill?: string;
  stroke?: string;
  /** Of the stroke, points. */
  width?: number;
  closed?: boolean;
  dash?: number;
}

export class Strokes {
  readonly #sheet: Sheet;
  #ops: string[] = [];

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  /** One shape of several rings: what lies inside an odd number of them is filled. */
  rings(rings: readonly (readonly At[])[], { fill, stroke, width = 0.5, closed = true, dash }: Paint): void {
    const path = rings
      .filter((ring) => ring.length > 1)
      .map((ring) => {
        const steps = ring.map(([x, y], i) => `${n(x)} ${n(y)} ${i === 0 ? 'm' : 'l'}`);
        return `${steps.join(' ')}${closed ? ' h' : ''}`;
      })
      .join(' ');
    if (path === '') return;
    if (fill !== undefined) this.#ops.push(`${rgb(fill)} rg`);
    if (stroke !== undefined)
      this.#ops.push(`${rgb(stroke)} RG ${n(width)} w ${dash === undefined ? '[]' : `[${n(dash)}]`} 0 d`);
    const paint = fill === undefined ? 'S' : stroke === undefined ? 'f*' : 'B*';
    this.#ops.push(`${path} ${paint}`);
  }

  /** Writes what was collected into the present page. */
  flush(): void {
    if (this.#ops.length === 0) return;
    this.#sheet.doc.addContent(`q 1 j 1 J\n${this.#ops.join('\n')}\nQ`);
    this.#ops = [];
  }
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function rgb(color: string): string {
  return [1, 3, 5].map((at) => n3(Number.parseInt(color.slice(at, at + 2), 16) / 255)).join(' ');
}

function n3(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
