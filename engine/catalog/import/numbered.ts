// Options that a row lists side by side in numbered columns: "Option 1 Name", "Option 1 Value", "Option 1 Price", "Option 2 …".
import type { ImportPart } from '../../../contract/catalog-imports.ts';
import { BadRow } from './cells.ts';
import type { NumberedPart } from './part-columns.ts';
import { adjustmentIn, choicePart, keyOf, requiredIn } from './part-values.ts';

export interface NumberedOption {
  readonly group: string;
  /** As the row names them; several where the cell lists them with | or ;. */
  readonly choices: readonly { name: string; code: string; price_adjustment: number | undefined }[];
  readonly required: boolean | undefined;
}

const split = (text: string): string[] =>
  text
    .split(/[|;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** The numbered options of a row. @throws BadRow */
export function numberedOptions(texts: ReadonlyMap<string, string>): NumberedOption[] {
  const numbers = new Set<number>();
  for (const column of texts.keys()) {
    const found = /^options\.(\d{1,2})\./.exec(column);
    if (found) numbers.add(Number(found[1]));
  }
  return [...numbers]
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const text = (part: NumberedPart) => texts.get(`options.${number}.${part}`);
      const names = split(text('value') ?? text('code') ?? '');
      if (names.length === 0) return [];
      const codes = split(text('code') ?? '');
      const prices = split(text('price') ?? '');
      const group = text('name') ?? `Option ${number}`;
      for (const [what, given] of [
        ['codes', codes],
        ['prices', prices],
      ] as const)
        if (given.length > 1 && given.length !== names.length)
          throw new BadRow(
            `option ${number} (${group}) has ${names.length} choice${names.length === 1 ? '' : 's'} and ${given.length} ${what}; give one for each`,
          );
      if (codes.length === 1 && names.length > 1)
        throw new BadRow(
          `option ${number} (${group}) has ${names.length} choices and one code; give one for each`,
        );
      const choices = names.map((name, i) => {
        const price = prices.length === 1 ? prices[0] : prices[i];
        return {
          name,
          code: codes[i] ?? name,
          price_adjustment:
            price === undefined ? undefined : adjustmentIn(price, `the price of option ${number} (${group})`),
        };
      });
      // Without a name it is an extra that nobody has to take.
      const isExtra = text('name') === undefined;
      return [{ group, choices, required: requiredIn(text('required')) ?? (isExtra ? false : undefined) }];
    });
}

/** As choices among the options of a product. */
export function numberedChoices(
  options: readonly NumberedOption[],
  parent_sku: string,
  lead_time_days: number,
): ImportPart[] {
  return options.flatMap(({ group, choices, required }) =>
    choices.map(({ name, code, price_adjustment = 0 }) =>
      choicePart({ parent_sku, group, name, code, required, price_adjustment, lead_time_days }),
    ),
  );
}

/** As what one variant is made of: its attributes, and what the choices add where any of them states a price. */
export function numberedAttributes(options: readonly NumberedOption[]): {
  attributes: Record<string, string>;
  price_adjustment: number | undefined;
} {
  const attributes: Record<string, string> = {};
  const prices = options.flatMap(({ choices }) => choices.flatMap((one) => one.price_adjustment ?? []));
  for (const { group, choices } of options)
    attributes[keyOf(group)] ??= choices.map(({ name }) => name).join(', ');
  return {
    attributes,
    price_adjustment:
      prices.length === 0 ? undefined : Math.round(100 * prices.reduce((a, b) => a + b, 0)) / 100,
  };
}
