// Reads the group pairs (code, value) of a DXF file, ASCII or binary, in one pass and without building lines.
import { PlanError } from '../errors.ts';
import { isBinaryDxf } from '../sniff.ts';
import { decoderOf } from './code_pages.ts';

/** One cursor over the file: `next` moves on and says whether there is a pair. */
export type GroupReader = {
  next(): boolean;
  code: number;
  value: string /** 1-based line or byte, for messages. */;
  where(): string;
};

const BINARY_START = 22;

/** A reader over the bytes; text is decoded by the file's code page. */
export function readGroups(bytes: Uint8Array): GroupReader {
  return isBinaryDxf(bytes) ? new BinaryReader(bytes) : new AsciiReader(decode(bytes));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decoderOf(bytes)(bytes);
  }
}

class AsciiReader implements GroupReader {
  code = 0;
  value = '';
  readonly #text: string;
  #at = 0;
  #line = 0;

  constructor(text: string) {
    this.#text = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  next(): boolean {
    let codeLine = this.#readLine();
    while (codeLine !== null && codeLine.trim() === '') codeLine = this.#readLine();
    if (codeLine === null) return false;
    const code = Number(codeLine);
    if (!Number.isInteger(code)) {
      throw new PlanError(
        'malformed',
        `Line ${this.#line} of the DXF should hold a group code but holds "${codeLine.trim().slice(0, 20)}"; export the drawing again.`,
      );
    }
    const value = this.#readLine();
    if (value === null) return false;
    this.code = code;
    this.value = value;
    return true;
  }

  where(): string {
    return `line ${this.#line}`;
  }

  #readLine(): string | null {
    const text = this.#text;
    if (this.#at >= text.length) return null;
    let end = text.indexOf('\n', this.#at);
    if (end < 0) end = text.length;
    const stop = end > this.#at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    const line = text.slice(this.#at, stop);
    this.#at = end + 1;
    this.#line++;
    return line;
  }
}

type ValueKind = 'text' | 'double' | 'int16' | 'int32' | 'int64' | 'bool' | 'bytes';

/** Value types by group code (Autodesk DXF reference, "Group Code Value Types"). */
function kindOf(code: number): ValueKind {
  if (code >= 10 && code <= 59) return 'double';
  if ((code >= 60 && code <= 79) || (code >= 170 && code <= 179) || (code >= 270 && code <= 289))
    return 'int16';
  if (code >= 90 && code <= 99) return 'int32';
  if (code >= 110 && code <= 149) return 'double';
  if (code >= 160 && code <= 169) return 'int64';
  if (code >= 210 && code <= 239) return 'double';
  if (code >= 290 && code <= 299) return 'bool';
  if (code >= 310 && code <= 319) return 'bytes';
  if ((code >= 370 && code <= 389) || (code >= 400 && code <= 409)) return 'int16';
  if (code >= 420 && code <= 429) return 'int32';
  if (code >= 440 && code <= 459) return 'int32';
  if (code >= 460 && code <= 469) return 'double';
  if (code === 1004) return 'bytes';
  if (code >= 1010 && code <= 1059) return 'double';
  if (code >= 1060 && code <= 1070) return 'int16';
  if (code === 1071) return 'int32';
  return 'text';
}

class BinaryReader implements GroupReader {
  code = 0;
  value = '';
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decode: (bytes: Uint8Array) => string;
  readonly #wideCodes: boolean;
  #at = BINARY_START;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#wideCodes = bytes[BINARY_START] === 0 && bytes[BINARY_START + 1] === 0;
    this.#decode = decoderOf(bytes);
  }

  next(): boolean {
    if (this.#at >= this.#bytes.length) return false;
    try {
      this.code = this.#readCode();
      this.value = this.#readValue(kindOf(this.code));
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  where(): string {
    return `byte ${this.#at}`;
  }

  #readCode(): number {
    if (this.#wideCodes) return this.#take(2, (at) => this.#view.getInt16(at, true));
    const small = this.#take(1, (at) => this.#view.getUint8(at));
    return small === 255 ? this.#take(2, (at) => this.#view.getInt16(at, true)) : small;
  }

  #readValue(kind: ValueKind): string {
    const view = this.#view;
    if (kind === 'double') return String(this.#take(8, (at) => view.getFloat64(at, true)));
    if (kind === 'int16') return String(this.#take(2, (at) => view.getInt16(at, true)));
    if (kind === 'int32') return String(this.#take(4, (at) => view.getInt32(at, true)));
    if (kind === 'int64') return String(this.#take(8, (at) => view.getBigInt64(at, true)));
    if (kind === 'bool') return String(this.#take(1, (at) => view.getUint8(at)));
    if (kind === 'bytes') {
      const length = this.#take(1, (at) => view.getUint8(at));
      this.#take(length, () => 0);
      return '';
    }
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new RangeError('text without an end');
    const text = this.#decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  #take(length: number, read: (at: number) => number | bigint): number {
    if (this.#at + length > this.#bytes.length) throw new RangeError('file ends');
    const value = read(this.#at);
    this.#at += length;
    return Number(value);
  }
}
