// Damage done to PDF files: to the drawing inside its compressed stream, to objects, and to what the file says of itself.
import { deflateSync } from 'node:zlib';
import type { Random } from '../../engine/plan/generator/random.ts';
import { NUMBERS } from './numbers.ts';

type Parts = {
  content: Buffer;
  /** /Filter and what else stands in the stream's dictionary. */
  filter: string;
  /** What the dictionary says the length is; the truth where undefined. */
  length?: string;
  page: string;
  resources: string;
  objects: string[];
  xref: 'true' | 'none' | 'wrong';
};

const OPERATORS =
  'm l c v y h re S s f F f* B b n W W* q Q cm w d gs BT ET Tf Td Tj TJ Tm Do BI ID EI sh scn SCN BDC EMC'.split(
    ' ',
  );

/** The drawing operators of a one-page PDF of the generator. */
export function contentOf(pdf: Uint8Array): string {
  return /stream\n([\s\S]*?)\nendstream/.exec(Buffer.from(pdf).toString('latin1'))?.[1] ?? '';
}

function editContent(content: string, random: Random): string {
  const lines = content.split('\n');
  const at = random.whole(0, lines.length - 1);
  const kind = random.pick([
    'number',
    'numbers',
    'operator',
    'drop',
    'repeat',
    'cut',
    'open',
    'close',
    'scale',
  ] as const);
  if (kind === 'number') lines[at] = lines[at]!.replace(/-?[\d.]+/, random.pick(NUMBERS));
  else if (kind === 'numbers')
    return content.replace(/-?\d[\d.]*/g, (n) => (random.chance(0.02) ? random.pick(NUMBERS) : n));
  else if (kind === 'operator') lines[at] = lines[at]!.replace(/[A-Za-z*]+\s*$/, random.pick(OPERATORS));
  else if (kind === 'drop') lines.splice(at, random.whole(1, 60));
  else if (kind === 'repeat')
    lines.splice(
      at,
      0,
      ...Array.from({ length: random.whole(2, 40) }, () => lines.slice(at, at + 30)).flat(),
    );
  else if (kind === 'cut') return content.slice(0, random.whole(0, content.length));
  else if (kind === 'open')
    lines.splice(at, 0, random.pick(['q ', 'BT ', '[ ', '<< ', '( ', 'BI ']).repeat(random.whole(1, 20_000)));
  else if (kind === 'close')
    lines.splice(at, 0, random.pick(['Q ', 'ET ', '] ', '>> ', ') ', 'EI ']).repeat(random.whole(1, 5000)));
  else
    lines.splice(at, 0, `${random.pick(NUMBERS)} 0 0 ${random.pick(NUMBERS)} ${random.pick(NUMBERS)} 0 cm`);
  return lines.join('\n');
}

type Damage = (parts: Parts, random: Random) => void;

const DAMAGES: { name: string; weight: number; damage: Damage }[] = [
  {
    name: 'drawing',
    weight: 8,
    damage: (parts, random) => {
      parts.content = Buffer.from(editContent(parts.content.toString('latin1'), random), 'latin1');
    },
  },
  {
    name: 'length lie',
    weight: 2,
    damage: (parts, random) => {
      parts.length = random.pick([...NUMBERS, '5', '99 0 R', '4 0 R']);
    },
  },
  {
    name: 'wrong filter',
    weight: 1,
    damage: (parts, random) => {
      parts.filter = random.pick([
        '/Filter /DCTDecode',
        '/Filter /JBIG2Decode',
        '/Filter /LZWDecode',
        '/Filter [/FlateDecode /FlateDecode]',
        '/Filter /None',
        '/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 999999999 >>',
      ]);
    },
  },
  {
    name: 'page',
    weight: 2,
    damage: (parts, random) => {
      parts.page = `/MediaBox [${random.pick(NUMBERS)} 0 ${random.pick(NUMBERS)} ${random.pick(NUMBERS)}] /Rotate ${random.pick(['90', '45', '-270', 'x', '1e9'])} /UserUnit ${random.pick(NUMBERS)}`;
    },
  },
  {
    name: 'cross references',
    weight: 2,
    damage: (parts, random) => {
      parts.xref = random.pick(['none', 'wrong'] as const);
    },
  },
  {
    name: 'form in itself',
    weight: 1,
    damage: (parts, random) => {
      const number = 6 + parts.objects.length;
      const body = '/Fm Do /Fm Do 0 0 m 50 50 l S';
      parts.objects.push(
        `<< /Type /XObject /Subtype /Form /BBox [0 0 999 999] /Resources << /XObject << /Fm ${random.chance(0.5) ? number : 4} 0 R >> >> /Length ${body.length} >>\nstream\n${body}\nendstream`,
      );
      parts.resources += ` /XObject << /Fm ${number} 0 R >>`;
      parts.content = Buffer.concat([parts.content, Buffer.from('\n/Fm Do\n')]);
    },
  },
  {
    name: 'huge picture',
    weight: 1,
    damage: (parts, random) => {
      const size = random.pick([100, 3000, 30_000, 2_000_000_000]);
      const body = deflateSync(Buffer.alloc(200_000)).toString('latin1');
      parts.objects.push(
        `<< /Type /XObject /Subtype /Image /Width ${size} /Height ${size} /ColorSpace /DeviceRGB /BitsPerComponent ${random.pick([1, 8, 16, 99])} /Filter /FlateDecode /Length ${body.length} >>\nstream\n${body}\nendstream`,
      );
      parts.resources += ` /XObject << /Im ${5 + parts.objects.length} 0 R >>`;
      const drawn = '\nq 900 0 0 900 0 0 cm /Im Do Q\n';
      parts.content = Buffer.from(
        random.chance(0.5) ? drawn : parts.content.toString('latin1') + drawn,
        'latin1',
      );
    },
  },
  {
    name: 'deflate bomb',
    weight: 1,
    damage: (parts, random) => {
      const grain = random.pick([
        '0 0 m 9 9 l S\n',
        'q\n',
        '1 0 0 1 0 0 cm\n',
        '(',
        ' ',
        '0 0 9 9 re W n\n',
        '0 0 m 1 5 2 7 9 9 c\n',
        '[',
        'BT /F1 8 Tf (a) Tj ET\n',
      ]);
      parts.content = Buffer.concat([parts.content, Buffer.from(grain.repeat(random.pick([2e5, 1e6, 6e6])))]);
    },
  },
];
const BAG = DAMAGES.flatMap((entry) => Array.from({ length: entry.weight }, () => entry));

/** A PDF about the drawing with one to three damages. */
export function damagedPdf(content: string, random: Random): { bytes: Uint8Array; done: string[] } {
  const parts: Parts = {
    content: Buffer.from(content, 'latin1'),
    filter: '/Filter /FlateDecode',
    page: '/MediaBox [0 0 3456 2592]',
    resources: '/Font << /F1 3 0 R >>',
    objects: [],
    xref: 'true',
  };
  const done: string[] = [];
  for (let i = random.whole(1, 3); i > 0; i--) {
    const { name, damage } = random.pick(BAG);
    damage(parts, random);
    done.push(name);
  }
  return { bytes: new Uint8Array(written(parts)), done };
}

function written({ content, filter, length, page, resources, objects, xref }: Parts): Buffer {
  const packed = deflateSync(content, { level: 1 });
  const all = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [4 0 R] /Count 1 >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Type /Page /Parent 2 0 R ${page} /Contents 5 0 R /Resources << ${resources} >> >>`,
    `<< /Length ${length ?? packed.length} ${filter} >>\nstream\n${packed.toString('latin1')}\nendstream`,
    ...objects,
  ];
  let text = '%PDF-1.4\n';
  const offsets = all.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  if (xref === 'none') return Buffer.from(text, 'latin1');
  const start = text.length;
  const shift = xref === 'wrong' ? 37 : 0;
  const table = offsets.map((offset) => `${String(offset + shift).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${all.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
