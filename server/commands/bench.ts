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
};

export const benchCommand: Command = {
  name: 'bench',
  usage: 'bench [SUITE…]',
  summary: `measures: ${Object.keys(SUITES).join(', ')}`,
  options: {},
  async run({ words, print }) {
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
      const module = (await import(path)) as Record<string, () => Promise<Figure[]>>;
      suites[name] = (await module[SUITES[name] as string]?.()) ?? [];
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
