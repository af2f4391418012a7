// The archive of a person's data: one JSON file a kind, the files they uploaded, and a manifest with a checksum for each.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface ArchiveEntry {
  /** Its name in the archive; "/" separates folders. */
  name: string;
  /** How many records it holds; files count as one. */
  records: number;
  data: unknown | (() => Promise<Readable>);
}

export interface ArchiveManifest {
  format: 'ofs-person';
  version: 1;
  user_id: string;
  created_at: string;
  note: string;
  files: { name: string; records: number; bytes: number; sha256: string }[];
  /** Files that could not be read any more. */
  missing: string[];
}

const NOTE =
  'Everything this installation holds under your account: one JSON file a kind of record, and the plans you uploaded. Secrets (passwords, tokens) are left out. Times are in UTC.';

/** The archive as it is made, chunk by chunk; files are read one after the other and never held whole. */
export async function* writeArchive(
  entries: Iterable<ArchiveEntry>,
  about: { user_id: string; created_at: string },
): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    waiting.push(chunk);
  });
  const manifest: ArchiveManifest = {
    format: 'ofs-person',
    version: 1,
    ...about,
    note: NOTE,
    files: [],
    missing: [],
  };
  for (const { name, records, data } of entries) {
    const hash = createHash('sha256');
    let bytes = 0;
    if (typeof data === 'function') {
      const stream = await (data as () => Promise<Readable>)().catch(() => null);
      if (stream === null) {
        manifest.missing.push(name);
        continue;
      }
      const file = new ZipPassThrough(name);
      zip.add(file);
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        hash.update(chunk);
        bytes += chunk.length;
        file.push(chunk);
        yield* waiting.splice(0);
      }
      file.push(new Uint8Array(0), true);
    } else {
      const text = Buffer.from(`${JSON.stringify(data, null, 1)}\n`);
      hash.update(text);
      bytes = text.length;
      const file = new ZipDeflate(name, { level: 6 });
      zip.add(file);
      file.push(text, true);
    }
    manifest.files.push({ name, records, bytes, sha256: hash.digest('hex') });
    yield* waiting.splice(0);
  }
  const last = new ZipDeflate('manifest.json', { level: 6 });
  zip.add(last);
  last.push(Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`), true);
  zip.end();
  yield* waiting.splice(0);
}
