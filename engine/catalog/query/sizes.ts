// Sizes in a query: with units and axes, in pairs ("160 by 200"), as limits, and bed sizes by name.
import type { UnderstoodFilter } from '../../../contract/catalog.ts';
import { type Axis, LEAST, LENGTH_UNIT, MOST, N, type Reader, type SizeFact } from './reader.ts';

const CM_PER: readonly [RegExp, number][] = [
  [/^(cm|centi)/, 1],
  [/^(mm|milli)/, 0.1],
  [/^(in|inch|"|'')/, 2.54],
  [/^(f|')/, 30.48],
  [/^m/, 100],
];

function toCm(amount: number, unit: string): number {
  return amount * (CM_PER.find(([pattern]) => pattern.test(unit))?.[1] ?? 1);
}

const AXIS_WORDS: Readonly<Record<string, Axis>> = {
  wide: 'width',
  width: 'width',
  deep: 'depth',
  depth: 'depth',
  high: 'height',
  tall: 'height',
  height: 'height',
  long: 'length',
  length: 'length',
  across: 'width',
};
/** "taller than" tells the axis by itself. */
const COMPARED: Readonly<Record<string, Axis>> = {
  narrower: 'width',
  wider: 'width',
  taller: 'height',
  higher: 'height',
  lower: 'height',
  longer: 'length',
  shorter: 'length',
  deeper: 'depth',
  shallower: 'depth',
};
const AXIS = `(${Object.keys(AXIS_WORDS).join('|')})`;
/** How far from a stated size a product may be and still count as that size. */
const TOLERANCE = 0.04;

/** Bed sizes by name: mattress widths in cm (US and European makes). */
const BED_WIDTHS: readonly [RegExp, number, number, string][] = [
  [/\b(?:single|twin)(?: size)?(?= (?:bed|mattress|day|guest|frame))/, 88, 100, 'single'],
  [/\b(?:double|full)(?: size)?(?= (?:bed|mattress|sofa|guest|frame))/, 130, 145, 'double'],
  [/\bqueen(?:[ -]sized?)?\b/, 150, 162, 'queen'],
  [/\b(?:super )?king(?:[ -]sized?)?\b/, 178, 200, 'king'],
];

const inches = (cm: number): number => Math.round(cm / 2.54);

function sizeLabel(name: string, min: number, max: number): string {
  const say = (cm: number): string => `${Math.round(cm)} cm (${inches(cm)} in)`;
  if (min === 0) return `${name} up to ${say(max)}`;
  if (!Number.isFinite(max)) return `${name} from ${say(min)}`;
  if (max / min < 1.15) return `${name} ${say((min + max) / 2)}`;
  return `${name} ${say(min)} to ${say(max)}`;
}

function addSize(
  reader: Reader,
  axis: Axis,
  min: number,
  max: number,
  other?: SizeFact['other'],
): UnderstoodFilter {
  const name = { width: 'Width', depth: 'Depth', height: 'Height', length: 'Length', any: 'Size' }[axis];
  reader.facts.sizes.push({ axis, min_cm: min, max_cm: max, ...(other ? { other } : {}) });
  const kind = axis === 'length' || axis === 'any' ? 'size' : axis;
  const value = [min, Number.isFinite(max) ? max : -1];
  return {
    id: axis === 'any' ? `size:${Math.round(min)}` : axis,
    kind,
    label: sizeLabel(name, min, max),
    quote: '',
    value,
  };
}

export function readSizes(reader: Reader): void {
  const U = `(${LENGTH_UNIT})`;
  const about = (cm: number): [number, number] => [cm * (1 - TOLERANCE), cm * (1 + TOLERANCE)];
  const axisOf = (word: string | undefined, said = ''): Axis => {
    const compared = /(\w+) than/.exec(said)?.[1];
    return (word ? AXIS_WORDS[word] : COMPARED[compared ?? '']) ?? 'any';
  };
  const end = '(?![a-z\\d])';
  reader.read(
    new RegExp(`\\b${N} *${U}?(?: *x *| by | × )${N} *${U}?(?:(?: *x *| by | × )${N} *${U}?)?${end}`),
    (m) => {
      const unit = m[6] ?? m[4] ?? m[2];
      const parts = [m[1], m[3], m[5]].filter((part) => part !== undefined).map(Number);
      const axes: Axis[] = parts.length === 3 ? ['width', 'depth', 'height'] : ['any', 'any'];
      const filters = parts.map((part, i) => {
        const [min, max] = about(toCm(part, unit ?? (Math.max(...parts) > 84 ? 'cm' : 'in')));
        const [otherMin, otherMax] = about(toCm(part, Math.max(...parts) > 84 ? 'in' : 'cm'));
        return addSize(
          reader,
          axes[i] ?? 'any',
          min,
          max,
          unit ? undefined : { min_cm: otherMin, max_cm: otherMax },
        );
      });
      const said = parts.join(' × ');
      return {
        ...filters[0]!,
        id: 'size',
        kind: 'size',
        label: `Size ${said} ${unit ?? ''}`.trim(),
        value: parts,
      };
    },
  );
  const limit = (
    m: RegExpExecArray,
    build: (cm: number) => [number, number],
    at: [number, number, number?],
  ): UnderstoodFilter => {
    const [min, max] = build(toCm(Number(m[at[0]]), m[at[1]] ?? 'cm'));
    return addSize(reader, axisOf(at[2] === undefined ? undefined : m[at[2]], m[0]), min, max);
  };
  const upTo = (cm: number): [number, number] => [0, cm];
  const from = (cm: number): [number, number] => [cm, Number.POSITIVE_INFINITY];
  reader.read(
    new RegExp(
      `(?<!(?:extends|extending|expands|opens)(?: from)?) (?:(?:between|from) )?${N} *${U}? *(?:and|to|-|/) *${N} *${U}(?: *(?:in )?${AXIS})?${end}`,
    ),
    (m) => {
      const unit = m[4] ?? 'cm';
      return addSize(reader, axisOf(m[5]), toCm(Number(m[1]), unit), toCm(Number(m[3]), unit));
    },
  );
  reader.read(
    new RegExp(
      ` ${AXIS}(?: of)? (?:${MOST}|smaller than|narrower than|shorter than|lower than|shallower than) ${N} *${U}${end}`,
    ),
    (m) => limit(m, upTo, [2, 3, 1]),
  );
  reader.read(
    new RegExp(
      ` (?:${MOST}|smaller than|narrower than|shorter than|lower than|shallower than) ${N} *${U}(?: *(?:in )?${AXIS})?${end}`,
    ),
    (m) => limit(m, upTo, [1, 2, 3]),
  );
  reader.read(
    new RegExp(
      ` (?:${LEAST}|bigger than|wider than|longer than|taller than|higher than|deeper than|larger than) ${N} *${U}(?: *(?:in )?${AXIS})?${end}`,
    ),
    (m) => limit(m, from, [1, 2, 3]),
  );
  reader.read(new RegExp(` ${AXIS}(?: of| is)? ${N} *${U}${end}`), (m) => limit(m, about, [2, 3, 1]));
  reader.read(new RegExp(` ${N}[ -]*${U}[ -]*(?:in )?${AXIS}?${end}`), (m) => limit(m, about, [1, 2, 3]));
  reader.read(new RegExp(` ${N}[ -]*(?:in )?${AXIS}${end}`), (m) => {
    const [min, max] = about(Number(m[1]));
    return addSize(reader, axisOf(m[2]), min, max, { min_cm: min * 2.54, max_cm: max * 2.54 });
  });
  // "Double bed 180 x 200": the figures say it better than the name.
  const figures = reader.facts.sizes.length > 0;
  for (const [pattern, min, max, name] of BED_WIDTHS) {
    if (figures) {
      reader.text = reader.text.replace(pattern, ' ');
      continue;
    }
    reader.read(pattern, () => ({
      ...addSize(reader, 'any', min, max),
      id: `size:${name}`,
      label: `Bed size: ${name}`,
    }));
  }
}
