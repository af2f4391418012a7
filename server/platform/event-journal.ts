// Owns the journal of events on local disk: what append() has confirmed survives a kill and a power cut.
// Frames (`=<bytes> <crc32>\n` and the bytes) are appended to the open segment; many callers share one flush.
// A closed segment never changes again, so its name can stand for its contents. A frame cut off by a crash was
// never confirmed and is left out on reading.

import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

export interface JournalOptions {
  folder: string;
  /** A segment is closed when it has grown past this; 16 MiB. */
  segment_bytes?: number;
  /** More than this on disk and append() refuses; 2 GiB. */
  max_bytes?: number;
  /** More than this waiting for the disk and append() refuses; 64 MiB. */
  max_waiting_bytes?: number;
}

export interface Journal {
  /** Resolves when the bytes are on disk. Rejects with `code: 'EVENTS_FULL'` when the limits are reached. */
  append(bytes: Buffer): Promise<void>;
  /** Closes the open segment if it holds anything. */
  rotate(): Promise<void>;
  /** Names of the closed segments, oldest first. */
  closed(): string[];
  /** The whole frames of a closed segment, in order. */
  read(name: string): Promise<Buffer[]>;
  /** Forgets a closed segment, for good when it resolves. */
  remove(name: string): Promise<void>;
  /** Bytes on disk that are not yet removed. */
  bytes(): number;
  /** When the oldest segment that is still here was begun, milliseconds since 1970. */
  oldest(): number | undefined;
  close(): Promise<void>;
}

const OPEN = '.open';
const CLOSED = '.rows';
const MIB = 1024 * 1024;

interface Waiting {
  /** The head of the frame and the bytes themselves. */
  frame: [Buffer, Buffer];
  resolve(): void;
  reject(error: Error): void;
}

interface Segment {
  name: string;
  handle: FileHandle;
  /** Bytes that are confirmed. */
  size: number;
}

export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { folder, segment_bytes = 16 * MIB, max_bytes = 2048 * MIB, max_waiting_bytes = 64 * MIB } = options;
  await mkdir(folder, { recursive: true });
  const sizes = await takeOver(folder);
  let current: Segment | undefined;
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let turning: (() => void)[] = [];
  // New segments sort behind all that are there, whatever the clock says.
  let number = Math.max(0, ...[...sizes.keys()].map((name) => Number.parseInt(name, 10)));
  let busy: Promise<void> | undefined;
  let shut = false;

  const begin = async (): Promise<Segment> => {
    number += 1;
    const name = `${String(number).padStart(12, '0')}-${Date.now()}-${randomBytes(4).toString('hex')}`;
    const handle = await open(join(folder, name + OPEN), 'wx');
    await syncFolder(folder);
    return { name, handle, size: 0 };
  };

  const finish = async (): Promise<void> => {
    const segment = current;
    if (segment === undefined) return;
    current = undefined;
    await segment.handle.close();
    const path = join(folder, segment.name);
    if (segment.size === 0) {
      await unlink(path + OPEN);
      return;
    }
    await rename(path + OPEN, path + CLOSED);
    await syncFolder(folder);
    sizes.set(segment.name, segment.size);
  };

  /** Takes back what a failed write may have left, then starts a new segment. */
  const abandon = async (): Promise<void> => {
    await current?.handle.truncate(current.size).catch(() => undefined);
    await finish().catch(() => undefined);
  };

  const writeGroup = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    waitingBytes = 0;
    try {
      current ??= await begin();
      const written = await writeAll(
        current.handle,
        group.flatMap(({ frame }) => frame),
      );
      await current.handle.datasync();
      current.size += written;
    } catch (error) {
      await abandon();
      for (const { reject } of group) reject(error as Error);
      return;
    }
    for (const { resolve } of group) resolve();
    // Should closing fail, the segment is taken over at the next start.
    if (current.size >= segment_bytes) await finish().catch(() => undefined);
  };

  const run = (): Promise<void> => {
    busy ??= (async () => {
      try {
        while (waiting.length > 0 || turning.length > 0) {
          const asked = turning;
          turning = [];
          if (asked.length > 0) await finish();
          for (const turned of asked) turned();
          if (waiting.length > 0) await writeGroup();
        }
      } finally {
        busy = undefined;
      }
    })();
    return busy;
  };

  const bytesOnDisk = (): number => {
    let sum = current?.size ?? 0;
    for (const size of sizes.values()) sum += size;
    return sum;
  };

  return {
    append(bytes) {
      if (shut) return Promise.reject(new Error('The event queue is closed'));
      const head = Buffer.from(`=${bytes.length} ${crc32(bytes).toString(16)}\n`);
      const frame: [Buffer, Buffer] = [head, bytes];
      const length = head.length + bytes.length;
      if (waitingBytes + length > max_waiting_bytes || bytesOnDisk() + length > max_bytes) {
        return Promise.reject(queueFull());
      }
      waitingBytes += length;
      const done = new Promise<void>((resolve, reject) => waiting.push({ frame, resolve, reject }));
      run().catch(() => undefined);
      return done;
    },
    async rotate() {
      if (shut) return;
      const turned = new Promise<void>((resolve) => turning.push(resolve));
      await Promise.race([turned, run()]);
    },
    closed: () => [...sizes.keys()].sort(),
    async read(name) {
      return framesOf(await readFile(join(folder, name + CLOSED)));
    },
    async remove(name) {
      await unlink(join(folder, name + CLOSED));
      await syncFolder(folder);
      sizes.delete(name);
    },
    bytes: bytesOnDisk,
    oldest() {
      const first = [...sizes.keys()].sort()[0] ?? (current?.size ? current.name : undefined);
      return first === undefined ? undefined : Number(first.split('-')[1]);
    },
    async close() {
      if (shut) return;
      shut = true;
      while (busy !== undefined || waiting.length > 0) await run().catch(() => undefined);
      await finish();
    },
  };
}

export function queueFull(): Error {
  return Object.assign(new Error('The event queue is full: analytics are behind; try again later'), {
    code: 'EVENTS_FULL',
  });
}

/** The whole frames from the beginning; ends at the first that is cut off or damaged. */
export function framesOf(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const header =
      end < 0
        ? null
        : /^=(\d{1,10}) ([0-9a-f]{1,8})$/.exec(bytes.toString('latin1', at, Math.min(end, at + 24)));
    if (header === null) break;
    const frame = bytes.subarray(end + 1, end + 1 + Number(header[1]));
    if (frame.length !== Number(header[1]) || crc32(frame).toString(16) !== header[2]) break;
    frames.push(frame);
    at = end + 1 + frame.length;
  }
  return frames;
}

/** Closes the segments a killed process left open, as they are; gives the sizes of all closed ones. */
async function takeOver(folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const file of (await readdir(folder)).sort()) {
    const name = file.slice(0, -OPEN.length);
    if (file.endsWith(OPEN)) {
      const handle = await open(join(folder, file), 'r+');
      await handle.sync();
      await handle.close();
      await rename(join(folder, file), join(folder, name + CLOSED));
    } else if (!file.endsWith(CLOSED)) {
      continue;
    }
    sizes.set(name, (await stat(join(folder, name + CLOSED))).size);
  }
  await syncFolder(folder);
  return sizes;
}

/** The system takes at most 1,024 pieces in one call. */
const PIECES = 1_024;

/** Gives the number of bytes. */
async function writeAll(handle: FileHandle, buffers: readonly Buffer[]): Promise<number> {
  let sum = 0;
  for (let first = 0; first < buffers.length; first += PIECES) {
    const pieces = buffers.slice(first, first + PIECES);
    const length = pieces.reduce((total, piece) => total + piece.length, 0);
    let { bytesWritten } = await handle.writev(pieces);
    sum += length;
    if (bytesWritten === length) continue;
    // A full disk or a signal may cut it short: the rest piece by piece.
    const rest = Buffer.concat(pieces);
    while (bytesWritten < length)
      bytesWritten += (await handle.write(rest, bytesWritten, length - bytesWritten, null)).bytesWritten;
  }
  return sum;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
