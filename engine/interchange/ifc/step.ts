/**
 * A file of instances as ISO 10303-21 writes it: `#1=IFCWALL('…',$,…);`. Values: text, numbers, references, lists, names of
 * enumerations, typed values, `$` for nothing and `*` for what follows from elsewhere.
 */
export interface Ref {
  ref: number;
}
export type StepValue =
  | string
  | number
  | null
  | Ref
  | { enumeration: string }
  | { type: string; value: string | number }
  | { derived: true }
  | { whole: number }
  | readonly StepValue[];

export const enumeration = (name: string): StepValue => ({ enumeration: name });
export const typed = (type: string, value: string | number): StepValue => ({ type, value });
/** A number without a point. */
export const whole = (value: number): StepValue => ({ whole: value });
export const DERIVED: StepValue = { derived: true };

export interface StepHead {
  /** For instance "ReferenceView_V1.2". */
  view: string;
  schema: string;
  name: string;
  organization: string;
  /** RFC 3339 */
  made_at: string;
}

export class StepFile {
  readonly #lines: string[] = [];

  add(entity: string, ...values: StepValue[]): Ref {
    const ref = this.#lines.length + 1;
    this.#lines.push(`#${ref}=${entity.toUpperCase()}(${values.map(written).join(',')});`);
    return { ref };
  }

  /** Plain ASCII: every other sign is written as its number. */
  bytes({ view, schema, name, organization, made_at }: StepHead): Uint8Array {
    const time = made_at.slice(0, 19);
    const lines = [
      'ISO-10303-21;',
      'HEADER;',
      `FILE_DESCRIPTION((${text(`ViewDefinition [${view}]`)}),'2;1');`,
      `FILE_NAME(${text(name)},${text(time)},(''),(${text(organization)}),'','OFS','');`,
      `FILE_SCHEMA((${text(schema)}));`,
      'ENDSEC;',
      'DATA;',
      ...this.#lines,
      'ENDSEC;',
      'END-ISO-10303-21;',
      '',
    ];
    return new TextEncoder().encode(lines.join('\n'));
  }
}

function written(value: StepValue): string {
  if (value === null) return '$';
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return real(value);
  if (isList(value)) return `(${value.map(written).join(',')})`;
  if ('ref' in value) return `#${value.ref}`;
  if ('enumeration' in value) return `.${value.enumeration}.`;
  if ('derived' in value) return '*';
  if ('whole' in value) return String(value.whole);
  return `${value.type.toUpperCase()}(${written(value.value)})`;
}

const isList = (value: StepValue): value is readonly StepValue[] => Array.isArray(value);

/** A real has a point; six decimals are a thousandth of a millimetre. */
function real(value: number): string {
  if (!Number.isFinite(value)) throw new Error('A model may hold finite numbers only.');
  const rounded = Math.round(value * 1e6) / 1e6;
  const plain = Object.is(rounded, -0) ? '0' : String(rounded);
  if (plain.includes('e'))
    return plain.replace(/^(-?\d+)(\.\d+)?e/, (_all, whole, rest) => `${whole}${rest ?? '.'}E`);
  return plain.includes('.') ? plain : `${plain}.`;
}

/** Quotes and backslashes are doubled; what is not printable ASCII is `\X2\` and its UTF-16 numbers. */
function text(value: string): string {
  const body = value
    .replace(/\p{Cc}+/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "''")
    .replace(/[^\x20-\x7e]+/g, (run) => {
      const units = [...Array(run.length).keys()].map((i) =>
        run.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0'),
      );
      return `\\X2\\${units.join('')}\\X0\\`;
    });
  return `'${body}'`;
}
