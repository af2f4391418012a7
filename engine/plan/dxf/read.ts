// DXF bytes to linework: the one entry of the DXF reader.
import { PlanError } from '../errors.ts';
import { emptyLinework, type Linework } from '../linework.ts';
import { readHeaderUnits } from './annotations.ts';
import { readDxf } from './document.ts';
import { explode } from './explode.ts';

/** Linework of a DXF file in drawing units. Throws PlanError for damaged, empty or oversized drawings. */
export function readDxfLinework(bytes: Uint8Array): Linework {
  const document = readDxf(bytes);
  const linework = emptyLinework();
  readHeaderUnits(document, linework);
  explode(document, linework);
  if (linework.strokes.length === 0 && linework.shapes.length === 0) {
    throw new PlanError(
      'empty_drawing',
      'The DXF holds no visible lines in its model or paper space; check that the layers are on and export it again.',
    );
  }
  return linework;
}
