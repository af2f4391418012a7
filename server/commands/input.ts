// Reading the files that commands are given: a missing or unreadable one is one sentence.
import { readFile } from 'node:fs/promises';
import { AppError } from '../platform/errors.ts';

export async function readInput(path: string): Promise<Buffer> {
  try {
    if (path === '-') {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    }
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EISDIR'
          ? 'is a folder'
          : code === 'EACCES'
            ? 'may not be read'
            : `could not be read (${code})`;
    throw new AppError('invalid_input', `The file ${path} ${why}; give the path of a file.`);
  }
}

/** Text of a file: UTF-16 where its byte order mark says so, else UTF-8. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** JSON text, with or without the byte order mark that some editors put before it. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new AppError('invalid_input', `${what} is not valid JSON: ${(error as Error).message}.`);
  }
}
