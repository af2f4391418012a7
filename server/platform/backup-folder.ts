// The folder a backup is: compressed parts, files as they are, and last the manifest, which names every part with its
// checksum: without a manifest it is no backup.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { AppError } from './errors.ts';

const Part = z.object({
  file: z.string(),
  rows: z.number().int(),
  /** Of the contents before compression. */
  sha256: z.string(),
});
export type Part = z.infer<typeof Part>;
const Version = z.object({ version: z.string(), checksum: z.string() });

export const Manifest = z.object({
  format: z.literal(1),
  made_at: z.string(),
  program: z.string(),
  profile: z.object({ postgres: z.string(), clickhouse: z.string(), files: z.string() }),
  migrations: z.object({ postgres: z.array(Version), clickhouse: z.array(Version) }),
  postgres: z.object({
    tables: z.record(
      z.string(),
      Part.extend({
        columns: z.array(z.object({ name: z.string(), type: z.string() })),
        key: z.array(z.string()),
      }),
    ),
    sequences: z.array(z.object({ name: z.string(), value: z.number() })),
  }),
  jobs: Part,
  clickhouse: z.object({ tables: z.record(z.string(), Part) }),
  files: z.array(
    z.object({
      key: z.string(),
      size: z.number(),
      sha256: z.string(),
      content_type: z.string(),
      tier: z.enum(['hot', 'cold']),
    }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

const MANIFEST = 'manifest.json';

/** Writes lines (without their ends) as one compressed part. */
export async function writeLines(folder: string, file: string, lines: AsyncIterable<string>): Promise<Part> {
  const hash = createHash('sha256');
  let rows = 0;
  async function* counted() {
    for await (const line of lines) {
      rows += 1;
      const text = `${line}\n`;
      hash.update(text);
      yield text;
    }
  }
  await write(folder, file, Readable.from(counted()));
  return { file, rows, sha256: hash.digest('hex') };
}

/** Writes bytes that are lines already. */
export async function writeBytes(
  folder: string,
  file: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Part> {
  const hash = createHash('sha256');
  let rows = 0;
  async function* counted() {
    for await (const chunk of bytes) {
      for (const byte of chunk) if (byte === 10) rows += 1;
      hash.update(chunk);
      yield chunk;
    }
  }
  await write(folder, file, Readable.from(counted(), { objectMode: false }));
  return { file, rows, sha256: hash.digest('hex') };
}

async function write(folder: string, file: string, source: Readable): Promise<void> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(source, createGzip({ level: 6 }), createWriteStream(path, { flush: true }));
}

/** The lines of a part; throws an AppError at the end where the checksum is another. */
export async function* readLines(folder: string, part: Part): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const text = new PassThrough();
  const source = pipeline(createReadStream(join(folder, part.file)), createGunzip(), text).catch(
    (error: Error) => text.destroy(error),
  );
  try {
    for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
      hash.update(`${line}\n`);
      yield line;
    }
  } catch (error) {
    throw damaged(part.file, error);
  }
  await source;
  if (hash.digest('hex') !== part.sha256) throw damaged(part.file);
}

export function damaged(file: string, cause?: unknown): AppError {
  return new AppError(
    'unreadable_file',
    `The part ${file} of the backup is damaged: its checksum is not that of the manifest; use another backup.`,
    { cause },
  );
}

/** Written whole and flushed under another name first. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const half = join(folder, `${MANIFEST}.half`);
  const handle = await open(half, 'w');
  await handle.writeFile(JSON.stringify(manifest, null, 1));
  await handle.sync();
  await handle.close();
  await rename(half, join(folder, MANIFEST));
}

export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8');
  } catch {
    throw new AppError('unreadable_file', `${folder} is no backup: it has no ${MANIFEST}.`);
  }
  const parsed = Manifest.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new AppError(
      'unreadable_file',
      `The manifest of ${folder} cannot be read; it was made by another program or is damaged.`,
    );
  return parsed.data;
}
