// Options and their rules as a product's specifications hold them: read leniently, checked when they are written.
import { OptionGroup, OptionRule } from '../../../contract/catalog-options.ts';

export interface StoredOptions {
  readonly groups: readonly OptionGroup[];
  readonly rules: readonly OptionRule[];
}

const plain = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Options as they are stored in specifications; what does not read as one is passed over. */
export function storedOptions(specifications: Readonly<Record<string, unknown>>): StoredOptions {
  const groups = plain(specifications['option_groups']).flatMap(
    (one) => OptionGroup.safeParse(one).data ?? [],
  );
  const rules = plain(specifications['option_rules']).flatMap((one) => OptionRule.safeParse(one).data ?? []);
  return { groups, rules };
}

const MOST_GROUPS = 60;
const MOST_RULES = 500;

/** What is wrong with the options a product is to be stored with, in one sentence; undefined where nothing is. */
export function optionFault(
  specifications: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const given = { groups: specifications?.['option_groups'], rules: specifications?.['option_rules'] };
  if (given.groups === undefined && given.rules === undefined) return undefined;
  const groups = OptionGroup.array()
    .max(MOST_GROUPS)
    .safeParse(given.groups ?? []);
  if (!groups.success) return `specifications.option_groups: ${where(groups.error.issues[0])}`;
  const rules = OptionRule.array()
    .max(MOST_RULES)
    .safeParse(given.rules ?? []);
  if (!rules.success) return `specifications.option_rules: ${where(rules.error.issues[0])}`;
  const byCode = new Map<string, ReadonlySet<string>>();
  for (const { code, choices, default: fallback } of groups.data) {
    if (byCode.has(code)) return `option group "${code}" stands twice`;
    const codes = new Set(choices.map((choice) => choice.code));
    if (codes.size < choices.length) return `option group "${code}" has the same choice twice`;
    if (fallback !== undefined && !codes.has(fallback))
      return `the default "${fallback}" is no choice of option group "${code}"`;
    byCode.set(code, codes);
  }
  for (const { when, group, choices } of rules.data) {
    for (const [code, choice] of [
      [when.group, when.choice] as const,
      ...choices.map((one) => [group, one] as const),
    ]) {
      if (!byCode.has(code))
        return `a rule speaks of option group "${code}", which the product does not have`;
      if (!byCode.get(code)?.has(choice))
        return `a rule speaks of "${choice}", which is no choice of option group "${code}"`;
    }
    if (!byCode.has(group))
      return `a rule speaks of option group "${group}", which the product does not have`;
    if (when.group === group)
      return `a rule of option group "${group}" speaks of the group itself, of which only one choice is taken anyway`;
  }
  return undefined;
}

function where(issue: { path: PropertyKey[]; message: string } | undefined): string {
  return `${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? 'is not usable'}`.trim();
}
