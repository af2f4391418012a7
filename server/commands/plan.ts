// `ofs plan analyze FILE`: the plan document of one file; needs no store.
import { basename } from 'node:path';
import type { PlanDocument } from '../../contract/plan.ts';
import { readPlanFile } from '../features/floorplans/read-file.ts';
import { type Command, UsageError } from './command.ts';
import { readInput } from './input.ts';

export const planCommand: Command = {
  name: 'plan',
  usage: 'plan analyze FILE [--scale "1/8 in = 1 ft"] [--known "x1,y1,x2,y2=12 ft"] [--page N]',
  summary: 'reads a floor plan: scale, rooms, doors, windows, screening',
  options: { scale: 'string', known: 'string', page: 'string' },
  async run({ words, options, print }) {
    const [verb, file, ...rest] = words;
    if (verb !== 'analyze' || file === undefined || rest.length > 0)
      throw new UsageError(`Usage: ofs ${this.usage}`);
    const { scale, known, page } = options;
    if (page !== undefined && !/^[1-9]\d{0,4}$/.test(String(page)))
      throw new UsageError(`--page ${page} is not a page number; give 1 or more.`);
    const document = await readPlanFile(new Uint8Array(await readInput(file)), basename(file), {
      options: {
        ...(typeof scale === 'string' ? { scale } : {}),
        ...(typeof known === 'string' ? { known } : {}),
        ...(typeof page === 'string' ? { page: Number(page) } : {}),
      },
    });
    print(document, () => describe(document));
  },
};

function describe(document: PlanDocument): string {
  const { scale, spaces, dimensions, warnings } = document;
  const rows = spaces.map(
    (space) =>
      `  ${(space.number ?? '').padEnd(8)} ${(space.name ?? '').padEnd(28)} ${space.type.padEnd(16)} ${
        space.area_sqft === null
          ? ''
          : `${Math.round(space.area_sqft).toLocaleString('en-US')} sq ft`.padStart(14)
      }  ${Math.round(space.detection_confidence * 100)} %`,
  );
  return [
    `${document.source.file}: ${spaces.length} rooms, scale ${scale.feet_per_unit === null ? 'unknown' : `1 unit = ${scale.feet_per_unit.toPrecision(4)} ft (${scale.method}, ${Math.round(scale.confidence * 100)} %)`}`,
    dimensions.total_area_sqft === null
      ? ''
      : `  ${Math.round(dimensions.total_area_sqft).toLocaleString('en-US')} sq ft in total (${dimensions.area_standard})`,
    ...rows,
    ...warnings.map((warning) => `  ! ${warning.message}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}
