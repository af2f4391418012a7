// A choice put among a product's option groups, as an import brings them one by one.
import type { OptionChoice, OptionGroup } from '../../../contract/catalog-options.ts';

const MOST_GROUPS = 60;
const MOST_CHOICES = 300;

export interface NewChoice {
  readonly group: { readonly code: string; readonly name: string };
  /** Absent: as the group is; a new one must be chosen of. */
  readonly required?: boolean | undefined;
  readonly choice: OptionChoice;
}

/** The groups with this choice in place of the one with its code, or at the end; or one sentence why it does not fit. */
export function withChoice(
  groups: readonly OptionGroup[],
  { group, required, choice }: NewChoice,
): OptionGroup[] | string {
  const at = groups.findIndex((one) => one.code === group.code);
  const before = groups[at];
  if (before === undefined) {
    if (groups.length >= MOST_GROUPS) return `a product has at most ${MOST_GROUPS} option groups`;
    return [...groups, { ...group, required: required ?? true, choices: [choice] }];
  }
  const place = before.choices.findIndex((one) => one.code === choice.code);
  if (place < 0 && before.choices.length >= MOST_CHOICES)
    return `an option group has at most ${MOST_CHOICES} choices`;
  const choices =
    place < 0 ? [...before.choices, choice] : before.choices.map((one, i) => (i === place ? choice : one));
  return groups.map((one, i) =>
    i === at ? { ...one, ...(required === undefined ? {} : { required }), choices } : one,
  );
}
