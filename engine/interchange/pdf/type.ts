/**
 * Setting text: which font file each character is drawn with, how wide it is, where lines break. Characters that no file
 * has are written in Latin letters, or as a small open box, and counted, so that the export can say so. Text that runs from
 * right to left is put in order and joined up. Points throughout; figures are tabular.
 */
import anyAscii from 'any-ascii';
import type PDFDocument from 'pdfkit';
import { breakable, isTurned, startsRight, stretches } from './direction.ts';
import { type Faces, fontFile, interParts, type SUBSETS, type Weight } from './fonts.ts';

export interface Style {
  size: number;
  weight?: Weight;
  color?: string;
  /** Of the paragraph a line is of, where it runs from right to left. */
  direction?: 'rtl';
}

interface Run {
  font: string;
  text: string;
}
type Features = PDFKit.Mixins.OpenTypeFeatures[];
/** What this module needs of the font pdfkit has opened. */
interface OpenFont {
  font: {
    hasGlyphForCodePoint(code: number): boolean;
    getGlyph(id: number, letters?: number[]): object;
    /** Glyphs known so far, each with the letters it first stood for. */
    _glyphs: Record<number, object>;
  };
  scale: number;
  subset: { glyphs: number[] };
  widths: number[];
  unicode: number[][];
  layoutRun(text: string, features: unknown): Laid;
  encode(text: string, features: unknown): [codes: string[], positions: object[]];
}
interface Laid {
  glyphs: { id: number; codePoints: number[]; advanceWidth: number }[];
  positions: object[];
}

/** Figures of one width. Forms that follow their neighbours would take most of the time and change next to nothing. */
const FEATURES = {
  tnum: true,
  kern: true,
  calt: false,
  ccmp: false,
} as unknown as Features;
/** Arabic and its neighbours are joined up by whatever the typeface asks for. */
const OTHER_FEATURES = { kern: true } as unknown as Features;
const MISSING = '\u25a1';
const FALLBACK = '?';

export class Type {
  readonly #doc: typeof PDFDocument.prototype;
  readonly #fonts = new Map<string, OpenFont>();
  readonly #choice = new Map<string, string | null>();
  readonly #widths = new Map<string, number>();
  readonly #faces: Faces;
  /** Characters that could not be drawn, with how often. */
  readonly missing = new Map<string, number>();

  constructor(doc: typeof PDFDocument.prototype, faces: Faces) {
    this.#doc = doc;
    this.#faces = faces;
  }

  width(text: string, style: Style): number {
    const key = `${style.weight ?? 'regular'}|${style.size}|${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    let width = 0;
    for (const run of this.#runs(text, style)) {
      this.#doc.font(run.font).fontSize(style.size);
      width += this.#doc.widthOfString(run.text, { features: featuresOf(run) });
    }
    this.#widths.set(key, width);
    return width;
  }

  /** Whether some word is wider than this and would be broken. */
  breaks(value: string, style: Style, width: number): boolean {
    const words = clean(value).split(/\s/).flatMap(breakable);
    return words.some((word) => this.width(word, style) > width);
  }

  /** Lines that fit the width; words wider than it are broken. At least one line. */
  lines(value: string, style: Style, width: number, most = Number.POSITIVE_INFINITY): string[] {
    const lines: string[] = [];
    for (const paragraph of clean(value).split('\n')) {
      let line = '';
      for (const word of paragraph.split(' ')) {
        let blank = line === '' ? '' : ' ';
        for (const piece of breakable(word).flatMap((one) => this.#pieces(one, style, width))) {
          const longer = `${line}${blank}${piece}`;
          if (line !== '' && this.width(longer, style) > width) {
            lines.push(line);
            line = piece;
          } else line = longer;
          blank = '';
        }
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
    for (const run of this.#runs(text, style, true)) {
      this.#doc
        .font(run.font)
        .fontSize(style.size)
        .fillColor(style.color ?? '#16191d');
      const features = featuresOf(run);
      this.#doc.text(run.text, at, y, { lineBreak: false, baseline: 'alphabetic', features });
      at += this.#doc.widthOfString(run.text, { features });
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

  /** From left to right, whatever the order in which they are read. */
  #runs(text: string, { weight = 'regular', direction }: Style, count = false): Run[] {
    return stretches(plain(text).replaceAll('\n', ' '), direction).flatMap((stretch) => {
      const runs = this.#runsOf(stretch.text, weight, count);
      if (stretch.right_to_left) runs.reverse();
      // The library turns what it takes for Arabic or Hebrew, and nothing else.
      return runs.map((run) =>
        isTurned(run.text) === stretch.right_to_left
          ? run
          : { ...run, text: [...run.text].reverse().join('') },
      );
    });
  }

  #runsOf(text: string, weight: Weight, count: boolean): Run[] {
    const runs: Run[] = [];
    const add = (font: string, drawn: string, joins: boolean) => {
      const last = runs.at(-1);
      if (last !== undefined && (last.font === font || joins)) last.text += drawn;
      else runs.push({ font, text: drawn });
    };
    for (const letter of text) {
      const font = this.#fontOf(letter, weight);
      // A blank stays with the word before it: every file has one. So do the signs that part or join letters.
      if (font !== null) add(font, letter, letter === ' ');
      else if (JOINERS.test(letter)) add(runs.at(-1)?.font ?? this.#named('latin', weight), letter, true);
      else {
        if (count) this.missing.set(letter, (this.missing.get(letter) ?? 0) + 1);
        add(this.#named('latin', weight), this.#instead(letter, weight), false);
      }
    }
    return runs;
  }

  /** The sound of a letter in Latin letters or the name of a sign; without one, a box. */
  #instead(letter: string, weight: Weight): string {
    const words = anyAscii(letter);
    if (words !== '' || /\p{M}/u.test(letter)) return words;
    return this.#fontOf(MISSING, weight) === this.#named('latin', weight) ? MISSING : FALLBACK;
  }

  #fontOf(letter: string, weight: Weight): string | null {
    const key = `${weight}${letter}`;
    const known = this.#choice.get(key);
    if (known !== undefined) return known;
    const code = letter.codePointAt(0) ?? 32;
    const name = this.#fileOf(letter, code, weight);
    const found = name !== undefined && this.#fonts.get(name)?.font.hasGlyphForCodePoint(code) ? name : null;
    this.#choice.set(key, found);
    return found;
  }

  /** The file that is for a letter; it is opened when it is first asked for, and may lack the letter all the same. */
  #fileOf(letter: string, code: number, weight: Weight): string | undefined {
    const [part] = interParts(code);
    if (part !== undefined) return this.#named(part, weight);
    const face = this.#faces[weight].find(({ letters }) => letters.includes(letter));
    if (face === undefined) return undefined;
    this.#open(face.name, () => face.bytes);
    return face.name;
  }

  #named(subset: (typeof SUBSETS)[number], weight: Weight): string {
    const name = `Inter-${subset}-${weight}`;
    this.#open(name, () => fontFile(subset, weight));
    return name;
  }

  #open(name: string, read: () => Buffer): void {
    if (this.#fonts.has(name)) return;
    this.#doc.registerFont(name, read());
    this.#doc.font(name);
    const open = (this.#doc as unknown as { _font: OpenFont })._font;
    remember(open);
    if (!name.startsWith('Inter-')) tellApart(open);
    this.#fonts.set(name, open);
  }
}

function featuresOf({ font }: Run): Features {
  return font.startsWith('Inter-') ? FEATURES : OTHER_FEATURES;
}

const JOINERS = /[\u200c\u200d]/;

/** Signs of our own sentences that the typeface lacks, in words. */
const WORDED: Record<string, string> = {
  '→': ' to ',
  '≥': ' at least ',
  '≤': ' at most ',
  '≈': ' about ',
  '−': '-',
};

/** How a paragraph's lines are set: those of one that runs from right to left begin at the right. */
export function directed(text: string, style: Style): Style {
  return startsRight(text) ? { ...style, direction: 'rtl' } : style;
}

/** Text without what no page can show: control and direction marks, lone surrogates, runs of blanks. */
export function clean(value: string): string {
  return plain(value).trim();
}

function plain(value: string): string {
  return (
    value
      .toWellFormed()
      .normalize('NFC')
      .replace(/\r\n?/g, '\n')
      .replace(/(?!\u200c|\u200d)\p{Cf}|[\ufe00-\ufe0f]/gu, '')
      // The signs that part and join letters mean something between letters that are joined, and nowhere else.
      .replace(/(?<!\p{sc=Arabic}\p{M}*)[\u200c\u200d]+/gu, '')
      .replace(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
      .replace(/[^\S\n\u00a0\u202f]+/g, ' ')
      .replaceAll('\u202f', '\u00a0')
      .replaceAll('\ufffd', '?')
      .replace(/ ?[→≥≤≈−] ?/g, (sign) => WORDED[sign.trim()] ?? sign)
  );
}

/** The same words come again and again, and pdfkit sets each of them three times: once is enough. */
function remember(open: OpenFont): void {
  const known = new Map<string, Laid>();
  const set = open.layoutRun.bind(open);
  open.layoutRun = (text, features) => {
    const found = known.get(text) ?? set(text, features);
    known.set(text, found);
    return found;
  };
}

/** What a dot stands for by itself: a joiner that is neither seen nor searched for, since a file must name something. */
const NOTHING = [0x2060];

/**
 * Letters of Arabic share their bodies and differ in their dots: each body is kept once for every letter it stands for, so
 * that what is read or copied out of the file are the letters that were written.
 */
function tellApart(open: OpenFont): void {
  const { font } = open;
  const glyphOf = font.getGlyph.bind(font);
  font.getGlyph = (id, letters) => {
    delete font._glyphs[id];
    return glyphOf(id, letters);
  };
  const kept = new Map<string, number>();
  open.encode = (text, features) => {
    const { glyphs, positions } = open.layoutRun(text, features);
    const codes = glyphs.map(({ id, codePoints, advanceWidth }) => {
      const key = `${id} ${codePoints.join(' ')}`;
      let code = kept.get(key);
      if (code === undefined) {
        code = open.subset.glyphs.push(id) - 1;
        kept.set(key, code);
        open.widths[code] = advanceWidth * open.scale;
        open.unicode[code] = codePoints.length === 0 ? NOTHING : codePoints;
      }
      return code.toString(16).padStart(4, '0');
    });
    return [codes, positions];
  };
}
