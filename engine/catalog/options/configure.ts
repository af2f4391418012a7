// A product configured: its option groups and the attributes of its variants, the rules of what goes with what, and what a
// choice costs. Pure: the caller brings the product and its variants.
import type {
  OfferedGroup,
  OptionChoice,
  OptionGroup,
  OptionRule,
} from '../../../contract/catalog-options.ts';

export interface ConfigurableVariant {
  readonly id: string;
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly price_adjustment: number;
  readonly in_stock: boolean;
  readonly lead_time_days: number | null;
}

export interface Configurable {
  readonly sku: string;
  /** Dollars with two decimals. */
  readonly list_price: number;
  readonly lead_time_days: number;
  readonly in_stock: boolean;
  readonly option_groups: readonly OptionGroup[];
  readonly option_rules: readonly OptionRule[];
  readonly variants: readonly ConfigurableVariant[];
}

export type Chosen = Readonly<Record<string, string>>;

export interface Problem {
  readonly group: string;
  readonly choice: string | null;
  readonly message: string;
}

export interface Configured {
  readonly valid: boolean;
  readonly complete: boolean;
  readonly reason: string | null;
  readonly problems: readonly Problem[];
  readonly part_number: string | null;
  readonly variant: ConfigurableVariant | null;
  readonly adjustments: readonly { group: string; choice: string; name: string; amount: number }[];
  readonly list_price: number;
  readonly lead_time_days: number;
  readonly in_stock: boolean;
  readonly groups: readonly OfferedGroup[];
  readonly open: readonly string[];
}

interface Group {
  readonly code: string;
  readonly name: string;
  readonly required: boolean;
  readonly source: 'option' | 'variant';
  readonly fallback: string | undefined;
  readonly choices: readonly OptionChoice[];
}

const spoken = (code: string): string => code.replaceAll('_', ' ');

/** One group for every attribute in which the variants differ; an attribute that all share needs no choice. */
function variantGroups(variants: readonly ConfigurableVariant[]): Group[] {
  const keys = [...new Set(variants.flatMap(({ attributes }) => Object.keys(attributes)))];
  return keys.flatMap((code): Group[] => {
    const values = [...new Set(variants.flatMap(({ attributes }) => attributes[code] ?? []))];
    const everyHas = variants.every(({ attributes }) => attributes[code] !== undefined);
    if (values.length < 2 && everyHas) return [];
    const choices = values.map((value) => ({
      code: value,
      name: value,
      price_adjustment: 0,
      lead_time_days: 0,
    }));
    return [
      { code, name: spoken(code), required: everyHas, source: 'variant', fallback: undefined, choices },
    ];
  });
}

function groupsOf(product: Configurable): Group[] {
  const own = product.option_groups.map(
    ({ code, name, required, choices, default: fallback }): Group => ({
      code,
      name,
      required,
      source: 'option',
      fallback,
      choices,
    }),
  );
  const taken = new Set(own.map(({ code }) => code));
  return [...variantGroups(product.variants).filter(({ code }) => !taken.has(code)), ...own];
}

/** Variants that have every chosen attribute; one that lacks an attribute fits only where nothing is chosen for it. */
function fitting(
  variants: readonly ConfigurableVariant[],
  chosen: Chosen,
  codes: ReadonlySet<string>,
): ConfigurableVariant[] {
  return variants.filter(({ attributes }) =>
    Object.entries(chosen).every(([code, value]) => !codes.has(code) || attributes[code] === value),
  );
}

const names = (group: Group | undefined, codes: readonly string[]): string => {
  const called = codes.map((code) => group?.choices.find((one) => one.code === code)?.name ?? code);
  if (called.length === 0) return `a choice of ${group?.name ?? ''}`.trim();
  return called.length === 1 ? called[0]! : `${called.slice(0, -1).join(', ')} or ${called.at(-1)}`;
};

/** What a rule objects to in a whole set of choices; undefined where it is kept or does not speak. */
function brokenBy(
  rule: OptionRule,
  chosen: Chosen,
  byCode: ReadonlyMap<string, Group>,
  final: boolean,
): string | undefined {
  if (chosen[rule.when.group] !== rule.when.choice) return undefined;
  const other = chosen[rule.group];
  const listed =
    rule.choices.length === 0 ? other !== undefined : other !== undefined && rule.choices.includes(other);
  const subject = names(byCode.get(rule.when.group), [rule.when.choice]);
  const group = byCode.get(rule.group);
  const objects = rule.choices.length === 0 ? `any ${group?.name ?? rule.group}` : names(group, rule.choices);
  if (rule.kind === 'excludes')
    return listed ? (rule.reason ?? `${subject} does not go with ${names(group, [other!])}.`) : undefined;
  if (listed) return undefined;
  // What is required may still be chosen; what is only sold with something is not, before that is chosen.
  if (rule.kind === 'requires' && other === undefined && !final) return undefined;
  return rule.reason ?? `${subject} ${rule.kind === 'requires' ? 'requires' : 'comes only with'} ${objects}.`;
}

/** The product with these choices: whether they go together, what it costs, how long it takes, what may still be chosen. */
export function configure(product: Configurable, options: Chosen): Configured {
  const groups = groupsOf(product);
  const byCode = new Map(groups.map((group) => [group.code, group]));
  const variantCodes = new Set(groups.filter(({ source }) => source === 'variant').map(({ code }) => code));
  const problems: Problem[] = [];
  const chosen: Record<string, string> = {};
  for (const [code, choice] of Object.entries(options)) {
    const group = byCode.get(code);
    if (group === undefined)
      problems.push({
        group: code,
        choice,
        message: `This product has no option "${code}"; it has ${[...byCode.keys()].join(', ') || 'none'}.`,
      });
    else if (!group.choices.some((one) => one.code === choice))
      problems.push({
        group: code,
        choice,
        message: `${group.name} has no choice "${choice}"; choose ${names(
          group,
          group.choices.slice(0, 12).map((one) => one.code),
        )}.`,
      });
    else chosen[code] = choice;
  }
  for (const { code, fallback } of groups) {
    const free = fallback !== undefined && options[code] === undefined;
    if (free && faultOf({ ...chosen, [code]: fallback }, code, false) === undefined) chosen[code] = fallback;
  }

  function faultOf(choices: Chosen, code: string, final: boolean): string | undefined {
    for (const rule of product.option_rules) {
      if (rule.when.group !== code && rule.group !== code) continue;
      const fault = brokenBy(rule, choices, byCode, final);
      if (fault !== undefined) return fault;
    }
    if (variantCodes.has(code) && fitting(product.variants, choices, variantCodes).length === 0) {
      const others = Object.entries(choices).filter(([one]) => one !== code && variantCodes.has(one));
      const group = byCode.get(code)!;
      return others.length === 0
        ? `${names(group, [choices[code]!])} is not made.`
        : `${names(group, [choices[code]!])} is not made with ${others.map(([, value]) => value).join(' and ')}.`;
    }
    return undefined;
  }

  const open = groups
    .filter(({ code, required }) => required && chosen[code] === undefined)
    .map(({ code }) => code);
  for (const rule of product.option_rules) {
    const message = brokenBy(rule, chosen, byCode, false);
    if (message !== undefined && !problems.some((one) => one.message === message))
      problems.push({ group: rule.when.group, choice: rule.when.choice, message });
    const needed = rule.kind === 'requires' && brokenBy(rule, chosen, byCode, true) !== undefined;
    if (message === undefined && needed && !open.includes(rule.group)) open.push(rule.group);
  }
  const variants = fitting(product.variants, chosen, variantCodes);
  if (product.variants.length > 0 && variants.length === 0)
    problems.push({
      group: [...variantCodes][0] ?? '',
      choice: null,
      message: `It is not made with ${Object.entries(chosen)
        .filter(([code]) => variantCodes.has(code))
        .map(([code, value]) => `${spoken(code)} ${value}`)
        .join(' and ')}.`,
    });
  const offered = groups.map((group): OfferedGroup => {
    const { code, name, required, source } = group;
    const others = Object.fromEntries(Object.entries(chosen).filter(([one]) => one !== code));
    const choices = group.choices.map((choice) => {
      const fault = faultOf({ ...others, [code]: choice.code }, code, false);
      return { ...choice, available: fault === undefined, reason: fault ?? null };
    });
    return { code, name, required, source, chosen: chosen[code] ?? null, choices };
  });
  return priced(product, { chosen, groups, offered, problems, open, variants });
}

interface Resolved {
  readonly chosen: Chosen;
  readonly groups: readonly Group[];
  readonly offered: readonly OfferedGroup[];
  readonly problems: readonly Problem[];
  readonly open: readonly string[];
  readonly variants: readonly ConfigurableVariant[];
}

function priced(
  product: Configurable,
  { chosen, groups, offered, problems, open, variants }: Resolved,
): Configured {
  const valid = problems.length === 0;
  const complete = valid && open.length === 0;
  // Where several variants fit, those that lack what nobody chose come first: "without arms" is a choice, not a default.
  const [variant = null] = complete
    ? [...variants].sort((a, b) => size(a) - size(b) || a.sku.localeCompare(b.sku))
    : variants.length === 1
      ? variants
      : [];
  const taken = groups.flatMap((group) => {
    const choice =
      group.source === 'option' ? group.choices.find(({ code }) => code === chosen[group.code]) : undefined;
    return choice === undefined ? [] : [{ group: group.code, choice }];
  });
  const adjustments = taken.map(({ group, choice }) => ({
    group,
    choice: choice.code,
    name: choice.name,
    amount: choice.price_adjustment,
  }));
  if (variant !== null && variant.price_adjustment !== 0)
    adjustments.unshift({
      group: 'variant',
      choice: variant.sku,
      name: Object.values(variant.attributes).join(', '),
      amount: variant.price_adjustment,
    });
  const cents = adjustments.reduce(
    (sum, { amount }) => sum + Math.round(amount * 100),
    Math.round(product.list_price * 100),
  );
  const waits =
    (variant?.lead_time_days ?? product.lead_time_days) +
    taken.reduce((sum, { choice }) => sum + choice.lead_time_days, 0);
  const codes = taken.map(({ group, choice }) => `${group}:${choice.code}`);
  const missing = open.map((code) => groups.find((group) => group.code === code)?.name ?? code);
  return {
    valid,
    complete,
    reason:
      problems[0]?.message ?? (missing.length > 0 ? `Still to be chosen: ${missing.join(', ')}.` : null),
    problems,
    part_number: complete ? [variant?.sku ?? product.sku, ...codes].join(' ') : null,
    variant,
    adjustments,
    list_price: Math.max(0, cents) / 100,
    lead_time_days: waits,
    in_stock: variant?.in_stock ?? product.in_stock,
    groups: offered,
    open,
  };
}

const size = ({ attributes }: ConfigurableVariant): number => Object.keys(attributes).length;
