/**
 * Setting text: which font file each character is drawn with, how wide it is, where lines break. Characters that no file
 * has are drawn as a small open box and counted, so that the export can say so. Points throughout; figures are tabular.
 */
import type PDFDocument from 'pdfkit';
import { fontFile, SUBSETS, type Weight } from './fonts.ts';

export interface Style {
  size: number;
  weight?: Weight;
  color?: string;
}

interface Run {
  font: string;
  text: string;
}
/** What this module needs of the font pdfkit has opened. */
interface OpenFont {
  font: { hasGlyphForCodePoint(code: number): boolean };
  layoutRun(text: string, features: unknown): object;
}

/** Figures of one width. Forms that follow their neighbours would take most of the time and change next to nothing. */
const FEATURES = {
  tnum: true,
  kern: true,
  calt: false,
  ccmp: false,
} as unknown as PDFKit.Mixins.OpenTypeFeatures[];
const MISSING = '\u25a1';
const FALLBACK = '?';

export class Type {
  readonly #doc: typeof PDFDocument.prototype;
  readonly #fonts = new Map<string, OpenFont>();
  readonly #choice = new Map<string, string | null>();
  readonly #widths = new Map<string, number>();
  /** Characters that could not be drawn, with how often. */
  readonly missing = new Map<string, number>();

  constructor(doc: typeof PDFDocument.prototype) {
    this.#doc = doc;
  }

  width(text: string, style: Style): number {
    const key = `${style.weight ?? 'regular'}|${style.size}|${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    let width = 0;
    for (const run of this.#runs(text, style.weight ?? 'regular')) {
      this.#doc.font(run.font).fontSize(style.size);
      width += this.#doc.widthOfString(run.text, { features: FEATURES });
    }
    this.#widths.set(key, width);
    return width;
  }

  /** Lines that fit the width; words wider than it are broken. At least one line. */
  lines(value: string, style: Style, width: number, most = Number.POSITIVE_INFINITY): string[] {
    const lines: string[] = [];
    for (const paragraph of clean(value).split('\n')) {
      let line = '';
      for (const word of paragraph.split(' ').flatMap((one) => this.#pieces(one, style, width))) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line !== '' && this.width(longer, style) > width) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      lines.push(line);
    }
    if (lines.length <= most) return lines;
    const kept = lines.slice(0, most);
    kept[most - 1] = this.clip(`${kept[most - 1]}\u2026`, style, width, '\u2026');
    return kept;
  }

  /** One line that fits, shortened at its end where it must be. */
  clip(value: string, style: Style, width: number, ending = ''): string {
    const text = clean(value).replaceAll('\n', ' ');
    if (this.width(text, style) <= width) return text;
    const letters = [...text];
    let [low, high] = [0, letters.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const part = `${letters.slice(0, middle).join('').trimEnd()}\u2026`;
      if (this.width(part, style) <= width) low = middle;
      else high = middle - 1;
    }
    return low === 0 ? ending : `${letters.slice(0, low).join('').trimEnd()}\u2026`;
  }

  /** One line with its baseline at y; `align` says which end x is. */
  draw(text: string, x: number, y: number, style: Style, align: 'left' | 'right' | 'center' = 'left'): void {
    const own = align === 'left' ? 0 : this.width(text, style);
    let at = x - (align === 'right' ? own : align === 'center' ? own / 2 : 0);
    for (const run of this.#runs(text, style.weight ?? 'regular', true)) {
      this.#doc
        .font(run.font)
        .fontSize(style.size)
        .fillColor(style.color ?? '#16191d');
      this.#doc.text(run.text, at, y, { lineBreak: false, baseline: 'alphabetic', features: FEATURES });
      at += this.#doc.widthOfString(run.text, { features: FEATURES });
    }
  }

  /** A word in pieces that fit the width. */
  #pieces(word: string, style: Style, width: number): string[] {
    if (this.width(word, style) <= width) return [word];
    const pieces: string[] = [];
    let piece = '';
    for (const letter of word) {
      if (piece !== '' && this.width(piece + letter, style) > width) {
        pieces.push(piece);
        piece = letter;
      } else piece += letter;
    }
    return piece === '' ? pieces : [...pieces, piece];
  }

  #runs(text: string, weight: Weight, count = false): Run[] {
    const runs: Run[] = [];
    for (const letter of plain(text).replaceAll('\n', ' ')) {
      const own = this.#fontOf(letter, weight);
      if (own === null && count) this.missing.set(letter, (this.missing.get(letter) ?? 0) + 1);
      const instead = this.#fontOf(MISSING, weight) === null ? FALLBACK : MISSING;
      const font = own ?? this.#fontOf(instead, weight) ?? this.#named('latin', weight);
      const last = runs.at(-1);
      const drawn = own === null ? instead : letter;
      // A space stays with the word before it: every file has one.
      if (last !== undefined && (last.font === font || letter === ' ')) last.text += drawn;
      else runs.push({ font, text: drawn });
    }
    return runs;
  }

  #fontOf(letter: string, weight: Weight): string | null {
    const key = `${weight}${letter}`;
    const known = this.#choice.get(key);
    if (known !== undefined) return known;
    const code = letter.codePointAt(0) ?? 32;
    let found: string | null = null;
    for (const subset of SUBSETS) {
      const name = this.#named(subset, weight);
      if (!this.#fonts.get(name)?.font.hasGlyphForCodePoint(code)) continue;
      found = name;
      break;
    }
    this.#choice.set(key, found);
    return found;
  }

  #named(subset: (typeof SUBSETS)[number], weight: Weight): string {
    const name = `Inter-${subset}-${weight}`;
    if (!this.#fonts.has(name)) {
      this.#doc.registerFont(name, fontFile(subset, weight));
      this.#doc.font(name);
      const open = (this.#doc as unknown as { _font: OpenFont })._font;
      remember(open);
      this.#fonts.set(name, open);
    }
    return name;
  }
}

/** Signs of our own sentences that the typeface lacks, in words. */
const WORDED: Record<string, string> = {
  '→': ' to ',
  '≥': ' at least ',
  '≤': ' at most ',
  '≈': ' about ',
  '−': '-',
};

/** Text without what no page can show: control and direction marks, lone surrogates, runs of blanks. */
export function clean(value: string): string {
  return plain(value).trim();
}

function plain(value: string): string {
  return value
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cf}|[\ufe00-\ufe0f]/gu, '')
    .replace(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[^\S\n\u00a0\u202f]+/g, ' ')
    .replaceAll('\u202f', '\u00a0')
    .replaceAll('\ufffd', '?')
    .replace(/ ?[→≥≤≈−] ?/g, (sign) => WORDED[sign.trim()] ?? sign);
}

/** The same words come again and again, and pdfkit sets each of them three times: once is enough. */
function remember(open: OpenFont): void {
  const known = new Map<string, object>();
  const set = open.layoutRun.bind(open);
  open.layoutRun = (text, features) => {
    const found = known.get(text) ?? set(text, features);
    known.set(text, found);
    return found;
  };
}
