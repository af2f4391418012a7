// Values that rows of variants and options share: names as keys, codes, what a choice adds to the price.
import { MAX_PRICE } from '../../../contract/catalog.ts';
import type { ImportPart } from '../../../contract/catalog-imports.ts';
import { BadRow } from './cells.ts';
import { booleanIn, cleanText, numberIn } from './values.ts';

/** "Fabric grade" as an attribute's key: fabric_grade. */
export const keyOf = (text: string): string =>
  cleanText(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')
    .slice(0, 60);

/** A code as options have it: no spaces, colons or commas. */
export const optionCodeOf = (text: string): string =>
  cleanText(text)
    .replace(/[\s:,]+/g, '-')
    .slice(0, 60);

/** An amount that may be below nothing, with two decimals. @throws BadRow that speaks of `column` */
export function adjustmentIn(value: unknown, column = 'price_adjustment'): number {
  const number =
    typeof value === 'number' ? value : numberIn(String(value).replace(/^\s*\+\s*(?=[$€£¥\d.])/, ''));
  if (number === undefined || !Number.isFinite(number))
    throw new BadRow(
      `${column} is "${String(value).slice(0, 60)}", which is no amount: write digits such as 25.00 or -10`,
    );
  if (Math.abs(number) > MAX_PRICE)
    throw new BadRow(`${column} is ${number}, more than the ${MAX_PRICE} that a price can be`);
  return Math.round(number * 100) / 100;
}

/** @throws BadRow */
export function requiredIn(text: string | undefined): boolean | undefined {
  const read = text === undefined ? undefined : booleanIn(text);
  if (text !== undefined && read === undefined)
    throw new BadRow(`option_required is "${text.slice(0, 60)}": write true or false`);
  return read;
}

interface ChoiceFacts {
  parent_sku: string;
  group: string;
  name: string;
  code: string;
  required: boolean | undefined;
  price_adjustment: number;
  lead_time_days: number;
}

export function choicePart({ parent_sku, group, name, code, required, ...adds }: ChoiceFacts): ImportPart {
  const title = group.slice(0, 200);
  return {
    kind: 'option',
    parent_sku,
    group: { code: optionCodeOf(title).toLowerCase(), name: title },
    ...(required === undefined ? {} : { required }),
    choice: { code: optionCodeOf(code), name: name.slice(0, 200), ...adds },
  };
}
