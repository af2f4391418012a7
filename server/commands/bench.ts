// `ofs bench [SUITE…]`: measures and prints, each figure with its baseline and ratio from the same run.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../config.ts';
import { type Command, UsageError } from './command.ts';

export interface Figure {
  figure: string;
  unit: string;
  value: number;
  baseline: number | null;
  ratio: number | null;
}

/** Suites that know no such option leave it be. */
interface BenchOptions {
  /** How many rows to measure among. */
  size?: number;
  /** On a real server, started for the run where it is installed. */
  servers?: boolean;
}

const SUITES: Record<string, string> = {
  plans: 'plansSuite',
  brief: 'briefSuite',
  catalog: 'catalogSuite',
  recommend: 'recommendSuite',
  layout: 'layoutSuite',
  events: 'eventsSuite',
  projects: 'projectsSuite',
  http: 'httpSuite',
  learning: 'learningSuite',
  analytics: 'analyticsSuite',
};

export const benchCommand: Command = {
  name: 'bench',
  usage: 'bench [SUITE…] [--size N] [--servers]',
  summary: `measures: ${Object.keys(SUITES).join(', ')}`,
  options: { size: 'string', servers: 'boolean' },
  async run({ words, options, print }) {
    const size = options['size'] === undefined ? undefined : Number(options['size']);
    if (size !== undefined && !(Number.isInteger(size) && size > 0))
      throw new UsageError('--size is how many rows a suite measures among, a whole number above 0.');
    const chosen: BenchOptions = {
      ...(size === undefined ? {} : { size }),
      ...(options['servers'] === true ? { servers: true } : {}),
    };
    const names = words.length > 0 ? words : Object.keys(SUITES);
    const unknown = names.find((name) => SUITES[name] === undefined);
    if (unknown !== undefined)
      throw new UsageError(
        `There is no suite "${unknown}"; the suites are ${Object.keys(SUITES).join(', ')}.`,
      );
    const suites: Record<string, Figure[]> = {};
    for (const name of names) {
      const path = join(ROOT, 'bench', `${name}.ts`);
      if (!existsSync(path)) throw new Error(`bench/${name}.ts is missing.`);
      const module = (await import(path)) as Record<string, (options: BenchOptions) => Promise<Figure[]>>;
      suites[name] = (await module[SUITES[name] as string]?.(chosen)) ?? [];
    }
    print({ suites }, () => describe(suites));
  },
};

function describe(suites: Record<string, Figure[]>): string {
  return Object.entries(suites)
    .flatMap(([name, figures]) => [
      name,
      ...figures.map((one) => {
        const value = `${Number(one.value.toPrecision(4)).toLocaleString('en-US')} ${one.unit}`;
        const beside =
          one.baseline === null
            ? ''
            : `  (baseline ${Number(one.baseline.toPrecision(4)).toLocaleString('en-US')}, ratio ${one.ratio?.toPrecision(3)})`;
        return `  ${one.figure.padEnd(60)} ${value.padStart(18)}${beside}`;
      }),
    ])
    .join('\n');
}
