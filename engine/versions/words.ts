// A difference of two versions in a few sentences, the largest things first. Pure.
import type { VersionDiff } from '../../contract/versions.ts';

type Parts = Pick<VersionDiff, 'brief' | 'spaces' | 'placements' | 'bill'>;

const SHOWN = 3;

export function wordsOf({ brief, spaces, placements, bill }: Parts): string[] {
  const words: string[] = [];
  const say = (sentence: string | null) => {
    if (sentence !== null) words.push(sentence);
  };
  say(
    named(
      spaces.added.map((one) => one.label),
      'room',
      'added',
    ),
  );
  say(
    named(
      spaces.removed.map((one) => one.label),
      'room',
      'removed',
    ),
  );
  for (const { before, after, fields } of spaces.changed.slice(0, SHOWN)) {
    const parts = fields.map((field) =>
      field === 'area'
        ? `${area(before.area_sqft)} → ${area(after.area_sqft)}`
        : field === 'type'
          ? `${plain(before.type)} → ${plain(after.type)}`
          : field === 'name' || field === 'number'
            ? `was ${before.label}`
            : `another ${field}`,
    );
    say(`${after.label}: ${[...new Set(parts)].join(', ')}.`);
  }
  if (spaces.changed.length > SHOWN) say(`${spaces.changed.length - SHOWN} more rooms changed.`);
  say(total(bill));
  for (const kind of ['added', 'removed', 'changed'] as const) {
    const lines = bill.lines.filter((line) => line.kind === kind);
    say(
      named(
        [...new Set(lines.map((line) => (line.after ?? line.before)?.name ?? ''))],
        'product line',
        kind,
        lines.length,
      ),
    );
  }
  for (const kind of ['moved', 'turned'] as const) {
    const count = placements.filter((one) => one.kind === kind).length;
    if (count > 0) say(`${count.toLocaleString('en-US')} ${count === 1 ? 'piece' : 'pieces'} ${kind}.`);
  }
  if (brief.length > 0) {
    const fields = brief.slice(0, SHOWN).map(({ path }) => plain(path.split('.').at(-1) ?? path));
    const more = brief.length - fields.length;
    say(`Brief: ${fields.join(', ')}${more > 0 ? ` and ${more} more` : ''} changed.`);
  }
  return words;
}

function total({ before, after }: Parts['bill']): string | null {
  const money = (side: NonNullable<typeof before>) =>
    `${side.currency} ${side.total.toLocaleString('en-US', { maximumFractionDigits: 0 })}`;
  if (before === null && after === null) return null;
  if (before === null && after !== null) return `A bill of ${money(after)} (${after.scenario}).`;
  if (before !== null && after === null) return `The bill of ${money(before)} is gone.`;
  if (before === null || after === null) return null;
  if (before.total === after.total && before.scenario === after.scenario) return null;
  const which = before.scenario === after.scenario ? '' : ` (${before.scenario} → ${after.scenario})`;
  return `Total ${money(before)} → ${money(after)}${which}.`;
}

function named(names: string[], what: string, verb: string, count = names.length): string | null {
  if (count === 0) return null;
  const shown = names.slice(0, SHOWN).join(', ');
  const more = names.length > SHOWN ? ' and more' : '';
  return `${count.toLocaleString('en-US')} ${count === 1 ? what : `${what}s`} ${verb}: ${shown}${more}.`;
}

function area(sqft: number | null): string {
  return sqft === null ? 'no area' : `${Math.round(sqft).toLocaleString('en-US')} sq ft`;
}

function plain(name: string): string {
  return name.replaceAll('_', ' ');
}
