// The first look at an uploaded plan: what it is by content, whether its name agrees, whether it is whole.
import type { PlanFormat } from '../../../contract/plan.ts';
import { sniffFormat } from '../../../engine/plan/sniff.ts';
import { AppError } from '../../platform/errors.ts';
import type { Files } from '../../platform/files.ts';
import { findDwgLibrary, HOW_TO_READ_DWG } from './dwg.ts';

/** Formats the plan reader reads by itself; DWG needs its library. */
export const READABLE_FORMATS: readonly PlanFormat[] = ['dxf', 'pdf', 'png', 'jpg'];

const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 1024;
const SUFFIXES: Record<string, PlanFormat> = {
  dxf: 'dxf',
  dwg: 'dwg',
  pdf: 'pdf',
  png: 'png',
  jpg: 'jpg',
  jpeg: 'jpg',
};
const NAMES: Record<PlanFormat, string> = {
  dxf: 'DXF drawing',
  dwg: 'DWG drawing',
  pdf: 'PDF',
  png: 'PNG image',
  jpg: 'JPEG image',
};

/** The name without folders and control characters, at most 255 characters, never empty. */
export function cleanFileName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const clean = base
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(-255);
  return clean === '' || /^\.+$/.test(clean) ? 'floor plan' : clean;
}

/** The format of a stored upload; throws an AppError where it cannot be a plan or is cut off. */
export async function checkUpload(
  files: Files,
  key: string,
  fileName: string,
  size: number,
): Promise<PlanFormat> {
  if (size === 0) throw new AppError('unreadable_file', `${fileName} is empty; choose the file again.`);
  const { head, tail } = await ends(files, key);
  const format = sniffFormat(head);
  if (format === null) {
    throw new AppError(
      'unsupported_file',
      `${fileName} is not a floor plan we can read by its content; send a ${READABLE_FORMATS.map((f) => NAMES[f]).join(', ')}, not packed.`,
    );
  }
  const named = SUFFIXES[/\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''];
  if (named !== undefined && named !== format) {
    throw new AppError(
      'unsupported_file',
      `${fileName} is named like a ${NAMES[named]}, but it is a ${NAMES[format]}; choose the right file or rename it.`,
    );
  }
  if (!READABLE_FORMATS.includes(format) && findDwgLibrary() === null) {
    throw new AppError(
      'unsupported_file',
      `${fileName} is a ${NAMES[format]}, which cannot be read here without its library; ${HOW_TO_READ_DWG}.`,
    );
  }
  if (format === 'dxf' && !endsAsDxf(head, tail)) {
    throw new AppError(
      'unreadable_file',
      `${fileName} ends in the middle of the drawing: it was cut off on the way; export or send it again.`,
    );
  }
  return format;
}

async function ends(files: Files, key: string): Promise<{ head: Uint8Array; tail: Uint8Array }> {
  const head: Buffer[] = [];
  let headSize = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of await files.get(key)) {
    const bytes = chunk as Buffer;
    if (headSize < HEAD_BYTES) {
      head.push(bytes.subarray(0, HEAD_BYTES - headSize));
      headSize += bytes.length;
    }
    tail = Buffer.concat([tail, bytes.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
  }
  return { head: Buffer.concat(head), tail };
}

/** Every DXF, ASCII or binary, ends with the group "0 EOF". */
function endsAsDxf(head: Uint8Array, tail: Uint8Array): boolean {
  const text = Buffer.from(tail).toString('latin1');
  if (Buffer.from(head.subarray(0, 22)).toString('latin1').startsWith('AutoCAD Binary DXF'))
    return /EOF\0\s*$/.test(text);
  return /\n\s*0\s*\r?\n\s*EOF\s*$/.test(text) || /\r\s*0\s*\r\s*EOF\s*$/.test(text);
}
