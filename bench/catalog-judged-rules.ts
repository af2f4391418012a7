// What judged queries over the home furniture catalogue are made of: rules on the rows of its file.

/** One row of the judged file: text is the short description, slug the words of its page address (colours, materials). */
export interface JudgedItem {
  readonly sku: string;
  readonly category: string;
  readonly text: string;
  readonly slug: string;
  readonly price: number;
  /** cm, NaN where none is told */
  readonly width: number;
  readonly depth: number;
  readonly height: number;
}

/** Whether an item is what was asked for. */
export type Rule = (item: JudgedItem) => boolean;

export const text =
  (pattern: RegExp): Rule =>
  (item) =>
    pattern.test(item.text);
export const slug =
  (pattern: RegExp): Rule =>
  (item) =>
    pattern.test(item.slug);
export const category =
  (pattern: RegExp): Rule =>
  (item) =>
    pattern.test(item.category);
export const all =
  (...rules: Rule[]): Rule =>
  (item) =>
    rules.every((rule) => rule(item));
export const any =
  (...rules: Rule[]): Rule =>
  (item) =>
    rules.some((rule) => rule(item));
export const not =
  (rule: Rule): Rule =>
  (item) =>
    !rule(item);
export const below =
  (price: number): Rule =>
  (item) =>
    item.price <= price;
/** The width column, or the first measure of a printed size, within 3 % of so many centimetres. */
export const wide =
  (cm: number): Rule =>
  (item) => {
    const printed = /(\d+)(?:x\d+)+ *cm|(\d+) *cm/.exec(item.text);
    const first = Number(printed?.[1] ?? printed?.[2] ?? Number.NaN);
    return [item.width, first].some((value) => Math.abs(value - cm) <= cm * 0.03);
  };

/** The numbers of the first printed size, in cm. */
export function printed(item: JudgedItem): number[] {
  const found = /(\d+(?:[.,]\d+)?)(?:x(\d+))?(?:x(\d+))? *cm/.exec(item.text);
  return (found?.slice(1) ?? []).filter((part) => part !== undefined).map(Number);
}

/** kind, query, what is right, what would do */
export type Judged = readonly [
  kind: 'noun' | 'para' | 'fact' | 'typo',
  query: string,
  wanted: Rule,
  fine?: Rule,
];
