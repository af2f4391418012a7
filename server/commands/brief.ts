// `ofs brief parse [FILE|-]`: conversations in, briefs with evidence out; needs no store.
import { z } from 'zod';
import { parseBrief } from '../../engine/brief/parse.ts';
import { AppError } from '../platform/errors.ts';
import { type Command, UsageError } from './command.ts';
import { parseJson, readInput, textOf } from './input.ts';

const Conversation = z.object({ turns: z.array(z.string()) });
const Input = z.union([Conversation, z.array(Conversation)]);

export const briefCommand: Command = {
  name: 'brief',
  usage: 'brief parse [FILE|-] [--reference-date YYYY-MM-DD]',
  summary: 'reads requirements from {"turns": […]}, or an array of such',
  options: { 'reference-date': 'string' },
  async run({ words, options, print }) {
    const [verb, file = '-', ...rest] = words;
    if (verb !== 'parse' || rest.length > 0) throw new UsageError(`Usage: ofs ${this.usage}`);
    const given = options['reference-date'];
    const reference_date = typeof given === 'string' ? given : new Date().toISOString().slice(0, 10);
    if (!z.iso.date().safeParse(reference_date).success) {
      throw new UsageError(`--reference-date ${reference_date} is not a day; write it as YYYY-MM-DD.`);
    }
    const input = Input.safeParse(
      parseJson(textOf(await readInput(file)), file === '-' ? 'The input' : file),
    );
    if (!input.success) {
      throw new AppError('invalid_input', 'The input must be {"turns": ["…"]}, or an array of such objects.');
    }
    const parseOne = ({ turns }: { turns: string[] }) => parseBrief(turns, { reference_date });
    const result = Array.isArray(input.data) ? input.data.map(parseOne) : parseOne(input.data);
    print(result, () => JSON.stringify(result, null, 2));
  },
};
