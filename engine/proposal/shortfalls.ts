// What found no place, in sentences: the same thing missing in several rooms is one sentence, not one for every room.
import type { Shortfall } from '../../contract/choice.ts';

/** Rooms named before the rest are only counted. */
const NAMED = 3;

/** `nameOf` gives a room's name. In the order in which things are first missing. */
export function shortfallsInWords(
  shortfalls: readonly Shortfall[],
  nameOf: (space_id: string | null) => string,
): string[] {
  const alike = Map.groupBy(shortfalls, (one) => `${one.role}|${one.label}`);
  return [...alike.values()].map((group) => {
    const [first] = group as [Shortfall];
    const [placed, wanted] = [sum(group, 'placed'), sum(group, 'wanted')];
    // Tables are counted by the seats at them: "8 of 11" would otherwise be read as tables.
    const count = `${placed} of ${wanted} ${first.measure === 'each' ? '' : `${first.measure} `}placed`;
    if (group.length === 1) return `${nameOf(first.space_id)}: ${lower(first.label)}, ${count}. ${first.why}`;
    const names = group.map((one) => nameOf(one.space_id));
    const rest = names.length - NAMED;
    const rooms = rest > 1 ? `${names.slice(0, NAMED).join(', ')} and ${rest} more rooms` : names.join(', ');
    const reasons = new Set(group.map((one) => one.why));
    return `${first.label}: ${count} in ${rooms}.${reasons.size === 1 ? ` ${first.why}` : ''}`;
  });
}

function sum(group: readonly Shortfall[], key: 'placed' | 'wanted'): number {
  return group.reduce((a, one) => a + one[key], 0);
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
