// Places that hold no floor although walls stand around them: texts such as "open to below".
import type { Point } from '../geometry/planar.ts';
import type { Frame } from './frame.ts';
import type { Linework } from './linework.ts';

const VOID =
  /^(?:void|luftraum|vide|vuoto|vac[ií]o)$|\b(?:to|roof|lobby|floor|gym|atrium|see) (?:below|above)\b|^(?:below|above)$/i;

/** Middles of such texts in working feet. */
export function voidTexts(linework: Linework, frame: Frame): Point[] {
  return linework.texts
    .filter((text) => VOID.test(text.value.replace(/\s+/g, ' ').trim()))
    .map((text) => frame.toFeet(text.centre));
}
