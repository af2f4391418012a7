// Owns files on local disk. A file is written beside its place, flushed, then renamed into it; its content type
// stands in a twin tree `.types`. Names starting with a dot are this module's own and never a key. Cold files are in a
// second folder, which may be on a slower disk.

import { randomUUID } from 'node:crypto';
import {
  copyFile,
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat as statPath,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { faultPoint } from './fault.ts';
import {
  assertKey,
  assertPrefix,
  type FileStat,
  type Files,
  type FileTier,
  measured,
  missingFile,
} from './files-store.ts';

const DEFAULT_TYPE = 'application/octet-stream';
const HALF_WRITTEN_MS = 24 * 3600 * 1000;

/** `coldFolder` is made when the first file goes there. */
export async function openLocalFiles(folder: string, coldFolder = join(folder, '.cold')): Promise<Files> {
  const temporary = join(folder, '.tmp');
  await mkdir(temporary, { recursive: true });
  await removeOld(temporary);
  const roots: Record<FileTier, string> = { hot: folder, cold: coldFolder };
  const pathOf = (key: string, tier: FileTier = 'hot'): string => {
    assertKey(key);
    return join(roots[tier], ...key.split('/'));
  };
  const typePathOf = (key: string): string => join(folder, '.types', ...key.split('/'));

  const statOf = async (key: string): Promise<FileStat | undefined> => {
    for (const tier of ['hot', 'cold'] as const) {
      const found = await statPath(pathOf(key, tier)).catch(undefinedIfMissing);
      if (found === undefined || !found.isFile()) continue;
      const type = await readFile(typePathOf(key), 'utf8').catch(undefinedIfMissing);
      return { key, size: found.size, content_type: type ?? DEFAULT_TYPE, modified_at: found.mtime, tier };
    }
    return undefined;
  };

  const openFile = async (key: string): Promise<FileHandle> => {
    for (const tier of ['hot', 'cold'] as const) {
      const handle = await open(pathOf(key, tier), 'r').catch(undefinedIfMissing);
      if (handle === undefined) continue;
      if ((await handle.stat()).isFile()) return handle;
      await handle.close();
    }
    throw missingFile(key);
  };

  return {
    mode: 'local',
    async put(key, data, { content_type }) {
      const path = pathOf(key);
      const { chunks, result } = measured(data);
      const half = join(temporary, randomUUID());
      try {
        await writeDurably(half, chunks);
        await writeWhole(typePathOf(key), temporary, content_type);
        await faultPoint('files.before_rename');
        await moveInto(half, path);
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
      await rm(pathOf(key, 'cold'), { force: true });
      await faultPoint('files.stored');
      return result();
    },
    async get(key) {
      return (await openFile(key)).createReadStream();
    },
    async read(key) {
      const handle = await openFile(key);
      try {
        return await handle.readFile();
      } finally {
        await handle.close();
      }
    },
    stat: statOf,
    async delete(key) {
      await rm(pathOf(key), { force: true });
      await rm(pathOf(key, 'cold'), { force: true });
      await rm(typePathOf(key), { force: true });
    },
    async *list(prefix) {
      assertPrefix(prefix);
      for (const tier of ['hot', 'cold'] as const) {
        for await (const key of keysUnder(roots[tier], prefix)) {
          const found = await statOf(key);
          if (found?.tier === tier) yield found;
        }
      }
    },
    async setTier(key, tier) {
      const found = await statOf(key);
      if (found === undefined) throw missingFile(key);
      if (found.tier === tier) return;
      const from = pathOf(key, found.tier);
      // Copied, flushed, renamed, and only then taken from the other side: a file is never nowhere.
      const half = join(roots[tier], '.tmp', randomUUID());
      await mkdir(dirname(half), { recursive: true });
      await copyFile(from, half);
      const handle = await open(half, 'r+');
      await handle.sync().finally(() => handle.close());
      await moveInto(half, pathOf(key, tier));
      await rm(from, { force: true });
    },
    async ping() {
      await statPath(temporary);
    },
    close: async () => {},
  };
}

/** Keys below `folder` that start with `prefix`, sorted as bytes: a folder sorts as its name with `/` behind it. */
async function* keysUnder(folder: string, prefix: string, at = ''): AsyncGenerator<string> {
  const names = (await readdir(join(folder, at), { withFileTypes: true }).catch(undefinedIfMissing)) ?? [];
  const keys = names
    .filter((entry) => !entry.name.startsWith('.'))
    .map((entry) => (entry.isDirectory() ? `${at}${entry.name}/` : `${at}${entry.name}`))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const key of keys) {
    if (!key.endsWith('/')) {
      if (key.startsWith(prefix)) yield key;
    } else if (key.startsWith(prefix) || prefix.startsWith(key)) {
      yield* keysUnder(folder, prefix, key);
    }
  }
}

/** What a killed process left half-written; another process may be writing the young ones. */
async function removeOld(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name);
    const found = await statPath(path).catch(undefinedIfMissing);
    if (found !== undefined && Date.now() - found.mtimeMs > HALF_WRITTEN_MS) await rm(path, { force: true });
  }
}

async function writeDurably(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    for await (const chunk of chunks) await handle.writeFile(chunk);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeWhole(path: string, temporary: string, text: string): Promise<void> {
  const half = join(temporary, randomUUID());
  await writeDurably(half, toStream(text));
  await moveInto(half, path);
}

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Renames and flushes the folders that changed, so that a power cut cannot undo it. */
async function moveInto(from: string, to: string): Promise<void> {
  const parent = dirname(to);
  const firstMade = await mkdir(parent, { recursive: true });
  await rename(from, to);
  await syncFolder(parent);
  if (firstMade === undefined) return;
  for (let made = parent; made.length >= firstMade.length; made = dirname(made))
    await syncFolder(dirname(made));
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function undefinedIfMissing(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  return undefined;
}
