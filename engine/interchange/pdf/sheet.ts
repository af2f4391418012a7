/**
 * The pages of the proposal: their frame, the place where the next thing goes, headings with bookmarks, paragraphs,
 * figures, and the tags that say what each of them is. Points from the top left corner. Nothing is tagged across pages.
 */
import PDFDocument from 'pdfkit';
import { type Faces, NO_FACES } from './fonts.ts';
import { clean, directed, type Style, Type } from './type.ts';

export const INK = '#16191d';
export const MUTED = '#59626c';
export const LINE = '#cfd5da';
export const TINT = '#f3f5f6';

export const TEXT: Style = { size: 9.5, color: INK };
export const SMALL: Style = { size: 8, color: MUTED };

type Element = ReturnType<typeof PDFDocument.prototype.struct>;
/** What this module needs of pdfkit's bookmarks. */
interface Bookmark {
  addItem(title: string): Bookmark;
}

interface ElementOptions {
  parent?: Element;
  /** Words for those who cannot see it. */
  alt?: string;
  /** What a head of a table speaks of. */
  scope?: 'Column' | 'Row';
  /** Left, top, right and bottom. */
  box?: [number, number, number, number];
}

export interface SheetOptions {
  paper: 'A4' | 'Letter';
  title: string;
  author: string;
  made_at: Date;
  /** At the foot of each page, left. */
  running: string;
  /** At the head of each page, right; null for none. */
  notice: string | null;
  accent: string;
  /** The organization's own line, in the middle of every page's foot; null for none. */
  footer?: string | null;
  /** Typefaces for scripts that Inter does not have. */
  faces?: Faces;
}

export interface HeadingOptions {
  keep?: number;
  /** At the other end of the line. */
  aside?: string;
  bookmark?: boolean;
  level?: 2 | 3;
}

/** Above a part that begins below another; its title with the rule under it. */
const SECTION_SPACE = 30;
const SECTION_HEAD = 50;
/** Kept for the number of the page. */
const FOLIO = 60;
const MARGIN = { side: 48, top: 68, bottom: 58 };

export class Sheet {
  readonly doc: typeof PDFDocument.prototype;
  readonly type: Type;
  readonly accent: string;
  /** Where the next thing starts. */
  y = 0;
  #landscape = false;
  readonly #options: SheetOptions;
  readonly #root: Element;
  #section: Element;
  #section_title = '';
  #bookmark: Bookmark | undefined;
  readonly #heads: string[] = [];
  readonly #done: Promise<Uint8Array>;
  /** Texts cut at their end because they were too long for their place. */
  shortened = 0;

  constructor(options: SheetOptions) {
    this.#options = options;
    this.accent = options.accent;
    this.doc = new PDFDocument({
      size: options.paper === 'A4' ? 'A4' : 'LETTER',
      margin: 0,
      pdfVersion: '1.7',
      tagged: true,
      lang: 'en-US',
      displayTitle: true,
      autoFirstPage: false,
      bufferPages: true,
      info: {
        Title: clean(options.title),
        Author: clean(options.author),
        CreationDate: options.made_at,
        ModDate: options.made_at,
      },
    });
    const chunks: Buffer[] = [];
    this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    this.#done = new Promise((resolve, reject) => {
      this.doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
      this.doc.on('error', reject);
    });
    this.type = new Type(this.doc, options.faces ?? NO_FACES);
    this.#root = this.doc.struct('Document');
    this.doc.addStructure(this.#root);
    this.#section = this.#root;
  }

  get paper(): 'A4' | 'Letter' {
    return this.#options.paper;
  }
  get pages(): number {
    return this.#heads.length;
  }
  get left(): number {
    return MARGIN.side;
  }
  get right(): number {
    return this.doc.page.width - MARGIN.side;
  }
  get width(): number {
    return this.right - this.left;
  }
  get top(): number {
    return MARGIN.top;
  }
  get bottom(): number {
    return this.doc.page.height - MARGIN.bottom;
  }

  addPage(landscape = false): void {
    this.#landscape = landscape;
    this.doc.addPage({
      size: this.#options.paper === 'A4' ? 'A4' : 'LETTER',
      layout: landscape ? 'landscape' : 'portrait',
      margin: 0,
    });
    this.#heads.push(this.#section_title);
    this.y = this.top;
  }

  /** A new page unless this much room is left. */
  ensure(height: number): void {
    if (this.y + height > this.bottom && this.y > this.top) this.addPage(this.#landscape);
  }

  /** A part of the proposal, with a bookmark: on a page of its own, or below the last one where `flow` points are left. */
  section(title: string, options: { landscape?: boolean; drawn?: boolean; flow?: number } = {}): void {
    if (this.#section !== this.#root) this.#section.end();
    this.#section = this.doc.struct('Sect');
    this.#root.add(this.#section);
    this.#section_title = clean(title);
    if (this.#fits(options.flow)) this.y += SECTION_SPACE;
    else this.addPage(options.landscape ?? false);
    this.#bookmark = (this.doc.outline as unknown as Bookmark).addItem(this.#section_title);
    if (options.drawn === false) return;
    this.tag('H1', () => this.type.draw(title, this.left, this.y + 17, { size: 21, weight: 'strong' }));
    this.artifact(() => this.rule(this.y + 29, this.accent, 1.2, this.left, this.left + 36));
    this.y += SECTION_HEAD;
  }

  #fits(flow: number | undefined): boolean {
    if (flow === undefined || this.pages === 0 || this.#landscape) return false;
    return this.y + SECTION_SPACE + SECTION_HEAD + flow <= this.bottom;
  }

  /** A heading that stays with the `keep` points that follow it. */
  heading(title: string, options: HeadingOptions = {}): void {
    const { keep = 60, aside, bookmark = true, level = 2 } = options;
    const style = directed(title, { size: level === 2 ? 12.5 : 10.5, weight: 'strong' });
    const space = this.y > this.top + 52 ? (level === 2 ? 16 : 12) : 0;
    const room = aside === undefined ? this.width : this.width - this.type.width(aside, TEXT) - 16;
    const lines = this.type.lines(title, style, room, 3);
    const height = lines.length * style.size * 1.3;
    this.ensure(space + height + 6 + keep);
    if (this.y > this.top) this.y += space;
    if (bookmark) this.#bookmark?.addItem(clean(title).replaceAll('\n', ' '));
    this.tag(level === 2 ? 'H2' : 'H3', () => this.#draw(lines, style));
    const [end, side] =
      style.direction === 'rtl' ? ([this.left, 'left'] as const) : ([this.right, 'right'] as const);
    if (aside !== undefined) this.tag('P', () => this.type.draw(aside, end, this.y + style.size, TEXT, side));
    this.y += height + 6;
  }

  /** Flows over pages line by line; never a single line alone at a page's foot. */
  paragraph(text: string, style: Style = TEXT, options: { after?: number; indent?: number } = {}): void {
    const { after = 8, indent = 0 } = options;
    for (const part of clean(text).split('\n')) this.#flowing(part, style, indent);
    this.y += after;
  }

  #flowing(text: string, style: Style, indent: number): void {
    const step = style.size * 1.45;
    const own = directed(text, style);
    let lines = this.type.lines(text, own, this.width - indent);
    while (lines.length > 0) {
      this.ensure(step * Math.min(2, lines.length));
      const fit = Math.max(1, Math.floor((this.bottom - this.y) / step));
      const now = lines.slice(0, fit);
      lines = lines.slice(fit);
      this.tag('P', () => this.#draw(now, own, indent, step, lines.length > 0));
      this.y += now.length * step;
    }
  }

  #draw(lines: readonly string[], style: Style, indent = 0, step = style.size * 1.3, more = false): void {
    lines.forEach((line, i) => {
      // The blank that parts the lines is read aloud though nobody sees it.
      const end = i < lines.length - 1 || more ? ' ' : '';
      const y = this.y + style.size + i * step;
      // Blanks at the end of lines would move them off the right margin.
      if (style.direction === 'rtl') this.type.draw(line, this.right - indent, y, style, 'right');
      else this.type.draw(`${line}${end}`, this.left + indent, y, style);
    });
  }

  /** A drawing with words for those who cannot see it. `draw` gets its top left corner. */
  figure(alt: string, height: number, draw: (x: number, y: number) => void): void {
    this.ensure(height);
    const box: ElementOptions['box'] = [this.left, this.y, this.right, this.y + height];
    this.tag('Figure', () => draw(this.left, this.y), { alt, box });
    this.y += height;
  }

  /** Draws inside a tag that is a child of `parent`, or of the present section. */
  tag(kind: string, draw: () => void, options: ElementOptions = {}): void {
    const element = this.element(kind, options);
    const content = this.doc.markStructureContent(kind);
    this.doc.save();
    draw();
    this.doc.restore();
    this.doc.endMarkedContent();
    element.add(content);
    element.end();
  }

  /** An element that takes others; the caller ends it. */
  element(kind: string, { parent, alt, scope, box }: ElementOptions = {}): Element {
    const facts = {
      ...(alt === undefined ? {} : { alt: clean(alt) }),
      ...(scope === undefined ? {} : { scope }),
      ...(box === undefined ? {} : { bbox: box }),
    };
    const element = this.doc.struct(kind, facts as PDFKit.Mixins.StructureElementOptions);
    (parent ?? this.#section).add(element);
    return element;
  }

  /** Lines and colours that say nothing by themselves. */
  artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    this.doc.save();
    draw();
    this.doc.restore();
    this.doc.endMarkedContent();
  }

  rule(y: number, color = LINE, width = 0.5, from = this.left, to = this.right): void {
    this.doc.lineWidth(width).strokeColor(color).moveTo(from, y).lineTo(to, y).stroke();
  }

  async finish(): Promise<Uint8Array> {
    if (this.#section !== this.#root) this.#section.end();
    this.#root.end();
    const { start, count } = this.doc.bufferedPageRange();
    for (let n = 0; n < count; n++) {
      this.doc.switchToPage(start + n);
      this.doc.markContent('Artifact', { type: 'Pagination' });
      if (n > 0 || count === 1) this.#frame(n + 1, count);
      this.doc.endMarkedContent();
    }
    this.doc.end();
    return await this.#done;
  }

  #frame(page: number, pages: number): void {
    const style: Style = { size: 7.5, color: MUTED };
    const { running, notice } = this.#options;
    const room = this.width / 2 - 10;
    if (page > 1) {
      this.type.draw(this.type.clip(running, style, room), this.left, 36, style);
      const head = notice ?? this.#heads[page - 1] ?? '';
      this.type.draw(this.type.clip(head, style, room), this.right, 36, style, 'right');
      this.rule(44);
    }
    const foot = this.doc.page.height - 30;
    const { footer = null, author } = this.#options;
    // The organization's own line stands in place of its name, over the whole width.
    const own = this.type.lines(footer ?? author, style, this.width - FOLIO, 2);
    own.forEach((line, i) => {
      this.type.draw(line, this.left, foot + (i - own.length + 1) * style.size * 1.35, style);
    });
    this.type.draw(`${page} / ${pages}`, this.right, foot, style, 'right');
  }
}
