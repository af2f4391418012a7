// Lengths, areas and scale notes as drawings print them: 12'-6 1/2", 3.60 m, 150 SF, 1/8" = 1'-0", 1:100.

const FRACTION = String.raw`(?:(\d+(?:\.\d+)?)(?:[\s-]+(\d+)\s*\/\s*(\d+))?|(\d+)\s*\/\s*(\d+))`;
const FEET_INCHES = new RegExp(String.raw`^(\d+(?:\.\d+)?)\s*['’′]\s*-?\s*(?:${FRACTION}\s*(?:"|”|″|'')?)?$`);
const INCHES = new RegExp(String.raw`^${FRACTION}\s*(?:"|”|″|in\.?|inch(?:es)?)$`, 'i');
const WITH_UNIT = /^(\d+(?:[.,]\d+)?)\s*(mm|cm|m|ft|feet|foot)\.?$/i;
const FEET_IN_UNIT: Record<string, number> = {
  mm: 1 / 304.8,
  cm: 1 / 30.48,
  m: 1 / 0.3048,
  ft: 1,
  feet: 1,
  foot: 1,
};

function fraction(groups: readonly (string | undefined)[]): number {
  const [whole, top, bottom, onlyTop, onlyBottom] = groups;
  if (onlyTop && onlyBottom) return Number(onlyTop) / Number(onlyBottom);
  return Number(whole ?? 0) + (top && bottom ? Number(top) / Number(bottom) : 0);
}

/** Feet of a printed length with its unit, or null where the text is none. */
export function parseLength(text: string): number | null {
  const value = text
    .trim()
    .replace(/±|\(.*\)|\bTYP\.?|\bCLR\.?|\bCLEAR\b|\bVIF\b|\bE\.?Q\.?/gi, '')
    .trim();
  const feet = FEET_INCHES.exec(value);
  if (feet) return Number(feet[1]) + fraction(feet.slice(2, 7)) / 12;
  const inches = INCHES.exec(value);
  if (inches) return fraction(inches.slice(1, 6)) / 12;
  const unit = WITH_UNIT.exec(value);
  if (unit) return Number(unit[1]!.replace(',', '.')) * FEET_IN_UNIT[unit[2]!.toLowerCase()]!;
  return null;
}

const AREA =
  /^(?:area\s*[:=]?\s*)?([\d,]+(?:\.\d+)?)\s*(?:±\s*)?(sq\.?\s*ft\.?|s\.?f\.?|gsf|nsf|rsf|usf|ft²|ft2|square feet|m²|m2|sq\.?\s*m\.?|qm)$/i;

/** Square feet of a printed area with its unit, or null. */
export function parseArea(text: string): number | null {
  const found = AREA.exec(text.trim());
  if (!found) return null;
  const value = Number(found[1]!.replace(/,/g, ''));
  if (!(value > 0)) return null;
  return /m/i.test(found[2]!) ? value / 0.09290304 : value;
}

/** Real length over paper length of a scale such as `1/8" = 1'-0"`, `1/8 in = 1 ft` or `1:100`, or null. */
export function parseScaleRatio(text: string): number | null {
  const value = text.trim().replace(/^scale\s*[:=]?\s*/i, '');
  const ratio = /^1\s*:\s*(\d+(?:\.\d+)?)$/.exec(value);
  if (ratio) return Number(ratio[1]);
  const sides = value.split('=');
  if (sides.length !== 2) return null;
  const paper = parseLoose(sides[0]!);
  const real = parseLoose(sides[1]!);
  return paper && real && paper > 0 ? real / paper : null;
}

/** A length written for a person: as parseLength, with words for the marks (`1 ft 6 in`, `1 foot`). */
export function parseLoose(text: string): number | null {
  const value = text
    .trim()
    .replace(/\s*(?:feet|foot|ft)\.?(?=$|[\s\d-])/gi, "'")
    .replace(/\s*(?:inches|inch|in)\.?(?=$|\s)/gi, '"')
    .replace(/'\s+(?=\d)/g, "'")
    .replace(/[\s-]+$/g, '');
  return parseLength(value);
}
