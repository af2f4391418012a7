// `ofs retention run`: carries the retention policies out as of a day, or says what they would do.

import { makeRetention } from '../features/retention/service.ts';
import { openStores } from '../stores.ts';
import { type Command, UsageError } from './command.ts';

export const retentionCommand: Command = {
  name: 'retention',
  usage: 'retention run [--as-of YYYY-MM-DD] [--dry-run]',
  summary: 'archives, sums up and deletes what the retention policies say is due',
  options: { 'as-of': 'string', 'dry-run': 'boolean' },
  async run({ words, options, config, log, print }) {
    if (words.length !== 1 || words[0] !== 'run') throw new UsageError(`Usage: ofs ${this.usage}`);
    const asOf = dayOption(options['as-of']);
    const { deps, close } = await openStores(config, log);
    try {
      const run = await makeRetention(deps).runNow(asOf ?? deps.now(), options['dry-run'] === true);
      print({ as_of: run.as_of, dry_run: run.dry_run, policies: run.policies }, () =>
        [
          `${run.dry_run ? 'Would be done' : 'Done'} as of ${run.as_of.slice(0, 10)}:`,
          ...run.policies.map(
            (one) =>
              `  ${one.name.padEnd(20)} ${one.matched} due, ${one.held} held, ${one.archived} archived, ${one.deleted} deleted, ${one.aggregated} summed up${one.error === null ? '' : `: ${one.error}`}`,
          ),
        ].join('\n'),
      );
      const failed = run.policies.filter((one) => one.error !== null).map((one) => one.name);
      if (failed.length > 0) throw new Error(`Not finished: ${failed.join(', ')}; run it again.`);
    } finally {
      await close();
    }
  },
};

/** The end of the given day, UTC. */
function dayOption(given: string | boolean | undefined): Date | undefined {
  if (given === undefined) return undefined;
  const text = String(given);
  const time = new Date(`${text}T23:59:59.999Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(time.getTime()) ||
    !time.toISOString().startsWith(text)
  )
    throw new UsageError(`--as-of ${text} is not a day; give it as YYYY-MM-DD.`);
  return time;
}
